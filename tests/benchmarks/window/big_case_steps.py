"""What a technician does with a case of 200,000 cells in the window: how long the window's thread works at a time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.window.main_window import MainWindow
from tests.benchmarks.window.big_case import resident_mb
from tests.benchmarks.window.heartbeat import Heartbeat, wait_until

LOOKING = ("table of all fields", "sort by class", "sort by probability", "sort by number", "scroll the table",
           "filter by class", "filter taken away", "select all", "select nothing", "gallery", "gallery, one group",
           "gallery by class", "gallery closed", "select 1,000")  # fmt: skip
EDITING = ("delete 1,000", "undo", "class of 1,000", "undo that")
"""Steps that change nothing, and those that do."""

QUIET_S = 0.3
"""A step is over when the window has had nothing to do for so long."""


def longest_work(step: Callable[[], object], *, until: Callable[[], bool] = lambda: True) -> float:
    """The most that the window's thread worked at a time from a step on, until its consequences are over, ms."""
    heart = Heartbeat(interval_ms=5)
    step()
    wait_until(until, timeout_s=300)
    end = time.perf_counter() + QUIET_S
    wait_until(lambda: time.perf_counter() > end)
    return heart.stop()[1]


def steps(window: MainWindow, folder: Path) -> dict[str, float]:
    """Each step and its longest work at a time, ms."""
    panel, services, gallery = window.panel, window.services, window.gallery
    model, selection, editor = panel.model, services.selection, services.editor
    view = panel.view
    settled = lambda: panel.feed.is_settled  # noqa: E731
    found: dict[str, float] = {}

    def measure(name: str, step: Callable[[], object], until: Callable[[], bool] = settled) -> None:
        found[name] = longest_work(step, until=until)
        if os.environ.get("BIG_CASE_MEMORY"):
            sys.stderr.write(f"{name}: {resident_mb():.0f} MB\n")

    measure("table of all fields", lambda: panel.scope_box.setCurrentIndex(1))
    measure("sort by class", lambda: view.sortByColumn(Column.CLASS, Qt.SortOrder.AscendingOrder))
    measure("sort by probability", lambda: view.sortByColumn(Column.PROBABILITY, Qt.SortOrder.DescendingOrder))
    measure("sort by number", lambda: view.sortByColumn(Column.ID, Qt.SortOrder.AscendingOrder))
    bar = view.verticalScrollBar()

    found["scroll the table"] = max(
        longest_work(lambda share=share: bar.setValue(bar.maximum() * share // 7)) for share in range(8)
    )
    measure("filter by class", lambda: panel.show_class(CellClass.NORMAL))
    measure("filter taken away", lambda: panel.show_class(None))
    measure("select all", lambda: selection.set(model.shown_ids))
    measure("select nothing", selection.clear)
    measure("gallery", lambda: window.action_set["gallery"].trigger())
    measure("gallery, one group", lambda: gallery.pane.by_class.setChecked(False))
    measure("gallery by class", lambda: gallery.pane.by_class.setChecked(True))
    measure("gallery closed", lambda: window.action_set["gallery"].trigger())
    thousand = model.shown_ids[1000:2000]
    measure("select 1,000", lambda: selection.set(thousand))
    measure("delete 1,000", lambda: editor.remove_cells(thousand, reason="measured"))
    measure("undo", editor.undo)
    measure("class of 1,000", lambda: editor.set_class(thousand, CellClass.SPHEROCYTE))
    measure("undo that", editor.undo)
    measure("save as", lambda: services.files.save_as(folder / "other.rbc"), lambda: not services.files.is_busy)
    return found
