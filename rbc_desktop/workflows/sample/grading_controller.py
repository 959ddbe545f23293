"""The sample of the working case: worked out in the background, edited step by step, and signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Following, Task, TaskRunner
from ...domain.case import step_names as names
from ...domain.case.case import Identity, snapshot
from ...domain.sample.grading import Grading, Scheme
from ...domain.sample.sign_off import CaseState, Meaning, SignOff, is_locked, refusal
from ...editing.case_editor import CaseEditor
from ...editing.case_listening import listen
from ...editing.sample_editor import SampleEditor
from ...errors import RbcError
from ...language import tr
from ...storage.laboratory.pass_phrase import Sealer
from ..configuring_controller import SettingsKeeper
from ..laboratory.operators_controller import UNKNOWN, OperatorsController
from ..laboratory.work_list_controller import WorkListController
from ..notices import Notices
from .graded_sample import (
    USUAL,
    KnownSchemes,
    SampleSheet,
    export_scheme,
    import_scheme,
    known_schemes,
    read_value,
    sheet_of,
    usual_missing,
    with_scheme,
    with_suggested,
)

AFTER_MS = 120
"""How long after a change it is worked out anew: one answer for a burst of changes."""


class GradingController(QObject):
    """Follows the case while somebody looks (`follow`); each verb is one undoable step, but for signing.

    What is refused is said in a sentence, through `refused` to the window that asked, and through the notices.

    Args:
        editor: the working case.
        tasks: runs what takes time.
        settings: what is usual in this laboratory, and who signed last.
        notices: says what was refused.
        operators: who may sign, and with which key.
        lock: why the laboratory's rules keep the case from being final now, "" where nothing does.
        parent: Qt parent.
    """

    changed = Signal()
    """Identity, grading or state changed, or another case is open."""

    replaced = Signal()
    """Another case is open; what was being typed belonged to the one before."""

    worked_out = Signal()
    """`sheet` or `is_current` changed."""

    schemes_changed = Signal()
    """`known` changed."""

    refused = Signal(str)
    """A step was refused, and why."""

    signed = Signal()
    """A step of the state was signed."""

    operators_changed = Signal()
    """The list of operators, or who is chosen."""

    def __init__(
        self, editor: CaseEditor, *, tasks: TaskRunner, settings: SettingsKeeper, notices: Notices,
        operators: OperatorsController, parent: QObject, lock: Callable[[], str] = lambda: "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._lock = lock
        self._operators = operators
        self.work_list = WorkListController(settings, tasks, self)
        self.work_list.refused.connect(self.refused)
        operators.changed.connect(self.operators_changed)
        operators.refused.connect(self.refused)
        self._editor, self._tasks, self._settings, self._notices = editor, tasks, settings, notices
        self._sample = SampleEditor(editor)
        self._following = Following(self._begin, after_ms=AFTER_MS, parent=self)
        self._following.worked_out.connect(self._on_sheet)
        self._following.failed.connect(self._on_refused)
        self.sheet: SampleSheet | None = None
        self.known = KnownSchemes(())
        listen(editor, content=self._on_cells, sample=self._on_sample, another=self._on_case)

    # What there is

    @property
    def identity(self) -> Identity:
        """Details of the sample."""
        return self._editor.case.identity

    @property
    def grading(self) -> Grading:
        """Scheme, confirmed grades, blood count."""
        return self._editor.case.grading

    @property
    def sign_offs(self) -> tuple[SignOff, ...]:
        """The steps of the report's state, oldest first."""
        return self._editor.case.sign_offs

    @property
    def is_final(self) -> bool:
        """Whether the case refuses changes."""
        return is_locked(self.sign_offs)

    @property
    def is_current(self) -> bool:
        """Whether `sheet` is of the case as it is now."""
        return self.sheet is not None and self._following.is_current

    def follow(self, on: bool) -> None:
        """Keep `sheet` up to date from now on, or leave it."""
        self._following.follow(on)

    # Details

    def set_detail(self, name: str, text: str) -> bool:
        """Set one of the details, and what the work list says of a number. Returns whether the case has it now."""
        identity = self.work_list.completed(replace(self.identity, **{name: text.strip()}), name)
        kept = self._try(lambda: self._sample.set_identity(identity))
        if kept and name in USUAL and text.strip() and not self._settings.value.fills_in_usual:
            self._settings.update(**{f"usual_{name}": text.strip()})
        return kept

    @property
    def usual_missing(self) -> dict[str, str]:
        """What is usual in this laboratory and empty in this case."""
        return usual_missing(self.identity, self._settings.value)

    def fill_in_usual(self) -> None:
        """Fill in what is usual, as one step."""
        self._try(lambda: self._sample.set_identity(replace(self.identity, **self.usual_missing)))

    # Grades

    def load_schemes(self) -> None:
        """Read the files of the schemes."""
        self._submit(known_schemes, self._on_schemes)

    def choose(self, scheme: Scheme) -> None:
        """Grade by another scheme; what was confirmed by the one before goes."""
        gone = len(self.grading.confirmed) if scheme != self.grading.scheme else 0
        text = names.GRADE_BY(name=scheme.name)
        reason = names.ANOTHER_SCHEME(name=scheme.name, version=scheme.version) if gone else ""
        graded = with_scheme(self.grading, scheme)
        if self._try(lambda: self._sample.set_grading(graded, text=text, reason=reason)) and gone:
            self._notices.info(
                tr(
                    "Confirmed grades of the scheme before were taken back ({count}); undo brings them back.",
                    count=gone,
                )
            )

    def import_(self, path: Path) -> None:
        """Take a file among the laboratory's own schemes and grade by it."""
        self._submit(import_scheme, self._on_imported, path)

    def export(self, path: Path) -> None:
        """Write the chosen scheme to a file."""
        if self.grading.scheme is not None:
            self._submit(export_scheme, None, self.grading.scheme, path)

    def overrides(self, line: str, grade: str | None) -> bool:
        """Whether a person has confirmed another grade for this line, so that a reason is asked for."""
        return self.grading.confirmed_grade(line) not in (None, grade)

    def confirm(self, line: str, grade: str | None, *, reason: str = "") -> bool:
        """Set the grade of a line, or take it back; see `overrides`. Returns whether it was kept."""
        text = names.TAKE_BACK_GRADE(what=line) if grade is None else names.GRADE(what=line, grade=grade)
        grading = self.grading.with_grade(line, grade)
        return self._try(lambda: self._sample.set_grading(grading, text=text, reason=reason))

    def confirm_all(self) -> None:
        """Confirm every suggested grade that no person has set otherwise, as one step."""
        if self.sheet is not None and self.is_current:
            grading = with_suggested(self.grading, self.sheet.summary.grades)
            self._try(lambda: self._sample.set_grading(grading, text=names.CONFIRM_GRADES))

    def set_value(self, name: str, text: str) -> bool:
        """Set a value of the blood count as it was typed. Returns whether the case has it now."""

        def keep() -> None:
            value = replace(self.grading.blood_count, **{name: read_value(name, text)})
            self._sample.set_grading(replace(self.grading, blood_count=value), text=names.EDIT_BLOOD_COUNT)

        return self._try(keep)

    # State

    def sign(self, state: CaseState, *, operator: str, meaning: Meaning, reason: str = "", phrase: str = "") -> None:
        """Bring the report into a state; it can't be undone, and `signed` says that it is there.

        Where there is a list of operators it is one of them, and who has a pass phrase signs with it.
        """
        who = self._operators.known(operator)
        if who is None and self._operators.operators and operator.strip():
            self.refused.emit(tr(UNKNOWN, name=operator.strip()))
        elif who is not None and who.has_pass_phrase:
            case = self._editor.case

            def go_on(sealer: Sealer) -> None:
                if self._editor.case is case:
                    self._sign(state, operator=who.name, meaning=meaning, reason=reason, seal=sealer.seal)

            self._operators.unlock(who.name, phrase, then=go_on)
        else:
            self._sign(state, operator=who.name if who else operator, meaning=meaning, reason=reason)

    def _sign(
        self, state: CaseState, *, operator: str, meaning: Meaning, reason: str,
        seal: Callable[[SignOff], str] | None = None,
    ) -> None:  # fmt: skip
        if self.sheet is None or not self.is_current:
            self.refused.emit(tr("The cells are still being counted; try again in a moment."))
            return
        said = {"operator": operator, "reason": reason, "lock": self._lock()}
        unseen, sign = self.sheet.unseen, self._sample.sign
        if self._try(lambda: sign(state, meaning=meaning, unseen=unseen, seal=seal, **said)):
            self._settings.update(signed_by=operator.strip())
            self.signed.emit()

    def refusal(self, state: CaseState, *, operator: str, reason: str) -> str:
        """What signing would be refused with now, "" where it wouldn't be or nobody knows yet."""
        if self.sheet is None or not self.is_current:
            return ""
        unseen = self.sheet.unseen
        return refusal(self.sign_offs, state, operator=operator, reason=reason, unseen=unseen, lock=self._lock())

    @property
    def signer(self) -> str:
        """Who signs, as far as it is known: who works now, who signed last, or the operator of the sample."""
        return self._operators.current or self._settings.value.signed_by or self.identity.operator

    def asks_for_phrase(self, operator: str) -> bool:
        """Whether signing in this name needs a pass phrase."""
        who = self._operators.known(operator)
        return who is not None and who.has_pass_phrase

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the operators."""
        return tuple(o.name for o in self._operators.operators)

    # How

    def _try(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except RbcError as error:
            self.refused.emit(error.message)
            return False
        return True

    def _submit(self, function: Callable[..., object], then: Callable[..., None] | None, *args: object) -> None:
        task, queued = self._tasks.submit(function, *args), Qt.ConnectionType.QueuedConnection
        if then is not None:
            task.finished.connect(then, queued)
        task.failed.connect(self._on_refused, queued)

    def _begin(self) -> Task:
        return self._tasks.submit(sheet_of, snapshot(self._editor.case))

    @Slot(object)
    def _on_sheet(self, sheet: SampleSheet) -> None:
        self.sheet = sheet
        self.worked_out.emit()

    @Slot(object)
    def _on_refused(self, error: RbcError) -> None:
        self.refused.emit(error.message)

    @Slot(object)
    def _on_schemes(self, known: KnownSchemes) -> None:
        self.known = known
        self.schemes_changed.emit()
        if known.problems:
            self.refused.emit(known.problems[0])

    @Slot(object)
    def _on_imported(self, scheme: Scheme) -> None:
        self.choose(scheme)
        self.load_schemes()

    @Slot(object)
    def _on_cells(self, _ids: object) -> None:
        self._on_change()

    @Slot()
    def _on_sample(self) -> None:
        self._on_change()
        self.changed.emit()

    @Slot()
    def _on_case(self) -> None:
        self.sheet = None
        self._following.start_over()
        self.worked_out.emit()
        self.replaced.emit()
        self.changed.emit()

    def _on_change(self) -> None:
        was_current = self.is_current
        self._following.changed()
        if was_current or self.sheet is None:
            self.worked_out.emit()
