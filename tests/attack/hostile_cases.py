"""Kind: case files that are spoilt or made to do harm, opened one after the other."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.attack.child import ROOT, ChildAttack
from tests.attack.mutations import spoil

NAME = "hostile case files"
TRIES = 500

_GOOD = ROOT / "tests" / "unit" / "storage" / "data" / "case_of_version_1.rbc"


class Attack(ChildAttack):
    """Each file opened as the window would."""

    function = "open_case"

    def __init__(self, folder: Path) -> None:
        from rbc_desktop.storage.case.case_file import CaseFile

        super().__init__(folder)
        self._good = [folder / "version 1.rbc", folder / "version 2.rbc"]
        for path in self._good:
            shutil.copy(_GOOD, path)
        CaseFile.open(self._good[1])[0].close()

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        for left in self._folder.glob("bad.rbc*"):
            left.unlink()
        bad = self._folder / "bad.rbc"
        return spoil(dice.choice(self._good), bad, dice), bad


def open_case(path: str) -> None:
    """Open a case, work on it, and close it."""
    from rbc_desktop.domain.case.changes import PutIdentity, PutReviews
    from rbc_desktop.domain.classes.taxonomy import CellClass
    from rbc_desktop.reports.summary.rows import rows_of
    from rbc_desktop.storage.case.case_file import CaseFile
    from tests.fakes.casework import describe

    store, case = CaseFile.open(Path(path))
    try:
        describe(case)
        rows_of(case)
        store.apply(PutIdentity(case.identity))
        store.apply(PutReviews(tuple((i, CellClass.NORMAL) for i in case.cells)))
    finally:
        store.close()
