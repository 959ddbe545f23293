"""What the window showed of a case last: kept in its file, not a change of the case, so neither audited nor undone."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from .values.case_values import text, whole

MOST_SELECTED = 1_000
"""A larger selection isn't kept: nobody wants to go on with each, and a part of it would be another one."""

LONGEST_VIEW = 100_000
"""Characters in the file."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """Field, filter and selection.

    Attributes:
        field: id of the field in view, None for the first.
        order: ids of the fields as they are listed.
        group: the class, or whatever else the table shows only, "" for everything.
        review_only: the table shows only cells that need review.
        all_fields: the table shows the cells of all fields.
        selected: ids of the selected cells.
    """

    field: int | None = None
    order: tuple[int, ...] = ()
    group: str = ""
    review_only: bool = False
    all_fields: bool = False
    selected: tuple[int, ...] = ()


def kept_selection(ids: tuple[int, ...]) -> tuple[int, ...]:
    """The ids of the selected cells, none of a selection that isn't kept."""
    return ids if len(ids) <= MOST_SELECTED else ()


def write_view(connection: sqlite3.Connection, view: CaseView) -> None:
    """Keep what is shown: one statement, so one transaction."""
    values = asdict(view)
    values["selected"] = kept_selection(view.selected)
    connection.execute('UPDATE view SET "values" = ?', (json.dumps(values),))


def read_view(connection: sqlite3.Connection) -> CaseView:
    """What was shown; what is missing or odd counts as nothing.

    Raises:
        sqlite3.Error: when the file is damaged.
    """
    row = connection.execute('SELECT "values" FROM view').fetchone()
    try:
        values = json.loads(text(row[0], "view", longest=LONGEST_VIEW))
        field = values.get("field")
        return CaseView(
            field=None if field is None else whole(field, "field", low=1),
            order=_ids(values.get("order", [])),
            group=text(values.get("group", ""), "group", longest=100),
            review_only=values.get("review_only") is True,
            all_fields=values.get("all_fields") is True,
            selected=_ids(values.get("selected", [])),
        )
    except (TypeError, ValueError, AttributeError, RecursionError):
        return CaseView()


def _ids(values: Any) -> tuple[int, ...]:
    return tuple(whole(value, "id", low=1) for value in values)
