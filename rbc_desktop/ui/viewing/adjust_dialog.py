"""Brightness, contrast and white balance of the picture on show: sliders beside the image, live."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...domain.fields.picture_adjustment import LIMIT, PictureAdjustment
from ...language import mark, tr
from ...workflows.viewing.adjusting_controller import AdjustingController
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, tabular

WIDTH_PX = 380
SLIDERS = {
    "brightness": mark("&Brightness"), "contrast": mark("C&ontrast"), "warmth": mark("&Warmth"), "tint": mark("&Tint"),
}  # fmt: skip
"""Attributes of `PictureAdjustment`, and what they are called."""

TIPS = {
    "brightness": mark("Darker or brighter"), "contrast": mark("Flatter or steeper"),
    "warmth": mark("Bluer or yellower"), "tint": mark("Greener or more magenta"),
}  # fmt: skip

ONLY_SHOWN = mark("Only the picture on the screen changes. What is outlined, measured and exported stays as taken.")


class AdjustDialog(KeyedDialog):
    """Stays beside the image. What it shows is the field in view, also when that changes.

    Args:
        adjusting: what it steers.
        parent: the window.
    """

    manual_chapter = "opening.md"

    def __init__(self, adjusting: AdjustingController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._adjusting = adjusting
        self._refreshing = False
        self.setWindowTitle(tr("Adjust the picture"))
        self.setWindowFlag(Qt.WindowType.Tool)
        self.setModal(False)
        self.sliders: dict[str, QSlider] = {}
        self.numbers: dict[str, QSpinBox] = {}
        grid = self._build_sliders()
        self._build(grid)
        adjusting.changed.connect(self.refresh)
        self.white.clicked.connect(adjusting.find_white)
        self.reset.clicked.connect(adjusting.reset)
        self.close_button.clicked.connect(self.close)
        self.for_all.toggled.connect(self._on_scope)
        self.refresh()

    def _build_sliders(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(1, 1)
        for row, (name, marked) in enumerate(SLIDERS.items()):
            text = tr(marked)
            label, slider, number = QLabel(text), QSlider(Qt.Orientation.Horizontal), QSpinBox()
            plain = text.replace("&", "")
            for each in (slider, number):
                each.setRange(-LIMIT, LIMIT)
                each.setToolTip(tr(TIPS[name]))
                each.setAccessibleName(plain)
                each.setAccessibleDescription(tr(TIPS[name]))
            slider.setPageStep(10)
            slider.setProperty("centred", True)
            number.setFont(tabular(number.font()))
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            number.setFixedWidth(72)
            label.setBuddy(slider)
            slider.valueChanged.connect(partial(self._on_value, name))
            number.valueChanged.connect(partial(self._on_value, name))
            self.sliders[name], self.numbers[name] = slider, number
            for column, widget in enumerate((label, slider, number)):
                grid.addWidget(widget, row, column)
        return grid

    def _build(self, grid: QGridLayout) -> None:
        self.white = QPushButton(tr("White from the back&ground"))
        self.white.setToolTip(tr("Show the light between the cells without a hue"))
        self.for_all = QRadioButton(tr("&All fields of the case"))
        self.for_one = QRadioButton(tr("Only this &field"))
        self._scopes = QButtonGroup(self)
        for button in (self.for_all, self.for_one):
            self._scopes.addButton(button)
        self.reset = QPushButton(tr("&Reset"))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        note = plain_label(tr(ONLY_SHOWN), kind="muted")
        scope = QHBoxLayout()
        scope.setSpacing(SPACE_M)
        scope.addWidget(self.for_all)
        scope.addWidget(self.for_one)
        scope.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(grid)
        column.addWidget(self.white, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(scope)
        column.addWidget(note)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH_PX)

    @property
    def adjustment(self) -> PictureAdjustment:
        """What the sliders say."""
        return PictureAdjustment(**{name: slider.value() for name, slider in self.sliders.items()})

    @Slot()
    def open_beside(self) -> None:
        """Show the dialog over the table and not over the image."""
        parent = self.parentWidget()
        if parent is not None and not self.isVisible():
            corner = parent.mapToGlobal(parent.rect().topRight())
            self.move(corner.x() - WIDTH_PX - SPACE_L, corner.y() + 5 * SPACE_L)
        self.show()
        self.raise_()
        self.activateWindow()
        self.sliders["brightness"].setFocus()

    @Slot()
    def refresh(self) -> None:
        """Show how the field in view is shown."""
        self._refreshing = True
        shown = self._adjusting.current
        for name in SLIDERS:
            self.sliders[name].setValue(getattr(shown, name))
            self.numbers[name].setValue(getattr(shown, name))
        (self.for_all if self._adjusting.for_all else self.for_one).setChecked(True)
        self.reset.setEnabled(not shown.is_neutral)
        self._refreshing = False

    def _on_value(self, name: str, value: int) -> None:
        if self._refreshing:
            return
        self._refreshing = True
        self.sliders[name].setValue(value)
        self.numbers[name].setValue(value)
        self._refreshing = False
        self._adjusting.set(self.adjustment)

    @Slot(bool)
    def _on_scope(self, for_all: bool) -> None:
        if not self._refreshing:
            self._adjusting.set_for_all(for_all)
