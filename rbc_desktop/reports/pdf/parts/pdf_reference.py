"""The case beside the laboratory's normal samples in the full PDF."""

from __future__ import annotations

import itertools
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Table

from ....domain.case.case import Case
from ....domain.laboratory.reference_band import (
    LEVELS,
    MEASURES,
    Band,
    Profile,
    Reference,
    outside,
    profiles_of,
    said_of,
)
from ....language import capital, number, tr
from ..paper.pdf_style import (
    ACCENT,
    INK,
    MUTED,
    NO_PADDING,
    REGULAR,
    RULE,
    SHADE,
    TEXT_WIDTH,
    WARNING,
    Figure,
    paragraph_style,
    printable,
)


def reference_section(case: Case, reference: Reference | None) -> list[Flowable]:
    """Charts and sentences; nothing where the laboratory has no normal samples, or the case too few cells."""
    if reference is None or not any(reference.samples.values()):
        return []
    _, profiles = profiles_of(case)
    sentences = [capital(tr(said_of(measure, profiles.get(measure), reference))) for measure in MEASURES]
    said = [Paragraph(escape(printable(sentence)), paragraph_style(8)) for sentence in sentences]
    width = TEXT_WIDTH / len(MEASURES)
    charts = []
    for measure, unit in MEASURES.items():
        title = capital(f"{tr(measure)} / {unit}" if unit else tr(measure))
        profile, band = profiles.get(measure), reference.bands.get(measure)
        charts.append(BandFigure(title, profile, band, width=width - 4 * mm))
    table = Table([charts], colWidths=[width] * len(charts), style=NO_PADDING)
    return [KeepTogether([table, *said])]


class BandFigure(Figure):
    """Values over the quantiles: the band, and the case as points; those outside it are squares.

    Args:
        title: stands over it.
        profile: of the case, None where there is none.
        band: of the normal samples, None where they are too few.
        width: in points.
    """

    def __init__(self, title: str, profile: Profile | None, band: Band | None, *, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 34 * mm
        self._title, self._profile, self._band = title, profile, band

    def draw(self) -> None:
        """Draw on the page."""
        canvas = self.canv
        values = [*(self._profile or ()), *itertools.chain.from_iterable(self._band or ())]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        room = 0.08 * (high - low) or 0.5
        low, high = low - room, high + room
        left, bottom, top = 24.0, 10.0, self.height - 11

        def at(index: int, value: float) -> tuple[float, float]:
            across = (index + 0.5) / len(LEVELS)
            return left + (self.width - left) * across, bottom + (top - bottom) * (value - low) / (high - low)

        canvas.setFont(REGULAR, 7)
        canvas.setFillColor(INK)
        canvas.drawString(left, self.height - 7, printable(self._title))
        canvas.setFont(REGULAR, 6)
        canvas.setFillColor(MUTED)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        canvas.rect(left, bottom, self.width - left, top - bottom, stroke=1, fill=0)
        for index, level in enumerate(LEVELS):
            canvas.drawCentredString(at(index, low)[0], 2, f"{100 * level:.0f} %")
        if values:
            canvas.drawRightString(left - 2, bottom, number(low, ".2f"))
            canvas.drawRightString(left - 2, top - 6, number(high, ".2f"))
        if self._band is not None:
            outline = [at(i, pair[0]) for i, pair in enumerate(self._band)]
            outline += [at(i, pair[1]) for i, pair in reversed(list(enumerate(self._band)))]
            path = canvas.beginPath()
            path.moveTo(*outline[0])
            for point in outline[1:]:
                path.lineTo(*point)
            path.close()
            canvas.setFillColor(SHADE)
            canvas.setStrokeColor(ACCENT)
            canvas.drawPath(path, stroke=1, fill=1)
        if self._profile is not None:
            beyond = outside(self._profile, self._band) if self._band is not None else ()
            places = [at(i, value) for i, value in enumerate(self._profile)]
            canvas.setStrokeColor(INK)
            for (x0, y0), (x1, y1) in itertools.pairwise(places):
                canvas.line(x0, y0, x1, y1)
            for index, (x, y) in enumerate(places):
                canvas.setFillColor(WARNING if index in beyond else INK)
                if index in beyond:
                    canvas.rect(x - 2, y - 2, 4, 4, stroke=0, fill=1)
                else:
                    canvas.circle(x, y, 1.6, stroke=0, fill=1)
