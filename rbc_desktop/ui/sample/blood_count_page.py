"""What the analyser measured, beside the film."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ...domain.sample.blood_count import QUANTITIES
from ...language import tr
from ...workflows.sample.graded_sample import value_text
from ...workflows.sample.grading_controller import GradingController
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, tabular
from .left_field import LeftLine

FIELD_PX = 110


class BloodCountPage(QWidget):
    """Eight values; each is checked and kept when its field is left.

    Args:
        controller: checks and keeps them.
    """

    def __init__(self, controller: GradingController) -> None:
        super().__init__()
        self._controller = controller
        self.fields: dict[str, LeftLine] = {}
        note = plain_label(
            tr(
                "A film can't be read for these: type what the analyser measured. Values decide some grades, and where"
                " one doesn't fit the film, the findings beside the grades say so. Leave empty what isn't known."
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_S)
        for row, (name, quantity) in enumerate(QUANTITIES.items()):
            field = self.fields[name] = LeftLine()
            field.setFixedWidth(FIELD_PX)
            field.setMaxLength(20)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFont(tabular(field.font()))
            field.setAccessibleName(tr("{name} in {unit}", name=tr(quantity.name), unit=quantity.unit))
            field.left.connect(partial(self._on_left, name))
            unit = QLabel(quantity.unit)
            span = QLabel(tr("{low:,g} to {high:,g} possible", low=quantity.low, high=quantity.high))
            span.setProperty("muted", True)
            for place, widget in enumerate((QLabel(tr(quantity.name)), field, unit, span)):
                grid.addWidget(widget, row, place)
        grid.setColumnStretch(4, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_L)
        column.addWidget(note)
        column.addLayout(grid)
        column.addStretch(1)
        controller.replaced.connect(self.start_over)
        controller.changed.connect(self.refresh)
        self.refresh()

    def keep(self) -> None:
        """Keep the field that is being edited, as if it was left."""
        for name, field in self.fields.items():
            if field.is_being_edited:
                self._on_left(name)

    @Slot()
    def start_over(self) -> None:
        """Show another case; what was being typed belonged to the one before."""
        for name in self.fields:
            self._show(name)

    @Slot()
    def refresh(self) -> None:
        """Show what the case says; what somebody is just typing stays."""
        for name, field in self.fields.items():
            field.setReadOnly(self._controller.is_final)
            if not field.is_being_edited:
                self._show(name)

    def _show(self, name: str) -> None:
        self.fields[name].show_text(value_text(name, getattr(self._controller.grading.blood_count, name)))

    def _on_left(self, name: str) -> None:
        if self._controller.set_value(name, self.fields[name].typed) or self._controller.is_final:
            self._show(name)
        else:
            self.fields[name].setModified(True)  # it stays to be corrected, and isn't kept
