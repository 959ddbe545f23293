"""The main job in the real window with the bundled models: open, click, Segment all, review, export, open again."""

import csv
import json

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.geometry import Point
from rbc_desktop.storage.paths import resource_root

SLOW = 120_000


@pytest.fixture
def window(qtbot):
    """The window as the application starts it, engine included."""
    built = assembly.build_window(QApplication.instance())
    qtbot.addWidget(built)
    built.resize(1300, 860)
    built.show()
    built.services.engine.start()
    yield built
    built.close()
    assembly.close_down(built)


@pytest.fixture(scope="module")
def truth():
    """What the sample's renderer drew."""
    path = resource_root() / "sample" / "sample_truth.json"
    return json.loads(path.read_text(encoding="utf-8"))


def click(qtbot, window, x, y):
    position = window.canvas.to_view(Point(x, y)).toPoint()
    qtbot.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=position)


def wait_until_classified(qtbot, window):
    case = window.services.editor.case
    qtbot.waitUntil(lambda: all(case.prediction_of(c) is not None for c in case.cells.values()), timeout=SLOW)
    qtbot.waitUntil(lambda: window.panel.feed.is_settled)


def test_from_the_first_start_to_the_report(qtbot, window, tmp_path):
    editor = window.services.editor
    window.services.files.start([])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=SLOW)
    qtbot.waitUntil(lambda: window.status.is_ready, timeout=SLOW)
    assert window.line.device.text().endswith("s per tile")

    # All at once is one step; one click outlines one cell, Enter keeps it.
    _segment_all(qtbot, window)
    largest = max(editor.case.cells.values(), key=lambda cell: cell.mask.area)
    centre = largest.mask.centroid
    found = len(editor.case.cells)
    assert found >= 60
    editor.undo()
    assert not editor.case.cells, "Segment all is one step"
    qtbot.waitUntil(lambda: window.canvas.cell_at(centre) is None)
    click(qtbot, window, centre.x, centre.y)
    qtbot.waitUntil(lambda: window.session.prompts.state.proposal is not None, timeout=SLOW)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(editor.case.cells) == 1, timeout=SLOW)
    clicked = next(iter(editor.case.cells.values()))
    assert clicked.mask.iou(largest.mask) > 0.8

    # Segment all adds the others and leaves the clicked one.
    _segment_all(qtbot, window)
    assert clicked.id in editor.case.cells
    assert len(editor.case.cells) == pytest.approx(found, abs=3)
    wait_until_classified(qtbot, window)
    assert len({row.cell_class for row in window.panel.model.shown}) >= 4
    assert {CellClass.MACROCYTE, CellClass.MICROCYTE}.isdisjoint(r.cell_class for r in window.panel.model.shown)

    # With a scale there are micrometres.
    before = dict(editor.case.analyses)
    editor.set_calibration((1,), Calibration(0.125, "typed"))
    analyses = editor.case.analyses
    qtbot.waitUntil(lambda: all(analyses[number] is not old for number, old in before.items()), timeout=SLOW)
    wait_until_classified(qtbot, window)
    assert all(row.diameter_um for row in window.panel.model.shown)

    # A reviewed class wins.
    window.services.selection.set((clicked.id,))
    window._refresh_state()
    qtbot.keyClick(window.canvas, Qt.Key.Key_7)
    assert editor.case.cells[clicked.id].reviewed_class is CellClass.OVALOCYTE
    qtbot.waitUntil(lambda: window.panel.feed.is_settled)
    _export_and_compare(qtbot, window, tmp_path)


def _segment_all(qtbot, window):
    ended = []
    window.queue.run_finished.connect(lambda added, cancelled: ended.append((added, cancelled)))
    window.queue.segment_shown()
    qtbot.waitUntil(lambda: bool(ended), timeout=SLOW)
    assert ended[0][1] is False


def _export_and_compare(qtbot, window, folder):
    window.dialogs.exporting._open_url = lambda _: True
    window._refresh_state()
    window.action_set["export"].trigger()
    dialog = window.dialogs.exporting.dialog
    dialog.folder.setText(str(folder))
    dialog.name.setText("sample")
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.writing.is_busy, timeout=SLOW)
    with (folder / "sample_cells.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {int(row["cell"]): row for row in csv.DictReader(file)}
    shown = {row.cell: row for row in window.panel.model.shown}
    assert rows.keys() == shown.keys()
    for number, row in rows.items():
        counted = shown[number].cell_class  # none for a cell that the edge cuts
        assert row["class"] == (counted.value if counted is not None else "")
        assert float(row["diameter_um"]) == pytest.approx(shown[number].diameter_um, abs=0.001)
    text = " ".join(page.extract_text() for page in PdfReader(folder / "sample_report.pdf").pages)
    assert window.status.models.segmenter.split()[0] in text


def test_the_sample_is_found_as_it_was_drawn(qtbot, window, truth):
    window.services.files.open_sample()
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.status.is_ready, timeout=SLOW)
    _segment_all(qtbot, window)
    boxes = [cell.mask.box for cell in window.services.editor.case.cells.values()]
    drawn = _red_cell_centres(truth)
    missed = [point for point in drawn if not any(box.contains(point) for box in boxes)]
    assert len(missed) <= 0.05 * len(drawn)


def _red_cell_centres(truth):
    """Centres of the drawn red cells that the image's edge doesn't cut."""
    red = [c for c in truth["cells"] if c["class"] != CellClass.NOT_RED_CELL.value and not c["touches_border"]]
    assert len(red) > 50
    return [Point(cell["x"], cell["y"]) for cell in red]
