"""Verbs on what belongs to the sample as a whole: its identity, its grades, and the state of its report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..domain.case import step_names as names
from ..domain.case.case import Identity
from ..domain.case.changes import PutFields, PutGrading, PutIdentity, PutSignOffs
from ..domain.clock import now
from ..domain.sample.grading import Grading, overridden
from ..domain.sample.sign_off import CaseState, Meaning, SignOff, reason_with, refusal, version_of
from ..errors import CaseFileError
from ..language import mark, tr
from .case_editor import CaseEditor

NO_REASON = mark("Say why a confirmed grade is changed; the audit trail keeps it.")


class SampleEditor:
    """Verbs on the sample of the case that an editor works on; each is one transaction, see `CaseEditor`.

    Args:
        editor: of the case.
    """

    def __init__(self, editor: CaseEditor) -> None:
        self._editor = editor

    def set_identity(self, identity: Identity) -> None:
        """Set what the laboratory writes on the report."""
        present = self._editor.case.identity
        if identity != present:
            self._editor.do(names.EDIT_DETAILS, PutIdentity(identity), PutIdentity(present))

    def set_grading(self, grading: Grading, *, text: str = names.EDIT_GRADES, reason: str = "") -> None:
        """Set scheme, confirmed grades and blood count.

        Args:
            grading: as it is to be.
            text: for the undo menu.
            reason: why a grade that a person confirmed is another now, or none.

        Raises:
            CaseFileError: when that reason is missing, or it can't be stored.
        """
        present = self._editor.case.grading
        if overridden(present, grading) and not reason.strip():
            raise CaseFileError(tr(NO_REASON))
        if grading != present:
            self._editor.do(text, PutGrading(grading), PutGrading(present), reason=reason.strip())

    def leave_out(self, field_ids: Iterable[int], reason: str | None) -> int:
        """Leave fields out of the count for a reason, or count them again with None. Returns how many changed.

        A reason is a sentence that the report repeats; the fields and their cells stay in the case.
        """
        case = self._editor.case
        old = [case.fields[i] for i in field_ids if case.fields[i].left_out != (reason or "")]
        if old:
            new = tuple(field.with_remark("left out", reason) for field in old)
            step = names.COUNT_FIELDS if reason is None else names.LEAVE_OUT_FIELDS
            self._editor.do(step(count=len(old)), PutFields(new), PutFields(tuple(old)))
        return len(old)

    def sign(
        self,
        state: CaseState,
        *,
        operator: str,
        meaning: Meaning,
        reason: str = "",
        unseen: int = 0,
        lock: str = "",
        seal: Callable[[SignOff], str] | None = None,
    ) -> SignOff:
        """Bring the case into a state; it can't be undone, and neither can what came before.

        Args:
            state: reviewed, final or amended.
            operator: who.
            meaning: what the name stands for.
            reason: why cells were left unseen, or what an amendment changes and why.
            unseen: cells that need review and that no person has seen.
            lock: what keeps the report from being final but for a reason, see `refusal`; the signature repeats it.
            seal: makes the seal of the step, where the operator signs with a pass phrase.

        Raises:
            CaseFileError: with what is missing, or when it can't be stored.
        """
        steps = self._editor.case.sign_offs
        refused = refusal(steps, state, operator=operator, reason=reason, unseen=unseen, lock=lock)
        if refused:
            raise CaseFileError(refused)
        version = version_of(steps) + (state == "amended")
        time = now().astimezone().isoformat()
        said = reason_with(lock, reason) if state == "final" else reason.strip()
        step = SignOff(state, operator.strip(), meaning, time, said, version, self._editor.store.head)
        if seal is not None:
            step = replace(step, seal=seal(step))
        signed = names.REVIEWED if meaning == "reviewed by" else names.APPROVED
        text = signed(version=version, name=step.operator) if state != "amended" else names.AMEND(version=version - 1)
        self._editor.do_for_good(PutSignOffs((*steps, step)), text, reason=step.reason)
        return step
