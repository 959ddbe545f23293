"""The laboratory's control films in a running window: one list, and what it says of the working case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from ...background import Task, TaskRunner
from ...domain.case.case import Case, snapshot
from ...domain.laboratory.control_film import KeptFilm, Verdict, verdict_of
from ...domain.sample.sign_off import is_locked
from ...editing.case_editor import CaseEditor
from ...errors import RbcError, UnreadableListError
from ...language import tr
from ...storage.case.case_file import CaseFile
from ...storage.images.image_camera import camera_of
from ...storage.laboratory.control_file import read_films, write_films
from ..configuring_controller import SettingsKeeper
from ..laboratory.lab_list_controller import LabListKeeper, ListStore
from ..notices import Notices
from .controlling import judged_day, microscope_of, today, with_film, with_films, with_note


class ControlKeeper(LabListKeeper):
    """Holds the list of control films, and warns where the laboratory wants it; `changed` tells of rule and microscope.

    Args:
        path: of this computer's list.
        editor: the working case.
        settings: the laboratory's rule.
        tasks: reads and writes the list.
        notices: warns.
        parent: Qt parent.
    """

    def __init__(
        self, path: Path, editor: CaseEditor, *, settings: SettingsKeeper, tasks: TaskRunner, notices: Notices,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(ListStore(path, read_films, write_films, with_films), tasks=tasks, parent=parent)
        self._editor, self._settings, self._notices = editor, settings, notices
        self._cameras: dict[Path, str] = {}
        self._asked: dict[Task, Path] = {}
        self._rule = settings.value.control_rule
        self._warned: tuple[int, str] | None = None
        self._judged: tuple[object, Verdict] | None = None
        self.films: tuple[KeptFilm, ...] = ()
        self.problem = ""
        self._after = QTimer(self)  # what happened says its own sentence first
        self._after.setSingleShot(True)
        self._after.setInterval(0)
        self._after.timeout.connect(self._warn)
        settings.changed.connect(self._on_settings)
        editor.sample_changed.connect(self._look)
        editor.case_replaced.connect(self._look)
        editor.fields_changed.connect(self._on_fields)
        self._load()

    @property
    def rule(self) -> str:
        """What the laboratory wants, as in `Settings.control_rule`."""
        return self._rule

    @property
    def microscope(self) -> str:
        """That of the working case, "" where nothing names it."""
        return microscope_of(self._editor.case, camera=self._camera)

    @property
    def verdict(self) -> Verdict:
        """What the control films say of the working case."""
        if self.problem:
            return Verdict("missing", self.problem)
        asked = self.films, self.microscope, judged_day(self._editor.case)
        if self._judged is None or self._judged[0] != asked:
            self._judged = asked, verdict_of(self.films, instrument=asked[1], day=asked[2])
        return self._judged[1]

    def today_of(self, instrument: str) -> Verdict:
        """What the control films say of a microscope today."""
        return verdict_of(self.films, instrument=instrument, day=today())

    @property
    def lock(self) -> str:
        """Why the case can't be made final without a reason; "" where nothing locks it."""
        verdict = self.verdict if self._rule == "lock" else None
        return verdict.text if verdict is not None and verdict.is_problem else ""

    @property
    def reported(self) -> Verdict | None:
        """What a report of the working case says; None where the laboratory doesn't ask."""
        return None if self._rule == "off" else self.verdict

    @property
    def may_add(self) -> bool:
        """Whether the open case may be a control film."""
        return bool(self._editor.case.cells) and not self._editor.case.is_blind

    def add(self) -> None:
        """Put the open case on the list."""
        case, store = snapshot(self._editor.case), self._editor.store
        stem = store.path.stem if isinstance(store, CaseFile) else ""
        name, operator = case.identity.sample_id.strip() or stem, self._editor.operator or case.identity.operator
        camera = self._camera
        self._change(lambda films: with_film(films, case, name=name, camera=camera, operator=operator))

    def leave_out(self, film: KeptFilm, reason: str) -> None:
        """Have it count no more, for a reason; or again, with none."""
        self._change(lambda films: with_note(films, film.case, left_out=reason))

    def begin_anew(self, film: KeptFilm, reason: str) -> None:
        """Have the limits begin anew with it, for a reason; or go on, with none."""
        self._change(lambda films: with_note(films, film.case, anew=reason))

    # How

    def _set(self, entries: tuple[KeptFilm, ...]) -> None:
        self.films, self.problem = entries, ""
        self._look()

    def _failed(self, error: RbcError) -> None:
        if isinstance(error, UnreadableListError):
            self.problem = error.message
            self._look()
        super()._failed(error)

    @property
    def _camera(self) -> str:
        first = next(iter(self._editor.case.fields.values()), None)
        return "" if first is None else self._cameras.get(first.path, "")

    @Slot()
    def _on_settings(self) -> None:
        if self._settings.value.control_rule != self._rule:
            self._rule = self._settings.value.control_rule
            self._look()

    @Slot(object)
    def note_image(self, field_id: int) -> None:
        """An image was read, so it may be asked for its camera: of a case that names no instrument, its first."""
        case: Case = self._editor.case
        first = next(iter(case.fields.values()), None)
        if first is None or first.id != field_id or case.identity.instrument.strip():
            return
        if first.path not in {*self._cameras, *self._asked.values()}:
            task = self._tasks.submit(camera_of, first.path)
            self._asked[task] = first.path
            task.finished.connect(self._on_camera, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_camera(self, camera: str) -> None:
        path = self._asked.pop(self.sender(), None)  # type: ignore[call-overload]
        if path is not None:
            self._cameras[path] = camera
            self._look()

    @Slot(object)
    def _on_fields(self, _ids: object) -> None:
        self._look()

    @Slot()
    def _look(self) -> None:
        self.changed.emit()
        self._notices.look()
        self._after.start()

    @property
    def _warning(self) -> str:
        """What the message bar says now; "" for nothing."""
        case = self._editor.case
        if self._rule == "off" or not case.fields or case.is_blind or is_locked(case.sign_offs):
            return ""
        verdict = self.verdict
        return verdict.text if verdict.kind in ("missing", "run off") else ""

    @Slot()
    def _warn(self) -> None:
        """Once per case and sentence."""
        text, case = self._warning, id(self._editor.case)
        if text and self._warned != (case, text):
            self._warned = (case, text)
            said = tr(text)
            if self.verdict.kind == "missing" and not self.problem:
                said = tr("{sentence} Report › Control films… adds it.", sentence=said)
            self._notices.warn(said, holds=lambda: self._warning == text)
