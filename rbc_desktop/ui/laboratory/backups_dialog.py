"""File › Restore a backup: the copies in the laboratory's backup folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.case.case import printable
from ...language import mark, tr
from ...storage.safekeeping.backup import Backup
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.room import open_as_large_as
from ..look.theme import SPACE_L, SPACE_M, SPACE_S

SIZE = 560, 440
NO_FOLDER = mark("No backup folder is chosen; choose one in Edit › Settings…, Laboratory.")
NOTE = mark(
    "A backup opens as an unsaved case; it stays in its folder, and the case that it was made of stays as it is."
)


class BackupsDialog(KeyedDialog):
    """Lets one be chosen.

    Args:
        folder: of the backups, None while none is chosen.
        parent: the main window.
    """

    manual_chapter = "opening.md"

    restored = Signal(object)
    """The `Backup` that is to be opened."""

    def __init__(self, folder: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Backups"))
        self.said = plain_label()
        self.cancel, self.restore = QPushButton(tr("Cancel")), QPushButton(tr("Restore"))
        self.restore.setProperty("primary", True)
        self.restore.setDefault(True)
        self.cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        for widget in (self.said, self.list):
            column.addWidget(widget)
        column.addLayout(buttons)
        open_as_large_as(self, *SIZE)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.list.itemDoubleClicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.restore.clicked.connect(self.accept)
        self.show_backups(())

    @Slot(object)
    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show these copies, newest first."""
        self.list.clear()
        for each in backups:
            when = f"{each.time:%Y-%m-%d %H:%M:%S}"
            item = QListWidgetItem(tr("{name}, {when}", name=printable(each.name), when=when))
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        nothing = tr(NO_FOLDER) if self._folder is None else tr("There is no backup in {folder}.", folder=self._folder)
        self.said.setText(tr(NOTE) if backups else nothing)
        if backups:
            self.list.setCurrentRow(0)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.restore.setEnabled(bool(self.list.selectedItems()))

    @Slot()
    def accept(self) -> None:
        """Hand the chosen one on."""
        if items := self.list.selectedItems():
            self.restored.emit(items[0].data(Qt.ItemDataRole.UserRole))
            super().accept()
