"""A training scene: pixels, known cells, and what is known about every pixel."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

STRIDE = 4


@dataclass(frozen=True)
class Instance:
    """One cell of a scene; mask (h, w) uint8 0/1 at (x, y), already cut to the scene.

    exact: the outline is known; else it is a good guess from a human box.
    """

    x: int
    y: int
    mask: NDArray[np.uint8]
    exact: bool = True

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Tight half-open box in the scene."""
        rows, columns = np.flatnonzero(self.mask.any(1)), np.flatnonzero(self.mask.any(0))
        return (
            self.x + int(columns[0]),
            self.y + int(rows[0]),
            self.x + int(columns[-1]) + 1,
            self.y + int(rows[-1]) + 1,
        )

    def coarse(self, side: int, stride: int = STRIDE) -> NDArray[np.float32]:
        """Share of each pixel of this stride that the mask covers, (side/stride, side/stride) float32."""
        x0, y0 = self.x // stride * stride, self.y // stride * stride
        height, width = self.mask.shape
        x1 = -(-(self.x + width) // stride) * stride
        y1 = -(-(self.y + height) // stride) * stride
        fine = np.zeros((y1 - y0, x1 - x0), np.float32)
        dy, dx = self.y - y0, self.x - x0
        fine[dy : dy + height, dx : dx + width] = self.mask
        small = fine.reshape((y1 - y0) // stride, stride, (x1 - x0) // stride, stride)
        out = np.zeros((side // stride, side // stride), np.float32)
        part = small.mean((1, 3))
        out[y0 // stride : y1 // stride, x0 // stride : x1 // stride] = part
        return out


@dataclass(frozen=True)
class Scene:
    """A square of a field or composite with everything that is known of it.

    Attributes:
        rgb: (S, S, 3) uint8.
        known: (S/4, S/4) float32: 1 where it is known whether a red cell covers the pixel (then the instances, or
            ``covered``, say so).
        covered: (S/4, S/4): cell pixels whose cell is not among the instances.
        centres: (x, y) of known cells without mask.
        all_centres_known: (S/4, S/4): 1 where every centre is known; None: only in the instances and on known
            background.
        others: white cells and platelets: they can be prompted, but the dense head leaves them out.
    """

    rgb: NDArray[np.uint8]
    instances: list[Instance]
    known: NDArray[np.float32]
    covered: NDArray[np.float32]
    centres: list[tuple[float, float]] = field(default_factory=list)
    all_centres_known: NDArray[np.float32] | None = None
    others: list[Instance] = field(default_factory=list)


def dense_targets(scene: Scene) -> NDArray[np.float32]:
    """Targets of the dense head, (8, S/4, S/4) float32.

    Channels: foreground; distance 0..1; centre heatmap; offset dx, dy in pixels to the centre;
    then weights of foreground, of distance and offset, and of the centre heatmap.
    """
    side = scene.rgb.shape[0]
    small = side // STRIDE
    out = np.zeros((8, small, small), np.float32)
    axis = np.arange(small, dtype=np.float32) * STRIDE + STRIDE / 2
    nearest = np.full((small, small), np.inf, np.float32)
    for instance in scene.instances:
        mask = instance.coarse(side)
        inside = mask > 0.5
        if inside.sum() < 3:
            continue
        rows, columns = np.nonzero(inside)
        cx, cy = float(axis[columns].mean()), float(axis[rows].mean())
        radius = np.sqrt(inside.sum() / np.pi) * STRIDE
        dx, dy = cx - axis[None, :], cy - axis[:, None]
        closeness = (dx * dx + dy * dy) / (radius * radius)
        own = inside & (closeness < nearest)
        nearest[own] = closeness[own]
        padded = cv2.copyMakeBorder(inside.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_REPLICATE)
        depth = cv2.distanceTransform(padded, cv2.DIST_L2, 3)[1:-1, 1:-1]
        out[0] = np.maximum(out[0], mask)
        out[1][own] = (depth / max(float(depth.max()), 1.0))[own]
        out[3][own] = np.broadcast_to(dx, own.shape)[own]
        out[4][own] = np.broadcast_to(dy, own.shape)[own]
        out[6][own] = 1.0 if instance.exact else 0.7
        _add_peak(out[2], cx, cy, axis, spread=0.28 * radius)
    for cx, cy in scene.centres:
        _add_peak(out[2], cx, cy, axis, spread=6.0)
    out[0] = np.maximum(out[0], scene.covered)
    out[5] = scene.known
    in_cells = out[6] > 0
    clear = (scene.known > 0) & (out[0] < 0.5)
    everywhere = scene.all_centres_known
    out[7] = (in_cells | clear) if everywhere is None else everywhere
    return out


def _add_peak(heat: NDArray[np.float32], cx: float, cy: float, axis: NDArray[np.float32], *, spread: float) -> None:
    spread = max(spread, 4.0)
    peak_x = np.exp(-((axis - cx) ** 2) / (2 * spread * spread))
    peak_y = np.exp(-((axis - cy) ** 2) / (2 * spread * spread))
    np.maximum(heat, peak_y[:, None] * peak_x[None], out=heat)
