"""Whether classes are withheld where they can't be seen, and only there: on real fields whose truth is known.

Chula's held-out blocks at full resolution and reduced until a cell is 20 pixels across, and the healthy fields of
AneRBC, on which nothing here was trained or set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.cell import median_diameter_px, shown_class
from rbc_desktop.domain.classes.assessability import NEEDS, withheld_classes
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.field_quality import FieldQuality
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.quality import field_quality
from rbc_desktop.models.classifier.classifier import LightGbmClassifier
from rbc_desktop.models.segmenter.segmenter import load_bundled
from rbc_desktop.ports import LoadedImage
from training.classifier.changed_fields import TYPICAL_PX, reduced
from training.data.sets.fields import DATA, field_name, is_validation, read_rgb
from training.data.sets.labelled_fields import CHULA_CLASSES, LabelledField, labelled_fields
from training.manifest_io import WEIGHTS_DIR

SMALL_PX = 20.0
"""At which pallor is lost in real fields."""

SCALE = Calibration.from_line(length_um=7.5, length_px=TYPICAL_PX)
"""Of the full fields; that of reduced ones doesn't matter, a calibration is all that size classes need."""

PALLOR_CLASSES: tuple[CellClass, ...] = tuple(c for c, need in NEEDS.items() if need.pallor)


def print_assessment() -> dict[str, float]:
    """Tables of the card; returns the values that documents quote."""
    fields = [f for f in labelled_fields() if is_validation("chula", field_name("chula", f.path))]
    full = assessable_shares(fields, [quality_of(read_rgb(f.path)) for f in fields])
    small = assessable_shares(fields, [quality_of(at_size(read_rgb(f.path), SMALL_PX)) for f in fields])
    print("| Class | labelled cells | assessable | at 20 px |\n|---|---|---|---|")
    counts = Counter(CHULA_CLASSES[i] for f in fields for i in f.classes)
    for cell_class in full:
        print(f"| {cell_class.value} | {counts[cell_class]} | {full[cell_class]:.1%} | {small[cell_class]:.1%} |")
    values = {
        "assessable_least": min(full.values()),
        "assessable_20px_pallor_most": max(small[c] for c in PALLOR_CLASSES if c in small),
    }
    head = "| AneRBC, healthy | cells | spherocyte, not withheld | called spherocyte | not assessable | because |"
    print(f"\n{head}\n|---|---|---|---|---|---|")
    called, would = [], []
    pipeline = bundled_pipeline()
    for path in sorted((DATA / "anerbc" / "Healthy_individuals" / "Original_images").glob("*.png")):
        quality, blind, named = named_cells(pipeline, read_rgb(path), path)
        why = withheld_classes(calibration=None, quality=quality).get(CellClass.SPHEROCYTE, "–")
        would.append(_share(blind, CellClass.SPHEROCYTE))
        called.append(_share(named, CellClass.SPHEROCYTE))
        unseen = _share(named, None)
        print(f"| {path.stem} | {len(named)} | {would[-1]:.1%} | {called[-1]:.1%} | {unseen:.1%} | {why} |", flush=True)
    return values | {
        "anerbc_healthy_spherocyte_worst": max(called),
        "anerbc_healthy_spherocyte_worst_without_withholding": max(would),
    }


def _share(named: Sequence[CellClass | None], cell_class: CellClass | None) -> float:
    return sum(n is cell_class for n in named) / max(len(named), 1)


def assessable_shares(fields: Sequence[LabelledField], qualities: Iterable[FieldQuality]) -> Mapping[CellClass, float]:
    """Share of each class's labelled cells that lie on fields on which the class isn't withheld."""
    seen: Counter[CellClass] = Counter()
    every: Counter[CellClass] = Counter()
    for field, quality in zip(fields, qualities, strict=True):
        withheld = withheld_classes(calibration=SCALE, quality=quality)
        for number in field.classes:
            every[CHULA_CLASSES[number]] += 1
            seen[CHULA_CLASSES[number]] += CHULA_CLASSES[number] not in withheld
    return {c: seen[c] / every[c] for c in CHULA_CLASSES if every[c]}


def quality_of(rgb: NDArray[np.uint8]) -> FieldQuality:
    """What a field (H, W, 3) shows."""
    return field_quality(rgb, context=field_context(rgb))


def at_size(rgb: NDArray[np.uint8], diameter_px: float) -> NDArray[np.uint8]:
    """A field with fewer pixels, so that its own typical cell has this diameter."""
    return reduced(rgb, min(1.0, diameter_px / quality_of(rgb).cell_px)).rgb


def named_cells(
    pipeline: Pipeline, rgb: NDArray[np.uint8], path: Path
) -> tuple[FieldQuality, list[CellClass | None], list[CellClass | None]]:
    """What the application says of a field without a scale.

    Returns:
        what it shows; the class of each cell that counts if nothing were withheld for want of quality; the class that
        is claimed.
    """
    field = pipeline.prepare(LoadedImage(path, rgb, path.stem))
    found = [proposal for step in pipeline.segment_all(field) for proposal in step.found]
    cells = [p.as_cell(number, field_id=1, origin="segment all") for number, p in enumerate(found, start=1)]
    quality = pipeline.quality(field)
    analyses = pipeline.analyse(field, cells, median_diameter_px=median_diameter_px(cells))
    pipeline.forget(field.image)
    blind, named = (
        [
            shown_class(cell, analysis.prediction, calibration=None, quality=seen)
            for cell, analysis in zip(cells, analyses, strict=True)
            if cell.is_counted
        ]
        for seen in (None, quality)
    )
    return quality, blind, named


def bundled_pipeline() -> Pipeline:
    """The application's own, with the bundled models."""
    cv2.setNumThreads(1)
    segmenter, _ = load_bundled(WEIGHTS_DIR)
    return Pipeline(segmenter, LightGbmClassifier.load(WEIGHTS_DIR))
