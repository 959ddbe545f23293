"""Whether a PDF report says what the case says: its stated numbers, and each line that stands on its pages.

The report is laid out again as it states that it was made, with blank pictures, and the text of both is compared.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ... import __version__
from ...domain.case.case import Case, Field
from ...errors import CaseFileError
from ...files import ScratchFolder
from ...language import Language, plural, present, tr
from ...ports import RgbImage
from ...reports.pdf.paper.page_pictures import page_lines
from ...reports.pdf.pdf_statement import MOST_BYTES, Statement, blank_logo, numbers_of, read_statement
from ...reports.summary.summary import build
from .exported_values import Compared, Difference, not_ours, said_otherwise, spoken, summary_of


def statement_of(path: Path) -> Statement:
    """What a report states of itself.

    Raises:
        CaseFileError: when it is no report of ours, or one that names no case.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        stated = read_statement(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise not_ours(path) from error
    if stated.is_deidentified:
        raise CaseFileError(
            tr("{file} is de-identified, so that it doesn't say of which case it is; give another one.", file=path.name)
        )
    return stated


def compared_report(case: Case, path: Path, *, languages: Iterable[Language] | None) -> Compared:
    """The numbers that it states, then its pages line by line if this version made it.

    Raises:
        CaseFileError: when it is no report of ours.
    """
    stated = statement_of(path)
    language = next((one for one in languages or () if one.code == stated.language), present())
    with spoken(language):
        numbers = numbers_of(summary_of(case))
    difference = _stated_difference(stated, numbers)
    if difference is not None or stated.app_version != __version__:
        return Compared(_numbers_text(stated), difference)
    with spoken(language):
        again = _again(case, stated)
    try:
        there, here = page_lines(path.read_bytes()), page_lines(again)
    except (OSError, ValueError) as error:
        raise not_ours(path) from error
    extent = plural("every line of {count} page", "every line of {count} pages", len(here))
    return Compared(extent, _printed_difference(there, here))


def _numbers_text(stated: Statement) -> str:
    text = plural("{count} stated number", "{count} stated numbers", len(stated.numbers or {}))
    return tr(
        "{numbers}; version {made} laid its pages out, which only that version can compare",
        numbers=text, made=stated.app_version,
    )  # fmt: skip


def _stated_difference(stated: Statement, here: Mapping[str, str]) -> Difference | None:
    there = stated.numbers or {}
    for place, name in enumerate({**here, **there}):
        if there.get(name, "") != here.get(name, ""):
            return Difference(place, said_otherwise(name, there.get(name, ""), here.get(name, "")))
    return None


def _again(case: Case, stated: Statement) -> bytes:
    """The report as it would be written now, with blank pictures in place of images."""
    from ...reports.pdf.pdf_report import write_pdf

    assert stated.context is not None
    context, scratch, written = stated.context, ScratchFolder("numbers"), io.BytesIO()
    try:
        if stated.logo_size is not None:
            logo = blank_logo(stated.logo_size, scratch.path)
            context = replace(context, letterhead=replace(context.letterhead, logo=logo))
        write_pdf(written, build(case, context=context), case, pixels=_blank, options=stated.options)
    finally:
        scratch.close()
    return written.getvalue()


def _blank(field: Field) -> RgbImage:
    return np.full((field.height, field.width, 3), 255, np.uint8)


def _printed_difference(there: Sequence[tuple[str, ...]], here: Sequence[tuple[str, ...]]) -> Difference | None:
    place = 0
    for number, (page, own) in enumerate(itertools.zip_longest(there, here, fillvalue=()), start=1):
        for line, mine in itertools.zip_longest(page, own, fillvalue=""):
            if line != mine:
                return Difference(place, said_otherwise(tr("Page {number}", number=number), line, mine))
            place += 1
    return None
