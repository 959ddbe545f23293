"""Segment all fields in the real window with the bundled models, while somebody goes on working."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.storage.paths import resource_root
from tests.ui.canvas.hand import Hand

WAIT_MS = 240_000
SAMPLE = resource_root() / "sample" / "sample_smear.png"


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    """Five different images: the sample, turned and mirrored."""
    folder = tmp_path_factory.mktemp("fields")
    pixels = cv2.imread(str(SAMPLE))
    views = [pixels, pixels[:, ::-1], pixels[::-1], pixels[::-1, ::-1], cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)]
    paths = [folder / f"field {number}.png" for number in range(1, len(views) + 1)]
    for path, view in zip(paths, views, strict=True):
        cv2.imwrite(str(path), np.ascontiguousarray(view))
    return paths


class Someone:
    """At the window; waits for what is on the screen and never for a time."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window
        self.editor = window.services.editor
        self.hand = Hand(window.canvas)
        self.runs = []
        window.queue.run_finished.connect(lambda added, cancelled: self.runs.append((added, cancelled)))

    @property
    def case(self):
        return self.editor.case

    @property
    def queue(self):
        return self.window.queue.queue

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.window.canvas, key, modifiers)

    def segment_all_fields(self):
        self.until(self.window.action_set["segment-fields"].isEnabled)
        self.key(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)

    def classified(self, field_id):
        cells = self.case.cells_of(field_id)
        return bool(cells) and all(self.case.prediction_of(cell) is not None for cell in cells)


@pytest.fixture
def someone(qtbot, fields):
    window = assembly.build_window(QApplication.instance())
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    window.services.engine.start()
    person = Someone(qtbot, window)
    window.services.files.open_paths(fields)
    person.until(lambda: len(person.case.fields) == len(fields) and window.presenter.shows_image)
    person.until(lambda: window.status.is_ready)
    window.canvas.setFocus()
    yield person
    window.close()
    assembly.close_down(window)


def test_fields_are_segmented_while_others_are_shown_clicked_and_reviewed(someone):
    s = someone
    _, second, third, *_ = s.case.fields
    s.editor.set_current_field(second)
    s.until(lambda: s.window.canvas.field_id == second)
    s.segment_all_fields()
    assert s.queue.running == second or s.queue.waiting[0] == second, "the shown one comes first"

    # Another field is shown: the search goes on where it is, and a click there is answered meanwhile.
    s.until(lambda: s.case.cells_of(second))
    s.key(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    s.until(lambda: s.window.canvas.field_id == third and s.window.presenter.shows_image)
    assert s.queue.is_active
    s.until(lambda: s.classified(second))
    assert s.queue.is_active, "the first field can be reviewed before the last is searched"
    generation = s.window.services.engine._generation
    largest = max(s.case.cells_of(second), key=lambda cell: cell.mask.area)
    shown = s.editor.current_field  # mirrored both ways: the same cell is on the other side
    s.hand.click(shown.width - largest.mask.centroid.x, shown.height - largest.mask.centroid.y)
    s.until(lambda: s.window.session.has_proposal and not s.window.session.prompts.state.is_waiting)
    clicked = s.window.session.prompts.state.proposal
    s.key(Qt.Key.Key_Return)
    s.until(lambda: not s.window.session.has_proposal)
    assert s.window.services.engine._generation == generation, "the queue opens no field"
    assert s.editor.undo_text.startswith("Add cell"), "the user's own step comes first on the undo stack"

    s.until(lambda: s.runs)
    added, cancelled = s.runs[-1]
    assert not cancelled
    assert added == sum(cell.origin == "segment all" for cell in s.case.cells.values())
    assert not s.queue.failures
    for field_id in s.case.fields:
        assert len(s.case.cells_of(field_id)) >= 60
        s.until(lambda field_id=field_id: s.classified(field_id))
    overlaps = [c for c in s.case.cells_of(third) if c.mask.iou(clicked.mask) > 0.5]
    assert len(overlaps) == 1, "a cell that was clicked is not found a second time"

    # One step of the user, then the whole run, is taken back.
    s.editor.undo()
    assert s.editor.undo_text.endswith(f"cells in {len(s.case.fields)} fields)")
    s.editor.undo()
    assert not s.case.cells
    s.editor.redo()
    assert len(s.case.cells) == added


def test_a_stopped_run_goes_on_where_it_was(someone):
    s = someone
    s.segment_all_fields()
    s.until(lambda: len(s.queue.done) >= 1 and s.queue.running is not None)
    done = set(s.queue.done)
    s.window.line.cancel_requested.emit()
    s.until(lambda: s.runs)
    assert s.runs[-1][1]
    assert not s.queue.is_active
    kept = {i: {c.id for c in s.case.cells_of(i)} for i in done}
    s.until(lambda: not s.window.services.engine.is_busy)
    s.segment_all_fields()
    assert done.isdisjoint([s.queue.running, *s.queue.waiting]), "what is done is not done again"
    s.until(lambda: len(s.runs) == 2)
    assert not s.runs[-1][1]
    assert {i: {c.id for c in s.case.cells_of(i)} for i in done} == kept
    assert all(field.searched for field in s.case.fields.values())
    masks = {i: [c.mask for c in s.case.cells_of(i)] for i in s.case.fields}
    doubled = [(a, b) for each in masks.values() for n, a in enumerate(each) for b in each[:n] if a.iou(b) > 0.6]
    assert not doubled


def test_undoing_the_run_stops_it(someone):
    s = someone
    s.segment_all_fields()
    s.until(lambda: s.case.cells)
    s.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not s.queue.is_active
    s.until(lambda: not s.window.services.engine.is_busy)
    assert not s.case.cells
