from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import tifffile

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.slides.pyramid import Pyramid
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.storage.slides.tiff_pyramid import TiffPyramid
from tests.fakes.slide_files import drawn_film, seen_centres, write_ome, write_pages, write_svs

JPEG = {"compression": "jpeg", "compressionargs": {"level": 95}}


@pytest.fixture(scope="module")
def film():
    return drawn_film()


def opened(path):
    return Pyramid(TiffPyramid(path))


WRITERS = {
    "pages": write_pages,
    "pages in JPEG": lambda path, film: write_pages(path, film, **JPEG),
    "planes": lambda path, film: write_pages(path, film, planarconfig="separate"),
    "OME": write_ome,
    "SVS": write_svs,
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_every_level_shows_the_cells_where_they_are(film, tmp_path, writer):
    slide = opened(writer(tmp_path / "film.ome.tif", film))
    assert [(level.width, level.height, level.downsample) for level in slide.info.levels] == [
        (3001, 2003, 1), (750, 500, 4), (187, 125, 16),
    ]  # fmt: skip
    for number, level in enumerate(slide.info.levels):
        found = seen_centres(slide.read_level(level.all, level=number))
        away = np.linalg.norm(found[:, None] * level.downsample - film.centres[None], axis=2)
        assert len(found) == len(film.centres)
        assert away.min(axis=0).max() < 0.5 * level.downsample
    slide.close()


def test_any_region_is_as_the_whole_image_has_it(film, tmp_path):
    slide = opened(write_pages(tmp_path / "film.tif", film))
    rng = np.random.default_rng(3)
    for _ in range(20):
        x0, y0 = int(rng.integers(0, 3000)), int(rng.integers(0, 2002))
        region = Region(x0, y0, int(rng.integers(x0 + 1, 3002)), int(rng.integers(y0 + 1, 2004)))
        assert (slide.read(region) == film.pixels[region.slices]).all()
    slide.close()


def test_strips_are_read_as_tiles_are(film, tmp_path):
    tifffile.imwrite(tmp_path / "film.tif", film.pixels, photometric="rgb", rowsperstrip=50)
    slide = opened(tmp_path / "film.tif")
    region = Region(100, 333, 900, 777)
    assert len(slide.info.levels) == 1
    assert (slide.read(region) == film.pixels[region.slices]).all()
    slide.close()


def test_twelve_bits_mean_the_same_in_every_region(tmp_path):
    ramp = np.linspace(0, 4095, 512 * 512).astype(np.uint16).reshape(512, 512)
    tifffile.imwrite(tmp_path / "deep.tif", ramp, photometric="minisblack", tile=(128, 128))
    slide = opened(tmp_path / "deep.tif")
    dark = slide.read(Region(0, 0, 128, 128))
    assert dark.max() == round(int(ramp[:128, :128].max()) * 255 / 4095)
    slide.close()


def test_many_threads_read_at_once(film, tmp_path):
    slide = opened(write_pages(tmp_path / "film.tif", film, **JPEG))
    regions = list(slide.info.levels[0].all.blocks(300))
    alone = [slide.read(region) for region in regions]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(slide.read, regions * 3))
    assert all((first == second).all() for first, second in zip(alone * 3, together, strict=True))
    slide.close()


def test_scale_and_date_are_those_of_the_file(film, tmp_path):
    slide = opened(write_ome(tmp_path / "film.ome.tif", film))
    assert (slide.info.calibration.um_per_px, slide.info.calibration.source) == (0.25, "file")
    assert slide.info.scanned == "2026-03-04T05:06:07"
    slide.close()


def test_labels_are_no_levels(film, tmp_path):
    slide = opened(write_svs(tmp_path / "film.svs", film))
    assert (slide.info.page_count, len(slide.info.levels)) == (1, 3)
    slide.close()


def test_a_missing_tile_fails_where_it_is_and_nowhere_else(film, tmp_path):
    path = write_pages(tmp_path / "film.tif", film)
    with tifffile.TiffFile(path) as tiff:
        tag = tiff.pages[0].tags["TileByteCounts"]
        counts = list(tag.value)
        counts[0] = 0
        place, kind = tag.valueoffset, tag.dtype
    width = {4: 4, 16: 8}[int(kind)] if int(kind) in (4, 16) else 2
    with path.open("r+b") as file:
        file.seek(place)
        file.write(counts[0].to_bytes(width, "little"))
    slide = open_slide(path)
    with pytest.raises(ImageReadError, match=r"^A part of film\.tif is missing from the file; copy or export"):
        slide.read(Region(0, 0, 10, 10))
    assert (slide.read(Region(600, 600, 700, 700)) == film.pixels[600:700, 600:700]).all()
    slide.close()


def test_a_file_that_ends_in_the_middle_of_a_level_is_refused(film, tmp_path):
    path = write_pages(tmp_path / "film.tif", film)
    with tifffile.TiffFile(path) as tiff:
        end = max(tiff.pages[2].dataoffsets) + 10
    path.write_bytes(path.read_bytes()[:end])
    with pytest.raises(ImageReadError, match=r"film\.tif is damaged or cut off; copy or export it again"):
        open_slide(path)


def test_a_damaged_tile_leads_to_one_sentence(film, tmp_path):
    path = write_pages(tmp_path / "film.tif", film, **JPEG)
    with tifffile.TiffFile(path) as tiff:
        offset = tiff.pages[0].dataoffsets[0]
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(bytes(400))
    slide = open_slide(path)
    with pytest.raises(ImageReadError, match=r"A part of film\.tif is damaged or missing"):
        slide.read(Region(0, 0, 10, 10))
    slide.close()


def test_what_is_stored_in_one_piece_is_no_slide(tmp_path):
    pixels = np.zeros((4200, 4200), np.uint8)
    tifffile.imwrite(tmp_path / "one.tif", pixels, compression="deflate", rowsperstrip=4200)
    with pytest.raises(ImageReadError, match=r"one\.tif is stored in one piece.*save it as a tiled TIFF"):
        open_slide(tmp_path / "one.tif")
