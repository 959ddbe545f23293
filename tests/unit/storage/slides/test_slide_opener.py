import pytest
from PIL import Image

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.slides import slide_opener
from rbc_desktop.storage.slides.slide_opener import find_slide, is_small_slide, open_slide
from tests.fakes.slide_files import drawn_film, write_pages


def test_what_is_not_there_or_no_image_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(ImageReadError, match=r"gone\.svs doesn't exist"):
        open_slide(tmp_path / "gone.svs")
    (tmp_path / "text.svs").write_text("no slide at all")
    with pytest.raises(ImageReadError, match=r"text\.svs"):
        open_slide(tmp_path / "text.svs")


def test_a_page_that_is_not_there_is_refused(tmp_path):
    path = write_pages(tmp_path / "film.tif", drawn_film(700, 500, cells=4), factors=(1, 4))
    with pytest.raises(ImageReadError, match=r"film\.tif has no page 2; the last one is page 1"):
        open_slide(path, page=1)


def test_only_what_is_large_and_read_part_by_part_is_a_slide(tmp_path, monkeypatch):
    film = drawn_film(700, 500, cells=4)
    path = write_pages(tmp_path / "film.tif", film, factors=(1, 4))
    assert find_slide(path) is None
    assert is_small_slide(path)
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 300_000)
    slide = find_slide(path)
    assert slide is not None
    slide.close()
    png = tmp_path / "film.png"
    Image.fromarray(film.pixels).save(png)
    assert find_slide(png) is None
    assert not is_small_slide(png)
    assert not is_small_slide(write_pages(tmp_path / "image.tif", film, factors=(1,)))
    assert not is_small_slide(tmp_path / "gone.svs")


def test_a_damaged_slide_says_so_and_not_that_it_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 300_000)
    path = write_pages(tmp_path / "film.tif", drawn_film(700, 500, cells=4), factors=(1, 4))
    path.write_bytes(path.read_bytes()[:-900])
    with pytest.raises(ImageReadError, match=r"film\.tif is damaged or cut off"):
        find_slide(path)
