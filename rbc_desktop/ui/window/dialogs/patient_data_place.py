"""Deleting patient data and restoring backups: their dialogs, and the reminder of cases past their date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from ....language import plural, tr
from ....storage.case.case_file import CaseFile
from ....storage.safekeeping.known_cases import KnownCase
from ....workflows.cases.case_listing import known_of
from ....workflows.laboratory.backup_controller import BackupController
from ....workflows.laboratory.erasing import ErasableCase
from ....workflows.laboratory.erasing_controller import ErasingController
from ...laboratory.backups_dialog import BackupsDialog
from ...laboratory.erasing_dialog import ErasingDialog
from ..actions.actions import ActionSet
from ..frame.services import Services


class PatientDataPlace(QObject):
    """Opens the dialogs, and reminds once per start.

    Args:
        services: the case and its file.
        actions: ``erase`` and ``restore-backup``; *Manual* works in the dialogs, too.
        parent: the main window.
    """

    def __init__(self, services: Services, *, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._actions, self._window = services, actions, parent
        s = services
        self.erasing = ErasingController(
            s.editor, files=s.files, settings=s.settings, tasks=s.tasks, present=self._present, parent=self
        )
        self.backups = BackupController(
            s.editor, files=s.files, settings=s.settings, tasks=s.tasks, notices=s.notices, parent=self
        )
        self.dialog: ErasingDialog | None = None
        self.backups_dialog: BackupsDialog | None = None
        self._reminds = False
        self.erasing.listed.connect(self._on_listed)
        self.erasing.done.connect(self._on_done)
        QTimer.singleShot(0, self, self._look_for_due)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        return {"erase": self.open, "restore-backup": self.open_backups}

    @Slot()
    def open(self) -> None:
        """List the cases whose patient data can be deleted."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = dialog = ErasingDialog(self._window)
        dialog.addAction(self._actions["manual"])
        dialog.chosen.connect(self._erase)
        dialog.cancelled.connect(self.erasing.cancel)
        self.erasing.busy_changed.connect(dialog.show_busy)
        self.erasing.progress.connect(dialog.show_progress)
        self.erasing.refused.connect(dialog.say)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        self.erasing.refresh()

    @Slot()
    def open_backups(self) -> None:
        """List the backups."""
        if self.backups_dialog is not None:
            self.backups_dialog.raise_()
            return
        self.backups_dialog = dialog = BackupsDialog(self.backups.folder, self._window)
        dialog.addAction(self._actions["manual"])
        dialog.restored.connect(self.backups.restore)
        self.backups.listed.connect(dialog.show_backups)
        dialog.finished.connect(self._on_backups_closed)
        dialog.open()
        self.backups.refresh()

    @Slot(object, str, bool)
    def _erase(self, cases: tuple[ErasableCase, ...], reason: str, image_names: bool) -> None:
        self.erasing.erase(cases, reason=reason, image_names=image_names)

    def _present(self) -> KnownCase | None:
        case, store = self._services.editor.case, self._services.editor.store
        return known_of(case, store.path) if isinstance(store, CaseFile) else None

    @Slot()
    def _look_for_due(self) -> None:
        kept = self._services.settings.value
        if kept.keep_identity_days or kept.keep_unsaved_days:
            self._reminds = True
            self.erasing.refresh()

    @Slot(object)
    def _on_listed(self, lines: tuple[ErasableCase, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_lines(lines)
        elif self._reminds and (due := sum(line.is_due for line in lines)):
            text = plural("The patient data of {count} case are past their date.",
                          "The patient data of {count} cases are past their date.", due)  # fmt: skip
            self._services.notices.ask(text, button=tr("Show"), then=self.open)
        self._reminds = False

    @Slot(str)
    def _on_done(self, text: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._services.notices.info(text)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot()
    def _on_backups_closed(self) -> None:
        self.backups_dialog = None
