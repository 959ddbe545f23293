"""A field that is read part by part gives what the whole one gives."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.files import resource_root
from rbc_desktop.imaging.cells.field_context import context_steps, field_context, stained_mask, stained_mask_steps
from rbc_desktop.imaging.fields.scale import stained_area, stained_area_steps
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.imaging.light.field_density import RegionDensity, density_steps
from rbc_desktop.imaging.light.field_of_view import reduced
from rbc_desktop.imaging.light.illumination import optical_density
from rbc_desktop.imaging.light.stain_levels import otsu, result_of
from tests.unit.imaging.cells.test_field_context import cells, through_an_eyepiece

SMALL_BAND = 20_000


def sample():
    return cv2.imread(str(resource_root() / "sample" / "sample_smear.png"))[..., ::-1].copy()


FIELDS = {
    "sample": sample,
    "eyepiece": lambda: through_an_eyepiece(cells(height=600, width=800, diameter=40), share=0.4),
    "narrow": lambda: cells(height=1200, width=130, diameter=40),
    "tiny": lambda: cells(height=5, width=7),
}


@pytest.mark.parametrize("name", FIELDS)
def test_parts_of_a_field_have_the_density_of_the_whole(name):
    rgb = FIELDS[name]()
    expected, parts = optical_density(rgb), RegionDensity(ArrayReader(rgb), reduced(ArrayReader(rgb)))
    assert parts.shape == expected.shape
    assert np.abs(parts[:, :] - expected).max() < 1e-6
    for block in Region(0, 0, rgb.shape[1], rgb.shape[0]).blocks(97):
        assert np.abs(parts[block.slices] - expected[block.slices]).max() < 1e-6


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_in_parts_has_the_context_of_the_whole(name):
    rgb = FIELDS[name]()
    ours, theirs = result_of(context_steps(ArrayReader(rgb), whole_pixels=0)), field_context(rgb)
    assert ours.cell_density == pytest.approx(theirs.cell_density, abs=1e-6)
    assert (ours.cell_diameter or 0) == pytest.approx(theirs.cell_diameter or 0, rel=1e-6)
    for values in ("diameter", "axis_ratio", "density", "core_rim"):
        assert getattr(ours.cells, values) == pytest.approx(getattr(theirs.cells, values), abs=1e-5)


@pytest.mark.parametrize("name", FIELDS)
def test_bands_do_not_show_in_what_is_stained(name):
    colour, mean = result_of(density_steps(ArrayReader(FIELDS[name]())))
    assert np.array_equal(result_of(stained_mask_steps(colour, band_pixels=SMALL_BAND)), stained_mask(colour))
    banded, at_once = result_of(stained_area_steps(mean, band_pixels=SMALL_BAND)), stained_area(mean)
    assert np.array_equal(banded, at_once) if at_once is not None else banded is None


def test_otsu_is_opencvs():
    dice = np.random.default_rng(0)
    for _ in range(200):
        parts = [dice.normal(dice.uniform(0, 255), dice.uniform(1, 60), dice.integers(5, 3000)) for _ in range(2)]
        levels = np.clip(np.concatenate(parts), 0, 255).astype(np.uint8)[:, None]
        expected, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        assert otsu(np.bincount(levels.ravel(), minlength=256)) == expected
    assert otsu(np.zeros(256, np.int64)) == 0
