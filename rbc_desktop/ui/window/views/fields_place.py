"""The strip with the queue behind it: what the settings, the table's rows and newly opened images mean for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu, QWidget

from ....language import tr
from ....workflows.fields.field_queue import Tally, tally
from ....workflows.fields.field_queue_controller import FieldQueueController
from ...cells.panel import CellPanel
from ...fields.field_strip import FieldStrip
from ...fields.target_dialog import TargetChoice, TargetDialog
from ..actions.actions import ActionSet
from ..frame.services import Services


class FieldsPlace(QObject):
    """Builds strip and queue and keeps them supplied.

    Args:
        services: the case, its images, the engine and the settings.
        panel: has a row for each cell.
        actions: of the window.
        parent: the window.
    """

    def __init__(self, services: Services, *, panel: CellPanel, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        s = services
        self._settings, self._panel, self._window = s.settings, panel, parent
        self.dialog: TargetDialog | None = None
        self.queue = FieldQueueController(s.editor, engine=s.engine, images=s.images, notices=s.notices, parent=self)
        self.queue.tally = self._tally
        self.strip = FieldStrip(s.editor, s.images, self.queue, columns=panel.model.columns, theme=s.theme)
        self.strip.bar.start_with(actions["segment-fields"])
        self.strip.bar.target_requested.connect(self.ask_for_target)
        panel.feed.updated.connect(self.strip.refresh_soon)
        panel.feed.updated.connect(self.queue.look)
        s.settings.changed.connect(self._on_settings)
        s.files.images_added.connect(self._on_images)
        self._on_settings()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of the actions that concern whole fields, by action id."""
        return {
            "segment-all": self.queue.segment_shown,
            "segment-fields": self.queue.segment_all,
            "target": self.ask_for_target,
        }

    @Slot(int, object)
    def add_to_menu(self, field_id: int, menu: QMenu) -> None:
        """What can be done about a field in the queue."""
        queue = self.queue
        if field_id in queue.queue.waiting:
            menu.addSeparator()
            menu.addAction(tr("Segment it next")).triggered.connect(lambda: queue.segment([field_id], first=True))
            menu.addAction(tr("Leave it out of this run")).triggered.connect(lambda: queue.leave_out(field_id))

    @Slot()
    def ask_for_target(self) -> None:
        """Ask for the target count."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        now = self._settings.value
        self.dialog = TargetDialog(
            TargetChoice(now.target_cells, now.stop_at_target, now.segment_new_images), self._window
        )
        self.dialog.chosen.connect(self._apply)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(object)
    def _apply(self, choice: TargetChoice) -> None:
        self._settings.update(
            target_cells=choice.target_cells,
            stop_at_target=choice.stop_at_target,
            segment_new_images=choice.segment_new_images,
        )

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot()
    def _on_settings(self) -> None:
        now = self._settings.value
        self.queue.set_target(now.target_cells, stops=now.stop_at_target)

    @Slot(object)
    def _on_images(self, field_ids: tuple[int, ...]) -> None:
        if self._settings.value.segment_new_images:
            self.queue.segment(field_ids)

    def _tally(self) -> Tally | None:
        return tally(self._panel.model.columns) if self._panel.feed.is_settled else None
