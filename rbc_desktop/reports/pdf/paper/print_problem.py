"""Whether a report has letters that no font of the computer has, in one sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple

from ....language import tr
from ....phrases import told
from ...summary.summary import ReportSummary
from ...text.shaped_text import SHAPER
from .pdf_style import register_fonts


def print_problem(summary: ReportSummary) -> str:
    """What can't be printed, and what to do; "" where all can.

    Raises:
        ExportError: when the report's own fonts are missing.
    """
    register_fonts()
    lacking = dict.fromkeys(letter for text in _typed(summary) for letter in SHAPER.missing(text))
    if not lacking:
        return ""
    return tr(
        "No font on this computer has the letters of {scripts}, which stand as boxes in the PDF; install a font that"
        " has them, such as Noto Sans, and export again.",
        scripts=", ".join(dict.fromkeys(map(_script, lacking))),
    )


def _script(letter: str) -> str:
    """Whose letter it is, by its name in Unicode, in letters that every font has."""
    if unicodedata.category(letter)[0] not in "LM":
        return tr("signs")
    name = unicodedata.name(letter, "")
    return name.split()[0].title().replace("Cjk", "CJK") if name else f"U+{ord(letter):04X}"


def _typed(summary: ReportSummary) -> Iterator[str]:
    """The texts that people typed, and names of files."""
    yield from astuple(summary.identity)
    yield summary.context.letterhead.text
    yield from (field.name for field in summary.fields)
    yield from (count.name for count in summary.counts)
    yield from (line.name for line in summary.sample.grades)
    for step in summary.sample.sign_offs:
        yield from (step.operator, step.reason)
    yield from (reading.operator for reading in summary.sample.readings)
    yield from map(told, summary.notices)
