"""What a report says of the sample as a whole: graded lines, findings, and the state of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...domain.case.case import Case
from ...domain.classes.assessability import withheld_classes
from ...domain.classes.taxonomy import is_red_cell
from ...domain.sample.blood_count import consistency, impossible
from ...domain.sample.findings import UNGRADED, patterns
from ...domain.sample.grading import NO_GRADE, Grading
from ...domain.sample.second_reading import SecondReading
from ...domain.sample.sign_off import CaseState, SignOff, state_of, version_of
from ...domain.sample.size_modes import two_sizes
from ...language import mark
from .grades import GradeLine, grade_lines, shares_of
from .rows import CellRow
from .sizes import SizeSummary


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """The sample as a whole.

    Attributes:
        grading: scheme, confirmed grades, blood count.
        grades: the graded lines; see `grades.grade_lines`.
        findings: sentences on the pattern of the graded classes, on two populations of sizes, and on values of the
            blood count that don't fit the film.
        state, version, sign_offs: of the report; see `domain.sample.sign_off`.
        readings: second readings.
    """

    grading: Grading
    grades: tuple[GradeLine, ...]
    findings: tuple[str, ...]
    state: CaseState
    version: int
    sign_offs: tuple[SignOff, ...]
    readings: tuple[SecondReading, ...] = ()

    @property
    def is_graded(self) -> bool:
        """Whether a scheme with limits was chosen."""
        return self.grading.scheme is not None and bool(self.grading.scheme.rules)

    def graded_by(self, line: GradeLine) -> str:
        """Name and version of the scheme that a line's grade is one of; "" for a line without a grade."""
        return self.grading.scheme.title if self.grading.scheme is not None and line.grade is not None else ""


def sample_summary(case: Case, rows: Sequence[CellRow], *, sizes: SizeSummary) -> SampleSummary:
    """The sample of a case; a pure function of its arguments.

    Args:
        case: the case.
        rows: of all its cells.
        sizes: distribution of their diameters.
    """
    withheld = {
        field.id: withheld_classes(calibration=field.calibration, quality=case.qualities.get(field.id))
        for field in case.fields.values()
    }
    lines = grade_lines(rows, case.grading, withheld=withheld)
    return SampleSummary(
        grading=case.grading,
        grades=lines,
        findings=_findings(case.grading, lines, rows, sizes),
        state=state_of(case.sign_offs),
        version=version_of(case.sign_offs),
        sign_offs=case.sign_offs,
        readings=case.readings,
    )


def _findings(
    grading: Grading, lines: Sequence[GradeLine], rows: Sequence[CellRow], sizes: SizeSummary
) -> tuple[str, ...]:
    graded = {line.cell_class for line in lines if line.grade not in (None, NO_GRADE) and line.cell_class is not None}
    found: tuple[str, ...] = ()
    if grading.scheme is not None and grading.scheme.rules and rows:
        found = patterns(graded) if any(line.grade is not None for line in lines) else (UNGRADED,)
    return (
        *found,
        *_populations(rows),
        *impossible(grading.blood_count),
        *consistency(grading.blood_count, shares_of(lines), size_cv_percent=sizes.cv_percent),
    )


def _populations(rows: Sequence[CellRow]) -> tuple[str, ...]:
    """Two modes of the diameters, which are compared within one unit only."""
    used = [r for r in rows if r.counted and is_red_cell(r.cell_class) and r.diameter_um is not None]
    found = two_sizes(np.array([r.diameter_um for r in used if r.diameter_um]))
    if found is None:
        return ()
    text = mark(
        "Two populations of sizes: about {few:.0f} % near {small:.1f} µm and {many:.0f} % near {large:.1f} µm;"
        " correlate with RDW and transfusions."
    )
    percent = 100 * found.large_share
    return (mark(text, few=100 - percent, small=found.small, many=percent, large=found.large),)
