"""A validation study as sentences, as a page, and as a CSV of its cases."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer

from ...domain.laboratory.concordance import (
    LEAST_CASES,
    LOOK_BELOW,
    WASHOUT_DAYS,
    Concordance,
    Kind,
    Repeatability,
    Reread,
    concordance_of,
)
from ...domain.wording import counted
from ..summary.summary import RUO_LINE
from ..tables.csv_report import guard
from .paper.pdf_style import MARGIN, REGULAR, TABLE, paragraph_style, printable, register_fonts

KINDS: tuple[Kind, ...] = ("intra-observer", "inter-observer")
COLUMNS = (
    "case",
    "kind",
    "first_reader",
    "second_reader",
    "days",
    "counts",
    "cells",
    "agreed",
    "grades_agree",
    "notice",
)
BASIS = (
    "Laid out as the guideline of CAP and ASCP for validating whole-slide systems asks: at least"
    f" {LEAST_CASES} cases, the same reader again after at least {WASHOUT_DAYS} days, a look into concordance below"
    f" {100 * LOOK_BELOW:.0f} %. It compares cells and suggested grades, not diagnoses, and doesn't replace a"
    " laboratory's own validation."
)


@dataclass(frozen=True, slots=True)
class Study:
    """What was studied.

    Attributes:
        rereads: second readings, those before the end of the washout too.
        repeatability: of the machine, None where no sample was imaged twice.
        left_out: a sentence for each case that couldn't be taken.
        models: segmenters and classifiers of the cases.
        made: when.
        app_version: of the application.
    """

    rereads: tuple[Reread, ...]
    repeatability: Repeatability | None
    left_out: tuple[str, ...]
    models: tuple[str, ...]
    made: datetime
    app_version: str


def sentences(study: Study) -> list[str]:
    """The study, a sentence per line."""
    lines = []
    for kind in KINDS:
        found = concordance_of(study.rereads, kind)
        lines += [f"{kind.capitalize()}: no reading that can be used."] if found is None else _concordance(found)
    early = [r for r in study.rereads if r.is_early]
    if early:
        names = ", ".join(dict.fromkeys(r.case for r in early))
        lines.append(f"Left out, since the washout of {WASHOUT_DAYS} days wasn't over: {names}.")
    return [*lines, *_repeats(study.repeatability), *study.left_out]


def _concordance(found: Concordance) -> list[str]:
    name = found.kind.capitalize()
    share = f"{_pct(found.agreed / found.cells)} % ({_pct(found.low)} to {_pct(found.high)})"
    lines = [f"{name}: {found.agreed:,} of {found.cells:,} cells in {counted(found.cases, 'case')} agree, {share}."]
    if found.kappa is not None:
        reach = "" if found.kappa_low is None else f" ({found.kappa_low:.2f} to {found.kappa_high:.2f})"
        lines.append(f"{name}: Cohen's kappa {found.kappa:.2f}{reach}, cases taken as clusters.")
    if found.graded:
        same = f"{found.grades_agree:,} of {found.graded:,} cases have the same grade in every line"
        rate = found.grades_agree / found.graded
        lines.append(f"{name}: {same}, {_pct(rate)} % ({_pct(found.grades_low)} to {_pct(found.grades_high)}).")
        if rate < LOOK_BELOW:
            lines.append(f"{name}: below {100 * LOOK_BELOW:.0f} % of the cases; look into the reasons.")
    if not found.is_enough:
        lines.append(f"{name}: {found.cases:,} of at least {LEAST_CASES} cases; too few to conclude from.")
    return lines


def _repeats(found: Repeatability | None) -> list[str]:
    if found is None:
        return ["Repeatability: no sample was imaged twice (cases with the same sample number)."]
    worst = "; ".join(f"{name} {sd:.1f}" for name, sd in found.shares[:6])
    size = "" if found.diameter_cv is None else f" Mean diameter: CV {found.diameter_cv:.2f} %."
    head = f"Repeatability: {counted(found.samples, 'sample')} in {counted(found.cases, 'case')}."
    return [f"{head} Standard deviation of a share within a sample, percentage points: {worst}.{size}"]


def write_study_pdf(path: Path, study: Study) -> None:
    """Write the page; wrap the call in `files.replace_atomically`.

    Raises:
        ExportError: when the fonts are missing.
        OSError: when the path can't be written to.
    """
    register_fonts()
    story: list[Flowable] = [
        Paragraph("Validation study", paragraph_style(14, bold=True)),
        Paragraph(escape(BASIS), paragraph_style(8)),
        Spacer(1, 3 * mm),
        *(Paragraph(escape(printable(line)), paragraph_style(9)) for line in sentences(study)),
    ]
    for kind in KINDS:
        found = concordance_of(study.rereads, kind)
        if found is not None:
            story += [Spacer(1, 4 * mm), *_class_table(found), *_below(found)]
    made = f"{study.made:%Y-%m-%d %H:%M %z}, RBC Desktop {study.app_version}; {'; '.join(study.models)}"
    story += [Spacer(1, 4 * mm), Paragraph(escape(printable(made)), paragraph_style(7)), _line(RUO_LINE)]
    document = SimpleDocTemplate(
        str(path), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title="Validation study", subject=RUO_LINE, author="", creator=f"RBC Desktop {study.app_version}", invariant=1,
    )  # fmt: skip
    document.build(story)


def _class_table(found: Concordance) -> list[Flowable]:
    rows = [["class", "first", "second", "both", "agreement %"]]
    rows += [[c.name, f"{c.first:,}", f"{c.second:,}", f"{c.both:,}", _pct(c.share)] for c in found.classes]
    body = ("FONT", (0, 1), (-1, -1), REGULAR, 8)
    right = [("ALIGN", (i, 0), (i, -1), "RIGHT") for i in range(1, 5)]
    widths = [50 * mm, 22 * mm, 22 * mm, 22 * mm, 26 * mm]
    table = LongTable(rows, colWidths=widths, repeatRows=1, style=[*TABLE, body, *right])
    table.hAlign = "LEFT"
    head = Paragraph(f"{found.kind.capitalize()}, class by class", paragraph_style(10, bold=True))
    return [head, table]


def _below(found: Concordance) -> list[Flowable]:
    if not found.below:
        return []
    names = ", ".join(f"{case} {_pct(share)} %" for case, share in found.below[:40])
    more = f" and {len(found.below) - 40:,} more" if len(found.below) > 40 else ""
    return [_line(f"Cases below {100 * LOOK_BELOW:.0f} % of their cells, to be looked into: {names}{more}.")]


def write_study_csv(path: Path, rereads: Sequence[Reread]) -> None:
    """One line per reading; wrap the call in `files.replace_atomically`."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for r in rereads:
            days = "" if math.isnan(r.days) else f"{r.days:.1f}"
            agree = "" if not r.grades else "true" if r.grades_agree else "false"
            names = (guard(r.case), r.kind, guard(r.first_reader), guard(r.second_reader))
            used = "false" if r.is_early else "true"
            writer.writerow([*names, days, used, len(r.pairs), r.agreed, agree, RUO_LINE])


def _line(text: str) -> Flowable:
    return Paragraph(escape(printable(text)), paragraph_style(7.5))


def _pct(share: float) -> str:
    return f"{100 * share:.1f}"
