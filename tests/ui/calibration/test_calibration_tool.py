"""Presets in the real window: kept from one sample, proposed for the next by the camera that its images name."""

import numpy as np
import pytest
from PIL import Image

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.workflows.fields.scale_presets import ScalePreset, presets_of, proposed_preset, with_preset


@pytest.fixture
def photograph(tmp_path):
    """Writes an image of a camera; returns its path."""

    def take(name, *, camera, seed, size=(200, 150)):
        pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
        exif = Image.Exif()
        exif[0x0110] = camera
        Image.fromarray(pixels).save(tmp_path / name, exif=exif)
        return tmp_path / name

    return take


@pytest.fixture
def show(qtbot, window):
    """Opens images and the calibration dialog once the camera is known."""

    def open_them(*paths):
        window.services.files.open_paths(list(paths))
        files, images, tool = window.services.files, window.services.images, window.calibrating
        qtbot.waitUntil(lambda: not files.is_busy and not images.is_loading, timeout=20_000)
        current = window.services.editor.current_field
        qtbot.waitUntil(lambda: current.path in tool._cameras)
        window.action_set["calibrate"].setEnabled(True)
        window.action_set["calibrate"].trigger()
        return tool.dialog

    return open_them


def presets(window):
    return presets_of(window.services.settings.value.scale_presets)


def test_a_preset_is_kept_and_proposed_for_the_next_sample_of_that_camera(qtbot, window, photograph, show):
    dialog = show(photograph("1.png", camera="DP27", seed=1))
    dialog.typed.setText("0.125")
    dialog.form.keep.setChecked(True)
    dialog.form.objective.setText("100× oil")
    assert dialog.form.camera.text() == "DP27"
    dialog.apply.click()
    kept = ScalePreset("100× oil", "", "DP27", 200, 150, 0.125)
    assert presets(window) == (kept,)

    window.services.files.new_case()
    qtbot.waitUntil(lambda: not window.services.files.is_busy and not window.services.editor.case.fields)
    dialog = show(photograph("2.png", camera="DP27", seed=2), photograph("3.png", camera="DP27", seed=3))
    assert dialog.picker.preset == kept
    assert dialog.by_preset.isChecked()
    dialog.apply.click()
    scales = [field.calibration for field in window.services.editor.case.fields.values()]
    assert scales == [Calibration(0.125, "preset", "100× oil")] * 2
    assert "0.125 µm/px (preset)" in window.line.scale.text()


def test_a_preset_of_another_camera_is_not_proposed(window, photograph, show):
    other = ScalePreset("100×", "", "ICC50", 200, 150, 0.05)
    window.services.settings.update(scale_presets=with_preset(('{"odd": 1}',), other))
    dialog = show(photograph("1.jpg", camera="DP27", seed=1))
    assert dialog.by_number.isChecked()
    dialog.by_preset.setChecked(True)
    dialog.picker.forget.click()
    assert presets(window) == ()
    assert dialog.by_number.isChecked()
    dialog.close()


def test_an_image_that_is_turned_has_the_size_of_the_others(show, photograph):
    upright = photograph("a.jpg", camera="DS-Fi2", seed=1)
    on_its_side = photograph("b.jpg", camera="DS-Fi2", seed=2, size=(150, 200))
    dialog = show(upright, on_its_side, photograph("c.jpg", camera="DS-Fi2", seed=3, size=(150, 150)))
    assert [dialog.scope.itemText(i) for i in range(dialog.scope.count())] == [
        "This field", "All 2 fields of this size", "All 3 fields",
    ]  # fmt: skip


def test_a_preset_holds_for_the_turned_image_and_is_kept_once():
    preset = ScalePreset("100x", "", "DS-Fi2", 200, 150, 0.1)
    turned = ScalePreset("100x", "", "DS-Fi2", 150, 200, 0.1)
    assert proposed_preset((preset,), camera="DS-Fi2", width=150, height=200) is preset
    assert presets_of(with_preset(with_preset((), preset), turned)) == (turned,)
