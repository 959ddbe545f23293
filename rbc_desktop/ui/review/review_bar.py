"""The review bar: the cell in hand, what the classifier suggests, why to look, and how far the review is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...language import plural, tr
from ...phrases import told
from ...ports import RgbImage
from ...reports.summary.rows import SUGGESTED, CellRow, row_for
from ...workflows.key_map import shown
from ...workflows.review.reviewing import ORDER_NAMES, progress_text, standing_of
from ...workflows.review.reviewing_controller import ReviewingController
from ..canvas.overlay.shapes import NEUTRAL_COLOUR
from ..look import icons
from ..look.elided_box import ElidedBox
from ..look.elided_label import ElidedLabel
from ..look.plain_label import plain_label
from ..look.progress import fill
from ..look.theme import SPACE_S, SPACE_XS, ThemeController, named, tabular
from .class_button import ClassButton
from .key_button import KeyButton
from .magnifier import LEAST_PX, Magnifier

MOST_PX = 220
HEIGHT_SHARE = 0.3
"""Of the window that the magnified cell takes at most: a low one would grow beyond its screen."""

PICTURE_SHARE = 0.45
"""How large the picture is: this share of the bar's width, between `LEAST_PX` and `MOST_PX`."""


def nothing_in_hand() -> str:
    """What stands in place of a cell."""
    key = shown("N")
    return tr("Press {key} for the first cell, or click one.", key=key) if key else tr("Click a cell.")


class ReviewBar(QWidget):
    """Follows the selection while it is open.

    Args:
        editor: the working case.
        selection: its last cell is the one in hand.
        reviewing: order, progress, and what the buttons do.
        theme: colours.
        pixels_of: decoded pixels of a field by id, or None while they are not in memory.
    """

    close_requested = Signal()

    def __init__(
        self,
        editor: CaseEditor,
        selection: Selection,
        reviewing: ReviewingController,
        *,
        theme: ThemeController,
        pixels_of: Callable[[int], RgbImage | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._selection, self._reviewing = editor, selection, reviewing
        self._pixels_of = pixels_of
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        self._build(theme)
        self._connect(theme)

    def _build(self, theme: ThemeController) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addWidget(self._header())
        middle = QHBoxLayout()
        middle.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        middle.setSpacing(SPACE_S)
        self.magnifier = Magnifier()
        middle.addWidget(self.magnifier)
        middle.addLayout(self._suggestions(theme), 1)
        column.addLayout(middle)
        column.addLayout(self._buttons(theme))

    def _header(self) -> QWidget:
        header = named(QWidget(), "panelHeader")
        line = QHBoxLayout(header)
        line.setContentsMargins(SPACE_S, SPACE_XS, SPACE_XS, SPACE_XS)
        line.setSpacing(SPACE_S)
        title = QLabel(tr("<b>Review</b>"))
        self.progress_text = QLabel()
        self.progress_text.setFont(tabular(self.progress_text.font()))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setMinimumWidth(24)
        self.progress.setAccessibleName(tr("Progress of the review"))
        self.order_box = ElidedBox()
        self.order_box.setToolTip(tr("In which order the cells come, over all fields of the case"))
        self.order_box.setAccessibleName(tr("Order of the review"))
        for order, name in ORDER_NAMES.items():
            self.order_box.addItem(tr(name), order)
        self.close_button = QToolButton()
        self.close_button.setIcon(icons.icon("close"))
        self.close_button.setToolTip(tr("Close the review bar"))
        self.close_button.setAccessibleName(tr("Close the review bar"))
        line.addWidget(title)
        line.addWidget(self.progress_text)
        line.addWidget(self.progress, 1)
        line.addWidget(self.order_box)
        line.addWidget(self.close_button)
        return header

    def _suggestions(self, theme: ThemeController) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_XS)
        self.choices = [ClassButton(theme) for _ in range(SUGGESTED)]
        for button in self.choices:
            column.addWidget(button)
        self.standing = plain_label()
        self.place = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.place.setProperty("muted", True)
        column.addWidget(self.standing)
        column.addStretch(1)
        column.addWidget(self.place)
        return column

    def _buttons(self, theme: ThemeController) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        line.setSpacing(SPACE_XS)
        self.back = KeyButton(tr("Back"), "Backspace", tip=tr("To the cell that was in hand before"), theme=theme)
        self.confirm = KeyButton(tr("Confirm"), "C", tip=tr("The class is right"), theme=theme, main=True)
        self.skip = KeyButton(tr("Next"), "N", tip=tr("To the next cell, without a decision on this one"), theme=theme)
        self.goes_on = QCheckBox(tr("Go on"))
        self.goes_on.setToolTip(tr("After a class is set or confirmed, go on to the next cell by itself"))
        for widget in (self.back, self.confirm, self.skip):
            line.addWidget(widget, 1)
        line.addSpacing(SPACE_XS)
        line.addWidget(self.goes_on)
        return line

    def _connect(self, theme: ThemeController) -> None:
        editor, reviewing = self._editor, self._reviewing
        for signal in (
            editor.cells_added, editor.cells_removed, editor.cells_changed, editor.analyses_changed,
            editor.calibration_changed, editor.case_replaced, self._selection.changed, reviewing.changed,
            theme.changed,
        ):  # fmt: skip
            signal.connect(self.refresh_soon)
        for button in self.choices:
            button.clicked.connect(self._on_choice)
        self.back.clicked.connect(reviewing.previous_review)
        self.confirm.clicked.connect(reviewing.confirm)
        self.skip.clicked.connect(reviewing.next_review)
        self.close_button.clicked.connect(self.close_requested)
        self.order_box.activated.connect(self._on_order)
        self.goes_on.toggled.connect(reviewing.set_goes_on)

    @Slot()
    def refresh_soon(self) -> None:
        """Many signals of one step make one refresh; none while nobody sees it."""
        if self.isVisible():
            self._soon.start()

    @Slot()
    def show_keys(self) -> None:
        """Other keys do things now."""
        for button in (self.back, self.confirm, self.skip):
            button.show_key()
        self.refresh_soon()

    @Slot()
    def refresh(self) -> None:
        """Show the cell in hand and how far the review is."""
        self.order_box.setCurrentIndex(self.order_box.findData(self._reviewing.order))
        self.goes_on.setChecked(self._reviewing.goes_on)
        progress = self._reviewing.progress
        self.progress_text.setText(progress_text(progress))
        done, total = (progress.seen, progress.cells) if progress.is_over else (progress.done, progress.flagged)
        fill(self.progress, done, max(1, total))
        current = self._selection.current
        cell = self._editor.case.cells.get(current) if current is not None else None
        if cell is None:
            self._show_nothing()
            return
        case = self._editor.case
        field, quality = case.fields[cell.field_id], case.qualities.get(cell.field_id)
        row = row_for(
            cell, case.analysis_of(cell), field, quality=quality, overlapping=case.overlaps.is_covered(cell.id)
        )
        colour = NEUTRAL_COLOUR if row.cell_class is None else row.cell_class.colour
        self.magnifier.show_cell(cell, self._pixels_of(cell.field_id), colour=colour)
        self._show_row(row)

    def _show_row(self, row: CellRow) -> None:
        for place, button in enumerate(self.choices):
            button.setVisible(place < len(row.suggested))
            if place < len(row.suggested):
                cell_class, share = row.suggested[place]
                button.offer(cell_class, share, chosen=row.reviewed and cell_class == row.cell_class)
        count = len(self._selection)
        chosen_other = row.reviewed and row.cell_class not in [c for c, _ in row.suggested]
        standing = told(standing_of(row)) + (f": {told(row.class_text)}" if chosen_other else "")
        several = plural(
            "{count} cell is selected; a key decides on it.",
            "{count} cells are selected; a key decides on all of them.",
            count,
        )
        self.standing.setText(several if count > 1 else standing)
        self.standing.setProperty("warning", row.needs_review)
        self.standing.style().polish(self.standing)
        self.place.show_text(tr("Cell {cell} · {image}", cell=row.cell, image=row.image))
        self.confirm.setEnabled(not row.reviewed and row.cell_class is not None)

    def _show_nothing(self) -> None:
        self.magnifier.show_nothing()
        for button in self.choices:
            button.hide()
        self.standing.setText(nothing_in_hand())
        self.standing.setProperty("warning", False)
        self.standing.style().polish(self.standing)
        self.place.show_text("")
        self.confirm.setEnabled(False)

    @Slot()
    def _on_choice(self) -> None:
        button = self.sender()
        if isinstance(button, ClassButton) and button.cell_class is not None:
            self._reviewing.set_class(button.cell_class)

    @Slot(int)
    def _on_order(self, index: int) -> None:
        self._reviewing.set_order(list(ORDER_NAMES)[index])

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = min(PICTURE_SHARE * event.size().width(), HEIGHT_SHARE * self.window().height())
        side = min(max(round(room), LEAST_PX), MOST_PX)
        self.magnifier.setFixedSize(QSize(side, side))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()
