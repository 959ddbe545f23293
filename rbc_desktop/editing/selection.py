"""The selected cells, shared by canvas, table and gallery."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot

from .case_editor import CaseEditor


class Selection(QObject):
    """Ids of the selected cells, in the order in which they were selected.

    Signal `changed` carries the tuple of ids, and is emitted only when they differ from before.
    """

    changed = Signal(object)

    def __init__(self, editor: CaseEditor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._ids: dict[int, None] = {}
        self._held: frozenset[int] | None = None
        editor.cells_removed.connect(self.discard)
        editor.case_replaced.connect(self.clear)

    @property
    def ids(self) -> tuple[int, ...]:
        """The selected cells."""
        return tuple(self._ids)

    @property
    def current(self) -> int | None:
        """The cell selected last, or None."""
        return next(reversed(self._ids), None)

    @property
    def held(self) -> frozenset[int]:
        """The selected cells, whatever their order."""
        if self._held is None:
            self._held = frozenset(self._ids)
        return self._held

    def __contains__(self, cell_id: object) -> bool:
        return cell_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    @Slot(object)
    def set(self, ids: Iterable[int]) -> None:
        """Select exactly these cells; ids that the case doesn't have are passed over."""
        self._become(dict.fromkeys(self._editor.case.cells.among(ids)))

    def extend(self, ids: Iterable[int]) -> None:
        """Select these cells as well."""
        self.set([*(i for i in self._ids), *ids])

    def toggle(self, cell_id: int) -> None:
        """Select the cell, or unselect it."""
        if cell_id in self._ids:
            self.discard((cell_id,))
        else:
            self.extend((cell_id,))

    @Slot(object)
    def discard(self, ids: Iterable[int]) -> None:
        """Unselect these cells."""
        gone = set(ids)
        if not gone.isdisjoint(self._ids):
            self._become({i: None for i in self._ids if i not in gone})

    @Slot()
    def clear(self) -> None:
        """Select nothing."""
        self._become({})

    def _become(self, ids: dict[int, None]) -> None:
        if list(ids) != list(self._ids):
            self._ids, self._held = ids, None
            self.changed.emit(tuple(ids))
