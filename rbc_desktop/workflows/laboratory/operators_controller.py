"""Who works with the window: the list of operators, who is at it now, and the keys of those who sign with a phrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.laboratory.operator import Operator, named, refused_name
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...language import mark, tr
from ...storage.laboratory.operators_file import load_operators, save_operators
from ...storage.laboratory.pass_phrase import Sealer, unlock, with_phrase
from ..configuring_controller import SettingsKeeper

NO_PHRASE = mark("Type the pass phrase of {name} to sign.")
UNKNOWN = mark(
    "{name} isn't on the list of operators; choose a name of the list, or add this one (Report › Operators…)."
)
NOT_STORED = mark("The list of operators can't be stored; make room for {path}, or ask for access to it.")


class OperatorsController(QObject):
    """Keeps the list; the chosen operator stands in the audit trail.

    Args:
        editor: of the working case.
        settings: keep who was chosen last.
        tasks: make keys, which takes a moment.
        path: file of the list.
        parent: Qt parent.
    """

    changed = Signal()
    """The list, or who is chosen."""

    refused = Signal(str)
    """Something could not be done, and why."""

    phrase_set = Signal(str)
    """This operator has another pass phrase now, or none."""

    def __init__(
        self, editor: CaseEditor, *, settings: SettingsKeeper, tasks: TaskRunner, path: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor, self._settings, self._tasks, self._path = editor, settings, tasks, path
        self._task: Task | None = None
        self._then: Callable[[Sealer], None] | None = None
        self.operators = load_operators(path)
        present = self.known(settings.value.operator)
        editor.operator = "" if present is None else present.name

    @property
    def current(self) -> str:
        """Who works now, "" where nobody has been chosen."""
        return self._editor.operator

    @property
    def is_busy(self) -> bool:
        """Whether a key is being made."""
        return self._task is not None

    def known(self, name: str) -> Operator | None:
        """The operator of this name, None for a stranger."""
        return named(self.operators, name)

    def choose(self, name: str) -> None:
        """Somebody of the list works from now on; "" for nobody."""
        found = self.known(name)
        self._editor.operator = "" if found is None else found.name
        self._settings.update(operator=self._editor.operator)
        self.changed.emit()

    def add(self, name: str) -> bool:
        """Put a name on the list; the first one is chosen at once. Returns whether it is there."""
        sentence = refused_name(self.operators, name)
        if sentence:
            self.refused.emit(sentence)
            return False
        added = Operator(" ".join(name.split()))
        if not self._keep((*self.operators, added)):
            return False
        if not self.current:
            self.choose(added.name)
        return True

    def remove(self, name: str) -> None:
        """Take a name off the list; what was signed in it stays."""
        gone = self.known(name)
        if gone is not None and self._keep(tuple(o for o in self.operators if o != gone)) and self.current == gone.name:
            self.choose("")

    def set_phrase(self, name: str, phrase: str, *, present: str = "") -> None:
        """Give an operator another pass phrase, or none with ""; the present one is asked for."""
        operator = self.known(name)
        if operator is None or self._task is not None:
            return
        self._submit(_renewed, operator, phrase, present, then=self._on_renewed)

    def unlock(self, name: str, phrase: str, *, then: Callable[[Sealer], None]) -> bool:
        """Open the key of an operator who has one and go on with it. Returns whether that is under way."""
        operator = self.known(name)
        if operator is None or self._task is not None:
            return False
        if not phrase:
            self.refused.emit(tr(NO_PHRASE, name=operator.name))
            return False
        self._then = then
        self._submit(unlock, operator, phrase, then=self._on_unlocked)
        return True

    def _submit(self, function: Callable[..., object], *args: object, then: Callable[..., None]) -> None:
        task, queued = self._tasks.submit(function, *args), Qt.ConnectionType.QueuedConnection
        self._task = task
        task.finished.connect(then, queued)
        task.failed.connect(self._on_failed, queued)
        task.cancelled.connect(self._on_over, queued)
        self.changed.emit()

    @Slot(object)
    def _on_renewed(self, operator: Operator) -> None:
        self._on_over()
        if self._keep(tuple(operator if o.name == operator.name else o for o in self.operators)):
            self.phrase_set.emit(operator.name)

    @Slot(object)
    def _on_unlocked(self, sealer: Sealer) -> None:
        self._on_over()
        then, self._then = self._then, None
        if then is not None:
            then(sealer)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._on_over()
        self._then = None
        self.refused.emit(error.message)

    @Slot(object)
    def _on_over(self, _: object = None) -> None:
        self._task = None
        self.changed.emit()

    def _keep(self, operators: tuple[Operator, ...]) -> bool:
        """A small file: written at once, so that what the list shows is what the next start reads."""
        try:
            save_operators(operators, self._path)
        except OSError:
            self.refused.emit(tr(NOT_STORED, path=self._path))
            return False
        self.operators = operators
        self.changed.emit()
        return True


def _renewed(operator: Operator, phrase: str, present: str) -> Operator:
    if operator.has_pass_phrase:
        unlock(operator, present)
    return with_phrase(operator, phrase) if phrase else replace(operator, salt="", key="")
