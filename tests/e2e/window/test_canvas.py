"""The canvas with the bundled network on the bundled sample, by mouse and keys, as a technician works."""

import json

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.selection import Selection
from rbc_desktop.engine.engine import Engine
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.storage.paths import resource_root
from rbc_desktop.ui.canvas.session import CanvasSession
from rbc_desktop.ui.canvas.view import FieldCanvas
from rbc_desktop.workflows.cases.reading_controller import FieldImages
from rbc_desktop.workflows.configuring import chosen_models
from rbc_desktop.workflows.fields.field_queue_controller import FieldQueueController
from rbc_desktop.workflows.notices import Notices
from tests.fakes.ink_segmenter import size_classifier
from tests.ui.canvas.hand import RIGHT, SHIFT, Hand, Heard

WAIT_MS = 120_000


@pytest.fixture(scope="module")
def drawn():
    """Everything that the renderer drew."""
    path = resource_root() / "sample" / "sample_truth.json"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def truth(drawn):
    """The red cells that nothing cuts off."""
    return [c for c in drawn if c["class"] != "not a red cell" and not c["touches_border"]]


class Bench:
    def __init__(self, qtbot, store, engine):
        self.qtbot = qtbot
        self.editor = CaseEditor(Case(), store)
        self.selection = Selection(self.editor)
        self.engine = engine
        self.canvas = FieldCanvas()
        qtbot.addWidget(self.canvas)
        self.canvas.resize(1100, 800)
        self.session = CanvasSession(
            self.canvas, editor=self.editor, selection=self.selection, engine=engine, notices=Notices(),
            parent=self.canvas,
        )  # fmt: skip
        self.hand = Hand(self.canvas)
        self.canvas.show()
        qtbot.waitExposed(self.canvas)

    @property
    def cells(self):
        return list(self.editor.case.cells.values())

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def answered(self):
        self.until(lambda: not self.session.prompts.state.is_waiting)


@pytest.fixture
def bench(qtbot, tmp_path, sample_image):
    store = CaseFile.create(tmp_path / "case.rbc")
    engine = Engine(chosen_models(Settings(device="cpu")).segmenter, size_classifier)
    made = Bench(qtbot, store, engine)
    engine.start()
    image = read_image(sample_image)
    [field] = made.editor.add_fields([image])
    made.editor.set_calibration([field.id], Calibration(0.125, "typed"))
    made.session.show_field(made.editor.case.fields[field.id], image)
    yield made
    assert engine.shutdown(timeout_ms=WAIT_MS)
    store.close()


def drawn_box(cell):
    return Box(*map(float, cell["box"]))


def test_clicking_from_cell_to_cell_outlines_every_cell(bench, truth):
    chosen = truth[::4]
    for cell in chosen:
        bench.hand.click(cell["x"], cell["y"])
    bench.qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
    bench.until(lambda: bench.session.prompts.unanswered == 0)
    boxes = [c.mask.box for c in bench.cells]
    found = [max((b.iou(drawn_box(cell)) for b in boxes), default=0.0) for cell in chosen]
    assert sum(iou > 0.75 for iou in found) >= 0.9 * len(chosen)
    for left in reversed(range(len(boxes))):
        bench.editor.undo()
        assert len(bench.cells) == left


def test_refining_a_cell_moves_its_outline_where_the_user_points(bench, truth):
    cell = next(c for c in truth if c["kind"] == "normal" and c["area_px"] > 2500)
    box = drawn_box(cell)
    bench.hand.drag((box.x0 - 2, box.y0 - 2), (box.x1 + 2, box.y1 + 2))
    bench.answered()
    bench.qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
    [accepted] = bench.cells
    assert accepted.mask.box.iou(box) > 0.75
    bench.hand.click(cell["x"], cell["y"], modifiers=SHIFT)
    bench.answered()
    bench.hand.click(box.x1 + 8, cell["y"], RIGHT)
    bench.answered()
    assert bench.session.has_proposal
    bench.qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
    [refined] = bench.cells
    assert refined.mask_revision == 2
    assert refined.mask.contains(Point(cell["x"], cell["y"]))
    assert not refined.mask.contains(Point(box.x1 + 8, cell["y"]))
    assert refined.mask.iou(accepted.mask) > 0.7


def test_the_preview_is_what_the_click_then_gives(bench, truth):
    cell = next(c for c in truth if c["kind"] == "normal")
    bench.until(lambda: any(box.contains(Point(cell["x"], cell["y"])) for box in bench.session.hover._ready))
    bench.hand.move(cell["x"], cell["y"])
    bench.until(lambda: bench.canvas.hover_preview is not None)
    preview = bench.canvas.hover_preview
    bench.hand.click(cell["x"], cell["y"])
    bench.answered()
    assert bench.session.prompts.state.mask.iou(preview) > 0.95


def overlaps(cells):
    """The middle of every overlap of two boxes."""
    boxes = [drawn_box(c) for c in cells]
    common = [a.intersection(b) for n, a in enumerate(boxes) for b in boxes[:n]]
    return [box.centre for box in common if box is not None and box.area > 60]


def test_where_a_click_is_ambiguous_tab_shows_the_other_candidates(bench, truth, drawn):
    counts = []
    small = [drawn_box(c).centre for c in drawn if c["class"] == "not a red cell"]  # platelets: how far do they reach?
    for place in (*overlaps(truth), *small):
        bench.hand.click(place.x, place.y)
        bench.answered()
        proposal = bench.session.prompts.state.proposal
        counts.append(0 if proposal is None else len(proposal.candidates))
        if counts[-1] > 1:
            break
        bench.session.prompts.drop()
    assert max(counts) > 1
    bench.qtbot.keyClick(bench.canvas, Qt.Key.Key_Tab)
    assert bench.session.prompts.state.proposal.index == 1
    assert bench.canvas.layers.proposal.shown.mask is proposal.candidates[1].mask
    assert "candidate 2 of" in bench.session.hint


def test_segment_all_outlines_the_sample(bench, truth):
    tasks = TaskRunner(parent=bench.canvas)
    images = FieldImages(tasks, read_image, parent=bench.canvas)
    queue = FieldQueueController(
        bench.editor, engine=bench.engine, images=images, notices=Notices(), parent=bench.canvas
    )
    finished = Heard(queue.run_finished)
    queue.segment_shown()
    bench.until(lambda: finished)
    assert tasks.shutdown()
    boxes = [c.mask.box for c in bench.cells]
    found = [max(b.iou(drawn_box(cell)) for b in boxes) > 0.6 for cell in truth]
    assert sum(found) >= 0.9 * len(truth)
    bench.until(lambda: len(bench.editor.case.analyses) == len(bench.cells))
    bench.until(lambda: bench.canvas.layers.cells.is_complete)
    bench.editor.undo()
    assert bench.cells == []
