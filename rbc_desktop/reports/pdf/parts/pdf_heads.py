"""What stands at the top of the PDF when there is any: the laboratory's letterhead, and the mark for a manual look."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, Paragraph, Spacer, Table

from ....language import tr
from ...summary.letterhead import Letterhead, read_logo
from ..paper.pdf_style import NO_PADDING, TEXT_WIDTH, WARNING, markup, paragraph_style, printable

LOGO_WIDTH, LOGO_HEIGHT = 45 * mm, 16 * mm
"""Room for the logo."""


def letterhead_block(letterhead: Letterhead) -> list[Flowable]:
    """The laboratory's lines, beside its logo where there is one; nothing without both.

    Raises:
        ExportError: when the logo can't be read.
    """
    styles = [paragraph_style(10.5, bold=True), *[paragraph_style(8.5)] * len(letterhead.lines)]
    lines = [Paragraph(escape(printable(line)), style) for line, style in zip(letterhead.lines, styles, strict=False)]
    if letterhead.logo is None:
        return [*lines, Spacer(1, 3 * mm)] if lines else []
    data, width, height = read_logo(letterhead.logo)
    scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    logo = Image(io.BytesIO(data), width * scale, height * scale, mask=None)
    beside = width * scale + 5 * mm
    table = Table([[logo, lines or ""]], colWidths=[beside, TEXT_WIDTH - beside])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *NO_PADDING])
    return [table, Spacer(1, 3 * mm)]


def manual_look_block(reasons: Sequence[str]) -> list[Flowable]:
    """The mark that a person should look at the film, with the reasons; nothing where there is none."""
    if not reasons:
        return []
    head = Paragraph(tr("Needs a manual look"), paragraph_style(8.5, bold=True, colour=WARNING))
    lines = [Paragraph(markup(text), paragraph_style(7.5)) for text in reasons]
    box = Table([[[head, *lines]]], colWidths=[TEXT_WIDTH])
    box.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 0.8, WARNING),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return [box, Spacer(1, 2 * mm)]
