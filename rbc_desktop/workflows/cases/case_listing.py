"""The list of recent cases: those that were open on this computer, and every case that has no name yet."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from ...domain.case.case import Case, printable
from ...domain.case.patient_data import has_patient_data
from ...domain.sample.sign_off import state_of
from ...domain.wording import cells_text, fields_text
from ...language import mark, tr
from ...storage.case.case_file import SUFFIX
from ...storage.network_share import is_named_on_share
from ...storage.safekeeping import autosave
from ...storage.safekeeping.autosave import UnsavedCase
from ...storage.safekeeping.known_cases import MOST_KNOWN, KnownCase, forget, known_cases, remember
from ...storage.safekeeping.run_record import RunRecord

FRESH_SECONDS = 30.0
"""What is known of an unsaved case holds although its file was written so much later: its log is folded when it is
closed. A window that was killed leaves a file that is newer than what it wrote down, and that one is opened."""

GONE = mark("not found: renamed, moved, or on a drive that isn't there")

BETWEEN = "  ·  "
"""Between the facts of a line."""

_BEGUN = re.compile(r"(\d{4})(\d\d)(\d\d)-\d{6}-")
"""How `autosave.new_case_file` names files."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class ListedCase:
    """A line of the list.

    Attributes:
        case: what is known of it.
        is_unsaved: it has no name yet.
        problem: why it can't be opened now, empty where nobody knows of a reason.
        is_present: this window has it open.
    """

    case: KnownCase
    is_unsaved: bool
    problem: str = ""
    is_present: bool = False

    @property
    def name(self) -> str:
        """The name of its file, or what stands for one."""
        if not self.is_unsaved:
            return printable(self.case.path.stem)
        begun = _begun(self.case)
        if not self.case.image:
            return tr("Unsaved case of {begun}", begun=begun)
        return tr("Unsaved case of {begun}, {image}", begun=begun, image=printable(self.case.image))

    @property
    def facts(self) -> str:
        """Sample number, when it was in use last, and how much is in it, in one line."""
        return BETWEEN.join(filter(None, (self.sample, self.counts)))

    @property
    def sample(self) -> str:
        """Its sample number, "" without one."""
        return printable(self.case.sample_id.strip())

    @property
    def counts(self) -> str:
        """When it was in use last, and how much is in it."""
        case = self.case
        parts = [f"{case.used.astimezone():%Y-%m-%d %H:%M}"]
        if case.fields:
            parts += [fields_text(case.fields), cells_text(case.cells)]
        if case.to_review:
            parts.append(tr("{count:,} to review", count=case.to_review))
        return BETWEEN.join(parts)

    @property
    def place(self) -> str:
        """Its folder, or what is the matter with it."""
        if self.problem:
            return self.problem
        if self.is_present:
            return tr("open in this window")
        return tr("not saved under a name yet") if self.is_unsaved else printable(str(self.case.path.parent))

    def matches(self, words: str) -> bool:
        """Whether every one of these words is somewhere in name, sample number, image, date, state or folder."""
        case = self.case
        day = f"{case.used.astimezone():%Y-%m-%d}"
        text = " ".join((self.name, case.sample_id, case.image, day, case.state, self.place)).casefold()
        return all(word in text for word in words.casefold().split())


def known_of(case: Case, path: Path) -> KnownCase:
    """What is known of a case that is open now, but for what the window alone knows."""
    first = next(iter(case.fields.values()), None)
    return KnownCase(
        path=path,
        used=datetime.now().astimezone(),
        sample_id=case.identity.sample_id,
        state=state_of(case.sign_offs),
        image="" if first is None else first.name,
        fields=len(case.fields),
        cells=len(case.cells),
        has_identity=has_patient_data(case.identity),
    )


def listed_cases(record: RunRecord, *, present: KnownCase, fresh: Iterable[KnownCase] = ()) -> list[ListedCase]:
    """The list, the case that was in use last first.

    A case with a name isn't opened for it. Of the unsaved ones those are opened of which too little is known. Not for
    the GUI thread.

    Args:
        record: notes which unsaved case is being opened.
        present: the case that this window has open.
        fresh: what may not have been written down yet.
    """
    known = {case.path: case for case in known_cases()}
    for case in fresh:
        if case.path not in known or known[case.path].used <= case.used:
            known[case.path] = case
    known[present.path] = present
    lines = [*_unsaved(record, known, present.path), *_named(known, present.path)]
    return sorted(lines, key=lambda line: line.case.used, reverse=True)


def take_over(names: Iterable[str]) -> None:
    """Know the cases that an earlier version kept in the settings, newest first.

    Raises:
        OSError: when the user's data folder can't be written to.
    """
    known = {case.path for case in known_cases()}
    now = datetime.now().astimezone()
    for number, path in enumerate(map(Path, names)):
        if path.suffix.lower() == SUFFIX and path.is_absolute() and path not in known:
            remember(KnownCase(path, now - timedelta(days=1, seconds=number)))


def _unsaved(record: RunRecord, known: dict[Path, KnownCase], present: Path) -> list[ListedCase]:
    files = dict(autosave.unsaved_files())

    def is_known(path: Path, changed: datetime) -> bool:
        case = known.get(path)
        return case is not None and (path == present or (changed - case.used).total_seconds() < FRESH_SECONDS)

    opened = {case.path: case for case in autosave.unsaved_cases(record, passed_over=is_known)}
    lines = []
    for path, changed in files.items():
        if path in opened and (path in known or not opened[path].is_open):  # another window's may be empty yet
            lines.append(_described(opened[path], known.get(path)))
        elif path not in opened and is_known(path, changed) and known[path].fields:
            lines.append(ListedCase(known[path], True, is_present=path == present))
    forget(path for path in known if autosave.is_unsaved(path) and path not in files)
    return lines


def _described(found: UnsavedCase, known: KnownCase | None) -> ListedCase:
    """An unsaved case that was opened, or can't be; what it holds is written down, so that it isn't opened again."""
    if found.problem:
        case = known or KnownCase(found.path, found.changed)
        problem = tr("open in another window; close it there first") if found.is_open else found.problem
        return ListedCase(replace(case, used=found.changed), True, problem)
    case = KnownCase(
        found.path, found.changed, found.sample_id, found.state, found.fields[0], len(found.fields), found.cells,
        thumbnail=None if known is None else known.thumbnail,
    )  # fmt: skip
    with contextlib.suppress(OSError):
        remember(case)
    return ListedCase(case, True)


def _named(known: dict[Path, KnownCase], present: Path) -> list[ListedCase]:
    """Cases with a name; what is gone stays in the list, since a drive may come back. Too old ones are forgotten."""
    named = sorted((c for c in known.values() if not autosave.is_unsaved(c.path)), key=lambda c: c.used, reverse=True)
    forget(case.path for case in named[MOST_KNOWN:])
    return [
        ListedCase(case, False, "" if case.path == present else _problem_of(case.path), is_present=case.path == present)
        for case in named[:MOST_KNOWN]
    ]


def _problem_of(path: Path) -> str:
    """A server that doesn't answer would hold up the list, so what lies on one isn't looked for."""
    try:
        return "" if is_named_on_share(path) or path.is_file() else tr(GONE)
    except (OSError, ValueError):
        return tr(GONE)


def _begun(case: KnownCase) -> str:
    """The day on which an unsaved case was begun."""
    named = _BEGUN.match(case.path.name)
    return "-".join(named.groups()) if named else f"{case.used.astimezone():%Y-%m-%d}"
