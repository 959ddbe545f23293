"""Opening, saving and replacing: everything slow in the background, the case replaced only by a complete one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.case.case import Case
from ...domain.slides.slide import SlideEntry
from ...editing.case_editor import CaseEditor
from ...editing.slide_editor import add_slides
from ...errors import RbcError
from ...language import mark, tr
from ...storage.case.case_file import SUFFIX, CaseFile
from ...storage.images.image_places import AskingReader
from ...storage.safekeeping import autosave
from ...storage.safekeeping.run_record import RunRecord, clear_up, trust
from ..configuring_controller import SettingsKeeper
from ..notices import Notices
from . import opening
from .opening import LeftOver, OpenedCase, OpenedImages
from .reading import ReadField
from .reading_controller import FieldImages

SHUNNED = mark(
    "The last window ended while it opened a case, so that one isn't opened unasked; see File › Open recent…."
)

SETTLED_MS = 3000
"""After this time a case counts as opened: what it does to the window it has done by then."""

ONE_AT_A_TIME = mark("Open one case at a time, and images apart from it.")


class OpeningController(QObject):
    """Files of the working case.

    Args:
        editor: the working case.
        images: pixels of its fields.
        tasks: runs what is slow.
        settings: the last folder, and folders of images that were confirmed.
        notices: says what could not be opened, and what else happened.
        reader: decodes images.
        sample: the bundled smear.
        record: notes which case is being opened, in case the window dies of it.
    """

    busy_changed = Signal(object)
    """``(text, done, total)`` of the task under way, or None when none is."""

    title_changed = Signal()

    leaving = Signal()
    """The case is about to be closed or replaced; its file is still open."""

    case_read = Signal(object)
    """The `OpenedCase` that is about to take the place of the present one."""

    case_opened = Signal(object)
    """Another case is there; the `CaseView` of what was shown of it last."""

    slides_added = Signal(object)
    """Ids of the slides that were opened, also of those that the case had."""

    images_added = Signal(object)
    """Ids of the fields that new images made."""

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        *,
        tasks: TaskRunner,
        settings: SettingsKeeper,
        notices: Notices,
        reader: AskingReader,
        sample: Path,
        record: RunRecord,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._tasks = editor, images, tasks
        self._settings, self._notices, self._reader, self.sample = settings, notices, reader, sample
        self._record = record
        self._settling: Path | None = None
        editor.fields_changed.connect(self._on_fields, Qt.ConnectionType.QueuedConnection)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._on_settled)
        self._task: Task | None = None
        self._leaving: Task | None = None
        self._text = ""
        self._done: Callable[[Any], None] = lambda _result: None
        self._is_waiting = False
        self.may_leave: Callable[[Callable[[], object]], bool] = lambda _then: True
        """Whether the present case may be left, or else a call when it may; see `FinishingController.may_leave`."""
        self.may_give_up: Callable[[], bool] = lambda: True
        """Whether the present case is in its file, or the user insists; see `SafekeepingController.may_give_up`."""
        self.may_show: Callable[[], bool] = lambda: True
        """Whether an image that is added may be shown at once."""

    # What there is

    @property
    def is_busy(self) -> bool:
        """Whether something is being opened or saved."""
        return self._task is not None

    @property
    def leaving_task(self) -> Task | None:
        """Closes the case that was left last; None before there is one."""
        return self._leaving

    @property
    def case_name(self) -> str:
        """What the window's title says."""
        store = self._editor.store
        if isinstance(store, CaseFile) and not autosave.is_unsaved(store.path):
            return store.path.stem
        return tr("Unsaved case")

    @property
    def suggested_name(self) -> str:
        """A file name for *Save case as*."""
        field = next(iter(self._editor.case.fields.values()), None)
        return f"{field.path.stem if field is not None else 'case'}{SUFFIX}"

    @property
    def report_name(self) -> str:
        """How the files of a report begin: as the case is called, or as its first image."""
        return Path(self.suggested_name).stem if self._is_unsaved() else self.case_name

    def field_name(self, field_id: int) -> str:
        """The file name of a field's image."""
        return self._editor.case.fields[field_id].name

    # Verbs

    def start(self, paths: Sequence[Path]) -> None:
        """What the window opens with: these files, else the last unsaved case, else at the first start the sample."""
        if paths:
            self._tasks.submit(clear_up)
            self.open_paths(paths)
        else:
            self.run(tr("Looking for unsaved work…"), self._on_left_over, opening.find_left_over, self._record)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a case file, or add images (and the images of folders) to the case."""
        cases = [p for p in paths if p.suffix.lower() == SUFFIX]
        if cases and len(paths) > 1:
            self._notices.warn(tr(ONE_AT_A_TIME), holds=self._notices.until_next_step())
        elif cases and self.may_give_up():
            given = {"reader": self._reader, "record": self._record, "confirmed": self._settings.value.image_folders}
            # The case that was left last may be this one, and still be closing.
            self.run(tr("Opening the case…"), self._on_case, opening.open_case, cases[0], after=self._leaving, **given)
        elif paths and not cases:
            self._reader.confirm(paths)
            self._read(tr("Opening the image…") if len(paths) == 1 else tr("Opening images…"), paths)

    def _read(self, text: str, paths: Sequence[Path], *, incomplete: bool = False) -> None:
        new_case = self.holds_only_sample and self.sample not in paths
        pictures = ((field, self._images.thumbnail(field.id)) for field in self._editor.case.fields.values())
        beside = [] if new_case else [(field, picture) for field, picture in pictures if picture is not None]
        given = {"new_case": new_case, "incomplete": incomplete, "find": self._reader.find_slide, "beside": beside}
        self.run(text, self._on_images, opening.read_images, paths, reader=self._reader, **given)

    def new_case(self) -> None:
        """Start an empty case; the old one stays in its file."""
        if self.may_give_up():
            self.run(tr("Starting a new case…"), self._on_new_case, autosave.new_case_file)

    def save_as(self, path: Path) -> None:
        """Continue in a file with a name."""
        store = self._editor.store
        if not isinstance(store, CaseFile):
            return
        target = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
        self.run(tr("Saving the case…"), self._on_saved, opening.save_case_as, store, target, after=self._leaving)

    @Slot()
    def cancel(self) -> None:
        """Give up what is being opened; the case stays as it is."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Close the case file at the end; an unsaved case without an image is not kept."""
        if self._settled.isActive() and self._settling is not None:  # it opened, and the window closes as it should
            self._settled.stop()
            self._record.note("opening", self._settling, begun=False)
        self.leaving.emit()
        store = self._editor.store
        if isinstance(store, CaseFile):
            opening.leave_case(store, worthless=self._is_empty)

    # Tasks

    def run(self, text: str, done: Callable[..., None], function: Callable[..., Any], *args: Any, **kw: Any) -> None:
        """Run a task on files unless one is under way; `done` gets the result, and `text` says what is being done."""
        if self._task is not None or self._is_waiting:
            self._notices.info(tr("Please wait until the last file is open, or cancel it."))
            return
        self._text, self._done = text, done
        self._task = self._tasks.submit(function, *args, **kw)
        queued = Qt.ConnectionType.QueuedConnection
        self._task.finished.connect(self._on_finished, queued)
        self._task.failed.connect(self._on_failed, queued)
        self._task.progress.connect(self._on_progress, queued)
        self._task.ended.connect(self._on_ended, queued)
        self.busy_changed.emit((text, 0, 0))

    @Slot(object)
    def _on_progress(self, progress: tuple[int, int]) -> None:
        self.busy_changed.emit((self._text, *progress))

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        # Whoever sees what was opened may go on at once: `ended` comes later, by another turn of the event loop.
        self._task = None
        self._done(result)

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        # What was done with the result may have started the next task already.
        if self._task is None or self.sender() is self._task:
            self._task = None
            self.busy_changed.emit(None)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._notices.error(error, holds=self._notices.until_next_step())

    @Slot(object)
    def _on_images(self, opened: OpenedImages) -> None:
        if opened.store is not None and not self._leaves(partial(self._on_images, opened)):
            return
        if opened.store is not None:
            self._replace(OpenedCase(opened.store, Case()))
        self._add(opened.reads)
        self._add_slides(opened.slides)
        text = opening.not_opened_text(opened)
        if opened.incomplete:
            paths = [image.path for image in opened.incomplete]
            self._notices.ask(text, button=opening.ADD_ANYWAY, then=partial(self._add_incomplete, paths))
        elif text:
            self._notices.error(text, holds=self._notices.until_next_step())
        elif opened.places:
            self._notices.warn(opening.places_text(opened), holds=self._notices.until_next_step())
        elif opened.whole:
            self._notices.info(opening.whole_text(opened))

    def _add_incomplete(self, paths: Sequence[Path]) -> None:
        self._read(tr("Opening what there is…"), paths, incomplete=True)

    @Slot()
    def _on_fields(self) -> None:
        """Removed fields leave memory; those that undo brought back get their small pictures again."""
        fields = self._editor.case.fields
        self._images.keep_only(fields)
        self._images.survey(fields.values())

    def _leaves(self, then: Callable[[], None]) -> bool:
        """Whether the present case can be replaced now; `then` comes later if not."""
        self._is_waiting = not self.may_leave(then)
        return not self._is_waiting

    def _add_slides(self, slides: Sequence[SlideEntry]) -> None:
        if not slides:
            return
        try:
            entries = add_slides(self._editor, slides)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return
        self.remember_places([slide.path for slide in entries])
        for path in dict.fromkeys(slide.path for slide in entries):
            self._settings.note_folder(path)
        self.slides_added.emit(tuple(slide.id for slide in entries))
        self.title_changed.emit()

    def _add(self, reads: Sequence[ReadField]) -> None:
        if not reads:
            return
        loaded = [read for read in reads if read.image is not None]
        self._images.expect(loaded)
        try:
            known = set(self._editor.case.fields)
            fields = self._editor.add_fields([read.facts for read in reads])
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return
        for field, read in zip(fields, reads, strict=True):
            self._images.put_thumbnail(field.id, read.thumbnail)
            if read.image is not None:
                self._images.request(field)
        self.remember_places([field.path for field in fields])
        if self._editor.current_field is None or self.may_show():
            self._editor.set_current_field(fields[0].id)
        for path in dict.fromkeys(read.facts.path for read in reversed(reads)):
            if path != self.sample:
                self._settings.note_folder(path)
        self.images_added.emit(tuple(field.id for field in fields if field.id not in known))
        again = sum(field.id in known for field in fields)
        if again:
            several = tr("{again} of these images were in the case already.", again=again)
            self._notices.info(tr("This image is in the case already.") if len(fields) == 1 else several)
        self.title_changed.emit()

    @Slot(object)
    def _on_case(self, opened: OpenedCase) -> None:
        if not self._leaves(partial(self._on_case, opened)):
            return
        self._replace(opened)
        self._images.survey(opened.case.fields.values())
        path = opened.store.path
        self._on_settled()  # of the case before
        self._settling = path
        self._settled.start(SETTLED_MS)
        for note in opening.notes_on(opened.store):
            self._notices.warn(note, holds=lambda: self._editor.store is opened.store)
        if not autosave.is_unsaved(path):
            self._settings.note_folder(path)

    @Slot()
    def _on_settled(self) -> None:
        if self._settling is not None:
            self._record.note("opening", self._settling, begun=False)
            self._tasks.submit(trust, self._settling)
            self._settling = None

    @Slot(object)
    def _on_new_case(self, store: CaseFile) -> None:
        if not self._leaves(partial(self._on_new_case, store)):
            return
        self._replace(OpenedCase(store, Case()))

    def _replace(self, opened: OpenedCase) -> None:
        self.leaving.emit()
        self._reader.ask_for(opened.unconfirmed)
        # Work on the sample is work: its file stays. The sample as it was drawn is not worth keeping.
        worthless = self._is_empty or (self.holds_only_sample and not self._editor.case.cells)
        self._images.clear()
        if opened.first is not None:
            self._images.expect([opened.first])
        self.case_read.emit(opened)
        previous = self._editor.replace_case(opened.case, opened.store, shown=opened.view.field)
        self.case_opened.emit(opened.view)
        if isinstance(previous, CaseFile):
            # one after the other, so that the last one stands for all
            leave, last = opening.leave_case, self._leaving
            self._leaving = self._tasks.submit(leave, previous, worthless=worthless, after=last)
        self.title_changed.emit()

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._settings.note_folder(path)
        self.title_changed.emit()
        self._notices.info(tr("Saved as {name}. Every further step is kept there at once.", name=path.name))

    @Slot(object)
    def _on_left_over(self, found: LeftOver) -> None:
        if found.shunned:
            self._notices.warn(tr(SHUNNED))
        if found.path is not None:
            self.open_paths([found.path])
        elif not self._settings.value.sample_shown and self.sample.exists():
            self.open_sample()

    def open_sample(self) -> None:
        """Open the drawn smear."""
        self._settings.update(sample_shown=True)
        self.open_paths([self.sample])

    def remember_places(self, paths: Sequence[Path]) -> None:
        """On another drive than the case an image can only be named by itself: then its folder is confirmed."""
        store = self._editor.store
        for folder in dict.fromkeys(path.parent for path in paths):
            if isinstance(store, CaseFile) and folder.anchor != store.path.anchor:
                self._settings.confirm_folder(folder)

    @property
    def holds_only_sample(self) -> bool:
        """Whether the case is the sample and has no name; new images then start a case of their own."""
        fields = list(self._editor.case.fields.values())
        is_sample = bool(fields) and all(field.path.absolute() == self.sample.absolute() for field in fields)
        return is_sample and not self._editor.case.slides and self._is_unsaved()

    def _is_unsaved(self) -> bool:
        store = self._editor.store
        return isinstance(store, CaseFile) and autosave.is_unsaved(store.path)

    @property
    def _is_empty(self) -> bool:
        return not (self._editor.case.fields or self._editor.case.slides)
