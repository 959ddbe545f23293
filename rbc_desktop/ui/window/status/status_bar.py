"""The line at the bottom: device, scale, zoom, cells, progress and what the application is for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from .... import RESEARCH_USE_ONLY, research_use
from ....domain.fields.calibration import Calibration, CalibrationSource
from ....language import mark, plural, tr
from ....phrases import told
from ....workflows.key_map import said
from ...look.elided_label import ElidedLabel
from ...look.progress import fill, progress_bar
from ...look.theme import SPACE_S, SPACE_XS, named, tabular

RESEARCH_USE_SHORT = "Research Use Only"
"""Like the whole sentence, the same in every language; the tooltip has the translation."""


SOURCES: dict[CalibrationSource, str] = {
    "typed": mark("typed"), "line": mark("line"), "file": mark("file"), "command line": mark("command line"),
    "preset": mark("preset"),
}  # fmt: skip
"""Where a scale comes from, in a word."""


def calibration_text(calibration: Calibration | None, *, short: bool = False) -> str:
    """What the status bar says about the scale."""
    if calibration is None:
        return tr("Not calibrated") if short else tr("Not calibrated: no µm, no micro- or macrocytes")
    return tr("{scale:.4g} µm/px ({source})", scale=calibration.um_per_px, source=tr(SOURCES[calibration.source]))


def device_text(device: str, seconds_per_tile: float) -> str:
    """The device and what one tile costs on it."""
    return tr("{device} · {seconds:.2f} s per tile", device=device.upper(), seconds=seconds_per_tile)


USUAL_HINT = mark("Enter keeps · Esc drops · right click: not this · Shift+click: this too")
"""As long as most hints. One a third longer has room: other sentences become short first, then the device goes."""

OPERATOR_LETTERS = 24
NOBODY = mark("Choose an operator")


class StatusBar(QFrame):
    """Fixed places, so that nothing moves when a number changes."""

    cancel_requested = Signal()
    calibrate_requested = Signal()
    operator_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setFont(tabular(self.font()))
        self._calibration: Calibration | None = None
        self._scale: tuple[Calibration | None, bool] | None = None
        self._counted = ""
        self._selected = ""
        self.device = QLabel(tr("Loading the model…"))
        self.scale = QPushButton()
        self.scale.setProperty("flat", True)
        self.scale.setCursor(Qt.CursorShape.PointingHandCursor)
        self.zoom = QLabel()
        self.cells = QLabel()
        self.hint = ElidedLabel()
        self.hint.setProperty("muted", True)
        self.task = QLabel()
        self.progress = progress_bar()
        self.progress.setFixedSize(QSize(120, 6))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setProperty("flat", True)
        self.research_use = named(QLabel(), "researchUse")
        self.research_use.setToolTip(research_use())
        self.research_use.setAccessibleName(research_use(" "))
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE_S, 2, SPACE_S, 2)
        line.setSpacing(SPACE_XS)
        line.addWidget(self.device)
        self._of_field: list[QWidget] = []
        for part in (self.scale, self.zoom, self.cells):
            self._of_field += [_divider(), part]
        self._of_field += [_divider()]
        for shown in self._of_field:
            line.addWidget(shown)
        line.addWidget(self.hint, 1)
        for waiting in (self.task, self.progress, self.cancel):
            line.addWidget(waiting)
        self.operator = QPushButton()
        self.operator.setProperty("flat", True)
        self.operator.setCursor(Qt.CursorShape.PointingHandCursor)
        self.operator.setToolTip(tr("Who works now, for the audit trail. Click for another operator."))
        self._of_operator = (_divider(), self.operator)
        for widget in (*self._of_operator, _divider(), self.research_use):
            line.addWidget(widget)
        for label in (self.device, self.zoom, self.cells, self.task):
            label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
            label.setContentsMargins(SPACE_XS, 0, SPACE_XS, 0)
        self.cancel.clicked.connect(self.cancel_requested)
        self.scale.clicked.connect(self.calibrate_requested)
        self.operator.clicked.connect(self.operator_requested)
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1,000 %") + 2 * SPACE_XS)
        self.setMinimumHeight(30)
        self.hide_progress()
        self.show_operator("", offered=False)
        self.show_calibration(None, has_field=False)
        self.show_zoom(None)
        self.show_cells(None, 0)

    def show_device(self, text: str, *, tip: str = "") -> None:
        """What the model runs on."""
        self.device.setText(text)
        self.device.setToolTip(tip)
        self._fit()

    def show_calibration(self, calibration: Calibration | None, *, has_field: bool) -> None:
        """The scale of the field in view, and where it came from."""
        if (calibration, has_field) == self._scale:
            return
        self._calibration, self._scale = calibration, (calibration, has_field)
        for widget in self._of_field:
            widget.setVisible(has_field)
        self.hint.blank(not has_field)
        self._fit()
        self.show_keys()

    @Slot()
    def show_keys(self) -> None:
        """Other keys than before do things."""
        scale = self._calibration
        tip = calibration_text(scale) + (f" · {told(scale.detail)}" if scale and scale.detail else "")
        self.scale.setToolTip(tr("{tip}\nClick to calibrate ({key}).", tip=tip, key=said("K")))

    def show_operator(self, name: str, *, offered: bool) -> None:
        """Who works now; nothing where no list of operators is kept."""
        room = OPERATOR_LETTERS * self.fontMetrics().averageCharWidth()
        self.operator.setText(self.fontMetrics().elidedText(name or tr(NOBODY), Qt.TextElideMode.ElideRight, room))
        self.operator.setAccessibleName(tr("Operator: {name}", name=name or tr(NOBODY)))
        for widget in self._of_operator:
            widget.setVisible(offered)
        self._fit()

    def show_zoom(self, factor: float | None) -> None:
        """Screen pixels per image pixel."""
        self.zoom.setText("–" if factor is None else f"{100 * factor:,.0f} %")

    def show_cells(self, count: int | None, review: int) -> None:
        """Cells of the field in view."""
        if count is None:
            self._counted = "–"
        elif review:
            self._counted = plural(
                "{count} cell, {review:,} to review", "{count} cells, {review:,} to review", count, review=review
            )
        else:
            self._counted = plural("{count} cell", "{count} cells", count)
        self._show_counts()

    def show_selected(self, text: str, *, tip: str = "") -> None:
        """Cells that the next class key or *Delete* concerns, those of other fields included; empty for none."""
        self._selected = text
        self.cells.setToolTip(tip)
        self._show_counts()

    def _show_counts(self) -> None:
        text = self._counted + (f", {self._selected}" if self._selected else "")
        if text != self.cells.text():
            self.cells.setText(text)
            self._fit()

    @Slot(str)
    def show_hint(self, text: str) -> None:
        """What the next click or key does."""
        self.hint.show_text(text)

    def show_progress(self, text: str, done: int, total: int, *, cancellable: bool = True) -> None:
        """A task is under way; with `total` 0 for an unknown length."""
        shown = (self.task.text(), self.progress.isHidden(), self.cancel.isHidden())
        self.task.setText(text)
        fill(self.progress, done, max(0, total))
        for widget in (self.task, self.progress):
            widget.show()
        self.cancel.setVisible(cancellable)
        if shown != (text, False, not cancellable):
            self._fit()

    def hide_progress(self) -> None:
        """Nothing is under way."""
        for widget in (self.task, self.progress, self.cancel):
            widget.hide()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Small: texts give way instead of widening the window while the user works."""
        return QSize(480, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the longest wording that leaves room for a hint: sentences become short, then the device goes."""
        layout = self.layout()
        if layout is None:
            return
        hint = 4 * self.fontMetrics().horizontalAdvance(tr(USUAL_HINT)) // 3
        for use, scale, device in (
            (RESEARCH_USE_ONLY, False, True),
            (RESEARCH_USE_SHORT, False, True),
            (RESEARCH_USE_SHORT, True, True),
            (RESEARCH_USE_SHORT, True, False),
        ):
            self.research_use.setText(use)
            self.scale.setText(calibration_text(self._calibration, short=scale))
            self.device.setVisible(device)
            self._of_field[0].setVisible(device and self._scale is not None and self._scale[1])
            layout.invalidate()
            if layout.minimumSize().width() + hint <= self.width():
                return


def _divider() -> QFrame:
    line = named(QFrame(), "divider")
    line.setFixedSize(1, 14)
    return line
