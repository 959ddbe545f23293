"""The reading follows the cells of the field in view, with a real engine and a real model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rbc_desktop.engine.engine import Engine
from rbc_desktop.errors import ModelLoadError
from rbc_desktop.models.choice.choice import ModelChoice, load_image_level
from rbc_desktop.ports import ModelFactories
from rbc_desktop.workflows.analysis.analysing_controller import AnalysingController
from rbc_desktop.workflows.analysis.image_level_controller import ImageLevelController
from rbc_desktop.workflows.notices import Notices
from tests.fakes.image_models import train_model
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field, grid_places, size_classifier

WAIT_MS = 60_000


def ink():
    return InkSegmenter(), ()


@pytest.fixture
def work(qtbot, editor, tmp_path):
    """Editor, engine and image, with controllers on a field that shows 48 cells, none of them found yet."""
    model = train_model(tmp_path / "ours", wide=True)
    image = replace(drawn_field(grid_places()), path=tmp_path / "smear.png")
    (field,) = editor.add_fields([image.facts])
    engine = Engine(
        ink, size_classifier, image_level_factory=lambda: (load_image_level(ModelChoice(image_level=model)), ())
    )
    analysing = AnalysingController(editor, engine=engine, notices=Notices(), parent=engine)
    ImageLevelController(editor, engine=engine, analysing=analysing, notices=Notices(), parent=engine)
    engine.start()
    analysing.open(field, image)
    yield editor, engine, image
    assert engine.shutdown(timeout_ms=WAIT_MS)
    engine.deleteLater()  # and the controllers with it, of which one may still wait to ask


def reading(editor):
    return editor.case.fields[1].remark("image level")


def until(qtbot, condition):
    qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)


def search(qtbot, editor, engine, image):
    """Every cell of the field, as the queue has it found."""
    run = editor.new_run()
    engine.cells_found.connect(lambda found: editor.add_cells(1, found.proposals, run=run))
    with qtbot.waitSignal(engine.task_finished, timeout=WAIT_MS):
        engine.segment_all(image)


def test_a_reading_comes_when_the_cells_have_settled_and_goes_with_them(qtbot, work):
    editor, engine, image = work
    heard = []
    engine.image_read.connect(heard.append)
    search(qtbot, editor, engine, image)
    until(qtbot, lambda: reading(editor))
    assert "image-level ours (" in reading(editor)
    assert len(heard) == 1, "once for all cells together"
    undo = editor.undo_text
    editor.remove_cells([1])
    assert reading(editor) == "", "it was made of other cells"
    until(qtbot, lambda: reading(editor))
    assert len(heard) == 2
    editor.remove_cells(list(editor.case.cells))
    assert reading(editor) == ""
    assert undo is not None


def test_switching_the_model_off_takes_the_readings_away(qtbot, work):
    editor, engine, image = work
    search(qtbot, editor, engine, image)
    until(qtbot, lambda: reading(editor))
    engine.replace_models(ModelFactories(ink, size_classifier))
    with qtbot.waitSignal(engine.ready, timeout=WAIT_MS) as ready:
        pass
    assert ready.args[0].image_level is None
    assert reading(editor) == ""


def test_a_model_that_cannot_be_loaded_leaves_the_rest_at_work(qtbot):
    def missing():
        raise ModelLoadError("The models are missing; choose another one.")

    engine = Engine(ink, size_classifier, image_level_factory=missing)
    said = []
    engine.notice.connect(said.append)
    with qtbot.waitSignal(engine.ready, timeout=WAIT_MS) as ready:
        engine.start()
    assert ready.args[0].classifier == "size"
    assert ready.args[0].image_level is None
    until(qtbot, lambda: said)
    assert said == ["Fields get no image-level reading. The models are missing; choose another one."]
    assert engine.shutdown(timeout_ms=WAIT_MS)
