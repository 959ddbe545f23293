"""The window: puts canvas, field strip, cell table, menus and status line together and connects them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QContextMenuEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSplitter, QStackedWidget, QStatusBar, QVBoxLayout, QWidget

from ...language import mark, tr
from ...phrases import told
from ...workflows.analysis.image_level_controller import ImageLevelController
from ...workflows.analysis.renewing_controller import RenewingController
from ...workflows.analysis.review_limit_controller import ReviewLimitController
from ...workflows.cases.folding_controller import FoldingController
from ...workflows.cases.safekeeping_controller import SafekeepingController
from ...workflows.notices import Level
from ...workflows.outlines.finishing_controller import FinishingController
from ...workflows.results.exporting_controller import ExportingController, ReportSources, Unsettled
from ...workflows.review.reviewing_controller import ReviewingController
from ..calibration.calibration_tool import CalibrationTool
from ..canvas.session import CanvasSession
from ..canvas.view import FieldCanvas
from ..cells.panel import CellPanel
from ..fields.field_presenter import FieldPresenter
from ..fields.stage import Stage
from ..look.theme import named
from .actions.action_spec import UiState
from .actions.actions import ActionSet
from .actions.cell_handlers import repair_handlers, review_handlers
from .actions.file_actions import FileActions
from .dialogs.cases_place import CasesPlace
from .dialogs.classes_place import ClassesPlace
from .dialogs.dialogs_place import DialogsPlace
from .dialogs.laboratory_place import LaboratoryPlace
from .dialogs.operators_place import OperatorsPlace
from .dialogs.sample_place import SamplePlace
from .frame.drop_frame import DropFrame
from .frame.services import Services
from .frame.view_keeper import ViewKeeper
from .frame.window_geometry import keep_geometry, restore_geometry
from .status.hint_feed import HintFeed
from .status.message_bar import MessageBar
from .status.spoken_selection import SpokenSelection
from .status.status_bar import StatusBar
from .status.status_feed import StatusFeed
from .views.compare_place import ComparePlace
from .views.fields_place import FieldsPlace
from .views.gallery_place import GalleryPlace
from .views.missed_bar import MissedBar
from .views.reading_place import ReadingPlace
from .views.review_place import ReviewPlace
from .views.slide_place import SlidePlace
from .views.view_place import ViewPlace
from .views.viewing_place import ViewingPlace


class MainWindow(QMainWindow):
    """The application's one window."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.setObjectName("main")
        self.action_set = ActionSet(self)
        self._state_timer = QTimer(self)
        self._state_timer.setSingleShot(True)
        self._state_timer.timeout.connect(self._refresh_state)
        self._build_frame()
        self._build_parts()
        self._build_docks()
        self._build_menus()
        self._connect_case()
        self._connect_view()
        self._bind_actions()
        self._restore()
        self.presenter.refresh()
        self._refresh_state()

    # Building

    def _build_frame(self) -> None:
        s = self.services
        self.canvas = FieldCanvas()
        self.host = Stage(self.canvas, s.theme)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.host)
        self.message_bar = MessageBar(s.theme, self.middle)
        self.drop_frame = DropFrame(self, over=self.middle, theme=s.theme)
        self.drop_frame.dropped.connect(s.files.open_paths)
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.halves = named(QSplitter(), "halves")
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.middle)
        self.middle.setMinimumSize(180, 160)  # not what the widest of its pages would like
        self._column.addWidget(self.halves, 1)
        self.setCentralWidget(centre)
        s.notices.show_with(self.show_message, hide=self.message_bar.dismiss, ask=self.message_bar.ask)
        self.line = StatusBar()

    def _build_parts(self) -> None:
        s = self.services
        self.panel = CellPanel(s.editor, s.selection, theme=s.theme, pixels_of=s.images.pixels)
        self.fields = FieldsPlace(s, panel=self.panel, actions=self.action_set, parent=self)
        self.queue, self.strip = self.fields.queue, self.fields.strip
        ViewKeeper(s, panel=self.panel, strip=self.strip, parent=self)
        self._build_review()
        self.viewing = ViewingPlace(s, self.canvas, actions=self.action_set, parent=self)
        self.viewing.add_canvas(self.slides.pane.canvas, adjusted_as=lambda: self.viewing.adjusting.common)
        self.calibrating = CalibrationTool(
            s.editor, self.canvas, settings=s.settings, images=s.images, tasks=s.tasks, notices=s.notices, parent=self
        )
        self.status = StatusFeed(
            self.line, engine=s.engine, queue=self.queue, files=s.files, editor=s.editor, selection=s.selection,
            columns=self.panel.model.columns, notices=s.notices, parent=self,
        )  # fmt: skip
        self.file_actions = FileActions(s.files, s.settings, moved=s.moved, parent=self)
        self.cases = CasesPlace(s, panel=self.panel, welcome=self.host.welcome, actions=self.action_set, parent=self)
        self.session = CanvasSession(
            self.canvas, editor=s.editor, selection=s.selection, engine=s.engine, notices=s.notices, parent=self
        )
        self.limit = ReviewLimitController(
            s.editor, analysing=self.session.work, settings=s.settings, notices=s.notices, parent=self
        )
        s.engine.ready.connect(self.limit.note_ready)
        self.image_level = ImageLevelController(
            s.editor, engine=s.engine, analysing=self.session.work, notices=s.notices, parent=self
        )
        self.finishing = FinishingController(
            s.editor, s.images, outlining=self.session.prompts, notices=s.notices, parent=self
        )
        s.files.may_leave = self.finishing.may_leave
        s.files.may_show = lambda: not self.reviewing.is_reviewing
        self.safekeeping = SafekeepingController(s.editor, s.notices, tasks=s.tasks, parent=self)
        s.files.may_give_up = self.safekeeping.may_give_up
        self.folding = FoldingController(s.editor, tasks=s.tasks, parent=self)
        self.renewing = RenewingController(
            s.editor, engine=s.engine, images=s.images, tasks=s.tasks, reader=s.reader, parent=self
        )
        self.writing = ExportingController(
            ReportSources(s.editor, s.images, s.reader, s.settings, s.controls, s.references),
            Unsettled(s.engine, self.session.work, self.renewing, self.queue),
            tasks=s.tasks, notices=s.notices, parent=self,
        )  # fmt: skip
        self.dialogs = DialogsPlace(s, writing=self.writing, status=self.status, actions=self.action_set, parent=self)
        self.presenter = FieldPresenter(
            s.editor, s.images, host=self.host, listed=lambda: self.strip.order, session=self.session,
            notices=s.notices, parent=self,
        )  # fmt: skip

    def _build_review(self) -> None:
        """What goes through the cells: bar and gallery."""
        s, model = self.services, self.panel.model
        self.reviewing = ReviewingController(
            s.editor, s.selection, cells=lambda: model.to_review, shown=lambda: model.shown_ids, notices=s.notices,
            parent=self,
        )  # fmt: skip
        self.review = ReviewPlace(
            s, self.reviewing, panel=self.panel, action=self.action_set["review-bar"], parent=self
        )
        self.gallery = GalleryPlace(
            s, self.reviewing, panel=self.panel, actions=self.action_set, middle=self.middle, parent=self
        )
        self.classes = ClassesPlace(
            s, self.reviewing, panel=self.panel, gallery=self.gallery, actions=self.action_set, parent=self
        )
        self.slides = SlidePlace(s, actions=self.action_set, middle=self.middle, canvas=self.canvas, parent=self)

    def _build_docks(self) -> None:
        self.operators = OperatorsPlace(self.services, line=self.line, actions=self.action_set, parent=self)
        self.reading = ReadingPlace(
            self.services, operators=self.operators.controller, may_leave=self.finishing.may_leave,
            panel=self.panel, review=self.action_set["review-bar"], column=self._column, parent=self,
        )  # fmt: skip
        self.sample = SamplePlace(
            self.services,
            operators=self.operators.controller,
            reading=self.reading.controller,
            actions=self.action_set,
            column=self._column,
            parent=self,
        )
        self.reading.left.connect(self.sample.open_readings)
        self.laboratory = LaboratoryPlace(self.services, actions=self.action_set, parent=self)
        self.missed_bar = MissedBar(self.session, services=self.services, actions=self.action_set)
        self._column.addWidget(self.missed_bar)
        self.strip_dock = self._dock(mark("Fields"), self.strip, Qt.DockWidgetArea.LeftDockWidgetArea)
        review_dock = self._dock(mark("Review"), self.review.page, Qt.DockWidgetArea.RightDockWidgetArea)
        self.panel_dock = self._dock(mark("Cells"), self.panel, Qt.DockWidgetArea.RightDockWidgetArea)
        self.splitDockWidget(review_dock, self.panel_dock, Qt.Orientation.Vertical)
        self.review.put_into(review_dock)
        bar = QStatusBar()  # after the docks, as Tab goes through them
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addPermanentWidget(self.line, 1)
        self.setStatusBar(bar)

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(tr(title), self)
        dock.setObjectName(title.lower())
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget(dock))
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        return dock

    def _build_menus(self) -> None:
        menus = self.action_set.fill(self.menuBar())
        self.dialogs.preferences.add_theme_menu(menus["View"])
        self.view = ViewPlace(self.canvas, services=self.services, actions=self.action_set, parent=self)
        self.view.front = lambda: self.slides.front
        self.addToolBar(self.view.tool_bar)
        self.compare = ComparePlace(
            self.services, self.canvas, halves=self.halves, image=self.host, viewing=self.viewing, view=self.view,
            listed=lambda: self.strip.order, actions=self.action_set, parent=self,
        )  # fmt: skip
        for spec in self.action_set.specs:
            if not spec.canvas_key:
                self.addAction(self.action_set[spec.id])  # so that keys work while menu or toolbar are hidden
        shown_by = (self.canvas, self.gallery.pane.view)
        SpokenSelection(self.services.selection, self.panel, shown_by=shown_by, parent=self)

    # Connecting

    def _connect_case(self) -> None:
        self.message_bar.action_chosen.connect(self.services.notices.answer)
        for place in (self.sample, self.laboratory):
            place.made.connect(self.message_bar.lend)
        self.message_bar.lend(self.gallery.own_window)
        editor = self.services.editor
        for signal in (editor.undo_changed, editor.fields_changed, editor.cells_added, editor.cells_removed,
                       editor.case_replaced, editor.sample_changed, self.session.changed,
                       self.services.selection.changed, self.status.changed, self.middle.currentChanged):  # fmt: skip
            signal.connect(self._refresh_soon)
        self.presenter.changed.connect(self._on_current_field)
        editor.fields_changed.connect(self._on_fields)
        editor.case_replaced.connect(self._on_fields)
        editor.case_replaced.connect(self.canvas.forget_views)
        editor.undo_changed.connect(self.services.notices.step_done)
        self.services.files.title_changed.connect(self._refresh_title)
        self.services.files.case_read.connect(self.panel.feed.expect)
        self.panel.feed.updated.connect(self.status.show_field)
        self.panel.feed.updated.connect(self._refresh_soon)
        self.panel.class_edited.connect(self.reviewing.on_class_edited)
        self.panel.cell_opened.connect(self.presenter.show_cell)
        self.panel.menu_requested.connect(self._show_cell_menu)
        for show_keys in (self.review.bar.show_keys, self.line.show_keys, self.session.show_keys):
            self.action_set.keys_changed.connect(show_keys)
        self.reviewing.cell_reached.connect(self.presenter.show_closely)
        self.gallery.cell_opened.connect(self.presenter.show_closely)
        self.sample.cell_wanted.connect(self.presenter.show_closely)
        self.strip.menu_requested.connect(self.presenter.show_menu)
        self.slides.changed.connect(self._refresh_soon)
        self.slides.slides.place_opened.connect(self.session.outline_at)
        for opened in (self.panel.cell_opened, self.reviewing.cell_reached, self.gallery.cell_opened,
                       self.sample.cell_wanted, self.strip.list.itemClicked):  # fmt: skip
            opened.connect(self.slides.leave)
        self.file_actions.locate_for(self.presenter)

    def _connect_view(self) -> None:
        self.canvas.zoom_changed.connect(self.line.show_zoom)
        self.view.overlay_shown.connect(self.review.bar.magnifier.set_outline)
        self.line.calibrate_requested.connect(self.calibrating.open)
        self.services.engine.field_ready.connect(self.calibrating.note_seen)
        self.host.welcome.open_requested.connect(self.file_actions.open_images)
        self.host.welcome.case_requested.connect(self.file_actions.open_case)
        self.host.welcome.sample_requested.connect(self.services.files.open_sample)
        hints = HintFeed(self.session, canvas=self.canvas, middle=self.middle, gallery=self.gallery.pane, parent=self)
        hints.why_not = self.action_set.why_not
        hints.changed.connect(self.line.show_hint)
        self.presenter.menu_opening.connect(self.fields.add_to_menu)
        self.queue.searched.connect(self.session.missed.note_searched)
        self.writing.changed.connect(self._refresh_soon)
        self.dialogs.exporting.details_wanted.connect(self.sample.open_details)

    def _bind_actions(self) -> None:
        actions = self.action_set
        actions.bind(review_handlers(self.reviewing))
        for place in (self.review, self.gallery, self.classes, self.file_actions, self.cases, self.fields, self.sample,
                      self.operators, self.laboratory, self.view, self.dialogs, self.viewing, self.slides):  # fmt: skip
            actions.bind(place.handlers())
        actions.bind(repair_handlers(self.session.repairing, self.canvas.input))
        actions.bind({
            "quit": self.close, "calibrate": self.calibrating.open,
            "previous-field": lambda: self.presenter.step(-1), "next-field": lambda: self.presenter.step(1),
            "accept": self.canvas.accept_requested.emit, "drop": self.canvas.drop_requested.emit,
            "next-candidate": self.canvas.next_candidate_requested.emit,
            "remove-point": self.canvas.remove_point_requested.emit,
            "previous-review": self._back,
        })  # fmt: skip
        actions["panels"].setChecked(True)
        actions["panels"].toggled.connect(self._on_panels)
        self.view.start()

    # What is shown

    def show_message(self, text: str, level: Level) -> None:
        """One sentence above the image."""
        self.message_bar.show_message(text, level=level)

    @Slot()
    def _on_current_field(self) -> None:
        self.line.show_zoom(self.canvas.zoom if self.presenter.shows_image else None)
        self.status.show_field()
        self._refresh_title()

    @Slot()
    def _on_fields(self) -> None:
        several = len(self.services.editor.case.fields) > 1
        self.strip_dock.setVisible(several and self.action_set["panels"].isChecked())
        self._refresh_title()

    @Slot()
    def _refresh_title(self) -> None:
        field = self.services.editor.current_field
        parts = [field.name] if field is not None else []
        self.setWindowTitle(" – ".join([*parts, self.services.files.case_name, "RBC Desktop"]))

    @Slot()
    def _refresh_soon(self) -> None:
        self._state_timer.start(0)

    @Slot()
    def _refresh_state(self) -> None:
        editor = self.services.editor
        self.action_set.refresh(
            UiState(
                has_field=self.presenter.shows_image,
                several_fields=len(editor.case.fields) > 1,
                has_cells=bool(editor.case.cells),
                has_selection=len(self.services.selection) > 0,
                has_proposal=self.session.has_proposal,
                has_missed=bool(self.session.missed.places),
                can_undo=editor.can_undo,
                can_redo=editor.can_redo,
                model_ready=self.status.is_ready,
                segmenting=self.queue.is_on_shown,
                reviewing=self.reviewing.is_reviewing,
                in_gallery=self.gallery.is_shown,
                is_final=self.sample.is_final,
                has_slide=self.slides.has_slide,
                slide_in_front=self.slides.is_in_front,
                gallery_in_front=self.gallery.is_in_the_middle,
                is_blind=editor.case.is_blind,
                busy=self.services.files.is_busy or self.writing.is_busy,
            )
        )
        self.action_set.name_steps(undo=told(editor.undo_text), redo=told(editor.redo_text))

    # Handlers

    def _back(self) -> None:
        """Backspace: a proposal that was opened a moment ago comes first."""
        if self.session.has_proposal:
            self.canvas.remove_point_requested.emit()
        else:
            self.reviewing.previous_review()

    @Slot(QPoint)
    def _show_cell_menu(self, at: QPoint) -> None:
        menu = self.action_set.cell_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(bool)
    def _on_panels(self, shown: bool) -> None:
        self.panel_dock.setVisible(shown)
        self.review.show(shown)
        self.view.tool_bar.setVisible(shown)
        self._on_fields()
        if not shown:
            self.canvas.setFocus()

    # Qt's side

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """With the Select tool the canvas leaves its right button to the window."""
        over_canvas = self.canvas.rect().contains(self.canvas.mapFromGlobal(event.globalPos()))
        if over_canvas and self.presenter.shows_image and len(self.services.selection):
            self._show_cell_menu(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.safekeeping.may_give_up() and self.finishing.may_leave(self.close)):
            event.ignore()
            return
        keep_geometry(self, self.services.settings)
        self.services.files.cancel()
        for place in (self.dialogs, self.gallery, self.cases, self.sample, self.laboratory, self.slides):
            place.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        restore_geometry(self, self.services.settings.value, strip=self.strip_dock, panel=self.panel_dock)
        self.panel_dock.show()
        self.review.show(True)
        self.view.tool_bar.show()
        self._on_fields()
