"""The slide in the window: its canvas, what is proposed, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.geometry import Box, Point
from ...editing.case_editor import CaseEditor
from ...language import mark, tr
from ...phrases import told
from ...ports import Slide
from ...workflows.slides.slide_controller import SlideController
from ..canvas.tools.gestures import ToolName
from ..look.flow_layout import FlowLayout, Sentence
from ..look.progress import fill
from ..look.theme import SPACE_M, SPACE_S, SPACE_XS, ThemeController
from .proposal_list import ProposalList
from .slide_canvas import SlideCanvas
from .slide_cells import SlideCells

LOOK_AROUND = mark("Double-click a place to work there. Drag to move, the wheel zooms.")
DRAW = mark("Drag a rectangle: it becomes a field.")


class SlidePane(QWidget):
    """Follows the controller.

    Args:
        slides: the slide that is open.
        editor: its regions and their cells.
        theme: colours around the slide.
    """

    close_wanted = Signal()
    find_wanted = Signal()

    def __init__(self, slides: SlideController, *, editor: CaseEditor, theme: ThemeController) -> None:
        super().__init__()
        self._slides, self._theme = slides, theme
        self.canvas = SlideCanvas()
        self.cells = SlideCells(self.canvas, editor=editor, parent=self)
        self.proposals = ProposalList()
        self._shown_found: object = None
        self._build()
        self._connect(editor)
        self._on_theme()
        self.refresh()

    def _build(self) -> None:
        self.text = Sentence()
        self.search = QPushButton(tr("Find the monolayer"))
        self.search.setToolTip(
            tr("Map where the film can be read, and propose regions until the target count is covered")
        )
        self.draw = QToolButton()
        self.draw.setText(tr("Draw a region"))
        self.draw.setCheckable(True)
        self.draw.setToolTip(tr("Drag a rectangle that becomes a field"))
        self.zones = QCheckBox(tr("Zones"))
        self.zones.setToolTip(tr("Tint the slide by what its parts are good for"))
        self.zones.setChecked(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(140, 6)
        self.progress.setAccessibleName(tr("Search for the monolayer"))
        self.cancel = QToolButton()
        self.cancel.setText(tr("Cancel"))
        self.back = QToolButton()
        self.back.setText(tr("Back to the fields"))
        self.back.setToolTip(tr("Leave the slide; it stays in the case"))
        head = QWidget()
        head.setObjectName("panelHeader")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = FlowLayout(head, margins=(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS), spacing=SPACE_S)
        for widget in (self.text, self.progress, self.cancel, self.zones, self.draw, self.search, self.back):
            line.addWidget(widget)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.canvas, 1)
        body.addWidget(self.proposals)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(body, 1)

    def _connect(self, editor: CaseEditor) -> None:
        slides, canvas = self._slides, self.canvas
        slides.shown.connect(self._on_slide)
        slides.changed.connect(self.refresh)
        slides.progressed.connect(self._on_progress)
        editor.fields_changed.connect(self.refresh)
        editor.case_replaced.connect(canvas.forget_views)
        self._theme.changed.connect(self._on_theme)
        canvas.box_drawn.connect(self._on_box)
        canvas.place_opened.connect(slides.open_at)
        canvas.proposal_taken.connect(slides.take)
        canvas.proposal_moved.connect(self._on_moved)
        canvas.proposal_deleted.connect(slides.delete)
        self.cells.fed.connect(canvas.map.show_cells)
        self.proposals.taken.connect(self._on_taken)
        self.proposals.delete_wanted.connect(slides.delete)
        self.proposals.accept_wanted.connect(slides.accept)
        self.search.clicked.connect(self.find_wanted)
        self.cancel.clicked.connect(slides.cancel)
        self.back.clicked.connect(self.close_wanted)
        self.draw.toggled.connect(self._on_draw)
        self.zones.toggled.connect(canvas.regions.set_zones_wanted)

    # What is shown

    @Slot()
    def refresh(self) -> None:
        """Show what the controller has."""
        slides = self._slides
        self.canvas.show_regions(slides.regions, slides.proposals)
        if slides.found is not self._shown_found:
            self._shown_found = slides.found
            self.canvas.regions.show_zones(None if slides.found is None else slides.found.film)
        self.cells.show_slide(slides.entry)
        self.proposals.show_proposals(slides.proposals, may_accept=slides.entry is not None)
        self.proposals.setVisible(slides.found is not None)
        self.zones.setVisible(slides.found is not None and slides.found.film is not None)
        self.search.setEnabled(slides.slide is not None and not slides.is_searching)
        self.draw.setEnabled(slides.entry is not None)
        self.progress.setVisible(slides.is_searching)
        self.cancel.setVisible(slides.is_searching)
        if not slides.is_searching:
            self.progress.reset()
        self.text.setText(self._sentence())

    def _sentence(self) -> str:
        slides = self._slides
        if slides.slide is None:
            return ""
        if slides.is_searching:
            return tr("Looking where the film can be read…")
        if self.draw.isChecked():
            return tr(DRAW)
        return told(slides.found.sentence) if slides.found is not None else tr(LOOK_AROUND)

    @Slot(object)
    def _on_slide(self, slide: Slide | None) -> None:
        self.draw.setChecked(False)
        entry = self._slides.entry
        self.canvas.open_slide(0 if entry is None else entry.id, slide)

    @Slot(object)
    def _on_progress(self, progress: tuple[int, int]) -> None:
        fill(self.progress, *progress)

    @Slot()
    def _on_theme(self) -> None:
        self.canvas.set_background(QColor(self._theme.tokens.canvas))

    # What is done

    @Slot(bool)
    def _on_draw(self, draws: bool) -> None:
        self.canvas.set_tool(ToolName.BOX if draws else ToolName.PAN)
        self.text.setText(self._sentence())

    @Slot(object)
    def _on_box(self, box: Box) -> None:
        self._slides.draw(Point(box.x0, box.y0), Point(box.x1, box.y1))
        self.draw.setChecked(False)

    @Slot(int, int, int)
    def _on_moved(self, index: int, x: int, y: int) -> None:
        self._slides.move(index, x=x, y=y)

    @Slot(int)
    def _on_taken(self, index: int) -> None:
        self._slides.take(index)
        self.canvas.go_to(self._slides.proposals.regions[index].region)
