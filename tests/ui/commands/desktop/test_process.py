"""What surrounds the window in its process."""

import gc
import os
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent

from rbc_desktop.commands.desktop import process
from rbc_desktop.commands.desktop.process import MANY_OBJECTS, GuiCollector, OpenedFiles, paths_of

AT_MOST = 11_000
"""Objects that are looked through in one turn: a millisecond for each thousand, or two on a slow machine."""


def test_garbage_is_collected_on_the_gui_thread_only(qtbot):
    gc.enable()
    collector = GuiCollector()
    try:
        assert not gc.isenabled()
        seen = []
        gc.callbacks.append(note := lambda phase, info: seen.append(threading.current_thread()))
        cycles = [[] for _ in range(3000)]
        for cycle in cycles:
            cycle.append(cycle)
        del cycles, cycle
        collector._collect()
        assert seen
        assert set(seen) == {threading.main_thread()}
    finally:
        gc.callbacks.remove(note)
        collector.stop()
    assert gc.isenabled()
    gc.disable()


@pytest.fixture
def collector(qapp):
    made = GuiCollector()
    made.freeze()
    yield made
    made.stop()
    gc.unfreeze()


def looked_through(collector):
    """How many objects the collector looks through at its next tick, and the generation."""
    before, seen = [len(gc.get_objects(generation=g)) for g in range(3)], []
    gc.callbacks.append(note := lambda phase, info: seen.append(info["generation"]))
    collector._collect()
    gc.callbacks.remove(note)
    return sum(before[: seen[0] + 1]) if seen else 0


@pytest.mark.parametrize("at_once", [50, 1000, 5 * MANY_OBJECTS])
def test_a_large_case_makes_no_long_collection(collector, at_once):
    case, most = [], 0
    for _ in range(5 * MANY_OBJECTS // at_once if at_once > 100 else 300):
        case.append([[i] for i in range(at_once)])
        most = max(most, looked_through(collector))
    assert most <= AT_MOST
    assert sum(len(gc.get_objects(generation=g)) for g in range(3)) <= AT_MOST


def test_what_is_dropped_beside_a_large_case_is_collected(collector):
    class Dialog:
        def __init__(self):
            self.itself = self

    case = [[i] for i in range(2 * MANY_OBJECTS)]
    collector._collect()
    gone = weakref.ref(Dialog())
    others = [[i] for i in range(2000)]
    collector._collect()
    assert gone() is None
    assert len(case) > len(others)


def test_paths_from_outside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    spaced = tmp_path / "Fall 7 – ä.rbc"
    assert paths_of([QUrl.fromLocalFile(str(spaced)).toString(QUrl.ComponentFormattingOption.FullyEncoded)]) == [spaced]
    assert paths_of(["case.rbc", "sub/a.png", ""]) == [tmp_path / "case.rbc", tmp_path / "sub" / "a.png"]
    assert paths_of([str(spaced)]) == [spaced]
    assert paths_of(["http://example.org/a.png"])[0].name == "a.png"  # a path like any other: it doesn't exist


def test_open_events_of_the_system_reach_the_case(qapp, tmp_path):
    class App(QObject):
        pass

    app, seen = App(), []
    OpenedFiles(seen.append, app)
    qapp.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "a b.rbc"))))
    qapp.sendEvent(app, QEvent(QEvent.Type.User))
    assert seen == [[tmp_path / "a b.rbc"]]


BUNDLE = Path("/opt/rbc/_internal")


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        ({"LD_LIBRARY_PATH": "/opt/rbc/_internal"}, {"LD_LIBRARY_PATH": ""}),
        (
            {"LD_LIBRARY_PATH": "/opt/rbc/_internal:/usr/local/lib", "LD_LIBRARY_PATH_ORIG": "/usr/local/lib"},
            {"LD_LIBRARY_PATH": "/usr/local/lib", "LD_LIBRARY_PATH_ORIG": ""},
        ),
        ({"QT_PLUGIN_PATH": "/opt/rbc/_internal/PySide6/Qt/plugins", "PATH": "/usr/bin"}, {"QT_PLUGIN_PATH": ""}),
        ({"QT_PLUGIN_PATH": "/home/me/plugins", "LD_LIBRARY_PATH": "/opt/rbc/_internal2"}, {}),
    ],
)
@pytest.mark.skipif(os.pathsep != ":", reason="POSIX search paths")
def test_programs_that_we_start_do_not_inherit_the_bundle(before, changes):
    assert process.without_bundle(before, BUNDLE) == changes


def test_a_source_start_leaves_the_environment(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    process.release_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/somewhere"
    monkeypatch.setattr("sys._MEIPASS", "/somewhere", raising=False)
    process.release_environment()
    assert "LD_LIBRARY_PATH" not in os.environ
