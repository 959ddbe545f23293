"""Cases as parts of a validation study: who read them when, and what came of it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ...domain.case.audit_trail import AuditEntry
from ...domain.case.case import Case
from ...domain.classes.taxonomy import CellClass, is_red_cell
from ...domain.laboratory.concordance import Imaging, Reread
from ...domain.sample.grading import Scheme, Step, grade_of
from ...domain.sample.second_reading import SecondReading
from ...errors import CaseFileError
from ...language import tr
from ...storage.case.case_trail import ReadTrail

CASE_SUFFIX = ".rbc"


def case_files(paths: Sequence[Path]) -> list[Path]:
    """The case files among these, and those in the folders among them, by name."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob(f"*{CASE_SUFFIX}")) if path.is_dir() else [path]
        found.update(dict.fromkeys(p.absolute() for p in inside))
    return list(found)


def rereads_of(read: ReadTrail, *, name: str) -> list[Reread]:
    """The second readings of a case that are over.

    Raises:
        CaseFileError: when the case isn't as its trail says: nobody knows then who read what.
    """
    if read.break_ or read.difference:
        raise CaseFileError(tr("{name} is left out: {value}", name=name, value=read.break_ or read.difference))
    return [_reread(read, reading, name=name) for reading in read.case.readings if reading.ended and reading.pairs]


def _reread(read: ReadTrail, reading: SecondReading, *, name: str) -> Reread:
    before = _rows_before(read.entries, reading)
    readers = Counter(entry.operator for entry in before if entry.operator)
    first = readers.most_common(1)[0][0] if readers else read.case.identity.operator
    days = _days(before[-1].time, reading.began) if before else math.nan
    scheme = read.case.grading.scheme
    grades = {} if scheme is None else _grades(reading.pairs, scheme)
    pairs = tuple((a.value, b.value) for a, b in reading.pairs)
    return Reread(name, first, reading.operator, days, pairs, grades)


def _rows_before(entries: Sequence[AuditEntry], reading: SecondReading) -> list[AuditEntry]:
    """The rows before this reading began that gave classes."""
    begun = f"Begin second reading {reading.number}"
    rows: list[AuditEntry] = []
    for entry in entries:
        if entry.action == begun:
            break
        if '"was"' in entry.details and "class" in json.loads(entry.details).get("was", {}):
            rows.append(entry)
    return rows


def _days(earlier: str, later: str) -> float:
    try:
        return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 86_400
    except (ValueError, TypeError):
        return math.nan


def _grades(pairs: Sequence[tuple[CellClass, CellClass]], scheme: Scheme) -> dict[str, tuple[str, str]]:
    """What either reading suggests for each line that is graded by a share."""
    grades = {}
    for rule in scheme.rules:
        if rule.measure == "share":
            firsts, seconds = (_grade([p[side] for p in pairs], rule.classes, rule.steps) for side in (0, 1))
            grades[rule.line] = (firsts, seconds)
    return grades


def _grade(classes: Sequence[CellClass], wanted: tuple[str, ...], steps: Sequence[Step]) -> str:
    red = [c for c in classes if is_red_cell(c)]
    share = 100 * sum(c.value in wanted for c in red) / len(red) if red else 0.0
    return grade_of(share, steps)


def imaging_of(case: Case, *, name: str) -> Imaging:
    """What the machine alone says of a case: its predictions, whatever persons made of them."""
    counts: Counter[str] = Counter()
    diameters = []
    for cell in case.cells.values():
        prediction, field = case.prediction_of(cell), case.fields[cell.field_id]
        if prediction is None or not cell.is_counted or field.left_out or not is_red_cell(prediction.best):
            continue
        counts[prediction.best.value] += 1
        if field.calibration is not None:
            diameters.append(cell.mask.diameter * field.calibration.um_per_px)
    total = sum(counts.values())
    shares = {class_name: count / total for class_name, count in counts.items()}
    sample = case.identity.sample_id.strip() or case.identity.accession.strip()
    mean = math.fsum(diameters) / len(diameters) if diameters and len(diameters) == total else None
    return Imaging(name, sample, total, shares, mean)
