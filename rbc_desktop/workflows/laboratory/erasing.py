"""Cases whose patient data can be deleted, those past their date, and deleting them: only what a person has chosen."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from ...domain.case.case import printable
from ...errors import RbcError
from ...language import mark, tr
from ...ports import TaskControl
from ...reports.exchange.training_fields import case_hash
from ...storage.case.case_file import CaseFile
from ...storage.laboratory.control_file import control_file, read_films, write_films
from ...storage.network_share import is_named_on_share
from ...storage.safekeeping import autosave
from ...storage.safekeeping.backup import forget_backups
from ...storage.safekeeping.known_cases import KnownCase, forget, known_cases, remember

ERASE_REASONS = (
    mark("the time to keep them is over"), mark("asked for by the patient"), mark("entered by mistake"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class ErasableCase:
    """A case in the list.

    Attributes:
        case: what is known of it.
        is_unsaved: it has no name, and goes as a whole unless it is open.
        is_due: it is past its date.
        is_present: this window has it open.
    """

    case: KnownCase
    is_unsaved: bool = False
    is_due: bool = False
    is_present: bool = False

    @property
    def name(self) -> str:
        """What the list calls it."""
        name = tr("Unsaved case") if self.is_unsaved else printable(self.case.path.stem)
        sample = printable(self.case.sample_id.strip())
        return f"{name} ({sample})" if sample else name

    @property
    def goes_whole(self) -> bool:
        """Whether the case itself is deleted, and not only what it knows of the patient."""
        return self.is_unsaved and not self.is_present


def erasable_cases(
    *, present: KnownCase | None, keep_unsaved_days: int, keep_identity_days: int, now: datetime
) -> list[ErasableCase]:
    """The open case, those past their date, then every other one that may hold patient data; not for the GUI thread.

    A case with a name is past its date when no window of this computer has had it open for so long.

    Args:
        present: the open case, None where it is in no file.
        keep_unsaved_days, keep_identity_days: as in `Settings`.
        now: the time, with its zone.
    """
    lines = []
    if present is not None and present.fields and present.has_identity:
        lines.append(ErasableCase(present, autosave.is_unsaved(present.path), is_present=True))
    here = None if present is None else present.path
    known = {case.path: case for case in known_cases()}
    for path, changed in autosave.unsaved_files():
        if keep_unsaved_days and path != here and changed < now - timedelta(days=keep_unsaved_days):
            case = replace(known.get(path) or KnownCase(path, changed), used=changed)
            lines.append(ErasableCase(case, True, is_due=True))
    for case in known.values():
        if case.path == here or autosave.is_unsaved(case.path) or not case.has_identity or not _is_there(case.path):
            continue
        is_due = bool(keep_identity_days) and case.used < now - timedelta(days=keep_identity_days)
        lines.append(ErasableCase(case, is_due=is_due))
    return sorted(lines, key=lambda line: (not line.is_present, not line.is_due, line.case.used))


def _is_there(path: Path) -> bool:
    """A server that doesn't answer would hold up the list, so what lies on one counts as there."""
    try:
        return is_named_on_share(path) or path.is_file()
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of it.

    Attributes:
        emptied: cases that hold no patient data any more.
        discarded: unsaved cases that are gone.
        backups: copies that are gone.
        problems: a sentence per case that is as it was.
    """

    emptied: int = 0
    discarded: int = 0
    backups: int = 0
    problems: tuple[str, ...] = ()


def erase_cases(
    cases: Sequence[ErasableCase], *, operator: str, reason: str, image_names: bool, backup_folder: str,
    control: TaskControl,
) -> Erased:  # fmt: skip
    """Delete what was chosen, case by case; the backups of a case go with its data.

    Args:
        cases: none of them open in this window.
        operator, reason, image_names: see `storage.case.erasure.erase`.
        backup_folder: with copies of them, "" for none.
        control: progress and cancel, between cases.
    """
    done = Erased()
    for step, line in enumerate(cases):
        control.progress(step, len(cases))
        try:
            heads, code = _heads(line.case.path)
            if line.goes_whole:
                autosave.discard(line.case.path)
                forget([line.case.path])
                done = replace(done, discarded=done.discarded + 1)
            else:
                _empty(line.case, operator=operator, reason=reason, image_names=image_names)
                done = replace(done, emptied=done.emptied + 1)
            _unname_film(code)
            if backup_folder and Path(backup_folder).is_dir():
                gone = forget_backups(Path(backup_folder), heads)
                done = replace(done, backups=done.backups + gone)
        except RbcError as error:
            done = replace(done, problems=(*done.problems, error.message))
        except OSError as error:
            why = tr("A backup of {name} can't be removed: {why}.", name=line.name, why=error.strerror or str(error))
            done = replace(done, problems=(*done.problems, why))
    return done


def _unname_film(code: str) -> None:
    """A case on the list of control films stays there without its name, which may be the number of a sample.

    Raises:
        LabListError: when the list can't be read or stored.
    """
    films = read_films(control_file())
    if any(kept.case == code and kept.film.name for kept in films):
        nameless = (replace(k, film=replace(k.film, name="")) if k.case == code else k for k in films)
        write_films(tuple(nameless), control_file())


def _heads(path: Path) -> tuple[set[str], str]:
    """Heads of every row of a case's trail, and what stands for the case on the laboratory's lists.

    Raises:
        CaseFileError: when it can't be opened.
    """
    store, case = CaseFile.open(path)
    try:
        heads: set[str] = set()
        since = 0
        while rows := store.trail(after=since):
            heads |= {row.head for row in rows}
            since = rows[-1].number
        return heads, case_hash(case) if case.fields else ""
    finally:
        store.close()


def _empty(case: KnownCase, *, operator: str, reason: str, image_names: bool) -> None:
    store, _ = CaseFile.open(case.path)
    try:
        store.erase_patient_data(operator=operator, reason=reason, image_names=image_names)
    finally:
        store.close()
    if image_names:
        forget([case.path])  # with the picture
    left = replace(case, sample_id="", has_identity=False, image="" if image_names else case.image)
    with contextlib.suppress(OSError):
        remember(replace(left, thumbnail=None) if image_names else left)
