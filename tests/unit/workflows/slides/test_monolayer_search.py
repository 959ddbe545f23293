"""From a slide to proposed regions."""

import numpy as np
import pytest

from rbc_desktop.domain.slides.film_map import covered_by
from rbc_desktop.errors import TaskCancelled
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.workflows.slides.monolayer_search import find_monolayer
from training.renderer.film import FilmStyle, draw_film


class Control:
    def __init__(self, *, stop_after=None):
        self.steps, self._stop_after = [], stop_after

    def check(self):
        pass

    def progress(self, done, total):
        self.steps.append((done, total))
        if self._stop_after is not None and len(self.steps) > self._stop_after:
            raise TaskCancelled


@pytest.fixture(scope="module")
def slide():
    style = FilmStyle(diameter=20.0, blurred=0, borders=(0.05, 0.3, 0.9, 0.97))
    return ArrayReader(draw_film(width=2400, height=1500, seed=7, style=style).rgb)


def test_regions_are_proposed_until_the_target_is_covered(slide):
    few = find_monolayer(slide, diameter=None, target=150, control=Control())
    more = find_monolayer(slide, diameter=None, target=400, control=Control())
    assert covered_by(few.regions) >= 150
    assert covered_by(few.regions[:-1]) < 150
    assert len(more.regions) > len(few.regions)
    assert more.regions[: len(few.regions)] == few.regions
    assert few.sentence.startswith(f"{len(few.regions)} region")


def test_too_small_a_monolayer_is_said(slide):
    found = find_monolayer(slide, diameter=20, target=50_000, control=Control())
    assert "no room for 50000" in found.sentence


def test_progress_grows_to_its_end_and_can_be_stopped(slide):
    control = Control()
    find_monolayer(slide, diameter=20, target=150, control=control)
    shares = [done / total for done, total in control.steps]
    assert shares == sorted(shares)
    assert 0.7 < shares[-1] <= 1
    with pytest.raises(TaskCancelled):
        find_monolayer(slide, diameter=20, target=150, control=Control(stop_after=2))


def test_a_bare_slide_and_a_thick_one_say_what_to_do():
    bare = ArrayReader(np.full((900, 1200, 3), 240, np.uint8))
    assert "No stained cells" in find_monolayer(bare, diameter=None, target=0, control=Control()).sentence
    thick = FilmStyle(diameter=20.0, blurred=0, borders=(0.02, 0.98, 0.985, 0.99))
    film = draw_film(width=1500, height=1000, seed=5, style=thick)
    found = find_monolayer(ArrayReader(film.rgb), diameter=20, target=0, control=Control())
    assert found.regions == ()
    assert "too thick" in found.sentence
