"""Which cell to look at next: the one the classifier is least sure of."""

from __future__ import annotations

from collections.abc import Iterable

from ..reports.rows import CellRow


def least_sure_order(rows: Iterable[CellRow], *, field_id: int | None) -> list[int]:
    """Ids of the unconfirmed cells, least sure first; those of the field in view before the others.

    While some need review only those are named. Cells that have no class yet come late: their turn is the classifier's.
    Those that the edge cuts and nobody counts come last.
    """
    waiting = [row for row in rows if not row.reviewed]
    waiting = [row for row in waiting if row.needs_review] or waiting

    def key(row: CellRow) -> tuple[bool, bool, float, int]:
        return (
            not row.counted,
            row.field_id != field_id,
            2.0 if row.class_probability is None else row.class_probability,
            row.cell,
        )

    return [row.cell for row in sorted(waiting, key=key)]


def next_least_sure(rows: Iterable[CellRow], *, field_id: int | None, current: int | None) -> int | None:
    """The cell after the current one in that order; after the last comes the first. None when all are confirmed."""
    order = least_sure_order(rows, field_id=field_id)
    if not order:
        return None
    if current in order:
        return order[(order.index(current) + 1) % len(order)]
    return order[0]
