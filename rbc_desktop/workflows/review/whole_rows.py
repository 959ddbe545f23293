"""Rows of a structured array, moved whole: NumPy moves them value by value otherwise, at a fifteenth of the speed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.void]
"""A structured array of one dimension."""

Places = npt.NDArray[np.intp] | npt.NDArray[np.bool_]
"""Positions of rows, or which rows of all."""


def chosen(table: Table, at: Places) -> Table:
    """A copy of these rows, in the order of the places."""
    return _blocks(table)[at].view(table.dtype)


def joined(tables: Sequence[Table]) -> Table:
    """The rows of one or more tables of the same layout, one table after the other."""
    return np.concatenate([_blocks(table) for table in tables]).view(tables[0].dtype)


def replaced(table: Table, at: Places, rows: Table) -> Table:
    """A copy of a table with other rows at these places."""
    blocks = _blocks(table).copy()
    blocks[at] = _blocks(rows)
    return blocks.view(table.dtype)


def inserted(table: Table, at: Places, rows: Table) -> Table:
    """A copy of a table with one row more before each of these places."""
    return np.asarray(np.insert(_blocks(table), at, _blocks(rows)).view(table.dtype))


def _blocks(table: Table) -> Table:
    return table.view(np.dtype((np.void, table.dtype.itemsize)))
