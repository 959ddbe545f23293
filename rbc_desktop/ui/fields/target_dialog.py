"""How many cells are wanted, and what happens to the rest."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from ...language import tr
from ...storage.laboratory.settings import MOST_CELLS
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """What was chosen; values as in `storage.laboratory.settings.Settings`."""

    target_cells: int
    stop_at_target: bool
    segment_new_images: bool


class TargetDialog(KeyedDialog):
    """Asks for the target count and for what is segmented by itself."""

    manual_chapter = "segmenting.md"

    chosen = Signal(object)
    """A `TargetChoice`."""

    def __init__(self, now: TargetChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Target count"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cells = QSpinBox()
        self.cells.setRange(0, MOST_CELLS)
        self.cells.setSingleStep(100)
        self.cells.setGroupSeparatorShown(True)
        self.cells.setSpecialValueText(tr("No target"))
        self.cells.setValue(now.target_cells)
        self.cells.setMinimumWidth(120)
        self.cells.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.stop = QCheckBox(tr("Segment no further field when they are there"))
        self.stop.setChecked(now.stop_at_target)
        self.new_images = QCheckBox(tr("Segment new images as they are opened"))
        self.new_images.setChecked(now.segment_new_images)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        uncounted = tr("Cells that the edge cuts and cells that are no red cells don't count towards it.")
        note = plain_label(uncounted, kind="muted")
        form = QFormLayout()
        form.addRow(tr("Cells wanted"), self.cells)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(form)
        column.addWidget(self.stop)
        column.addWidget(self.new_images)
        column.addWidget(note)
        column.addWidget(self.buttons)
        self.cells.valueChanged.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.stop.setEnabled(self.cells.value() > 0)

    @Slot()
    def accept(self) -> None:
        """Hand the choice on."""
        self.chosen.emit(TargetChoice(self.cells.value(), self.stop.isChecked(), self.new_images.isChecked()))
        super().accept()
