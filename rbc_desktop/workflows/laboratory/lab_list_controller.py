"""One of the laboratory's lists in a running window: read, changed, and shared with other computers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...errors import RbcError
from ...language import plural, tr
from ...storage.laboratory.lab_list import read_shared

Entries = tuple[Any, ...]


class WriteList(Protocol):
    """Stores a list; `shared`: for other computers."""

    def __call__(self, entries: Any, path: Path, /, *, shared: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class ListStore:
    """How a kind of list is kept.

    Attributes:
        path: of this computer's list.
        read, write: give a file's entries, and store them.
        joined: the entries of this computer with those of another one.
    """

    path: Path
    read: Callable[[Path], Entries]
    write: WriteList
    joined: Callable[[Entries, Entries], Entries]


class LabListKeeper(QObject):
    """Holds a list; one change after the other, each by the file as it is then: another window may have changed it.

    Args:
        store: how the list is kept.
        tasks: reads and writes.
        parent: Qt parent.
    """

    changed = Signal()
    """The entries, or what else a keeper says."""

    refused = Signal(str)
    """Something can't be done, and why."""

    told = Signal(str)
    """What an import or an export did."""

    def __init__(self, store: ListStore, *, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._tasks = store, tasks
        self._last: Task | None = None

    def import_(self, path: Path) -> None:
        """Add what another computer exported."""
        store = self._store

        def joined() -> tuple[Entries, int]:
            before = store.read(store.path)
            entries = store.joined(before, read_shared(store.read, path))
            store.write(entries, store.path)
            return entries, len(entries) - len(before)

        self._submit(joined).finished.connect(self._on_imported, Qt.ConnectionType.QueuedConnection)

    def export(self, path: Path) -> None:
        """Write the list for other computers."""
        store = self._store

        def written() -> str:
            store.write(store.read(store.path), path, shared=True)
            return path.name

        self._submit(written).finished.connect(self._on_exported, Qt.ConnectionType.QueuedConnection)

    # For the keeper of a kind of list

    def _set(self, entries: Entries) -> None:
        """The list is this now."""
        raise NotImplementedError

    def _failed(self, error: RbcError) -> None:
        self.refused.emit(error.message)

    def _load(self) -> None:
        store = self._store
        task = self._submit(lambda: store.read(store.path))
        task.finished.connect(self._on_entries, Qt.ConnectionType.QueuedConnection)

    def _change(self, step: Callable[[Any], Entries]) -> None:
        store = self._store

        def changed() -> Entries:
            entries = step(store.read(store.path))
            store.write(entries, store.path)
            return entries

        self._submit(changed).finished.connect(self._on_entries, Qt.ConnectionType.QueuedConnection)

    # How

    def _submit(self, step: Callable[[], object]) -> Task:
        self._last = self._tasks.submit(step, after=self._last)
        self._last.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        return self._last

    @Slot(object)
    def _on_entries(self, entries: Entries) -> None:
        self._set(entries)

    @Slot(object)
    def _on_imported(self, found: tuple[Entries, int]) -> None:
        entries, added = found
        self._set(entries)
        self.told.emit(
            plural("{count} entry was added to the list.", "{count} entries were added to the list.", added)
            if added
            else tr("All entries of the file are on the list already.")
        )

    @Slot(object)
    def _on_exported(self, name: str) -> None:
        self.told.emit(tr("The list is written to {name}.", name=name))

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._failed(error)
