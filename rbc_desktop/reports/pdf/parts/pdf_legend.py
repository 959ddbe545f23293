"""The legend below a field's picture: which outline means what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ....domain.classes.taxonomy import CellClass, in_display_order
from ....language import mark, tr
from ..paper.pdf_images import Outline
from ..paper.pdf_style import INK, REGULAR, Figure, class_code, class_colour, width_of

NO_CLASS = mark("without a class, or not counted")
_SIZE, _LINE, _SAMPLE, _GAP = 6.5, 10.0, 16.0, 10.0


class ClassLegend(Figure):
    """A piece of each outline that occurs, with its class; as many lines as they need."""

    def __init__(self, outlines: Iterable[Outline], *, width: float) -> None:
        super().__init__()
        classes = {outline.cell_class for outline in outlines}
        named = in_display_order(c for c in classes if c is not None)
        self._entries: list[tuple[CellClass | None, str]] = [(c, f"{class_code(c)} {c.title}") for c in named]
        if None in classes:
            self._entries.append((None, tr(NO_CLASS)))
        self.width = width
        self._places = _places([_SAMPLE + 4 + width_of(text, _SIZE) for _, text in self._entries], width=width)
        self.height = _LINE * (1 + max((line for _, line in self._places), default=-1))

    def draw(self) -> None:
        canvas = self.canv
        for (cell_class, text), (x, line) in zip(self._entries, self._places, strict=True):
            y = self.height - _LINE * (line + 1) + 3
            canvas.setStrokeColor(class_colour(cell_class))
            canvas.setLineWidth(1.6)
            canvas.setDash([2.2, 1.2] if cell_class is not None and cell_class.dashed else [])
            canvas.line(x, y + 2.2, x + _SAMPLE, y + 2.2)
            canvas.setDash([])
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, _SIZE)
            canvas.drawString(x + _SAMPLE + 4, y, text)


def _places(widths: Sequence[float], *, width: float) -> list[tuple[float, int]]:
    """Left edge and line of each entry."""
    places, x, line = [], 0.0, 0
    for each in widths:
        if x and x + each > width:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += each + _GAP
    return places
