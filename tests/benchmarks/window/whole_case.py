"""What the window does to all cells of a case of 40 fields and 4,000 cells: its own work at a time, for each action.

Usage: python -m tests.benchmarks.window.whole_case
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop.assembly import build_window, close_down
from rbc_desktop.commands.desktop.process import GuiCollector
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.storage.paths import USER_FOLDER_VARIABLE
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.gallery.gallery_pane import GalleryPane
from rbc_desktop.ui.window.main_window import MainWindow
from rbc_desktop.workflows.review.gallery import SORT_NAMES, GallerySort
from tests.benchmarks.window.big_case import write_case
from tests.benchmarks.window.heartbeat import Heartbeat, wait_until
from tests.benchmarks.window.opening_steps import opening_steps

FIELDS, ACROSS, CELLS_EACH = 40, 10, 100
BEAT_MS = 2
QUIET_TURNS = 25
"""So many turns of the event loop without anything left to do end a step."""

Step = tuple[str, Callable[[], object]]


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds of the GUI thread's own work at a time, at most, by action."""
    path = write_case(folder, count=FIELDS, across=ACROSS, cells_each=CELLS_EACH)
    os.environ[USER_FOLDER_VARIABLE] = str(folder / "home")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    collector = GuiCollector(app)
    window = build_window(app)
    window.resize(1500, 950)
    window.show()
    window.services.files.open_paths([path])
    wait_until(lambda: bool(window.services.editor.case.cells) and window.panel.feed.is_settled, timeout_s=600)
    collector.freeze()
    _settle(window)
    found = {}
    for name, act in _steps(window):
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
        quiet = quiet + 1 if window.panel.feed.is_settled and not window.panel.view.is_copying else 0


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
        found = measure(Path(place))
    if sys.argv[1:] == ["--json"]:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        for name, work in sorted(found.items(), key=lambda pair: -pair[1]):
            sys.stdout.write(f"{work:7.1f} ms  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
