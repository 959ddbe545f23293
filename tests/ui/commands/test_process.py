"""What surrounds the window in its process."""

import gc
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent

from rbc_desktop.commands import process
from rbc_desktop.commands.process import GuiCollector, OpenedFiles, paths_of


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
