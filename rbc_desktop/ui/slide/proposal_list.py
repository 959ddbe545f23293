"""The proposed regions as a list with their reasons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from ...domain.slides.film_map import Zone, covered_by
from ...language import plural, tr
from ...phrases import told
from ...workflows.slides.region_proposals import Proposals
from ..look.plain_label import plain_label
from ..look.scrolling_page import ScrollingPage
from ..look.theme import SPACE_S, SPACE_XS
from .regions_item import ZONE_COLOURS

_WIDTH = 250


class _Keys(QListWidget):
    """Delete and Return mean the proposal in hand, before the window takes them for cells."""

    deleted = Signal()
    accepted = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim the keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete or accept."""
        if not _is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            self.accepted.emit()


class ProposalList(QWidget):
    """Beside the slide while regions are proposed."""

    taken = Signal(int)
    delete_wanted = Signal(int)
    accept_wanted = Signal(object)
    """Indices of the proposals to accept, None for all."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.title = QLabel()
        self.list = _Keys()
        self.list.setSpacing(2)
        self.list.setAccessibleName(tr("Proposed regions"))
        self.reasons = plain_label()
        self.reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._why = ScrollingPage(self.reasons, name=tr("Why"))
        self.accept_all = QPushButton(tr("Accept all"))
        self.accept_all.setProperty("primary", True)
        self.accept_all.setToolTip(tr("Make fields of the proposed regions, as one step that can be undone"))
        self.accept = QPushButton(tr("Accept"))
        self.accept.setToolTip(tr("Make a field of this region (Return)"))
        self.delete = QPushButton(tr("Delete"))
        self.delete.setToolTip(tr("Propose this region no longer (Delete)"))
        self.legend = QLabel(legend_html())
        self.legend.setAccessibleName(tr("Colours of the zones"))
        self._build()
        self._connect()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_XS)
        for button in (self.accept, self.delete):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        column.addWidget(self._why, 2)
        column.addLayout(buttons)
        column.addWidget(self.accept_all)
        column.addWidget(self.legend)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.list.deleted.connect(self._delete)
        self.list.accepted.connect(self._accept)
        self.delete.clicked.connect(self._delete)
        self.accept.clicked.connect(self._accept)
        self.accept_all.clicked.connect(self._accept_all)

    def show_proposals(self, proposals: Proposals, *, may_accept: bool) -> None:
        """List exactly these."""
        self.list.blockSignals(True)
        lines = [
            plural("{n}   about {count} cell", "{n}   about {count} cells", each.cells, n=n)
            for n, each in enumerate(proposals.regions, start=1)
        ]
        if lines != [self.list.item(row).text() for row in range(self.list.count())]:
            self.list.clear()
            self.list.addItems(lines)
        self.list.setCurrentRow(-1 if proposals.current is None else proposals.current)
        self.list.blockSignals(False)
        current = None if proposals.current is None else proposals.regions[proposals.current]
        cells = plural("{count} cell", "{count} cells", covered_by(proposals.regions))
        regions = plural("{count} region, about {cells}", "{count} regions, about {cells}", len(lines), cells=cells)
        self.title.setText(regions if lines else tr("No region is proposed."))
        self.reasons.setText("\n".join(told(reason) for reason in current.reasons) if current is not None else "")
        self._why.setVisible(current is not None)
        beside_the_bar = _WIDTH - 2 * SPACE_S - self._why.verticalScrollBar().sizeHint().width()
        self._why.setMaximumHeight(max(0, self.reasons.heightForWidth(beside_the_bar)))
        self.delete.setEnabled(current is not None)
        self.accept.setEnabled(may_accept and current is not None)
        self.accept_all.setEnabled(may_accept and bool(lines))

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.taken.emit(row)

    @Slot()
    def _delete(self) -> None:
        if self.list.currentRow() >= 0:
            self.delete_wanted.emit(self.list.currentRow())

    @Slot()
    def _accept(self) -> None:
        if self.list.currentRow() >= 0 and self.accept.isEnabled():
            self.accept_wanted.emit((self.list.currentRow(),))

    @Slot()
    def _accept_all(self) -> None:
        self.accept_wanted.emit(None)


def legend_html() -> str:
    """The zones by colour and name."""
    return "<br>".join(
        f'<span style="color:{colour}">■</span> {tr(zone.value)}'
        for zone, colour in ZONE_COLOURS.items()
        if zone is not Zone.BARE
    )


def _is_own(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)
