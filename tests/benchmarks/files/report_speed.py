"""How long a report of 40 fields and 4,000 cells takes, in processor time.

Usage: python -m tests.benchmarks.files.report_speed
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2

from rbc_desktop.domain.case.case import Case, Field, Identity
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.imaging.cells.measure import measure_many
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.cases.reading import PixelSource
from rbc_desktop.workflows.results.previewing import first_page_of, report_bytes
from rbc_desktop.workflows.results.report_material import ReportMaterial
from tests.fakes.report_cases import CONTEXT, SCALE, add_cell, certain, drawn_field
from training.renderer import Kind

FIELDS, CELLS = 40, 100
BOUNDS = {"preview of the first page": 1.0, "short report": 3.0, "full report": 20.0}
"""Seconds for `FIELDS` fields of `CELLS` cells each."""


class Uninterrupted:
    """Nobody cancels."""

    def check(self) -> None:
        """Go on."""

    def progress(self, done: int, total: int) -> None:
        """Go on."""


@dataclass(frozen=True)
class Took:
    """What was measured, seconds of processor time."""

    name: str
    seconds: float


def large_case(folder: Path) -> Case:
    """Fields of 1,224 × 960 pixels on the disk, as many cells as `FIELDS` × `CELLS`."""
    kinds = [Kind.NORMAL] * 70 + [Kind.TARGET_CELL] * 15 + [Kind.TEARDROP] * 15
    drawn = drawn_field(kinds, width=1224, height=960)
    measured = measure_many(drawn.rgb, [cell.mask for cell in drawn.cells])
    case = Case(identity=Identity(sample_id="S 1"), grading=Grading(read_scheme(bundled_schemes() / "icsh_like.json")))
    for number in range(1, FIELDS + 1):
        path = folder / f"field {number}.png"
        cv2.imwrite(str(path), drawn.rgb[..., ::-1])
        case.fields[number] = field = Field(number, path, read_image(path).sha256, 1224, 960, SCALE)
        for cell, measurements in zip(drawn.cells, measured, strict=True):
            prediction = certain(cell.spec.kind.cell_class, probability=0.9)
            add_cell(case, field, cell.mask, prediction=prediction, measurements=measurements)
    return case


def measure() -> list[Took]:
    """The preview's first page, the short and the full report, of which images are read from the disk."""
    with tempfile.TemporaryDirectory() as folder:
        material = ReportMaterial(large_case(Path(folder)), CONTEXT, PixelSource(read_image))
        short, full, control = ReportOptions(short=True), ReportOptions(), Uninterrupted()
        first_page_of(material, short, width=100, control=control)  # libraries and fonts
        steps: dict[str, Callable[[], object]] = {
            "preview of the first page": lambda: first_page_of(material, full, width=900, control=control),
            "short report": lambda: report_bytes(material, short, control=control),
            "full report": lambda: report_bytes(material, full, control=control),
        }
        return [Took(name, _cpu(step)) for name, step in steps.items()]


def _cpu(step: Callable[[], object]) -> float:
    began = time.process_time()
    step()
    return time.process_time() - began


if __name__ == "__main__":
    for took in measure():
        sys.stdout.write(f"{took.name:<28} {took.seconds:6.2f} s  ≤ {BOUNDS[took.name]:g}\n")
