"""The bank: analysed fields on disk, and optical-density patches of cells cut from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.imaging.illumination import background, optical_density
from training.fields import RED, RealField, is_validation, list_fields, load_field, read_rgb

CACHE = Path(__file__).resolve().parents[1] / ".runs" / "bank"
DENSITY_STEP = 1 / 80
"""Densities are kept as uint8 in these steps (0..3.19)."""


@dataclass(frozen=True)
class Patch:
    """A cut-out: density (h, w, 3) uint8 in DENSITY_STEP, feathered to 0; mask (h, w) uint8 0/255;
    diameter: the typical red cell of its field in the patch's pixels."""

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


def load_bank(*, validation: bool, limit: int | None = None, cache: Path = CACHE) -> Bank:
    """Build the bank from the cached analysis (made on first use, about two minutes).

    validation: the held-out Chula blocks instead of everything else.
    """
    fields = [f for f in iterate_fields(cache=cache, limit=limit) if is_validation(f.source, f.name) == validation]
    cells: list[list[Patch]] = []
    others: list[Patch] = []
    backgrounds = []
    for field in tqdm(fields, desc="bank", mininterval=5):
        light = background(field.rgb)
        density = optical_density(field.rgb, light)
        patches = cut_cells(field, density)
        if patches:
            cells.append(patches)
        others.extend(cut_others(field, density))
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
                    yield RealField(
                        path.stem,
                        source,
                        read_rgb(path),
                        stored["cells"],
                        stored["cover"],
                        float(stored["diameter"]),
                        stored["boxes"],
                        stored["kinds"],
                        read_guesses(cache, path.stem),
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


def read_guesses(cache: Path, stem: str) -> NDArray[np.int16] | None:
    """Layers of guessed cells of a field, see `training.guesses`; None if there are none."""
    file = cache / "guesses" / f"{stem}.npz"
    if not file.exists():
        return None
    with np.load(file) as stored:
        return stored["layers"]


def cut_cells(field: RealField, density: NDArray[np.float32]) -> list[Patch]:
    """One patch a clean cell. The density fades to 0 within 3 px outside the outline."""
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
        patches.append(_patch(field, density[y0:y1, x0:x1] * alpha[..., None], mask))
    return patches


def cut_others(field: RealField, density: NDArray[np.float32]) -> list[Patch]:
    """Patches of white cells and platelets: the soft ellipse inscribed in each human box."""
    patches = []
    height, width = density.shape[:2]
    for x0, y0, x1, y1 in field.boxes[field.kinds != RED].round().astype(int):
        if x0 < 1 or y0 < 1 or x1 > width - 1 or y1 > height - 1 or min(x1 - x0, y1 - y0) < 8:
            continue
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        centre = ((x1 - x0) // 2, (y1 - y0) // 2)
        axes = (int(0.46 * (x1 - x0)), int(0.46 * (y1 - y0)))
        cv2.ellipse(mask, centre, axes, 0, 0, 360, 255, -1)
        alpha = cv2.GaussianBlur(mask, (0, 0), max(1.0, (x1 - x0) / 25)).astype(np.float32) / 255
        patches.append(_patch(field, density[y0:y1, x0:x1] * alpha[..., None], mask))
    return patches


def _patch(field: RealField, density: NDArray[np.float32], mask: NDArray[np.uint8]) -> Patch:
    levels = np.clip(density / DENSITY_STEP, 0, 255).astype(np.uint8)
    return Patch(levels, mask, field.diameter, field.source, field.name)
