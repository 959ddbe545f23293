"""File > Recover: cases that were never saved under a name, the one changed last first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ...reports.options import IDENTITY_LABELS
from ...storage.autosave import UnsavedCase

_CASE = Qt.ItemDataRole.UserRole


class RecoverDialog(QDialog):
    """Lets one of them be opened."""

    chosen = Signal(object)
    """The path of the case to open."""

    def __init__(self, cases: Sequence[UnsavedCase], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTreeWidget()
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels(["Last changed", IDENTITY_LABELS["sample_id"], "Cells", "Images"])
        for case in cases:
            item = QTreeWidgetItem(_texts(case))
            item.setData(0, _CASE, case.path)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight)
            item.setToolTip(3, case.problem or "\n".join(case.fields))
            self.table.addTopLevelItem(item)
        for number in range(3):
            self.table.resizeColumnToContents(number)
        self.table.itemActivated.connect(self.accept)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(bool(cases))
        self.note = QLabel("Work that was never saved under a name:" if cases else "There is no unsaved work.")
        column = QVBoxLayout(self)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.buttons)
        self.resize(640, 320)
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)

    @Slot()
    def accept(self) -> None:
        """Open the chosen case."""
        item = self.table.currentItem()
        super().accept()
        if item is not None:
            self.chosen.emit(item.data(0, _CASE))


def _texts(case: UnsavedCase) -> list[str]:
    images = ", ".join(case.fields[:3]) + (f" and {len(case.fields) - 3} more" if len(case.fields) > 3 else "")
    return [
        f"{case.changed:%Y-%m-%d %H:%M}",
        case.sample_id,
        "" if case.problem else f"{case.cells:,}",
        case.problem or images,
    ]
