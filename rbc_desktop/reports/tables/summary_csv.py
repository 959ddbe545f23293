"""`sample.csv`: the graded sample, one row per class, first over all fields that count, then per field.

The form of `cells.csv` (`csv_report`): UTF-8 with a byte-order mark, RFC 4180, empty where unknown. Grades stand in the
rows of the whole sample only: they are of samples, not of fields.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...domain.statistics import wilson_interval
from ..codes import LOINC, local_code
from ..summary.grades import GradeLine
from ..summary.summary import RUO_LINE, ReportSummary
from .csv_report import guard

WHOLE = "all"

COLUMNS = (
    "accession", "sample", "scope", "class", "loinc", "local_code", "cells", "red_cells", "percent", "percent_low_95",
    "percent_high_95", "grade", "suggested_grade", "confirmed_grade", "borderline", "remark", "status",
    "report_version", "needs_manual_look", "operator", "made", "scheme", "segmenter", "classifier", "app_version",
    "audit_head", "notice",
)  # fmt: skip


def write_summary(path: Path, summary: ReportSummary) -> None:
    """Write the table; equal byte for byte for equal summaries.

    Raises:
        OSError: when the path can't be written to.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        same = _same(summary)
        for row in (*whole_rows(summary), *_per_field(summary)):
            writer.writerow([guard({**same, **row}.get(column, "")) for column in COLUMNS])


def _same(summary: ReportSummary) -> dict[str, str]:
    """What stands in every row."""
    identity, context, sample = summary.identity, summary.context, summary.sample
    scheme = sample.grading.scheme
    return {
        "accession": identity.accession.strip(),
        "sample": identity.sample_id.strip(),
        "status": sample.state,
        "report_version": str(sample.version),
        "needs_manual_look": "true" if summary.manual_look else "false",
        "operator": identity.operator.strip(),
        "made": context.made_text,
        "scheme": "" if scheme is None else scheme.title,
        "segmenter": "; ".join(summary.segmenters),
        "classifier": "; ".join(summary.classifiers),
        "app_version": context.app_version,
        "audit_head": context.head,
        "notice": RUO_LINE,
    }


def whole_rows(summary: ReportSummary) -> Iterator[dict[str, str]]:
    """The rows of the whole sample, without what stands in every row."""
    for line in summary.sample.grades:
        suggested = line.suggested
        yield {
            **_named(line),
            "scope": WHOLE,
            **(_shares(line.count, line.total, line.share, line.low, line.high) if not line.withheld else {}),
            "grade": line.grade or "",
            "suggested_grade": (suggested.grade or "") if suggested else "",
            "confirmed_grade": line.confirmed or "",
            "borderline": "true" if suggested and suggested.is_borderline else "false",
            "remark": line.remark,
        }


def _per_field(summary: ReportSummary) -> Iterator[dict[str, str]]:
    """Shares of the red cells of each field that counts, of the lines that the whole sample has."""
    counted = Counter(
        (row.field_id, row.cell_class.value)
        for row in summary.rows
        if row.counted and row.cell_class is not None and row.cell_class.is_red
    )
    of_fields: dict[int, dict[str, int]] = {}
    for (field_id, name), count in counted.items():
        of_fields.setdefault(field_id, {})[name] = count
    for field in summary.fields:
        red = of_fields.get(field.id, {})
        total = sum(red.values())
        for line in summary.sample.grades:
            if line.withheld or not total or not line.classes:
                continue
            count = sum(red[name] for name in red if name in line.classes)
            low, high = wilson_interval(count, total)
            shares = _shares(count, total, count / total, low, high)
            yield {**_named(line), "scope": field.name, **shares}


def _named(line: GradeLine) -> dict[str, str]:
    return {"class": line.name, "loinc": LOINC.get(line.name, ("", ""))[0], "local_code": local_code(line.name)}


def _shares(count: int, total: int, share: float | None, low: float | None, high: float | None) -> dict[str, str]:
    percent = {"percent": share, "percent_low_95": low, "percent_high_95": high}
    return {
        "cells": str(count),
        "red_cells": str(total),
        **{name: "" if value is None else f"{100 * value:.2f}" for name, value in percent.items()},
    }
