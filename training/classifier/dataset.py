"""Feature tables of all labelled cells, cached; the slow part of training, done once for each source of masks."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.cells.field_context import FieldContext, field_context, stained_mask
from rbc_desktop.imaging.features import FEATURE_NAMES, FEATURE_VERSION, extract_many, names_hash
from rbc_desktop.imaging.light.augment import augmented, clipped
from training.classifier.masks import box_mask, dark_mask, point_masks
from training.data.sets import labelled_fields as sources
from training.data.sets.fields import read_rgb

CACHE = Path(__file__).resolve().parents[2] / ".runs" / "classifier"

CHULA_NORMAL_PX = 39.0
"""Pixels of 7.5 µm in the Chula fields: the scale bars burnt into some of them span 20 µm in 103.8 px."""

TABLE_VERSION = 1
"""Raised when the tables are put together in another way, so that cached ones are built anew."""

ORIGIN_RED, ORIGIN_WHITE, ORIGIN_PLATELET, ORIGIN_SPECK, ORIGIN_BACKGROUND = range(5)

ORIGIN_OF_KIND = np.array([ORIGIN_WHITE, ORIGIN_RED, ORIGIN_PLATELET])
"""Origin by the number in TXL-PBC's label files."""


@dataclass(frozen=True)
class Table:
    """Cells of one source.

    Attributes:
        features: (N, F) float32.
        target: (N,) number of the class (Chula) or origin (red or not).
        field: (N,) number of the field.
        copy: (N,) 0 for the field as it is, 1.. for changed copies.
        cell: (N,) number of the cell, the same in all copies.
    """

    features: NDArray[np.float32]
    target: NDArray[np.int64]
    field: NDArray[np.int64]
    copy: NDArray[np.int64]
    cell: NDArray[np.int64]

    def select(self, rows: NDArray[np.bool_]) -> Table:
        """The rows that are True."""
        return Table(*(getattr(self, name)[rows] for name in ("features", "target", "field", "copy", "cell")))


def chula_table(*, copies: int, every: int = 1) -> Table:
    """The labelled cells of every n-th Chula field in Otsu's masks, unchanged and in `copies` changed copies."""

    def build() -> Table:
        rows: list[Table] = []
        first = 0
        for field in tqdm(sources.labelled_fields()[::every], desc="Chula, otsu", mininterval=10):
            rgb = read_rgb(field.path)
            masks = point_masks(field_context(rgb), field.points)
            rows += _copies(rgb, masks, field.classes, field.number, first, copies, CHULA_NORMAL_PX)
            first += len(masks)
        return joined(rows)

    return cached(f"chula-otsu-{copies}-{every}", build)


def red_table(part: str, *, copies: int, every: int = 1) -> Table:
    """Every n-th field of TXL-PBC: red cells, white cells (and their nuclei), platelets, background, by `ORIGIN_…`."""

    def build() -> Table:
        rows: list[Table] = []
        first = 0
        random = np.random.default_rng(7)
        for number, field in enumerate(tqdm(sources.boxed_fields(part)[::every], desc=f"TXL {part}", mininterval=10)):
            rgb = read_rgb(field.path)
            masks, targets = boxed_masks(rgb, field, random)
            rows += _copies(rgb, masks, targets, number, first, copies, None)
            first += len(masks)
        return joined(rows)

    return cached(f"txl-{part}-{copies}-{every}", build)


def speck_table(*, copies: int, every: int = 2) -> Table:
    """Stained specks and bare background of the Chula fields: what no red cell can be, by `ORIGIN_…`."""

    def build() -> Table:
        rows: list[Table] = []
        first = 0
        random = np.random.default_rng(8)
        for field in tqdm(sources.labelled_fields()[::every], desc="Chula specks", mininterval=10):
            rgb = read_rgb(field.path)
            context = field_context(rgb)
            specks = _specks(context, field.points)
            bare = _bare(context, random, count=2)
            targets = np.array([ORIGIN_SPECK] * len(specks) + [ORIGIN_BACKGROUND] * len(bare), np.int64)
            rows += _copies(rgb, [*specks, *bare], targets, field.number, first, copies, CHULA_NORMAL_PX)
            first += len(targets)
        return joined(rows)

    return cached(f"specks-{copies}-{every}", build)


def boxed_masks(
    rgb: NDArray[np.uint8], field: sources.BoxedField, random: np.random.Generator
) -> tuple[list[CellMask | None], NDArray[np.int64]]:
    """Masks of a TXL-PBC field and their origins: at most eight red cells, everything that is not one."""
    context = field_context(rgb)
    stained = stained_mask(context.density)
    masks: list[CellMask | None] = []
    targets: list[int] = []
    for index in few_red(field, random):
        mask = box_mask(stained, field.boxes[index])
        origin = int(ORIGIN_OF_KIND[field.kinds[index]])
        masks.append(mask)
        targets.append(origin)
        if origin == ORIGIN_WHITE and mask is not None:
            masks.append(dark_mask(context, mask))
            targets.append(origin)
    bare = _bare(context, random, count=1)
    return [*masks, *bare], np.array([*targets, *[ORIGIN_BACKGROUND] * len(bare)], np.int64)


def few_red(field: sources.BoxedField, random: np.random.Generator) -> NDArray[np.int64]:
    """Numbers of at most eight red cells and of everything else."""
    red = random.permutation(np.flatnonzero(field.kinds == 1))[:8]
    return np.concatenate([red, np.flatnonzero(field.kinds != 1)])


def _specks(context: FieldContext, points: NDArray[np.float64]) -> list[CellMask]:
    """Stained components under 0.4 of a cell's diameter that carry no label: platelets, dust, stain."""
    diameter = context.cell_diameter or 40.0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(stained_mask(context.density))
    labelled = {int(labels[min(int(y), labels.shape[0] - 1), min(int(x), labels.shape[1] - 1)]) for x, y in points}
    found = []
    for number in range(1, count):
        x, y, w, h, area = stats[number]
        inner = x > 1 and y > 1 and x + w < labels.shape[1] - 1 and y + h < labels.shape[0] - 1
        if inner and number not in labelled and 20 <= area < np.pi / 4 * (0.4 * diameter) ** 2:
            found.append(CellMask.from_array(labels[y : y + h, x : x + w] == number, x0=int(x), y0=int(y)))
    return [mask for mask in found if mask is not None]


def _bare(context: FieldContext, random: np.random.Generator, *, count: int) -> list[CellMask]:
    """Blobs of cell size where nothing is stained, as a click on the background may return."""
    stained = stained_mask(context.density)
    diameter = context.cell_diameter or 40.0
    room = cv2.distanceTransform(1 - stained, cv2.DIST_L2, 5)
    rows, columns = np.nonzero(room > 0.25 * diameter)
    found = []
    for index in random.permutation(len(rows))[:count]:
        row, column = int(rows[index]), int(columns[index])
        radius = min(float(room[row, column]) - 1, random.uniform(0.25, 0.7) * diameter)
        ys, xs = np.mgrid[: stained.shape[0], : stained.shape[1]]
        stretch = random.uniform(0.6, 1.0)
        blob = ((xs - column) / radius) ** 2 + ((ys - row) / (radius * stretch)) ** 2 <= 1
        mask = CellMask.from_array(blob & (stained == 0))
        if mask is not None and mask.area > 60:
            found.append(mask)
    return found


def _copies(
    rgb: NDArray[np.uint8],
    masks: Sequence[CellMask | None],
    targets: NDArray[np.int64],
    field: int,
    first: int,
    copies: int,
    normal_px: float | None,
) -> list[Table]:
    random = np.random.default_rng([field, len(masks), copies])
    tables = [table_rows(rgb, masks, targets, field, first, 0, normal_px, None)]
    for copy in range(1, copies + 1):
        changed = augmented(rgb, masks, random)
        size = {"width": changed.rgb.shape[1], "height": changed.rgb.shape[0]}
        inside = [clipped(mask, **size) for mask in changed.masks]
        scaled = None if normal_px is None else normal_px * changed.scale * float(np.exp(random.normal(0, 0.02)))
        context = field_context(changed.rgb)
        reference = context.reference_diameter([m for m in inside if m], None) * float(np.exp(random.normal(0, 0.05)))
        tables.append(table_rows(changed.rgb, inside, targets, field, first, copy, scaled, reference))
    return [table for table in tables if len(table.target)]


def table_rows(
    rgb: NDArray[np.uint8],
    masks: Sequence[CellMask | None],
    targets: NDArray[np.int64],
    field: int,
    first: int,
    copy: int,
    normal_px: float | None,
    reference: float | None,
) -> Table:
    """The rows of one image: its cells' features, those without a mask left out; first: number of its first cell."""
    keep = np.array([i for i, mask in enumerate(masks) if mask is not None and mask.area >= 20], np.int64)
    kept = [mask for mask in masks if mask is not None and mask.area >= 20]
    features = extract_many(rgb, kept, field_median_diameter=reference, normal_diameter_px=normal_px)
    number = len(keep)
    return Table(features, targets[keep], np.full(number, field), np.full(number, copy), first + keep)


def joined(tables: Sequence[Table]) -> Table:
    """The rows of all tables."""
    names = ("features", "target", "field", "copy", "cell")
    return Table(*(np.concatenate([getattr(table, name) for table in tables]) for name in names))


def table_path(name: str, *, also: Sequence[Path] = ()) -> Path:
    """Where a table is cached: the name, and a digest of the code that made it; also: further files of it."""
    digest = hashlib.sha256(f"{TABLE_VERSION} {FEATURE_VERSION} {names_hash()}".encode())
    package = Path(__file__).resolve().parents[2] / "rbc_desktop" / "imaging"
    used = [package / "cells" / f"{name}.py" for name in ("field_context", "field_cells", "measure", "radial")]
    own = [*sorted((package / "light").glob("*.py")), Path(__file__).with_name("masks.py"), Path(sources.__file__)]
    for path in [*used, *sorted((package / "features").glob("*.py")), *own, *also]:
        digest.update(ast.dump(ast.parse(path.read_text(encoding="utf-8"))).encode())
    return CACHE / f"{name}-{digest.hexdigest()[:12]}.npz"


def cached(name: str, build: Callable[[], Table], *, also: Sequence[Path] = ()) -> Table:
    """The table from the cache, built when it is missing or the feature or data code has changed."""
    path = table_path(name, also=also)
    if path.exists():
        with np.load(path) as data:
            return Table(*(data[key] for key in ("features", "target", "field", "copy", "cell")))
    table = build()
    if table.features.shape[1] != len(FEATURE_NAMES):
        raise ValueError("feature table and names disagree")
    CACHE.mkdir(parents=True, exist_ok=True)
    np.savez(path, **{key: getattr(table, key) for key in ("features", "target", "field", "copy", "cell")})
    return table
