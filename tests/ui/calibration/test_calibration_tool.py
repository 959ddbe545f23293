"""Presets in the real window: kept from one sample, proposed for the next by the camera that its images name."""

import numpy as np
import pytest
from PIL import Image

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.workflows.fields.scale_presets import ScalePreset, presets_of, with_preset


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
