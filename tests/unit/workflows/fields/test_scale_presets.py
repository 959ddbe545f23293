"""Scales kept by objective: which one fits an image, and what the settings may hold."""

import json

import pytest

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.workflows.fields.scale_presets import (
    MOST_PRESETS,
    ScalePreset,
    presets_of,
    proposed_preset,
    with_preset,
    without_preset,
)

OIL = ScalePreset("100× oil", "BX53, room 2", "Olympus DP27", 2448, 1920, 0.0345)
DRY = ScalePreset("40×", "BX53, room 2", "Olympus DP27", 2448, 1920, 0.0862)
BINNED = ScalePreset("100× oil", "BX53, room 2", "Olympus DP27", 1224, 960, 0.069)
ANY = ScalePreset("100× oil", "CX23", "", 2448, 1920, 0.0401)
OTHER = ScalePreset("100× oil", "DM750", "Leica ICC50", 2448, 1920, 0.0512)


def kept(*presets):
    texts = ()
    for preset in reversed(presets):
        texts = with_preset(texts, preset)
    return texts


def test_what_is_kept_is_read_back_the_last_one_first():
    assert presets_of(kept(OIL, DRY, ANY)) == (OIL, DRY, ANY)


@pytest.mark.parametrize(
    ("presets", "camera", "size", "proposed"),
    [
        ((ANY, OTHER, OIL), "olympus dp27", (2448, 1920), OIL),
        ((DRY, OIL), "Olympus DP27", (2448, 1920), DRY),
        ((OIL, BINNED), "Olympus DP27", (1224, 960), BINNED),
        ((OIL,), "Olympus DP27", (1224, 960), None),
        ((OTHER, ANY), "Olympus DP27", (2448, 1920), ANY),
        ((OTHER,), "Olympus DP27", (2448, 1920), None),
        ((OTHER, OIL), "", (2448, 1920), OTHER),
        ((), "Olympus DP27", (2448, 1920), None),
    ],
)
def test_camera_and_size_decide_what_is_proposed(presets, camera, size, proposed):
    assert proposed_preset(presets, camera=camera, width=size[0], height=size[1]) == proposed


def test_a_preset_that_is_kept_again_takes_the_place_of_the_old_one():
    again = ScalePreset("100×  OIL", "bx53, room 2", "Olympus DP27", 2448, 1920, 0.035)
    assert presets_of(with_preset(kept(DRY, OIL), again)) == (again, DRY)
    assert presets_of(without_preset(kept(DRY, OIL), again)) == (DRY,)


def test_only_so_many_are_kept_the_oldest_goes():
    texts = ()
    for number in range(MOST_PRESETS + 5):
        texts = with_preset(texts, ScalePreset(f"{number}×", "", "", 10, 10, 0.1))
    assert len(texts) == MOST_PRESETS
    assert presets_of(texts)[-1].objective == "5×"


GOOD = {"objective": "100×", "microscope": "", "camera": "", "width": 640, "height": 480, "um_per_px": 0.1}


@pytest.mark.parametrize(
    "odd",
    ["", "{", "[]", "7", "null", "{}", "[" * 50_000]
    + [
        json.dumps({**GOOD, **change})
        for change in (
            {"objective": " "}, {"objective": 7}, {"camera": None}, {"microscope": "x" * 101}, {"width": 0},
            {"height": 1.5}, {"um_per_px": 0}, {"um_per_px": -1}, {"um_per_px": "0.1"}, {"um_per_px": float("nan")},
            {"more": 1}, {"camera": "\ud800"},
        )
    ],
)  # fmt: skip
def test_what_is_no_preset_is_passed_over(odd):
    assert [preset.objective for preset in presets_of((odd, json.dumps(GOOD)))] == ["100×"]


def test_a_preset_says_what_it_is_for():
    assert OIL.text == "100× oil · BX53, room 2: 0.0345 µm/px (Olympus DP27, 2448 × 1920 px)"
    assert ScalePreset("40×", "", "", 640, 480, 0.1).text == "40×: 0.1 µm/px (640 × 480 px)"
    assert OIL.calibration == Calibration(0.0345, "preset", "100× oil · BX53, room 2")
