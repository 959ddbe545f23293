"""What is for looking only changes nothing that is outlined, measured, classified or exported: with the real models."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.picture_adjustment import PictureAdjustment
from tests.fakes.report_pages import pictures_of
from tests.ui.canvas.hand import Hand

SLOW = 120_000
STRONG = PictureAdjustment(brightness=-30, contrast=60, warmth=70, tint=-50)


@pytest.fixture
def technician(qtbot, tmp_path):
    """Opens the sample in the application's window; returns what the case holds and what the report shows."""
    built = []

    def work(name, adjustment):
        window = assembly.build_window(QApplication.instance())
        built.append(window)
        qtbot.addWidget(window)
        window.show()
        window.services.engine.start()
        window.services.files.open_sample()
        qtbot.waitUntil(lambda: window.presenter.shows_image and window.status.is_ready, timeout=SLOW)
        window.services.editor.set_calibration((1,), Calibration(0.125, "typed"))
        for slider, value in (("brightness", adjustment.brightness), ("contrast", adjustment.contrast),
                              ("warmth", adjustment.warmth), ("tint", adjustment.tint)):  # fmt: skip
            window.viewing.dialog.sliders[slider].setValue(value)
        if not adjustment.is_neutral:
            window.canvas.setFocus()
            qtbot.keyClick(window.canvas, Qt.Key.Key_Q)
            Hand(window.canvas).drag((100, 100), (180, 160))
            assert window.canvas.layers.measures.texts[0].startswith("12.")
        seen = window.canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        case = _segmented(qtbot, window)
        folder = tmp_path / name
        folder.mkdir()
        _export(qtbot, window, folder)
        return window, seen, case, folder

    yield work
    for window in built:
        window.close()
        assembly.close_down(window)


def _segmented(qtbot, window):
    ended, case = [], window.services.editor.case
    window.queue.run_finished.connect(lambda *values: ended.append(values))
    window.queue.segment_shown()
    qtbot.waitUntil(lambda: bool(ended), timeout=SLOW)
    qtbot.waitUntil(lambda: all(case.prediction_of(c) is not None for c in case.cells.values()), timeout=SLOW)
    qtbot.waitUntil(lambda: window.panel.feed.is_settled)
    assert len(case.cells) >= 60
    return case


def _export(qtbot, window, folder):
    window.services.settings.update(export_parts=("overview", "histogram", "gallery", "cell_table"))
    window.dialogs.exporting._open_url = lambda _: True
    window._refresh_state()
    window.action_set["export"].trigger()
    dialog = window.dialogs.exporting.dialog
    dialog.folder.setText(str(folder))
    dialog.name.setText("sample")
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.writing.is_busy, timeout=SLOW)
    assert (folder / "sample_report.pdf").is_file()


def _rows(folder):
    """The CSV without the time at which each cell was analysed."""
    with (folder / "sample_cells.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{name: value for name, value in row.items() if name != "analysed"} for row in csv.DictReader(file)]


def test_masks_measurements_classes_and_report_pictures_are_byte_for_byte_those_of_the_picture_as_taken(technician):
    taken, seen, plain, plain_folder = technician("as taken", PictureAdjustment())
    adjusted, seen_adjusted, other, other_folder = technician("adjusted", STRONG)
    assert adjusted.canvas.layers.field.adjustment == STRONG
    assert adjusted.viewing.mark.isVisible()
    assert not taken.viewing.mark.isVisible()
    assert seen != seen_adjusted, "the technician sees another picture"
    masks = [[(c.mask.crop.tobytes(), c.mask.box) for c in case.cells.values()] for case in (plain, other)]
    assert masks[0] == masks[1]
    for mine, theirs in zip(*(map(case.analysis_of, case.cells.values()) for case in (plain, other)), strict=True):
        assert (mine.measurements, mine.prediction) == (theirs.measurements, theirs.prediction)
        assert mine.look.tobytes() == theirs.look.tobytes()
    assert _rows(plain_folder) == _rows(other_folder)
    pages = [pictures_of(folder / "sample_report.pdf") for folder in (plain_folder, other_folder)]
    assert len(pages[0]) > len(plain.cells)
    assert pages[0] == pages[1]
    pixels = [window.services.images.pixels(1).tobytes() for window in (taken, adjusted)]
    assert pixels[0] == pixels[1]
