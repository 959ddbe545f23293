"""The review queue: in which order a person looks at the cells of a case, what comes next, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...language import mark, number, tr
from ...phrases import told
from ...reports.summary.rows import CellRow
from ...storage.laboratory.settings import ReviewOrder
from .cell_columns import Columns
from .whole_rows import chosen

ORDER_NAMES: dict[ReviewOrder, str] = {
    "field": mark("Field by field"),
    "least sure": mark("Least sure first"),
    "class": mark("Class by class"),
}
"""What the orders are called, in the order in which they are offered."""

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review is.

    Attributes:
        done, flagged: cells that need or needed review, and how many of them a person has seen.
        seen, cells: the same for every cell that counts.
    """

    done: int
    flagged: int
    seen: int
    cells: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left that needs review."""
        return self.done == self.flagged


def review_order(cells: Columns, *, order: ReviewOrder, fields: Sequence[int]) -> Ids:
    """Ids of the cells to go through, seen ones at their places, so that the order stands still while one reviews.

    While some need review, only those that need or needed it are named; afterwards all. Within fields and classes the
    least sure come first, cells without a class late: their turn is the classifier's. Cells that nobody counts come
    last.

    Args:
        cells: rows of `cell_columns.LAYOUT`, in any order.
        order: field by field, least sure first over all fields, or by the class that the classifier suggests.
        fields: ids of the case's fields in their order.
    """
    if np.any(cells["waiting"]):
        cells = chosen(cells, cells["flagged"])
    places = {field: place for place, field in enumerate(fields)}
    own, inverse = np.unique(cells["field"], return_inverse=True)
    by_field = np.array([places.get(int(field), len(places)) for field in own], np.int64)[inverse]
    first = {"field": by_field, "class": cells["predicted"], "least sure": np.zeros(len(cells), np.int8)}[order]
    unknown_late = np.where(np.isnan(cells["sureness"]), np.float32(2.0), cells["sureness"])
    keys = (cells["cell"], unknown_late, first, ~cells["counted"])  # the last one counts first
    return np.asarray(cells["cell"][np.lexsort(keys)])


def next_to_review(
    cells: Columns, *, order: ReviewOrder, fields: Sequence[int], current: int | None, field_id: int | None
) -> int | None:
    """The first unseen cell after the current one in the order of review; after the last comes the first.

    Without a place in the order it begins with the field in view where it goes by fields, else at the top.

    Args:
        cells: the cells that the filter leaves, of all fields.
        order, fields: see `review_order`.
        current: the cell in hand, or None.
        field_id: the field in view, or None.

    Returns:
        A cell id; None when all are confirmed.
    """
    queue = review_order(cells, order=order, fields=fields)
    at = np.argsort(cells["cell"], kind="stable")
    at = at[np.searchsorted(cells["cell"][at], queue)]
    here = np.flatnonzero(queue == current) if current is not None else np.zeros(0, np.intp)
    if len(here):
        start = int(here[0]) + 1
    else:
        in_view = np.flatnonzero(cells["field"][at] == field_id) if order == "field" else np.zeros(0, np.intp)
        start = int(in_view[0]) if len(in_view) else 0
    unseen = np.flatnonzero(~cells["reviewed"][at])
    if not len(unseen):
        return None
    uncounted = ~cells["counted"][at[unseen]]  # wherever one begins, their turn comes last
    return int(queue[unseen[np.lexsort(((unseen - start) % len(queue), uncounted))[0]]])


def progress_of(cells: Columns) -> Progress:
    """How many of these cells are done."""
    counted, flagged, reviewed = cells["counted"], cells["flagged"], cells["reviewed"]
    return Progress(
        done=int(np.count_nonzero(flagged & reviewed)),
        flagged=int(np.count_nonzero(flagged)),
        seen=int(np.count_nonzero(counted & reviewed)),
        cells=int(np.count_nonzero(counted)),
    )


def progress_text(progress: Progress) -> str:
    """“140 / 269” while something needs review, then how many of all cells are confirmed."""
    if not progress.is_over:
        return f"{number(progress.done)} / {number(progress.flagged)}"
    if not progress.cells:
        return tr("No cells")
    return tr("{seen:,} / {cells:,} confirmed", seen=progress.seen, cells=progress.cells)


def standing_of(row: CellRow) -> str:
    """Why a cell needs review, or why it doesn't, as a few words that begin with a capital."""
    if row.reviewed:
        same = row.predicted_class is row.cell_class
        text = tr("confirmed by a person") if same else tr("set by a person")
    elif row.field_left_out:
        text = tr("its field is left out of the count: {reason}", reason=told(row.field_left_out))
    elif not row.counted:
        text = tr("cut by the edge of the image, so not counted")
    elif row.review_reason:
        text = told(row.review_reason)
    else:
        text = tr("nothing to doubt")
    return text[:1].upper() + text[1:]


DELETION_REASONS = (
    mark("not a red cell"), mark("debris or stain"), mark("two cells in one outline"), mark("outlined twice"),
    mark("badly outlined"),
)  # fmt: skip
"""What is offered where somebody deletes what a person has classified."""


def deletion_question(count: int, *, seen: int) -> str:
    """What is asked before cells go that a person has classified.

    Args:
        count: cells to be deleted.
        seen: how many of them a person has classified.
    """
    if count == 1:
        return tr("A person has classified this cell. Why is it deleted?")
    if seen == count:
        return tr("These {count:,} cells were classified by a person. Why are they deleted?", count=count)
    return tr(
        "{seen:,} of these {count:,} cells were classified by a person. Why are they deleted?", seen=seen, count=count
    )
