"""The laboratory's normal samples in a running window: one list, and the working case beside their band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot

from ...background import Task, TaskRunner
from ...domain import clock
from ...domain.case.case import Case, snapshot
from ...domain.laboratory.reference_band import (
    LEAST_CELLS,
    Profile,
    Reference,
    ReferenceSample,
    profiles_of,
    reference_of,
)
from ...domain.sample.sign_off import state_of
from ...editing.case_editor import CaseEditor
from ...errors import LabListError
from ...language import tr
from ...reports.exchange.training_fields import case_hash
from ...storage.laboratory.reference_file import read_samples, write_samples
from ..laboratory.lab_list_controller import LabListKeeper, ListStore


@dataclass(frozen=True, slots=True)
class CaseProfile:
    """The working case as it was looked at.

    Attributes:
        case: stands for it on the list, "" while it has no field.
        cells: red cells that went in.
        profiles: by measure.
    """

    case: str = ""
    cells: int = 0
    profiles: Mapping[str, Profile] = field(default_factory=dict)


def profile_case(case: Case) -> CaseProfile:
    """A case as it is compared; not for the GUI thread."""
    cells, profiles = profiles_of(case)
    return CaseProfile(case_hash(case) if case.fields else "", cells, profiles)


def with_sample(samples: Sequence[ReferenceSample], case: Case, *, operator: str) -> tuple[ReferenceSample, ...]:
    """The list with a case as a normal sample, in place of an earlier entry of the same one.

    Raises:
        LabListError: when it can't be one, with the reason.
    """
    if state_of(case.sign_offs) not in ("reviewed", "final"):
        raise LabListError(tr("Only a reviewed or final case can be a normal sample; sign it first (Signatures)."))
    cells, profiles = profiles_of(case)
    if not profiles:
        values = {"least": LEAST_CELLS, "cells": cells}
        raise LabListError(
            tr("A normal sample needs {least} measured red cells that count; this case has {cells}.", **values)
        )
    added = clock.now().astimezone().date().isoformat()
    made = ReferenceSample(case_hash(case), added, operator, cells, profiles)
    return (*(s for s in samples if s.case != made.case), made)


def with_samples(samples: Sequence[ReferenceSample], others: Sequence[ReferenceSample]) -> tuple[ReferenceSample, ...]:
    """The list with the normal samples of another computer; one that is here already stays as it is."""
    here = {sample.case for sample in samples}
    theirs = {sample.case: sample for sample in others if sample.case not in here}
    return tuple(sorted((*samples, *theirs.values()), key=lambda sample: sample.added))


class ReferenceKeeper(LabListKeeper):
    """Holds the list of normal samples; `changed` tells of what is known of the working case, too.

    Args:
        path: of this computer's list.
        editor: the working case.
        tasks: reads, writes and measures.
        parent: Qt parent.
    """

    def __init__(self, path: Path, editor: CaseEditor, *, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(ListStore(path, read_samples, write_samples, with_samples), tasks=tasks, parent=parent)
        self._editor = editor
        self._looking: Task | None = None
        self.samples: tuple[ReferenceSample, ...] = ()
        self.reference = Reference()
        self.present = CaseProfile()
        editor.case_replaced.connect(self._on_case)
        self._load()

    @property
    def holds_present(self) -> bool:
        """Whether the working case is on the list."""
        return any(sample.case == self.present.case for sample in self.samples)

    def look(self) -> None:
        """Measure the working case anew; `changed` follows."""
        self._looking = self._tasks.submit(profile_case, snapshot(self._editor.case))
        self._looking.finished.connect(self._on_profile, Qt.ConnectionType.QueuedConnection)

    def add(self) -> None:
        """Put the working case on the list."""
        case, operator = snapshot(self._editor.case), self._editor.operator or self._editor.case.identity.operator
        self._change(lambda samples: with_sample(samples, case, operator=operator))

    def remove(self, sample: ReferenceSample) -> None:
        """Take a sample off the list."""
        self._change(lambda samples: tuple(s for s in samples if s.case != sample.case))

    def _set(self, entries: tuple[ReferenceSample, ...]) -> None:
        self.samples, self.reference = entries, reference_of(entries)
        self.changed.emit()

    @Slot(object)
    def _on_profile(self, profile: CaseProfile) -> None:
        if self.sender() is self._looking:
            self.present = profile
            self.changed.emit()

    @Slot()
    def _on_case(self) -> None:
        self._looking, self.present = None, CaseProfile()
        self.changed.emit()
