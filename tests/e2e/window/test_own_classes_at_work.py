"""A technician names a class, sets it by key, reports it; the case opens on a computer that has no such list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.background import RunningTask, Task
from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.laboratory.class_file import own_classes_file
from rbc_desktop.workflows.results.exporting import ExportChoice, export, report_context

SLOW = 120_000
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def start(qtbot):
    """Starts the application's window, as often as wanted, one at a time."""
    windows = []

    def _start(*paths):
        stop()
        window = assembly.build_window(QApplication.instance())
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1400, 900)
        window.show()
        window.services.engine.start()
        window.services.files.start(list(paths))
        qtbot.waitUntil(lambda: window.presenter.shows_image and window.status.is_ready, timeout=SLOW)
        return window

    def stop():
        while windows:
            window = windows.pop()
            window.close()
            assembly.close_down(window)

    yield _start
    stop()


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.panel.feed.is_settled and not window._state_timer.isActive(), timeout=SLOW)


def name_a_class(qtbot, window):
    window.action_set["own-classes"].trigger()
    dialog = window.classes.dialog
    qtbot.mouseClick(dialog.add, LEFT)
    qtbot.keyClicks(dialog.lines[0].name, "sickle")
    qtbot.keyClicks(dialog.lines[0].code, "Si")
    qtbot.mouseClick(dialog.save, LEFT)
    window.activateWindow()  # as a window manager does when a dialog closes
    qtbot.waitUntil(lambda: own_classes_file().exists() and window.isActiveWindow(), timeout=SLOW)


def count(window, name):
    return next((line.count for line in window.panel.counts.lines if line.name == name), None)


def test_from_its_name_to_the_report_and_to_another_computer(qtbot, start, tmp_path):
    window = start()
    ended = []
    window.queue.run_finished.connect(lambda *values: ended.append(values))
    qtbot.keyClick(window.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(ended), timeout=SLOW)
    settled(qtbot, window)
    name_a_class(qtbot, window)
    assert next(line for line in window.panel.counts.lines if line.name == "sickle").by_hand, (
        "the bundled one is silent"
    )
    whole = [cell.id for cell in window.services.editor.case.cells.values() if not cell.touches_border][:3]
    window.services.selection.set(whole)
    settled(qtbot, window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_5, SHIFT)
    settled(qtbot, window)
    assert count(window, "sickle") == 3

    formats = ("pdf", "csv", "xlsx", "fhir", "hl7", "coco", "geojson")
    context = report_context(segmenter="s", classifier="c", device="cpu")
    choice = ExportChoice(tmp_path / "out", "r", formats, ReportOptions())
    case = window.services.editor.case
    export(case, choice, context=context, pixels=lambda f: read_image(f.path).pixels, control=RunningTask(Task()))
    written = sorted((tmp_path / "out").iterdir())
    assert len(written) == len(formats)
    for path in written:
        if path.suffix in (".csv", ".json", ".geojson", ".hl7"):
            assert "sickle" in path.read_text(encoding="utf-8-sig"), path.name
    window.services.files.save_as(tmp_path / "case.rbc")
    qtbot.waitUntil(lambda: (tmp_path / "case.rbc").exists() and not window.services.files.is_busy, timeout=SLOW)

    own_classes_file().unlink()  # another computer
    window = start(tmp_path / "case.rbc")
    settled(qtbot, window)
    assert window.services.classes.value == ()
    assert count(window, "sickle") == 3
    carried = window.services.editor.case.own_classes["sickle"]
    expected = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
    assert carried.looks_like(expected)
    window.panel.show_class(carried)
    assert sorted(window.panel.model.shown_ids) == whole
