"""Writes down what is known of the working case, and lists the recent ones in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...storage.case.case_file import CaseFile
from ...storage.safekeeping import autosave
from ...storage.safekeeping.known_cases import KnownCase, forget, remember
from ...storage.safekeeping.run_record import RunRecord
from ..configuring_controller import SettingsKeeper
from ..notices import Notices
from .case_listing import ListedCase, known_of, listed_cases, take_over
from .opening_controller import OpeningController
from .reading_controller import FieldImages

KEEP_AFTER_MS = 4000
"""What is done to a case is written down so much later; everything that follows within this time is written once."""

log = logging.getLogger(__name__)


class CaseListingController(QObject):
    """Recent cases.

    Args:
        editor: the working case.
        files: says when it is left, opened or saved.
        images: thumbnails of its fields.
        settings: cases of earlier versions.
        tasks: runs what is slow.
        notices: says what could not be done.
        record: notes which unsaved case is being opened.
        to_review: how many cells need review, None while that isn't settled.
    """

    listed = Signal(object)
    """The list, a tuple of `ListedCase`."""

    def __init__(
        self,
        editor: CaseEditor,
        *,
        files: OpeningController,
        images: FieldImages,
        settings: SettingsKeeper,
        tasks: TaskRunner,
        notices: Notices,
        record: RunRecord,
        to_review: Callable[[], int | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._files, self._images, self._tasks = editor, files, images, tasks
        self._notices, self._record, self._to_review = notices, record, to_review
        self._fresh: dict[Path, KnownCase] = {}
        self._listing: Task | None = None
        self._again = False
        self._is_over = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        editor.undo_changed.connect(self._on_change)
        editor.sample_changed.connect(self._on_change)
        files.title_changed.connect(self._on_change)
        files.case_opened.connect(self._on_change)
        files.leaving.connect(self.keep)
        if settings.value.recent_files:
            tasks.submit(take_over, settings.value.recent_files)
            settings.update(recent_files=())

    @property
    def present(self) -> KnownCase | None:
        """What is known of the working case, None where it is in no file."""
        store, case = self._editor.store, self._editor.case
        if not isinstance(store, CaseFile):
            return None
        first = next(iter(case.fields.values()), None)
        thumbnail = None if first is None else self._images.thumbnail(first.id)
        return replace(known_of(case, store.path), to_review=self._to_review(), thumbnail=thumbnail)

    @Slot()
    def refresh(self) -> None:
        """List the cases anew; `listed` follows."""
        present = self.present
        if present is None:
            return
        if self._listing is not None:
            self._again = True
            return
        fresh = tuple(self._fresh.values())
        # A case that is being closed may be one that goes with its file: the sample as it was drawn.
        task = self._tasks.submit(
            listed_cases, self._record, present=present, fresh=fresh, after=self._files.leaving_task
        )
        self._listing = task
        task.finished.connect(self._on_listed, Qt.ConnectionType.QueuedConnection)
        task.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def keep(self) -> None:
        """Write down what is known now, in the background."""
        self._soon.stop()
        case = self._worth_keeping
        if case is not None and not self._is_over:
            self._fresh[case.path] = case
            self._tasks.submit(_remember, case)

    def keep_at_the_end(self) -> None:
        """Write it down at once: the window closes, and its tasks end before the case does."""
        self._is_over = True
        self._soon.stop()
        case = self._worth_keeping
        if case is not None:
            _remember(case)

    def forget(self, lines: Sequence[ListedCase]) -> None:
        """Take cases with a name off the list; their files stay."""
        paths = [line.case.path for line in lines]
        for path in paths:
            self._fresh.pop(path, None)
        self._run(forget, paths)

    def discard(self, line: ListedCase) -> None:
        """Remove an unsaved case for good."""
        self._fresh.pop(line.case.path, None)
        self._run(_discard, line.case.path)

    def _run(self, function: Callable[..., None], *args: object) -> None:
        task = self._tasks.submit(function, *args, after=self._listing)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        task.ended.connect(self._on_changed, Qt.ConnectionType.QueuedConnection)

    @property
    def _worth_keeping(self) -> KnownCase | None:
        case = self.present
        return case if case is not None and case.fields else None

    @Slot()
    def _on_change(self) -> None:
        if not self._is_over and not self._soon.isActive() and self._editor.case.fields:
            self._soon.start()

    @Slot(object)
    def _on_listed(self, lines: list[ListedCase]) -> None:
        self.listed.emit(tuple(lines))

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self._listing = None
        if self._again:
            self._again = False
            self.refresh()

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        self.refresh()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._notices.error(error)


def _remember(case: KnownCase) -> None:
    """Write it down; a full disk is told elsewhere, where work would be lost."""
    try:
        remember(case)
    except OSError as error:
        log.info("what is known of a case was not kept: %s", type(error).__name__)


def _discard(path: Path) -> None:
    autosave.discard(path)
    forget([path])
