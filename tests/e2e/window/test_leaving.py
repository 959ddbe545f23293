"""A prompt that was accepted is kept, however soon after it the case is left."""

import json

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.geometry import Point
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.paths import resource_root

SLOW = 120_000
SAMPLE = resource_root() / "sample"
CELL = next(
    c
    for c in json.loads((SAMPLE / "sample_truth.json").read_text(encoding="utf-8"))["cells"]
    if c["class"] == "normal" and not c["touches_border"]
)


@pytest.fixture
def images(tmp_path):
    """Two fields: the sample, and its mirror image."""
    pixels = cv2.imread(str(SAMPLE / "sample_smear.png"))
    paths = [tmp_path / "first.png", tmp_path / "second.png"]
    for path, picture in zip(paths, (pixels, pixels[:, ::-1]), strict=True):
        cv2.imwrite(str(path), picture)
    return paths


@pytest.fixture
def window(qtbot, images):
    """The window with both fields, the first one shown."""
    built = assembly.build_window(QApplication.instance())
    qtbot.addWidget(built)
    built.resize(1300, 860)
    built.show()
    built.services.engine.start()
    built.services.files.open_paths(images)
    qtbot.waitUntil(lambda: built.presenter.shows_image and built.status.is_ready, timeout=SLOW)
    qtbot.waitUntil(lambda: not built.services.files.is_busy, timeout=SLOW)
    yield built
    built.close()
    built.close()
    assembly.close_down(built)


def click_and_accept(qtbot, window):
    """Outline a cell and keep it, without waiting for the model."""
    position = window.canvas.to_view(Point(CELL["x"], CELL["y"])).toPoint()
    qtbot.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=position)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)


def cells_in(path):
    store, case = CaseFile.open(path)
    store.close()
    return [(c.field_id, c.mask.contains(Point(CELL["x"], CELL["y"]))) for c in case.cells.values()]


def test_a_cell_accepted_just_before_switching_and_closing_is_in_the_file(qtbot, window):
    path = window.services.editor.store.path
    click_and_accept(qtbot, window)
    window.services.editor.set_current_field(2)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SLOW)
    window.services.files.close()
    assert cells_in(path) == [(1, True)]


def test_a_cell_accepted_just_before_another_case_is_begun_is_in_the_file(qtbot, window):
    editor = window.services.editor
    path = editor.store.path
    click_and_accept(qtbot, window)
    editor.set_current_field(2)
    window.services.files.new_case()
    qtbot.waitUntil(lambda: editor.store.path != path, timeout=SLOW)
    assert not editor.case.cells

    def found():
        try:
            return cells_in(path)
        except CaseFileError:  # let go of in the background
            return None

    qtbot.waitUntil(lambda: found() == [(1, True)], timeout=SLOW)


def test_closing_twice_does_not_wait(qtbot, window):
    click_and_accept(qtbot, window)
    window.services.editor.set_current_field(2)
    window.close()
    window.close()
    assert not window.isVisible()


def test_an_image_that_is_gone_does_not_keep_the_window_open(qtbot, window, images):
    click_and_accept(qtbot, window)
    window.services.editor.set_current_field(2)
    images[0].unlink()
    window.services.images.clear()  # as when room ran out
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SLOW)
