"""The fields with their outlines and numbers, two a page; one that meets a page begun takes what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from ....language import tr
from ...summary.summary import FieldSummary, cells_text
from ..paper.pdf_fitting import Shrinking
from ..paper.pdf_images import Overview
from ..paper.pdf_style import TEXT_HEIGHT, TEXT_WIDTH, Figure
from .pdf_figures import OverviewFigure
from .pdf_legend import ClassLegend


def overview_section(fields: Sequence[FieldSummary], views: Sequence[Overview], *, heading: Flowable) -> list[Flowable]:
    """The images of all fields, each with the classes that occur on it.

    Args:
        fields: what is said of each.
        views: their images, in the same order.
        heading: stands over the first.
    """
    usual = TEXT_HEIGHT - 30 if len(views) == 1 else TEXT_HEIGHT / 2 - 24
    story: list[Flowable] = []
    for view, field in zip(views, fields, strict=True):
        head = [] if story else [heading]
        story += [Shrinking(head, _maker(view, field), height=usual), Spacer(1, 4 * mm)]
    return story


def _maker(view: Overview, field: FieldSummary) -> Callable[[float], list[Figure]]:
    caption = tr("Field {id}: {name}, {cells}", id=field.id, name=field.name, cells=cells_text(field.cells))
    legend = ClassLegend(view.outlines, width=TEXT_WIDTH)

    def made(height: float) -> list[Figure]:
        room = height - legend.height
        return [OverviewFigure(view, width=TEXT_WIDTH, max_height=room, numbers=True, caption=caption), legend]

    return made
