import ctypes
import threading
from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.slides.slide import SlideInfo, stored_levels
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.slides.pyramid import Pyramid
from tests.fakes.slide_files import drawn_film


class HeldSource:
    """Levels in memory; reads wait for a gate, and closing is counted."""

    def __init__(self, path: Path, film, factors=(1, 4)) -> None:
        self.levels = [film.level(factor) for factor in factors]
        self.info = SlideInfo(path, stored_levels([level.shape[1::-1] for level in self.levels]))
        self.entered, self.gate, self.closed, self.error = threading.Event(), threading.Event(), 0, None
        self.gate.set()

    def pixels(self, region, *, level):
        self.entered.set()
        self.gate.wait(20)
        if self.error is not None:
            raise self.error
        assert not self.closed
        return self.levels[level][region.slices].copy()

    def close(self):
        self.closed += 1


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "film.tif"
    path.write_bytes(b"there")
    return HeldSource(path, drawn_film(800, 600, cells=6))


@pytest.fixture
def slide(source):
    return Pyramid(source)


def test_a_reduced_region_comes_from_the_fitting_level(slide, source):
    part = slide.read(Region(200, 100, 600, 500), size=(100, 100))
    assert (part == source.levels[1][25:125, 50:150]).all()
    half = slide.read(Region(200, 100, 600, 500), size=(200, 200))
    assert half.shape == (200, 200, 3)
    assert np.abs(half.mean((0, 1)) - source.levels[0][100:500, 200:600].mean((0, 1))).max() < 0.5


def test_a_region_of_the_full_size_is_as_stored(slide, source):
    region = Region(3, 7, 91, 33)
    assert (slide.read(region) == source.levels[0][region.slices]).all()


def test_a_region_outside_the_slide_is_a_mistake_of_the_caller(slide):
    with pytest.raises(ValueError, match="inside"):
        slide.read(Region(0, 0, 801, 10))
    with pytest.raises(ValueError, match="inside"):
        slide.read_level(Region(5, 5, 5, 9), level=1)


def test_closing_waits_for_who_is_reading_and_refuses_who_comes_later(slide, source):
    source.gate.clear()
    found = []
    reader = threading.Thread(target=lambda: found.append(slide.read(Region(0, 0, 10, 10))))
    reader.start()
    assert source.entered.wait(20)
    slide.close()
    assert source.closed == 0
    with pytest.raises(ImageReadError, match=r"film\.tif is closed; open it again"):
        slide.read(Region(0, 0, 10, 10))
    source.gate.set()
    reader.join(20)
    slide.close()
    assert (len(found), source.closed) == (1, 1)


def test_a_decoder_that_fails_leads_to_one_sentence(slide, source):
    source.error = ValueError("segment 7")
    with pytest.raises(ImageReadError, match=r"^A part of film\.tif is damaged or missing; copy or export"):
        slide.read(Region(0, 0, 10, 10))
    source.info.path.unlink()
    with pytest.raises(ImageReadError, match=r"^film\.tif can't be reached any more; connect its drive"):
        slide.read(Region(0, 0, 10, 10))


def test_ctrl_c_is_heard_where_ctypes_hides_it(slide, source):
    source.error = ctypes.ArgumentError("argument 2: KeyboardInterrupt: ")
    with pytest.raises(KeyboardInterrupt):
        slide.read(Region(0, 0, 10, 10))
