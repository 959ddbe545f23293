"""A film as a slide on the disk, and the controller of slides over a real case."""

import contextlib

import pytest

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.editing.slide_editor import add_slides
from rbc_desktop.storage.digest import known_digest
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.workflows.notices import Notices
from rbc_desktop.workflows.slides.slide_controller import SlideController
from tests.fakes.slide_files import Film, write_pages
from training.renderer.film import FilmStyle, draw_film

STYLE = FilmStyle(diameter=20.0, blurred=0, borders=(0.04, 0.25, 0.9, 0.97))


@pytest.fixture(scope="session")
def film():
    return draw_film(width=2400, height=1500, seed=7, style=STYLE)


@pytest.fixture(scope="session")
def slide_path(film, tmp_path_factory):
    path = tmp_path_factory.mktemp("slide") / "film ä.tif"
    return write_pages(path, Film(film.rgb, film.zones))


class Told(list):
    """What the user was told."""

    def __call__(self, text, level):
        self.append((level, text))


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def slides(qapp, editor, told):
    tasks, notices = TaskRunner(), Notices()
    notices.show_with(told)
    made = SlideController(editor, tasks=tasks, opener=open_slide, notices=notices)
    yield made
    made.close()
    assert tasks.shutdown()


def in_case(editor, path):
    """The slide as an entry of the case."""
    with contextlib.closing(open_slide(path)) as slide:
        return add_slides(editor, [SlideEntry.of(slide.info, number=0, sha256=known_digest(path))])[0]


@pytest.fixture
def opened(qtbot, slides, editor, slide_path):
    slides.show(in_case(editor, slide_path))
    qtbot.waitUntil(lambda: slides.slide is not None, timeout=20_000)
    return slides
