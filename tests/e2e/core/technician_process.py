"""A process that works on a case file until it is killed; see test_kill.py.

Usage: technician_process.py CASE SEED COPY IMAGE...
Prints one line per acknowledged action, when its verb has returned. With an odd seed everything is done as with
thousands of cells: together, and written on another thread.
"""

import sys
from pathlib import Path

from rbc_desktop.domain.case import stored_claims
from rbc_desktop.editing import decisions, effects, large_writes
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from tests.fakes.casework import Technician


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    case_path, seed, *images = sys.argv[1:]
    if int(seed) % 2:
        large_writes.LARGE = 0
        for module in (decisions, effects, stored_claims):
            setattr(module, "FEW", 0)  # noqa: B010 - it is theirs by import
    store, case = CaseFile.open(Path(case_path))
    technician = Technician(CaseEditor(case, store), [read_image(Path(i)) for i in images], int(seed))
    say("ready")
    while True:
        say(technician.act())


if __name__ == "__main__":
    main()
