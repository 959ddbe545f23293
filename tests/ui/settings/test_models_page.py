"""What the page of models offers."""

import pytest

from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.ui.settings.models_page import MODEL_SETTINGS, ModelsPage, devices_offered, kind_of


@pytest.mark.parametrize(
    ("path", "kind"), [("", "bundled"), ("/w/a.PT", "file"), ("/w/a.safetensors", "file"), ("/w/a", "folder")]
)
def test_the_kind_of_a_path(path, kind):
    assert kind_of(path) == kind


def test_only_devices_of_the_system_are_offered_and_the_chosen_one():
    assert "mps" not in devices_offered("linux", chosen="auto")
    assert "cuda" not in devices_offered("darwin", chosen="auto")
    assert "mps" in devices_offered("linux", chosen="mps")


def test_what_is_chosen_is_named_as_in_the_settings(qtbot, theme):
    page = ModelsPage(Settings(segmenter_weights="/w/a.pt", device="cpu"), None)
    qtbot.addWidget(page)
    assert page.changes == {
        "segmenter_weights": "/w/a.pt", "classifier_weights": "", "image_level_weights": "", "device": "cpu",
    }  # fmt: skip
    assert set(page.changes) == set(MODEL_SETTINGS)
    page.segmenter.edit.clear()
    assert not page.is_complete
