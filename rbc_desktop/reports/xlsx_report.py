"""The sample as a workbook: a sheet of graded lines, one of fields, one of details. Nothing in it is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from ..domain.taxonomy import in_display_order
from .codes import LOINC
from .grades import GradeLine
from .options import IDENTITY_LABELS
from .summary import RUO_LINE, ReportSummary

_LINE_HEADS = (
    "Class", "LOINC", "Cells", "Red cells", "Share", "95 % from", "95 % to", "Suggested", "Borderline", "Confirmed",
    "More cells needed", "Remark",
)  # fmt: skip


def write_xlsx(path: Path, summary: ReportSummary) -> None:
    """Write the workbook; equal byte for byte for equal summaries.

    Raises:
        OSError: when the path can't be written to.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            made = summary.context.generated.astimezone(UTC).replace(tzinfo=None)
            if summary.context.is_deidentified:
                made = datetime(summary.context.generated.year, 1, 1)
            book.set_properties({"title": "Red cell morphology", "created": made})
            formats = {
                "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
                "percent": book.add_format({"num_format": "0.00%"}),
                "notice": book.add_format({"italic": True}),
            }
            _lines(book.add_worksheet("Classes"), summary.sample.grades, formats)
            _fields(book.add_worksheet("Fields"), summary, formats)
            _details(book.add_worksheet("Sample"), summary, formats)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


def _lines(sheet: Any, lines: Sequence[GradeLine], formats: dict[str, Any]) -> None:
    _head(sheet, _LINE_HEADS, formats)
    for number, line in enumerate(lines, start=1):
        suggested = line.suggested
        sheet.write_string(number, 0, line.name)
        sheet.write_string(number, 1, LOINC.get(line.name, ("", ""))[0])
        if line.total and not line.withheld:
            sheet.write_number(number, 2, line.count)
            sheet.write_number(number, 3, line.total)
        for column, share in enumerate((line.share, line.low, line.high), start=4):
            if share is not None:
                sheet.write_number(number, column, share, formats["percent"])
        sheet.write_string(number, 7, (suggested.grade or "") if suggested else "")
        sheet.write_string(number, 8, "yes" if suggested and suggested.is_borderline else "")
        sheet.write_string(number, 9, line.confirmed or "")
        if suggested and suggested.more_cells:
            sheet.write_number(number, 10, suggested.more_cells)
        sheet.write_string(number, 11, line.remark)
    sheet.write_string(len(lines) + 2, 0, RUO_LINE, formats["notice"])
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 10, 11)
    sheet.set_column(11, 11, 60)


def _fields(sheet: Any, summary: ReportSummary, formats: dict[str, Any]) -> None:
    """One row per field: its cells, and how many of each class count."""
    classes = in_display_order(row.cell_class for row in summary.rows if row.cell_class is not None)
    _head(sheet, ("Field", "µm/px", "Cells", *(c.value for c in classes)), formats)
    counts: dict[tuple[int, str], int] = {}
    for row in summary.rows:
        if row.counted and row.cell_class is not None:
            key = row.field_id, row.cell_class.value
            counts[key] = counts.get(key, 0) + 1
    for number, field in enumerate(summary.fields, start=1):
        sheet.write_string(number, 0, field.name)
        if field.um_per_px is not None:
            sheet.write_number(number, 1, field.um_per_px)
        sheet.write_number(number, 2, field.cells)
        for column, cell_class in enumerate(classes, start=3):
            sheet.write_number(number, column, counts.get((field.id, cell_class.value), 0))
    sheet.set_column(0, 0, 36)


def _details(sheet: Any, summary: ReportSummary, formats: dict[str, Any]) -> None:
    context, identity, sample = summary.context, summary.identity, summary.sample
    pairs = [(label, getattr(identity, name)) for name, label in IDENTITY_LABELS.items()]
    scheme = sample.grading.scheme
    pairs += [
        ("State", f"{sample.state}, report {sample.version}"),
        ("Grading scheme", "" if scheme is None else f"{scheme.title}. {scheme.note}".strip()),
        ("Red cells counted", f"{summary.red_cells:,}"),
        ("Counting rule", summary.counting_rule),
        ("Made", context.made_text),
        ("Application", f"rbc-desktop {context.app_version}"),
        ("Segmenter", ", ".join(summary.segmenters)),
        ("Classifier", ", ".join(summary.classifiers)),
        ("Audit head", context.head),
        *(("Signed", f"{s.act}, {s.time}, report {s.version} {s.state}") for s in sample.sign_offs),
        *(("Finding", text) for text in sample.findings),
        *(("Needs a manual look", text) for text in summary.manual_look),
        ("Overrides", summary.override_text),
        *(("Note", text) for text in summary.notices),
        ("Not assessed", ", ".join(summary.not_assessed)),
        ("", RUO_LINE),
    ]
    for number, (label, text) in enumerate(pairs):
        sheet.write_string(number, 0, label, formats["head"] if label else formats["notice"])
        sheet.write_string(number, 1, text)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)


def _head(sheet: Any, names: Sequence[str], formats: dict[str, Any]) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["head"])
    sheet.freeze_panes(1, 1)
