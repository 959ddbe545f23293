"""The whole slide in the window, in place of the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ....workflows.slides.slide_controller import SlideController
from ...canvas.view import FieldCanvas
from ...slide.slide_pane import SlidePane
from ..actions.actions import ActionSet
from ..frame.services import Services


class SlidePlace(QObject):
    """Shows the slides of the case, and hides them.

    Args:
        services: case, settings and the opener of slides.
        actions: ``slide`` shows the slide, ``gallery`` takes its place.
        middle: holds the image, and the slide in its place.
        canvas: of the fields.
        parent: the main window.
    """

    changed = Signal()
    """Whether there is a slide, or it is in front."""

    def __init__(
        self, services: Services, *, actions: ActionSet, middle: QStackedWidget, canvas: FieldCanvas, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services, self._actions, self._middle = services, actions, middle
        self._canvas, self._window, self._image = canvas, parent, middle.currentWidget()
        self.slides = SlideController(
            services.editor, tasks=services.tasks, opener=services.slides, notices=services.notices, parent=self
        )
        self.pane = SlidePane(self.slides, editor=services.editor, theme=services.theme)
        middle.addWidget(self.pane)
        self.pane.canvas.layers.slide.loader.failed.connect(services.notices.error)
        self.pane.close_wanted.connect(self.leave)
        self.pane.find_wanted.connect(self.find)
        self.slides.changed.connect(self.changed)
        self.slides.field_opened.connect(self._on_field)
        services.editor.slides_changed.connect(self._on_slides)
        services.files.slides_added.connect(self._on_added)
        services.files.case_opened.connect(self._on_case)
        services.editor.case_replaced.connect(self.leave)
        actions["slide"].toggled.connect(self._on_toggled)
        actions["gallery"].toggled.connect(self._on_gallery)
        wanted = services.settings.value.overview_map
        actions["overview-map"].setChecked(wanted)
        actions["overview-map"].toggled.connect(self._on_map)
        self.pane.canvas.map.set_wanted(wanted)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of the actions, by id."""
        return {"find-monolayer": self.find}

    @property
    def has_slide(self) -> bool:
        """Whether there is a slide to show."""
        return self.slides.slide is not None or bool(self._services.editor.case.slides)

    @property
    def is_in_front(self) -> bool:
        """Whether the slide is on the screen."""
        return self._middle.currentWidget() is self.pane

    @property
    def front(self) -> FieldCanvas:
        """The canvas that zooms: the slide's while it is in front."""
        return self.pane.canvas if self.is_in_front else self._canvas

    def close(self) -> None:
        """The window closes."""
        self.slides.close()
        self.pane.canvas.layers.slide.loader.shutdown()

    def show(self, slide_id: int) -> None:
        """Show a slide of the case."""
        self.slides.show(self._services.editor.case.slides[slide_id])
        self._actions["slide"].setChecked(True)

    @Slot()
    def find(self) -> None:
        """Look for the monolayer."""
        self.slides.find(target=self._services.settings.value.target_cells)

    @Slot()
    def leave(self) -> None:
        """Show the fields again."""
        self._actions["slide"].setChecked(False)

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        if shown:
            self._actions["gallery"].setChecked(False)
            self._services.selection.clear()  # keys must not change cells that nobody sees as selected
            self._show_known()
            self._middle.setCurrentWidget(self.pane)
            self.pane.canvas.setFocus()
        elif self.is_in_front and self._image is not None:
            self._middle.setCurrentWidget(self._image)
            self._canvas.setFocus()
        self.changed.emit()

    def _show_known(self) -> None:
        """The one on its way, else that of the field in hand, else the one on show, else the first of the case."""
        case, field = self._services.editor.case, self._services.editor.current_field
        entry = case.slide_of(field) if field is not None else None
        if entry is None and self.slides.slide is None:
            entry = next(iter(case.slides.values()), None)
        if entry is not None and not self.slides.is_opening:
            self.slides.show(entry)

    @Slot(bool)
    def _on_gallery(self, shown: bool) -> None:
        if shown:
            self._actions["slide"].setChecked(False)

    @Slot(bool)
    def _on_map(self, shown: bool) -> None:
        self.pane.canvas.map.set_wanted(shown)
        self._services.settings.update(overview_map=shown)

    @Slot(object)
    def _on_slides(self, _ids: object) -> None:
        """A slide may have been located, or taken out by undo."""
        entry, slides = self.slides.entry, self._services.editor.case.slides
        if entry is not None and slides.get(entry.id) != entry:
            self.slides.close()
            if entry.id in slides and self.is_in_front:
                self.slides.show(slides[entry.id])
            elif self.is_in_front:
                self.leave()
        self.changed.emit()

    @Slot(object)
    def _on_added(self, slide_ids: tuple[int, ...]) -> None:
        """Slides that were opened: the first of them is shown."""
        if slide_ids:
            self.show(slide_ids[0])

    @Slot(object)
    def _on_case(self, _view: object) -> None:
        """A case of nothing but a slide has nothing else to show."""
        case = self._services.editor.case
        if case.slides and not case.fields:
            self._actions["slide"].setChecked(True)

    @Slot(int)
    def _on_field(self, field_id: int) -> None:
        """Work on a field: it takes the slide's place."""
        self._services.editor.set_current_field(field_id)
        self.leave()
