"""The bank: analysed fields on disk, and optical-density patches of cells cut from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.imaging.light.illumination import background, optical_density
from rbc_desktop.imaging.masks.proposals import clean
from training.data.sets.fields import (
    RED,
    RealField,
    above_threshold,
    box_mask,
    field_name,
    is_validation,
    list_fields,
    load_field,
    read_rgb,
    txl_source,
)

CACHE = Path(__file__).resolve().parents[3] / ".runs" / "bank"
DENSITY_STEP = 1 / 80
"""Densities are kept as uint8 in these steps (0..3.19)."""

SOFT_STEP = 400.0
"""Levels of a soft mask for a density of 1: fine enough to place an outline between two pixels."""


@dataclass(frozen=True)
class Patch:
    """A cell cut out of a field.

    Attributes:
        density: (h, w, 3) uint8 in DENSITY_STEP, feathered to 0.
        mask: (h, w) uint8, soft: the outline runs where it passes a half, between pixels, so that an enlarged cell has
            no steps.
        diameter: the typical red cell of its field in the patch's pixels.
    """

    density: NDArray[np.uint8]
    mask: NDArray[np.uint8]
    diameter: float
    source: str
    field: str


@dataclass(frozen=True)
class Bank:
    """Everything the generator draws from. others: white cells and platelets."""

    fields: list[RealField]
    cells: list[list[Patch]]
    """Patches grouped by field."""
    others: list[Patch]
    backgrounds: list[NDArray[np.uint8]]
    """Smooth backgrounds (64, 64, 3) RGB."""


def load_bank(*, validation: bool, limit: int | None = None, without: str | None = None, cache: Path = CACHE) -> Bank:
    """Build the bank from the cached analysis (made on first use, about two minutes).

    validation: the held-out Chula blocks instead of everything else.
    without: leave one of TXL-PBC's sources out, see `txl_source`.
    """
    fields: list[RealField] = []
    cells: list[list[Patch]] = []
    others: list[Patch] = []
    backgrounds = []
    for field in tqdm(iterate_fields(cache=cache, limit=limit), desc="bank", mininterval=5):
        if is_validation(field.source, field.name) != validation:
            continue
        if field.source == "txl" and txl_source(field.rgb.shape[1]) == without:
            continue
        light = background(field.rgb)
        density = optical_density(field.rgb, light)
        excluded = box_mask(field.cover.shape, field.boxes[field.kinds != RED])
        patches = cut_cells(field, density, above_threshold(density, excluded=excluded))
        if patches:
            cells.append(patches)
        layer = other_layer(field, density)
        others.extend(cut_others(field, density, layer))
        fields.append(replace(field, others=layer))
        backgrounds.append(cv2.resize(light, (64, 64)).astype(np.uint8))
    return Bank(fields, cells, others, backgrounds)


def iterate_fields(*, cache: Path, limit: int | None) -> Iterator[RealField]:
    """All usable fields; the analysis of each is cached as a small compressed file."""
    cache.mkdir(parents=True, exist_ok=True)
    listed = list_fields()
    if limit is not None:
        listed = listed[:: max(1, len(listed) // limit)]
    for source, path in listed:
        file = cache / f"{source}-{path.parent.name}-{path.stem}.npz".replace(" ", "_")
        if file.exists():
            with np.load(file) as stored:
                if stored["diameter"] > 0:
                    name = field_name(source, path)
                    yield RealField(
                        name,
                        source,
                        read_rgb(path),
                        stored["cells"],
                        stored["cover"],
                        float(stored["diameter"]),
                        stored["boxes"],
                        stored["kinds"],
                        read_guesses(cache, source, name),
                    )
            continue
        field = load_field(source, path)
        if field is None:
            np.savez_compressed(file, diameter=0.0)
            continue
        np.savez_compressed(
            file,
            cells=field.cells,
            cover=field.cover,
            diameter=field.diameter,
            boxes=field.boxes,
            kinds=field.kinds,
        )
        yield field


def guesses_file(cache: Path, source: str, name: str) -> Path:
    """Where `training.data.scenes.pseudo_labels` keeps what it outlined on a field."""
    return cache / "guesses" / f"{source}-{name}.npz"


def read_guesses(cache: Path, source: str, name: str) -> NDArray[np.int16] | None:
    """Layers of guessed cells of a field, see `training.data.scenes.pseudo_labels`; None if there are none."""
    file = guesses_file(cache, source, name)
    if not file.exists():
        return None
    with np.load(file) as stored:
        return stored["layers"]


def cut_cells(field: RealField, density: NDArray[np.float32], above: NDArray[np.float32]) -> list[Patch]:
    """One patch per clean cell; above: see `above_threshold`. The density fades to 0 within 3 px of the outline."""
    patches = []
    ring = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    for number in range(1, int(field.cells.max()) + 1):
        own = field.cells == number
        rows, columns = np.flatnonzero(own.any(1)), np.flatnonzero(own.any(0))
        if not len(rows):
            continue
        y0, y1 = max(0, rows[0] - 5), min(own.shape[0], rows[-1] + 6)
        x0, x1 = max(0, columns[0] - 5), min(own.shape[1], columns[-1] + 6)
        mask = own[y0:y1, x0:x1].astype(np.uint8) * 255
        alpha = cv2.GaussianBlur(cv2.dilate(mask, ring), (0, 0), 1.0).astype(np.float32) / 255
        alpha[mask > 0] = 1
        soft = _soft_mask(mask > 0, above[y0:y1, x0:x1])
        patches.append(_patch(field, density[y0:y1, x0:x1] * alpha[..., None], soft))
    return patches


def _soft_mask(own: NDArray[np.bool_], above: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A cell's pixels as levels that pass a half where the density passes the threshold, between two pixels."""
    levels = 127.5 + SOFT_STEP * above
    # Filled holes are inside; what was opened away, or belongs to something else, is outside.
    inside = np.where(above > 0, np.clip(levels, 128, 255), 255)
    outside = np.where(above > 0, 0, np.clip(levels, 0, 127))
    return np.where(own, inside, outside).astype(np.uint8)


def other_layer(field: RealField, density: NDArray[np.float32]) -> NDArray[np.int16] | None:
    """Outlines of boxed white cells and platelets, numbered (H, W); None without any.

    What absorbs within the ellipse inscribed in the human box; the ellipse itself where that is
    hardly anything (pale cytoplasm, platelets out of focus).
    """
    boxes = field.boxes[field.kinds != RED]
    if not len(boxes):
        return None
    layer = np.zeros(field.cover.shape, np.int16)
    absorbed = cv2.GaussianBlur(density.max(2), (0, 0), 1.0)
    for number, (x0, y0, x1, y1) in enumerate(boxes, start=1):
        ellipse = np.zeros(layer.shape, np.uint8)
        centre = (int((x0 + x1) / 2 * 16), int((y0 + y1) / 2 * 16))
        axes = (int((x1 - x0) * 0.48 * 16), int((y1 - y0) * 0.48 * 16))
        cv2.ellipse(ellipse, centre, axes, 0, 0, 360, 1, -1, cv2.LINE_8, 4)
        inside = ellipse > 0
        if inside.sum() < 30:
            continue
        limit = max(0.08, 0.25 * float(np.median(absorbed[inside])))
        found = clean(inside & (absorbed > limit))
        layer[found if found.sum() > 0.5 * inside.sum() else inside] = number
    return layer


def cut_others(field: RealField, density: NDArray[np.float32], layer: NDArray[np.int16] | None) -> list[Patch]:
    """Patches of the white cells and platelets of `other_layer` that lie inside the field."""
    patches: list[Patch] = []
    if layer is None:
        return patches
    height, width = layer.shape
    for number in range(1, int(layer.max()) + 1):
        own = layer == number
        rows, columns = np.flatnonzero(own.any(1)), np.flatnonzero(own.any(0))
        if len(rows) < 8 or len(columns) < 8:
            continue
        if rows[0] < 2 or columns[0] < 2 or rows[-1] > height - 3 or columns[-1] > width - 3:
            continue
        y0, y1, x0, x1 = rows[0] - 2, rows[-1] + 3, columns[0] - 2, columns[-1] + 3
        mask = own[y0:y1, x0:x1].astype(np.uint8) * 255
        alpha = cv2.GaussianBlur(mask, (0, 0), 1.2).astype(np.float32) / 255
        patches.append(_patch(field, density[y0:y1, x0:x1] * alpha[..., None], mask))
    return patches


def _patch(field: RealField, density: NDArray[np.float32], mask: NDArray[np.uint8]) -> Patch:
    levels = np.clip(density / DENSITY_STEP, 0, 255).astype(np.uint8)
    return Patch(levels, mask, field.diameter, field.source, field.name)
