"""What opens over a case, each for the first time, and a change of theme with and without all of it in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from rbc_desktop.ui.window.main_window import MainWindow
from tests.benchmarks.window.heartbeat import wait_until

OPENED = ("settings", "shortcuts", "manual", "about", "open-recent", "own-classes", "operators", "calibrate", "adjust",
          "target", "retrain", "control-films", "erase")  # fmt: skip
"""Actions that open a window, by their ids."""

THEMES = ("dark", "light", "contrast", "system")


def opening_steps(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each opened and closed; then the themes, with *Keyboard shortcuts* and the sample open beside the window."""
    for name in OPENED:
        yield f"open {name}", partial(_open, window, name)
        yield f"close {name}", partial(_close_others, window)
    yield from _themes(window, "the window")
    for name in ("shortcuts", "sample"):
        yield f"open {name} beside the window", window.action_set[name].trigger
    yield from _themes(window, "three windows")
    yield "close the windows", partial(_close_others, window)
    for open_ in (True, False):
        yield f"review bar {open_}", partial(window.action_set["review-bar"].setChecked, open_)


def _open(window: MainWindow, name: str) -> None:
    window.action_set[name].trigger()
    if name == "manual":  # which is brought in by another thread
        manual = window.dialogs.manual
        wait_until(lambda: manual.window is not None and not manual.window.page.is_busy)


def _themes(window: MainWindow, where: str) -> Iterator[tuple[str, Callable[[], object]]]:
    for name in THEMES:
        yield f"theme of {where}: {name}", partial(window.services.theme.force, name)


def _close_others(window: QWidget) -> None:
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()
