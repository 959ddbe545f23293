"""A process that works on a case file until it is killed; see test_kill.py.

Usage: technician_process.py CASE SEED COPY IMAGE...
Prints one line per acknowledged action, when its verb has returned. With an odd seed everything is done as with
thousands of cells: together, and written on another thread; and what was found becomes rows now and then.
"""

import itertools
import sys
from pathlib import Path

from rbc_desktop.domain.case import stored_claims, stored_pairs
from rbc_desktop.domain.cells import overlaps
from rbc_desktop.editing import decisions, effects, large_writes
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.fold_in import fold_in
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from tests.fakes.casework import Technician
from tests.fakes.foldings import rows_made


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    case_path, seed, *images = sys.argv[1:]
    if int(seed) % 2:
        large_writes.LARGE = 0
        for module in (decisions, effects, overlaps, stored_claims, stored_pairs):
            setattr(module, "FEW", 0)  # noqa: B010 - it is theirs by import
    store, case = CaseFile.open(Path(case_path))
    editor = CaseEditor(case, store)
    technician = Technician(editor, [read_image(Path(i)) for i in images], int(seed))
    say("ready")
    for number in itertools.count():
        say(technician.act())
        if int(seed) % 2 and number % 3 == 0 and (made := rows_made(case)) is not None:
            fold_in(editor, made)


if __name__ == "__main__":
    main()
