from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import tifffile
from pydicom import dcmread

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.slides import vendor_pyramid
from rbc_desktop.storage.slides.pyramid import Pyramid
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.storage.slides.vendor_pyramid import VendorPyramid, is_vendor_slide
from tests.fakes.dicom_files import write_dicom
from tests.fakes.slide_files import drawn_film, seen_centres, write_ome, write_pages, write_svs


@pytest.fixture(scope="module")
def film():
    return drawn_film()


@pytest.fixture
def svs(film, tmp_path):
    return write_svs(tmp_path / "Ausstrich ü.svs", film)


def test_a_scanners_file_is_told_from_others(film, svs, tmp_path):
    assert is_vendor_slide(svs)
    assert not is_vendor_slide(write_pages(tmp_path / "a.tif", film))
    assert not is_vendor_slide(write_ome(tmp_path / "a.ome.tif", film))


def test_every_level_shows_the_cells_where_they_are(film, svs):
    slide = Pyramid(VendorPyramid(svs))
    assert [(level.width, level.downsample) for level in slide.info.levels] == [(3001, 1), (750, 4), (187, 16)]
    for number, level in enumerate(slide.info.levels):
        found = seen_centres(slide.read_level(level.all, level=number))
        away = np.linalg.norm(found[:, None] * level.downsample - film.centres[None], axis=2)
        assert len(found) == len(film.centres)
        assert away.min(axis=0).max() < 0.5 * level.downsample
    slide.close()


def test_a_region_of_a_level_is_the_part_of_that_level(svs):
    slide = Pyramid(VendorPyramid(svs))
    whole = slide.read_level(slide.info.levels[1].all, level=1)
    region = Region(301, 207, 655, 411)
    part = slide.read_level(region, level=1)
    assert np.abs(part.astype(int) - whole[region.slices]).max() <= 12  # OpenSlide shifts by hundredths of a pixel
    slide.close()


def test_scale_objective_scanner_and_date_are_those_of_the_file(svs):
    slide = open_slide(svs)
    info = slide.info
    assert (info.calibration.um_per_px, info.calibration.detail) == (0.25, "Aperio")
    assert (info.objective, info.scanner, info.scanned) == (40, "Aperio SS1234", "2026-03-04T05:06:07")
    slide.close()


@pytest.mark.parametrize("jpeg", [True, False])
def test_a_dicom_slide_is_read_from_any_of_its_files(film, tmp_path, jpeg):
    first = write_dicom(tmp_path / "Präparat 7", film, jpeg=jpeg)
    for path in (first, first.with_name("level_3.dcm")):
        slide = open_slide(path)
        assert [(level.width, level.downsample) for level in slide.info.levels] == [(3001, 1), (750, 4), (187, 16)]
        for number, level in enumerate(slide.info.levels):
            found = seen_centres(slide.read_level(level.all, level=number))
            away = np.linalg.norm(found[:, None] * level.downsample - film.centres[None], axis=2)
            assert len(found) == len(film.centres)
            assert away.min(axis=0).max() < 0.5 * level.downsample
        info = slide.info
        assert (info.calibration.um_per_px, info.calibration.detail, info.objective) == (0.25, "DICOM", 40)
        assert (info.scanner, info.scanned) == ("Drawn Film scanner", "2026-03-04T05:06:07")
        slide.close()


@pytest.mark.parametrize(
    ("charset", "maker"), [("ISO_IR 100", "Präzision Jürgens"), ("ISO_IR 144", "Сканер"), ("ISO_IR 192", "顕微鏡 ü")]
)
def test_a_scanners_name_is_read_in_the_character_set_that_the_file_states(film, tmp_path, charset, maker):
    first = write_dicom(tmp_path / "slide", film)
    for path in first.parent.glob("*.dcm"):
        level = dcmread(path)
        level.SpecificCharacterSet, level.Manufacturer = charset, maker
        level.save_as(path)
    slide = open_slide(first.with_name("level_2.dcm"))
    assert slide.info.scanner == f"{maker} Film scanner"
    slide.close()


def test_many_threads_read_at_once(svs):
    slide = open_slide(svs)
    regions = list(slide.info.levels[0].all.blocks(400))
    alone = [slide.read(region) for region in regions]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(slide.read, regions))
    assert all((first == second).all() for first, second in zip(alone, together, strict=True))
    slide.close()


def test_a_truncated_level_leads_to_one_sentence(svs):
    with tifffile.TiffFile(svs) as tiff:
        offsets = tiff.pages[0].dataoffsets
    with svs.open("r+b") as file:
        file.seek(offsets[5])
        file.write(bytes(500))
    slide = open_slide(svs)
    with pytest.raises(ImageReadError, match=r"^A part of Ausstrich ü\.svs is damaged or missing; copy or export"):
        slide.read(slide.info.levels[0].all)
    slide.close()
    svs.write_bytes(svs.read_bytes()[: offsets[3]])
    with pytest.raises(ImageReadError, match=r"^Ausstrich ü\.svs is damaged or cut off"):
        open_slide(svs)


def test_without_the_library_the_sentence_says_so(svs, monkeypatch):
    monkeypatch.setattr(vendor_pyramid, "_library", lambda: None)
    assert not is_vendor_slide(svs)
    with pytest.raises(ImageReadError, match="needs OpenSlide, which is missing here"):
        VendorPyramid(svs)
