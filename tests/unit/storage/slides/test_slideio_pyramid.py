"""The extra `slideio`, on a file of another scanner that its library reads too: no CZI or VSI can be written here."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import tifffile

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.slides import slideio_pyramid
from rbc_desktop.storage.slides.pyramid import Pyramid
from rbc_desktop.storage.slides.slide_opener import find_slide, open_slide
from rbc_desktop.storage.slides.slideio_pyramid import SlideioPyramid, slideio_format
from tests.fakes.slide_files import drawn_film, seen_centres, write_svs

CZI = b"ZISRAWFILE" + bytes(600)


@pytest.fixture(scope="module")
def film():
    return drawn_film()


@pytest.fixture
def slide(film, tmp_path):
    pytest.importorskip("slideio", reason="the extra 'slideio' isn't installed")
    made = Pyramid(SlideioPyramid(write_svs(tmp_path / "Ausstrich ü.svs", film), driver="SVS"))
    yield made
    made.close()


def test_every_level_shows_the_cells_where_they_are(film, slide):
    assert [(level.width, level.downsample) for level in slide.info.levels] == [(3001, 1), (750, 4), (187, 16)]
    for number, level in enumerate(slide.info.levels):
        found = seen_centres(slide.read_level(level.all, level=number))
        away = np.linalg.norm(found[:, None] * level.downsample - film.centres[None], axis=2)
        assert len(found) == len(film.centres)
        assert away.min(axis=0).max() < 0.5 * level.downsample


def test_a_region_is_that_part_of_its_level_also_for_many_threads(slide):
    whole = slide.read_level(slide.info.levels[0].all, level=0)
    regions = [Region(x, y, x + 301, y + 207) for x in (0, 255, 2_700) for y in (0, 511, 1_796)]
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(slide.read, regions))
    assert all((part == whole[region.slices]).all() for part, region in zip(parts, regions, strict=True))


def test_scale_objective_and_date_are_those_of_the_file(slide):
    info = slide.info
    assert info.calibration.um_per_px == pytest.approx(0.25)
    assert (info.objective, info.scanned) == (40, "2026-03-04T05:06:07")


def test_a_page_that_is_not_there_is_refused(slide):
    with pytest.raises(ImageReadError, match="has no page 2; the last one is page 1"):
        SlideioPyramid(slide.info.path, driver="SVS", page=1)


def test_its_files_are_told_by_their_beginning_or_ending(tmp_path):
    assert slideio_format(tmp_path / "a.bin", CZI) == "CZI"
    assert slideio_format(tmp_path / "a.VSI", b"II*\0") == "VSI"
    assert slideio_format(tmp_path / "a.tif", b"II*\0") == ""


@pytest.mark.parametrize("reader", [find_slide, open_slide, read_image])
def test_without_the_extra_the_sentence_names_it(tmp_path, monkeypatch, reader):
    monkeypatch.setattr(slideio_pyramid, "_library", lambda: None)
    (tmp_path / "a.czi").write_bytes(CZI)
    tifffile.imwrite(tmp_path / "b.vsi", np.zeros((64, 64, 3), np.uint8), photometric="rgb")
    for name in ("a.czi", "b.vsi"):
        with pytest.raises(ImageReadError, match=rf"^{name} needs the extra “slideio”: install it with pip install"):
            reader(tmp_path / name)


def test_a_damaged_file_leads_to_one_sentence(tmp_path):
    pytest.importorskip("slideio", reason="the extra 'slideio' isn't installed")
    (tmp_path / "a.czi").write_bytes(CZI)
    with pytest.raises(ImageReadError, match=r"^a\.czi is damaged or cut off"):
        find_slide(tmp_path / "a.czi")
