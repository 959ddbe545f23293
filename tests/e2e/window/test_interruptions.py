"""What goes wrong in the middle of the job, in the real window with the bundled models."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.paths import resource_root
from tests.ui.canvas.hand import Hand

WAIT_MS = 180_000
TRUTH = json.loads((resource_root() / "sample" / "sample_truth.json").read_text(encoding="utf-8"))["cells"]
RED = [c for c in TRUTH if c["class"] != "not a red cell" and not c["touches_border"]]


class Technician:
    """Someone at the window, who waits for what is on the screen and never for a time."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window
        self.hand = Hand(window.canvas)
        self.editor = window.services.editor
        self.runs = []
        window.queue.run_finished.connect(lambda count, cancelled: self.runs.append((count, cancelled)))

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def outline(self, cell):
        cells = len(self.editor.case.cells)
        self.hand.click(cell["x"], cell["y"])
        self.until(lambda: self.window.session.has_proposal and not self.window.session.prompts.state.is_waiting)
        self.qtbot.keyClick(self.window.canvas, Qt.Key.Key_Return)
        self.until(lambda: len(self.editor.case.cells) == cells + 1)

    def wait_for_case(self, path):
        """The case in a file that the window has just let go of in the background."""
        found = []

        def is_free():
            try:
                file, case = CaseFile.open(path)
            except CaseFileError:
                return False
            file.close()
            found.append(case)
            return True

        self.until(is_free)
        return found[0]


@pytest.fixture
def technician(qtbot):
    """The application at its first start."""
    window = assembly.build_window(QApplication.instance())
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    window.services.engine.start()
    window.services.files.start([])
    someone = Technician(qtbot, window)
    someone.until(lambda: window.action_set["segment-all"].isEnabled() and window.presenter.shows_image)
    yield someone
    window.close()
    assembly.close_down(window)


def test_a_broken_file_leaves_the_open_case_as_it_was(technician, tmp_path):
    t = technician
    t.outline(RED[0])
    before = (dict(t.editor.case.fields), dict(t.editor.case.cells))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 truncated")
    t.window.services.files.open_paths([broken])
    t.until(lambda: "broken.jpg" in t.window.message_bar.text)
    assert (dict(t.editor.case.fields), dict(t.editor.case.cells)) == before


def test_segment_all_can_be_cancelled_and_taken_back_in_one_step(technician):
    t = technician
    t.editor.cells_added.connect(lambda _: t.window.line.cancel_requested.emit())
    t.window.action_set["segment-all"].trigger()
    t.until(lambda: t.runs)
    _, cancelled = t.runs[-1]
    assert cancelled
    assert 0 < len(t.editor.case.cells) < len(RED)
    t.editor.undo()
    assert not t.editor.case.cells


def test_a_saved_case_holds_the_same_cells(technician, tmp_path):
    t = technician
    for cell in RED[:2]:
        t.outline(cell)
    first, second = t.editor.case.cells.values()
    t.editor.set_class([first.id], CellClass.TARGET_CELL)
    saved = tmp_path / "Größe 1.rbc"
    t.window.services.files.save_as(saved)
    t.until(lambda: saved.exists() and not t.window.services.files.is_busy)
    t.window.services.files.new_case()
    t.until(lambda: not t.editor.case.fields and not t.window.services.files.is_busy)
    case = t.wait_for_case(saved)
    assert case.cells[first.id].reviewed_class is CellClass.TARGET_CELL
    assert case.cells[first.id].mask.same_as(first.mask)
    assert case.cells[second.id].mask.same_as(second.mask)
