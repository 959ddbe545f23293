"""Discs and squares as the cells of scenes, and a bank of drawn patches to compose more from."""

from __future__ import annotations

import numpy as np

from rbc_desktop.domain.cells.mask import CellMask
from training.data.cells.bank import DENSITY_STEP, Bank, Patch
from training.data.scenes.scene import Instance, Scene


def disc(x: float, y: float, radius: float, side: int = 256) -> Instance:
    rows, columns = np.mgrid[:side, :side]
    mask = ((columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 < radius**2).astype(np.uint8)
    ys, xs = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    crop = mask[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    return Instance(int(xs[0]), int(ys[0]), crop)


def scene_of(*instances: Instance, side: int = 256) -> Scene:
    small = side // 4
    rgb = np.full((side, side, 3), 200, np.uint8)
    return Scene(rgb, list(instances), np.ones((small, small), np.float32), np.zeros((small, small), np.float32))


def drawn_patch(radius: int = 20, density: float = 0.5) -> Patch:
    rows, columns = np.mgrid[: 2 * radius + 10, : 2 * radius + 10]
    inside = (columns - radius - 4.5) ** 2 + (rows - radius - 4.5) ** 2 < radius**2
    levels = np.where(inside, density / DENSITY_STEP, 0).astype(np.uint8)
    return Patch(np.repeat(levels[..., None], 3, 2), inside.astype(np.uint8) * 255, 2.0 * radius, "drawn", "0")


def drawn_bank() -> Bank:
    return Bank([], [[drawn_patch(), drawn_patch(18, 0.7)]], [], [np.full((64, 64, 3), 220, np.uint8)])


def square(x: int, y: int, side: int = 20) -> CellMask:
    mask = CellMask.from_array(np.ones((side, side), bool), x0=x, y0=y)
    assert mask is not None
    return mask
