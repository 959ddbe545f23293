"""A laboratory's own classes in the window: keys and menu entries, table and counts, and the dialog that names them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ....domain.classes.own_classes import MOST_OWN
from ....engine.jobs import EngineReady
from ....workflows.review.reviewing_controller import ReviewingController
from ...cells.panel import CellPanel
from ...settings.own_classes_dialog import OwnClassesDialog
from ..actions.actions import ActionSet, own_class_id
from ..frame.services import Services
from ..views.gallery_place import GalleryPlace


class ClassesPlace(QObject):
    """Has every part of the window know the own classes.

    Args:
        services: keeper of the list, engine, settings.
        reviewing: sets a class.
        panel: table, filter and counts.
        gallery: offers bins to drop cells on.
        actions: ``own-classes``, and one for each own class.
        parent: the window.
    """

    def __init__(
        self, services: Services, reviewing: ReviewingController, *, panel: CellPanel, gallery: GalleryPlace,
        actions: ActionSet, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._services, self._reviewing, self._panel, self._actions = services, reviewing, panel, actions
        self._gallery, self._window = gallery, parent
        self.dialog: OwnClassesDialog | None = None
        services.classes.changed.connect(self._show)
        services.engine.ready.connect(self._on_ready)
        self._show()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        setters = {own_class_id(place): partial(self._set, place) for place in range(MOST_OWN)}
        return {"own-classes": self.open, **setters}

    @Slot()
    def open(self) -> None:
        """Ask for names, letters, colours and keys."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        s = self._services
        above = QApplication.activeModalWidget() or self._window
        self.dialog = OwnClassesDialog(s.classes.value, folder=s.settings.value.last_folder, parent=above)
        self.dialog.addAction(self._actions["manual"])
        self.dialog.chosen.connect(s.classes.set)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _set(self, place: int) -> None:
        own = self._services.classes.value
        if place < len(own):
            self._reviewing.set_class(own[place])

    @Slot()
    def _show(self) -> None:
        own = self._services.classes.value
        self._actions.show_own_classes(own)
        self._panel.refresh_classes()
        self._gallery.pane.arrange_soon()

    @Slot(object)
    def _on_ready(self, ready: EngineReady) -> None:
        self._panel.note_proposed(ready.classes)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
