"""Flowables that take what a page has left, smaller where that keeps it from ending half empty."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable, KeepTogether

from .pdf_style import Figure

LEAST = 0.6
"""An image as small as this share of its usual height can still be read; below it, a page of its own is better."""


class Shrinking(KeepTogether):
    """A head and a figure on one page, the figure smaller where that keeps a page from ending half empty.

    Args:
        head: stands over it.
        made: the parts of the figure, at most so high together, points.
        height: that it has as a rule.
    """

    def __init__(self, head: list[Flowable], made: Callable[[float], list[Figure]], *, height: float) -> None:
        self._head, self._made = head, made
        self._figure = made(height)
        super().__init__([*head, *self._figure])

    def split(self, width: float, height: float) -> list[Flowable]:
        """What comes on this page, or goes to the next; ReportLab asks with the room that is left."""
        usual = sum(part.height for part in self._figure)
        room = usual - (self._H - height)
        if LEAST * usual <= room < usual:
            return [*self._head, *self._made(room)]
        return list(super().split(width, height))


class Fitting(Flowable):
    """What becomes smaller by tenths until it fits; where it doesn't, it stays as it is and goes to the next page.

    Args:
        made: it, at a share of its usual size, 0 to 1.
    """

    def __init__(self, made: Callable[[float], Flowable]) -> None:
        super().__init__()
        self._made = made
        self._shown = self._usual = made(1.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size here; ReportLab asks with the room that is left."""
        for tenths in range(10, round(10 * LEAST) - 1, -1):
            self._shown = self._usual if tenths == 10 else self._made(tenths / 10)
            found: tuple[float, float] = self._shown.wrapOn(self.canv, width, height)
            if found[1] <= height:
                return found
        self._shown = self._usual
        return self._shown.wrapOn(self.canv, width, height)  # type: ignore[no-any-return]

    def draw(self) -> None:
        """Draw it as it was last asked for."""
        self._shown.drawOn(self.canv, 0, 0)
