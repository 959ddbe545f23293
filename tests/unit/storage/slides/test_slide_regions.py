import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.slides.slide_regions import read_region
from tests.fakes.slide_files import drawn_film, write_ome, write_svs


@pytest.fixture(scope="module")
def film():
    return drawn_film(1201, 903, cells=8)


def test_a_region_is_an_image_of_its_own(film, tmp_path):
    path = write_ome(tmp_path / "film.ome.tif", film, factors=(1, 4))
    region = Region(100, 200, 700, 640)
    image = read_image(path, region=region)
    assert (image.pixels == film.pixels[region.slices]).all()
    assert not image.pixels.flags.writeable
    assert (image.sha256, image.region, image.page) == (sha256_of(path), region, 0)
    assert image.facts.region == region
    assert image.facts.name == "film.ome.tif (100, 200)"
    assert image.calibration.um_per_px == 0.25


def test_a_region_outside_the_slide_is_refused(film, tmp_path):
    path = write_ome(tmp_path / "film.ome.tif", film, factors=(1, 4))
    with pytest.raises(ImageReadError, match=r"film\.ome\.tif is smaller than it was; locate the original"):
        read_region(path, page=0, region=Region(1000, 0, 1300, 100))


def test_a_small_scan_in_a_scanners_format_is_an_image(film, tmp_path):
    path = write_svs(tmp_path / "film.svs", film, factors=(1, 4))
    image = read_image(path)
    assert (image.width, image.height, image.region, image.page_count) == (1201, 903, None, 1)
