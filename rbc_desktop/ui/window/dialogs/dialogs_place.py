"""The dialogs that a menu opens: export, settings, keys, about, and the manual."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from ....workflows.key_map import read_keys
from ....workflows.relearning.relearning_controller import RelearningController
from ....workflows.results.exporting_controller import ExportingController
from ...export.report_export import ReportExport
from ...help.about_dialog import AboutDialog
from ...help.manual_opener import ManualOpener
from ...help.shortcuts_dialog import ShortcutsDialog
from ...settings.preferences import Preferences
from ...settings.relearning_dialog import RelearningDialog
from ..actions.actions import ActionSet, key_rows, shortcut_sections
from ..frame.services import Services
from ..status.status_feed import StatusFeed


class DialogsPlace(QObject):
    """Opens them, each over the main window.

    Args:
        services: what they show and change.
        writing: writes the report.
        status: knows the models in use.
        actions: whose keys are listed; ``manual`` also works in a dialog.
        parent: the main window.
    """

    def __init__(
        self,
        services: Services,
        *,
        writing: ExportingController,
        status: StatusFeed,
        actions: ActionSet,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        s = self._services = services
        self._status, self._actions, self._parent = status, actions, parent
        self.exporting = ReportExport(
            s.editor, writing, tasks=s.tasks, settings=s.settings, notices=s.notices, parent=parent
        )
        self.preferences = Preferences(s.settings, s.theme, s.engine, models=s.models, notices=s.notices, parent=parent)
        self.relearning: RelearningDialog | None = None
        self.manual = ManualOpener(s.manual, s.theme, tasks=s.tasks, parent=parent)
        self._keys: tuple[str, ...] = ()
        s.settings.changed.connect(self._on_settings)
        actions.keys_changed.connect(self.manual.show_keys)
        self._on_settings()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        return {
            "export": self.export, "settings": self.show_settings, "shortcuts": self.show_shortcuts,
            "about": self.show_about, "manual": self.manual.open, "retrain": self.retrain,
        }  # fmt: skip

    @Slot()
    def _on_settings(self) -> None:
        keys = self._services.settings.value.keys
        if keys != self._keys:
            self._keys = keys
            self._actions.use_keys(read_keys(keys))

    def close(self) -> None:
        """The main window closes."""
        self.exporting.close()
        self.manual.close()
        if self.relearning is not None:
            self.relearning.close()

    @Slot()
    def export(self) -> None:
        """Ask what to write, and where."""
        self.exporting.open(self._status.models, name=self._services.files.report_name)
        self._lend_manual(self.exporting.dialog)

    @Slot()
    def show_settings(self) -> None:
        """Show the settings."""
        self.preferences.open(self._status.models, keys=key_rows)
        if self.preferences.dialog is not None:
            self.preferences.dialog.classes_wanted.connect(
                self._actions["own-classes"].trigger, Qt.ConnectionType.UniqueConnection
            )
        self._lend_manual(self.preferences.dialog)

    @Slot()
    def retrain(self) -> None:
        """Let the classifier learn from reviewed cells."""
        if self.relearning is not None:
            self.relearning.raise_()
            return
        s = self._services
        controller = RelearningController(
            s.editor, tasks=s.tasks, settings=s.settings, asks_for=s.reader.asks_for, parent=self
        )
        kept = s.settings.value
        self.relearning = RelearningDialog(
            controller, name=kept.usual_laboratory, folder=kept.last_folder, parent=self._parent
        )
        self.relearning.use_wanted.connect(self.preferences.use_classifier)
        self.relearning.finished.connect(self._on_retrain_closed)
        self.relearning.destroyed.connect(controller.deleteLater)
        self._lend_manual(self.relearning)
        self.relearning.show()

    @Slot()
    def _on_retrain_closed(self) -> None:
        self.relearning = None

    @Slot()
    def show_shortcuts(self) -> None:
        """List the keys."""
        ShortcutsDialog(shortcut_sections(self._actions.listed), self._services.theme, self._parent).show()

    @Slot()
    def show_about(self) -> None:
        """Say which version and models these are."""
        AboutDialog(self._status.models, tasks=self._services.tasks, parent=self._parent).show()

    def _lend_manual(self, dialog: QDialog | None) -> None:
        """F1 in a dialog that locks the window's own keys."""
        if dialog is not None:
            dialog.addAction(self._actions["manual"])
