"""The gallery in the window: in place of the image, or in a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from ....language import tr
from ....workflows.key_map import said
from ....workflows.review.cell_columns import Columns, positions_in
from ....workflows.review.likeness_controller import LikenessController
from ....workflows.review.reviewing_controller import ReviewingController
from ....workflows.review.whole_rows import chosen
from ...cells.panel import CellPanel
from ...gallery.gallery_pane import GalleryPane
from ...gallery.tile_pictures import TilePictures
from ...look.room import open_as_large_as
from ..actions.actions import ActionSet
from ..frame.services import Services


class GalleryWindow(QWidget):
    """A window of its own; every key of the main window works here, too."""

    closed = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Gallery – RBC Desktop"))
        self.addActions([actions[spec.id] for spec in actions.specs if not spec.canvas_key])
        self.stack = QStackedWidget()  # which a message bar lies over
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def show_on_second_screen(self) -> None:
        """On another screen than the main window's, as large as it; beside it where there is none."""
        own = self.parentWidget()
        screens = [s for s in QGuiApplication.screens() if own is None or s is not own.screen()]
        if screens:
            self.setGeometry(screens[0].availableGeometry())
        else:
            open_as_large_as(self, 900, 700)
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class GalleryPlace(QObject):
    """Shows and hides the gallery.

    Args:
        services: what it shows.
        reviewing: what it does.
        panel: the table; the gallery shows the cells that it shows.
        actions: ``gallery`` and ``gallery-window`` show it.
        middle: holds the image, and the gallery in its place.
        parent: the main window.
    """

    cell_opened = Signal(int)
    """Show this cell on the image."""

    def __init__(
        self, services: Services, reviewing: ReviewingController, *, panel: CellPanel, actions: ActionSet,
        middle: QStackedWidget, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._services, self._reviewing, self._panel = services, reviewing, panel
        self._actions, self._middle, self._window = actions, middle, parent
        self._image = middle.currentWidget()
        self.own_window = GalleryWindow(actions, parent)
        self.likeness = LikenessController(
            services.editor, services.selection, tasks=services.tasks, notices=services.notices,
            missing=lambda field_id: services.images.problems.get(field_id, ""), parent=self,
        )  # fmt: skip
        self.pane = GalleryPane(
            services.editor, services.selection, cells=self._cells,
            classes=lambda: panel.model.columns.classes, offered=lambda: panel.model.columns.offered,
            distances=self.likeness.distances_for,
            pictures=lambda window_of: TilePictures(
                services.editor, services.images, tasks=services.tasks, window_of=window_of, parent=self
            ),
            theme=services.theme,
        )  # fmt: skip
        middle.addWidget(self.pane)
        self._restore()
        panel.feed.updated.connect(self.pane.arrange_soon)
        panel.model.modelReset.connect(self.pane.arrange_soon)
        self.likeness.found.connect(self._show_similar)
        self.pane.class_dropped.connect(reviewing.set_class)
        self.pane.confirm_wanted.connect(reviewing.confirm_these)
        self.pane.opened.connect(self._open)
        self.pane.menu_requested.connect(self._show_menu)
        self.pane.looks_changed.connect(self._keep)
        self.pane.similar_wanted.connect(self.likeness.find)
        actions.keys_changed.connect(self.pane.bins.update)
        actions["gallery"].toggled.connect(self._on_middle)
        actions["gallery-window"].toggled.connect(self._on_window)
        actions["overlay"].toggled.connect(self._on_outlines)
        self.own_window.closed.connect(partial(actions["gallery-window"].setChecked, False))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of the actions that look for similar cells."""
        return {"find-similar": self.likeness.find, "same-class": self._set_same_class}

    @property
    def is_in_the_middle(self) -> bool:
        """Whether it is shown in place of the image."""
        return self._middle.currentWidget() is self.pane

    @property
    def is_shown(self) -> bool:
        """Whether it is shown anywhere."""
        return self.is_in_the_middle or self.own_window.isVisible()

    def close(self) -> None:
        """The main window closes."""
        self.own_window.close()

    def _cells(self) -> Columns:
        model = self._panel.model
        table = model.columns.table
        return table if model.shows_all else chosen(table, positions_in(table, model.shown_ids))

    @Slot(bool)
    def _on_middle(self, shown: bool) -> None:
        if shown:
            self._actions["gallery-window"].setChecked(False)
            self._middle.addWidget(self.pane)
            self._middle.setCurrentWidget(self.pane)
            self.pane.view.setFocus()
        elif self._image is not None:
            self._middle.setCurrentWidget(self._image)
            self._image.setFocus()

    @Slot(bool)
    def _on_window(self, shown: bool) -> None:
        if shown:
            self._actions["gallery"].setChecked(False)
            self.own_window.stack.addWidget(self.pane)
            self.own_window.show_on_second_screen()
        else:
            self.own_window.hide()
            self._middle.addWidget(self.pane)

    @Slot(bool)
    def _on_outlines(self, shown: bool) -> None:
        """The key for outlines means those that one sees."""
        if self.is_in_the_middle:
            self.pane.outlines.setChecked(shown)

    @Slot()
    def _show_similar(self) -> None:
        """The ranking begins with the cells that were selected; it goes over every cell of every field."""
        self._panel.show_class(None)
        self._panel.show_review_only(False)
        self._panel.show_all_fields()
        if not self.is_shown:
            self._actions["gallery"].setChecked(True)
        self.pane.set_sort("similarity")
        self.pane.view.verticalScrollBar().setValue(0)
        wanted = self.likeness.wanted_class
        text = tr("The cells most like the selected ones come first.")
        if wanted is not None:
            more = tr("Select those that belong to them; {key} makes them {name}.", key=said("A"), name=wanted.title)
            text = f"{text} {more}"
        self._services.notices.info(text)

    def _set_same_class(self) -> None:
        wanted = self.likeness.wanted_class
        if wanted is None:
            text = tr(
                "Find similar cells first ({find}): {key} gives the selected ones the class of those.",
                find=said("W"), key=said("A"),
            )  # fmt: skip
            self._services.notices.info(text)
        else:
            self._reviewing.set_class(wanted)

    @Slot(int)
    def _open(self, cell_id: int) -> None:
        self._actions["gallery"].setChecked(False)
        self.cell_opened.emit(cell_id)

    @Slot(object, object)
    def _show_menu(self, index: int | None, at: QPoint) -> None:
        """What can be done with the selected cells, and with the row and the group under the cursor."""
        menu: QMenu = self._actions.cell_menu(self._window)
        view, confirm = self.pane.view, self._reviewing.confirm_these
        menu.addSeparator()
        if index is not None:
            group = view.layout_.group_of(index)
            row = view.layout_.row_at(view.layout_.place_of(index)[1])
            menu.addAction(tr("Confirm this row")).triggered.connect(partial(confirm, view.ids_in(row)))
            if view.arrangement.groups[group].cell_class is not None:
                menu.addAction(tr("Confirm this class")).triggered.connect(partial(confirm, view.group_ids(group)))
        every = tuple(view.arrangement.ids.tolist())
        menu.addAction(tr("Confirm all shown")).triggered.connect(partial(confirm, every))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _restore(self) -> None:
        kept = self._services.settings.value
        self.pane.set_looks(
            side=kept.gallery_side, by_class=kept.gallery_by_class, outlines=kept.gallery_outlines,
            labels=kept.gallery_labels,
        )  # fmt: skip

    @Slot()
    def _keep(self) -> None:
        pane = self.pane
        self._services.settings.update(
            gallery_side=pane.side, gallery_by_class=pane.by_class.isChecked(),
            gallery_outlines=pane.outlines.isChecked(), gallery_labels=pane.labels.isChecked(),
        )  # fmt: skip
