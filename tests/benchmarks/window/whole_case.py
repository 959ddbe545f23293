"""What the window does to all cells of a case of 40 fields and 4,000 cells: its own work at a time, for each action.

Usage: python -m tests.benchmarks.window.whole_case [--found-here] [--json]

The case was saved and opened again; with --found-here its cells are found in the session, as *Segment all* and the
analysis bring them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop.assembly import build_window, close_down
from rbc_desktop.commands.desktop.process import GuiCollector
from rbc_desktop.domain.case.changes import PutFields, PutQualities, Together
from rbc_desktop.domain.cells.cell import Cell, CellAnalysis
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.proposal import Candidate, Proposal
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.paths import USER_FOLDER_VARIABLE
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.gallery.gallery_pane import GalleryPane
from rbc_desktop.ui.window.main_window import MainWindow
from rbc_desktop.workflows.review.gallery import SORT_NAMES, GallerySort
from tests.benchmarks.window.big_case import write_case
from tests.benchmarks.window.heartbeat import Heartbeat, wait_until
from tests.benchmarks.window.opening_steps import opening_steps

FIELDS, ACROSS, CELLS_EACH = 40, 10, 100
FULL_ACROSS, FULL_CELLS = 36, 1253
"""Of the one field of another case, for what is done to all cells of the shown field."""

BEAT_MS = 2
QUIET_TURNS = 25
"""So many turns of the event loop without anything left to do end a step."""

Step = tuple[str, Callable[[], object]]
Found = tuple[int, list[Proposal], list[CellAnalysis]]
"""A field, what was found on it, and what was measured."""


def measure(folder: Path, *, found_here: bool = False) -> dict[str, float]:
    """Milliseconds of the GUI thread's own work at a time, at most, by action.

    Args:
        folder: gets the case.
        found_here: its cells are found while it is open.
    """
    path = write_case(folder, count=FIELDS, across=ACROSS, cells_each=CELLS_EACH)
    finding = _taken_out(path) if found_here else None
    os.environ[USER_FOLDER_VARIABLE] = str(folder / "home")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    collector = GuiCollector(app)
    window = build_window(app)
    window.resize(1500, 950)
    window.show()
    window.services.files.open_paths([path])
    wait_until(lambda: len(window.services.editor.case.fields) == FIELDS, timeout_s=600)
    wait_until(lambda: window.panel.feed.is_settled)
    collector.freeze()
    _settle(window)
    found = {}
    if finding is not None:
        _find(window, finding)
    full = write_case(_made(folder / "full"), count=1, across=FULL_ACROSS, cells_each=FULL_CELLS)
    steps = chain(_steps(window), _of_a_full_field(window, full))
    if finding is not None:
        steps = chain(_of_the_session(window), steps)
    for name, act in steps:
        heart = Heartbeat(interval_ms=BEAT_MS)
        act()
        _settle(window)
        found[name] = heart.stop()[1]
    window.close()
    close_down(window)
    collector.stop()
    return found


def _settle(window: MainWindow) -> None:
    """Run the event loop until nothing is left to do."""
    quiet = 0
    while quiet < QUIET_TURNS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, BEAT_MS)
        time.sleep(BEAT_MS / 1000)
        is_over = window.panel.feed.is_settled and not window.panel.view.is_copying and window.folding.is_settled
        is_over = is_over and window.services.theme.sheet_change.is_done and not window.services.files.is_busy
        quiet = quiet + 1 if is_over else 0


def _taken_out(path: Path) -> list[Found]:
    """Take the cells out of a case file: those of each field, as they were offered, with what was measured."""
    store, case = CaseFile.open(path)
    found = [(number, case.cells_of(number)) for number in case.fields]
    taken = [
        (number, [_as_offered(cell) for cell in cells], [a for c in cells if (a := case.analysis_of(c)) is not None])
        for number, cells in found
    ]
    store.close()
    path.unlink()
    store = CaseFile.create(path)
    store.apply(Together((PutFields(tuple(case.fields.values())), PutQualities(tuple(case.qualities.items())))))
    store.close()
    return taken


def _as_offered(cell: Cell) -> Proposal:
    mask = CellMask(cell.mask.x0, cell.mask.y0, cell.mask.crop)
    return Proposal(cell.prompts, (Candidate(mask, cell.score, cell.touches_border),), segmenter=cell.segmenter)


def _find(window: MainWindow, found: list[Found]) -> None:
    """All in one run; a tenth of the cells is classified. What that costs is a row of its own (`all_fields`)."""
    editor = window.services.editor
    run = editor.new_run()
    for number, offered, analyses in found:
        editor.add_cells(number, offered, run=run)
        editor.set_analyses(analyses)
    _settle(window)
    editor.set_class(list(editor.case.cells)[9::10], CellClass.NORMAL)
    _settle(window)


def _of_the_session(window: MainWindow) -> Iterator[Step]:
    """What can't be done to cells of an opened case."""
    undo, redo = window.action_set["undo"].trigger, window.action_set["redo"].trigger
    yield "undo a tenth's class", undo
    yield "undo finding", undo
    yield "redo finding", redo
    yield "redo a tenth's class", redo


def _steps(window: MainWindow) -> Iterator[Step]:
    """What a person can do to all cells, each once and most of it taken back."""
    s, panel, actions = window.services, window.panel, window.action_set
    every = lambda: list(s.editor.case.cells)  # noqa: E731
    undo = actions["undo"].trigger
    yield "list all fields", panel.show_all_fields
    for column in (Column.CLASS, Column.REVIEW, Column.AREA):
        yield (
            f"sort by {column.name.lower()}",
            lambda c=column: panel.view.sortByColumn(c, Qt.SortOrder.DescendingOrder),
        )
    yield "filter to review", lambda: panel.show_review_only(True)
    yield "filter off", lambda: panel.show_review_only(False)
    yield "filter by class", lambda: panel.show_class(CellClass.NORMAL)
    yield "class off", lambda: panel.show_class(None)
    yield "select all", actions["select-all"].trigger
    yield "copy all rows", panel.view.copy_selected
    yield "confirm all", actions["confirm"].trigger
    yield "undo confirm", undo
    yield "redo confirm", actions["redo"].trigger
    yield "set a class of all", lambda: window.reviewing.set_class(CellClass.TARGET_CELL)
    yield "undo class", undo
    yield "select all again", lambda: s.selection.set(every())
    yield "delete all", lambda: window.reviewing.delete("measured")
    yield "undo delete", undo
    yield "calibrate all fields", lambda: s.editor.set_calibration(s.editor.case.fields, Calibration(0.2, "typed"))
    yield "undo calibrate", undo
    yield "remove a field", lambda: s.editor.remove_field(2)
    yield "undo remove", undo
    yield from _pages(window)
    yield from _second_reading(window)
    yield from opening_steps(window)
    yield "new case", actions["new-case"].trigger


def _of_a_full_field(window: MainWindow, path: Path) -> Iterator[Step]:
    """What changes the outlines of all cells of the field on show."""
    s, actions = window.services, window.action_set

    def open_it() -> None:
        s.files.open_paths([path])
        wait_until(lambda: len(s.editor.case.cells) == FULL_CELLS)

    yield "open a full field", open_it
    yield "select its cells", lambda: s.selection.set(list(s.editor.case.cells))
    for kind in ("grow", "shrink", "smooth"):
        yield f"{kind} its cells", actions[kind].trigger
        yield f"undo {kind}", actions["undo"].trigger
        yield f"redo {kind}", actions["redo"].trigger
    yield "undo the last of three", actions["undo"].trigger


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _pages(window: MainWindow) -> Iterator[Step]:
    """Gallery, review bar, the sample's window, export."""
    s, actions = window.services, window.action_set
    yield "open the gallery", actions["gallery"].trigger
    pane = window.gallery.pane
    for sort in SORT_NAMES:
        yield f"gallery by {sort}", partial(_arrange, pane, sort)
    yield "close the gallery", actions["gallery"].trigger
    yield "open the sample", actions["sample"].trigger
    sample = window.sample.window
    assert sample is not None
    yield "page of the second reading", lambda: sample.open_at(sample.reading)
    yield "confirm all beside the sample", lambda: s.editor.confirm(list(s.editor.case.cells))
    yield "undo beside the sample", actions["undo"].trigger
    yield "close the sample", sample.close
    yield "open the export", actions["export"].trigger
    dialog = window.dialogs.exporting.dialog
    if dialog is not None:
        yield "close the export", dialog.reject


def _arrange(pane: GalleryPane, sort: GallerySort) -> None:
    pane.set_sort(sort)
    pane.arrange_soon()


def _second_reading(window: MainWindow) -> Iterator[Step]:
    """Begun, read, left and finished."""
    s, reading = window.services, window.reading.controller
    yield "begin a second reading", lambda: reading.begin("Bo", share=1.0, seed=1)
    assert reading.under_way is not None
    yield "read all", lambda: s.editor.set_class(list(s.editor.case.cells), CellClass.NORMAL)
    yield "pause the reading", reading.pause
    yield "go on reading", reading.go_on
    yield "finish the reading", reading.finish


def main() -> int:
    """Print them, the longest first."""
    with tempfile.TemporaryDirectory() as place:
        found = measure(Path(place), found_here="--found-here" in sys.argv)
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        for name, work in sorted(found.items(), key=lambda pair: -pair[1]):
            sys.stdout.write(f"{work:7.1f} ms  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
