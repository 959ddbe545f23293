"""The colour of the light between the cells."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.imaging.light.white_point import background_colour


def field(light, *, cells=40, frame=False):
    rgb = np.empty((480, 640, 3), np.uint8)
    rgb[:] = light
    rng = np.random.default_rng(3)
    for x, y in zip(rng.integers(30, 610, cells), rng.integers(30, 450, cells), strict=True):
        cv2.circle(rgb, (int(x), int(y)), 20, (170, 90, 120), -1)
    if frame:
        rgb[:70] = rgb[-70:] = 0
    return rgb


@pytest.mark.parametrize("light", [(230, 215, 180), (190, 215, 235)])
@pytest.mark.parametrize("frame", [False, True], ids=["whole", "framed"])
def test_the_light_is_found_between_cells_and_within_a_frame(light, frame):
    assert background_colour(ArrayReader(field(light, frame=frame))) == pytest.approx(light, abs=5)
