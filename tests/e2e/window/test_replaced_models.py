"""Other models while the window works: taken when they run, refused when they don't; nothing is lost either way."""

import dataclasses
import json
import random
import shutil
import weakref
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.engine import jobs
from rbc_desktop.engine.engine import Engine
from rbc_desktop.errors import ModelLoadError
from rbc_desktop.ports import ModelFactories
from rbc_desktop.storage.laboratory.settings import Settings, load_settings, save_settings
from rbc_desktop.storage.paths import resource_root, settings_file
from tests.fakes.casework import make_analysis
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places, size_classifier

WAIT_MS = 60_000


class OtherClassifier(SizeClassifier):
    model_id = "other"


class OtherSegmenter(InkSegmenter):
    model_id = "other ink"


def others():
    return ModelFactories(lambda: (OtherSegmenter(dense=False), ("Another note.",)), lambda: (OtherClassifier(), ()))


def refused():
    def missing():
        raise ModelLoadError("The manifest has no segmenter; choose another one.")

    return ModelFactories(missing, size_classifier)


class Heard(list):
    def __init__(self, signal):
        super().__init__()
        signal.connect(self.append)


def until(qtbot, condition):
    qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)


@pytest.fixture
def engine(qtbot):
    made: Any = Engine(lambda: (InkSegmenter(), ()), size_classifier)
    made.heard = {
        n: Heard(getattr(made, n)) for n in ("ready", "models_refused", "proposal_ready", "failed", "field_ready")
    }
    made.start()
    until(qtbot, lambda: made.heard["ready"])
    yield made
    assert made.shutdown(timeout_ms=WAIT_MS)


def test_other_models_say_that_they_replace_the_first(qtbot, engine):
    engine.replace_models(others())
    until(qtbot, lambda: len(engine.heard["ready"]) == 2)
    first, second = engine.heard["ready"]
    assert (first.segmenter, first.classifier, first.replaced) == ("ink", "size", False)
    assert (second.segmenter, second.classifier, second.replaced) == ("other ink", "other", True)
    assert second.notes == ("Another note.",)


def test_a_refusal_leaves_the_field_and_its_models_as_they_are(qtbot, engine):
    engine.open_field(drawn_field(grid_places()))
    engine.replace_models(refused())
    engine.submit_prompt(PromptSet.click(110, 110))
    until(qtbot, lambda: engine.heard["proposal_ready"] and engine.heard["models_refused"])
    assert engine.heard["models_refused"] == ["The manifest has no segmenter; choose another one."]
    assert engine.heard["proposal_ready"][0].proposal is not None
    assert len(engine.heard["ready"]) == 1


def test_what_was_asked_of_the_old_models_is_dropped_in_silence(qtbot, engine):
    """Requests about a field that the new models have not prepared would only fail."""
    engine.open_field(drawn_field(grid_places()))
    until(qtbot, lambda: engine.heard["field_ready"])
    engine.replace_models(others())
    engine.submit_prompt(PromptSet.click(110, 110))
    until(qtbot, lambda: len(engine.heard["ready"]) == 2)
    engine.open_field(drawn_field(grid_places()))
    ticket = engine.submit_prompt(PromptSet.click(250, 110))
    until(qtbot, lambda: engine.heard["proposal_ready"])
    assert [p.ticket for p in engine.heard["proposal_ready"]] == [ticket]
    assert engine.heard["failed"] == []


def test_the_old_models_leave_memory(qtbot, engine):
    kept = []

    def remembered():
        segmenter = InkSegmenter()
        kept.append(weakref.ref(segmenter))
        return segmenter, ()

    engine.replace_models(ModelFactories(remembered, size_classifier))
    until(qtbot, lambda: len(engine.heard["ready"]) == 2)
    assert kept[0]() is not None
    engine.replace_models(others())
    until(qtbot, lambda: len(engine.heard["ready"]) == 3)
    assert kept[0]() is None


def test_models_can_be_chosen_after_a_start_without_any(qtbot):
    def missing():
        raise ModelLoadError("The models are missing.")

    engine = Engine(missing, size_classifier)
    ready, failed = Heard(engine.ready), Heard(engine.failed)
    engine.start()
    until(qtbot, lambda: failed)
    engine.replace_models(others())
    until(qtbot, lambda: ready)
    answers = Heard(engine.proposal_ready)
    engine.open_field(drawn_field(grid_places()))
    engine.submit_prompt(PromptSet.click(110, 110))
    until(qtbot, lambda: answers)
    assert engine.shutdown(timeout_ms=WAIT_MS)


# The window with the bundled models


@pytest.fixture
def own(tmp_path):
    """The bundled models under a version of the laboratory's."""
    folder = tmp_path / "our models"
    shutil.copytree(resource_root() / "weights", folder)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for section in manifest.values():
        section["version"] = "ours"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def begin(qtbot, sample_image):
    """Starts the window on the sample; the models are loaded."""
    from rbc_desktop.commands.desktop import assembly

    built = []

    def _begin():
        window: Any = assembly.build_window(QApplication.instance())
        built.append(window)
        qtbot.addWidget(window)
        window.ready = Heard(window.services.engine.ready)
        window.show()
        window.services.engine.start()
        window.services.files.open_paths([sample_image])
        until(qtbot, lambda: window.ready and window.presenter.shows_image)
        return window

    yield _begin
    for window in built:
        window.close()
        assembly.close_down(window)


def choose(qtbot, window, picker, kind, path):
    window.action_set["settings"].trigger()
    dialog = window.dialogs.preferences.dialog
    chosen = getattr(dialog.models, picker)
    chosen.kind.setCurrentIndex(chosen.kind.findData(kind))
    chosen.edit.setText(str(path))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    return dialog


def add_cell(qtbot, window, x, y):
    answers = Heard(window.services.engine.proposal_ready)
    window.services.engine.submit_prompt(PromptSet.click(x, y))
    until(qtbot, lambda: answers)
    return window.services.editor.add_cell(window.services.editor.current_field.id, answers[0].proposal)


def model_of(window, cell_id):
    case = window.services.editor.case
    prediction = case.prediction_of(case.cells[cell_id])
    return prediction.model if prediction else ""


def test_a_classifier_of_ones_own_renews_predictions_and_leaves_reviewed_classes(qtbot, begin, own):
    window = begin()
    editor = window.services.editor
    first, second = (add_cell(qtbot, window, *place).id for place in ((489, 210), (206, 150)))
    until(qtbot, lambda: model_of(window, first) and model_of(window, second))
    editor.set_class((second,), CellClass.BURR_CELL)
    choose(qtbot, window, "classifier", "folder", own)
    until(qtbot, lambda: len(window.ready) == 2)
    assert window.dialogs.preferences.dialog is None
    assert window.services.settings.value.classifier_weights == str(own)
    assert window.status.models.classifier.startswith("rbc-lightgbm ours (")
    until(qtbot, lambda: " ours (" in model_of(window, first) and " ours (" in model_of(window, second))
    assert editor.case.cells[second].reviewed_class is CellClass.BURR_CELL
    assert "The classes of 2 cells were suggested by another classifier" in window.message_bar.text
    answers = Heard(window.services.engine.proposal_ready)
    window.services.engine.submit_prompt(PromptSet.click(223, 238))
    until(qtbot, lambda: answers)
    assert answers[0].proposal is not None


def test_a_model_that_does_not_fit_is_refused_in_the_dialog_and_the_old_one_goes_on(qtbot, begin, own):
    window = begin()
    (own / "segmenter.safetensors").write_bytes(b"something else")
    dialog = choose(qtbot, window, "segmenter", "folder", own)
    assert not dialog.save.isEnabled()
    until(qtbot, lambda: dialog.note.text())
    assert "are damaged or were replaced" in dialog.note.text()
    assert dialog.note.text().endswith("choose another one. The models in use stay as they are.")
    assert dialog.save.isEnabled()
    assert window.services.settings.value.segmenter_weights == ""
    assert add_cell(qtbot, window, 489, 210).mask.area > 500


def test_a_case_of_an_older_classifier_is_renewed_when_its_field_is_shown(qtbot, begin):
    window = begin()
    cell = add_cell(qtbot, window, 489, 210)
    until(qtbot, lambda: model_of(window, cell.id))
    present = model_of(window, cell.id)
    old = make_analysis(cell, random.Random(1), model="rbc-lightgbm 1 (0123abcd)")
    if old.prediction is None:
        old = make_analysis(cell, random.Random(2), model="rbc-lightgbm 1 (0123abcd)")
    window.services.editor.set_analyses([old])
    window.session.work._reopen()
    until(qtbot, lambda: model_of(window, cell.id) == present)


def test_a_start_with_models_that_have_gone_uses_the_bundled_ones_and_says_why(qtbot, begin, tmp_path):
    gone = dataclasses.replace(
        Settings(), segmenter_weights=str(tmp_path / "gone"), classifier_weights=str(tmp_path / "gone"), device="cpu"
    )
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    save_settings(gone, settings_file())
    window = begin()
    [ready] = window.ready
    assert ready.segmenter.startswith("compact-sam2 ")
    assert ready.classifier.startswith("rbc-lightgbm ")
    assert "The bundled segmenter is used instead of the chosen one. " in window.message_bar.text
    assert "The bundled classifier is used instead of the chosen one. " in window.message_bar.text
    assert window.message_bar.level == "warning"
    window.services.settings.flush()
    assert load_settings(settings_file()).segmenter_weights == str(tmp_path / "gone"), "it may be a drive that is off"


def test_nothing_is_ready_twice_without_a_change(qtbot, begin):
    window = begin()
    window.action_set["settings"].trigger()
    dialog = window.dialogs.preferences.dialog
    dialog.general.theme.setCurrentIndex(dialog.general.theme.findData("dark"))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert window.dialogs.preferences.dialog is None
    assert window.services.settings.value.theme == "dark"
    assert [a.text() for a in window.dialogs.preferences._themes.values() if a.isChecked()] == ["Dark"]
    assert len(window.ready) == 1
    assert isinstance(window.ready[0], jobs.EngineReady)
    window.services.theme.force("system")
    qtbot.waitUntil(lambda: window.services.theme.sheet_change.is_done)
