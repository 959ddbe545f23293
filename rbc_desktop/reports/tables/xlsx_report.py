"""The sample as a workbook: a sheet of graded lines, one of fields, one of details. Nothing in it is a formula.

It is for people, so it speaks the present language; `summary_csv` is the same for programs.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from ... import research_use
from ...domain.classes.taxonomy import in_display_order
from ...domain.sample.sign_off import SignOff
from ...language import mark, number, tr
from ...phrases import told
from ..codes import LOINC
from ..summary.grades import GradeLine
from ..summary.options import IDENTITY_LABELS
from ..summary.summary import ReportSummary

_LINE_HEADS = (
    mark("Class"), "LOINC", mark("Cells"), mark("Red cells"), mark("Share"), mark("95 % from"), mark("95 % to"),
    mark("Suggested"), mark("Borderline"), mark("Confirmed"), mark("More cells needed"), mark("Remark"),
)  # fmt: skip


def write_xlsx(path: Path, summary: ReportSummary) -> None:
    """Write the workbook; equal byte for byte for equal summaries.

    Raises:
        OSError: when the path can't be written to.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    content = io.BytesIO()  # in a file of its own, xlsxwriter would hide why the disk refuses
    with xlsxwriter.Workbook(content, options) as book:
        made = summary.context.generated.astimezone(UTC).replace(tzinfo=None)
        if summary.context.is_deidentified:
            made = datetime(summary.context.generated.year, 1, 1)
        book.set_properties({"title": tr("Red cell morphology"), "created": made})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "percent": book.add_format({"num_format": "0.00%"}),
            "notice": book.add_format({"italic": True}),
        }
        _lines(book.add_worksheet(tr("Classes")), summary.sample.grades, formats)
        _fields(book.add_worksheet(tr("Fields")), summary, formats)
        _details(book.add_worksheet(tr("Sample")), summary, formats)
    path.write_bytes(content.getvalue())


def _lines(sheet: Any, lines: Sequence[GradeLine], formats: dict[str, Any]) -> None:
    _head(sheet, [tr(name) for name in _LINE_HEADS], formats)
    for row, line in enumerate(lines, start=1):
        suggested = line.suggested
        sheet.write_string(row, 0, told(line.name))
        sheet.write_string(row, 1, LOINC.get(line.name, ("", ""))[0])
        if line.total and not line.withheld:
            sheet.write_number(row, 2, line.count)
            sheet.write_number(row, 3, line.total)
        for column, share in enumerate((line.share, line.low, line.high), start=4):
            if share is not None:
                sheet.write_number(row, column, share, formats["percent"])
        sheet.write_string(row, 7, told(suggested.grade or "") if suggested else "")
        sheet.write_string(row, 8, tr("yes") if suggested and suggested.is_borderline else "")
        sheet.write_string(row, 9, told(line.confirmed or ""))
        if suggested and suggested.more_cells:
            sheet.write_number(row, 10, suggested.more_cells)
        sheet.write_string(row, 11, told(line.remark))
    sheet.write_string(len(lines) + 2, 0, research_use(" "), formats["notice"])
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 10, 11)
    sheet.set_column(11, 11, 60)


def _fields(sheet: Any, summary: ReportSummary, formats: dict[str, Any]) -> None:
    """One row per field: its cells, and how many of each class count."""
    classes = in_display_order(row.cell_class for row in summary.rows if row.cell_class is not None)
    _head(sheet, (tr("Field"), "µm/px", tr("Cells"), *(c.title for c in classes)), formats)
    counts: dict[tuple[int, str], int] = {}
    for row in summary.rows:
        if row.counted and row.cell_class is not None:
            key = row.field_id, row.cell_class.value
            counts[key] = counts.get(key, 0) + 1
    for place, field in enumerate(summary.fields, start=1):
        sheet.write_string(place, 0, field.name)
        if field.um_per_px is not None:
            sheet.write_number(place, 1, field.um_per_px)
        sheet.write_number(place, 2, field.cells)
        for column, cell_class in enumerate(classes, start=3):
            sheet.write_number(place, column, counts.get((field.id, cell_class.value), 0))
    sheet.set_column(0, 0, 36)


def _details(sheet: Any, summary: ReportSummary, formats: dict[str, Any]) -> None:
    context, identity, sample = summary.context, summary.identity, summary.sample
    pairs = [(tr(label), getattr(identity, name)) for name, label in IDENTITY_LABELS.items()]
    scheme = sample.grading.scheme
    pairs += [
        (tr("State"), tr("{state}, report {version}", state=told(sample.state), version=sample.version)),
        (tr("Grading scheme"), "" if scheme is None else f"{told(scheme.title)}. {told(scheme.note)}".strip()),
        (tr("Red cells counted"), number(summary.red_cells)),
        (tr("Counting rule"), told(summary.counting_rule)),
        (tr("Made"), context.made_text),
        (tr("Application"), f"rbc-desktop {context.app_version}"),
        (tr("Segmenter"), ", ".join(summary.segmenters)),
        (tr("Classifier"), ", ".join(summary.classifiers)),
        (tr("Audit head"), context.head),
        *((tr("Signed"), _signed(step)) for step in sample.sign_offs),
        *((tr("Finding"), told(text)) for text in sample.findings),
        *((tr("Needs a manual look"), told(text)) for text in summary.manual_look),
        (tr("Overrides"), told(summary.override_text)),
        *((tr("Note"), told(text)) for text in summary.notices),
        (tr("Not assessed"), ", ".join(told(each) for each in summary.not_assessed)),
        ("", research_use(" ")),
    ]
    for row, (label, text) in enumerate(pairs):
        sheet.write_string(row, 0, label, formats["head"] if label else formats["notice"])
        sheet.write_string(row, 1, text)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)


def _signed(step: SignOff) -> str:
    return tr(
        "{act}, {time}, report {version} {state}",
        act=told(step.act), time=step.time, version=step.version, state=told(step.state),
    )  # fmt: skip


def _head(sheet: Any, names: Sequence[str], formats: dict[str, Any]) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["head"])
    sheet.freeze_panes(1, 1)
