import pytest

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.slides.slide_opener import open_slide
from tests.fakes.slide_files import drawn_film, write_pages


def test_what_is_not_there_or_no_image_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(ImageReadError, match=r"gone\.svs doesn't exist"):
        open_slide(tmp_path / "gone.svs")
    (tmp_path / "text.svs").write_text("no slide at all")
    with pytest.raises(ImageReadError, match=r"text\.svs"):
        open_slide(tmp_path / "text.svs")


def test_a_page_that_is_not_there_is_refused(tmp_path):
    path = write_pages(tmp_path / "film.tif", drawn_film(700, 500, cells=4), factors=(1, 4))
    with pytest.raises(ImageReadError, match=r"film\.tif has 1 pages; page 2 can't be opened"):
        open_slide(path, page=1)
