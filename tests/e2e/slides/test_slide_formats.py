"""Drawn films as the formats of scanners and programs: opened, clicked, segmented and measured, by the real models."""

import math

import numpy as np
import pytest

from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.storage.slides.slide_regions import region_image
from rbc_desktop.workflows.analysis.analysing import find_cells
from rbc_desktop.workflows.configuring import load_pipeline
from tests.fakes.dicom_files import write_dicom
from tests.fakes.slide_files import BACKGROUND, INK, drawn_film, seen_centres, write_ome, write_pages, write_svs

RADIUS = 15
"""Pixels of a cell of 7.5 µm at 0.25 µm per pixel."""

FILMS = {
    "tiled TIFF": lambda folder, film: write_pages(
        folder / "a.tif", film, resolution=(40_000, 40_000), resolutionunit="CENTIMETER"
    ),
    "OME-TIFF": lambda folder, film: write_ome(folder / "a.ome.tif", film),
    "SVS": lambda folder, film: write_svs(folder / "a.svs", film),
    "DICOM": lambda folder, film: write_dicom(folder / "a", film),
}
DATE = "2026-03-04T05:06:07"
SCANS = {
    "tiled TIFF": (None, "", ""), "OME-TIFF": (None, "", DATE), "SVS": (40, "Aperio SS1234", DATE),
    "DICOM": (40, "Drawn Film scanner", DATE),
}  # fmt: skip
"""Objective, scanner and date, as far as the format has them."""


@pytest.fixture(scope="module")
def pipeline():
    return load_pipeline(notify=lambda _: None, models=ModelChoice())


@pytest.fixture(scope="module")
def film():
    return drawn_film(1_601, 1_203, cells=60, radius=RADIUS)


@pytest.fixture(params=FILMS)
def kind(request):
    return request.param


@pytest.fixture
def slide(kind, film, tmp_path):
    opened = open_slide(FILMS[kind](tmp_path, film))
    yield opened
    opened.close()


def test_scale_objective_scanner_and_date_are_read(slide, kind):
    info = slide.info
    assert info.calibration.um_per_px == pytest.approx(0.25, rel=1e-3)
    assert (info.objective, info.scanner, info.scanned.replace(" ", "T")) == SCANS[kind]


def test_places_are_right_to_half_a_pixel_at_every_level(slide, film):
    assert [level.downsample for level in slide.info.levels] == [1, 4, 16]
    for number, level in enumerate(slide.info.levels[:2]):  # on the last one a cell has two pixels
        found = seen_centres(slide.read_level(level.all, level=number)) * level.downsample
        away = np.linalg.norm(found[:, None] - film.centres[None], axis=2)
        assert away.min(axis=0).max() < 0.5 * level.downsample


def test_a_click_and_a_search_find_the_cells_where_they_are_and_as_large(slide, film, pipeline):
    region = Region(203, 101, 1_203, 801)
    image = region_image(slide, region)
    inner = film.centres - (region.x0, region.y0)
    away = np.minimum(inner, (region.width, region.height) - inner).min(axis=1)
    inner = inner[away > RADIUS + 2]
    assert len(inner) >= 15
    field = pipeline.prepare(image, calibration=image.calibration)
    for x, y in inner[:5]:
        mask = pipeline.propose(field, PromptSet.click(x + 4, y - 3)).mask
        assert math.hypot(mask.centroid.x - x, mask.centroid.y - y) < 0.5
    found = find_cells(pipeline, image, calibration=None)
    assert found.field.calibration.um_per_px == pytest.approx(0.25, rel=1e-3)
    whole = {cell.id: cell for cell in found.cells if not cell.touches_border}
    centres = np.array([(cell.mask.centroid.x, cell.mask.centroid.y) for cell in whole.values()])
    assert len(centres) == len(inner)
    assert np.linalg.norm(centres[:, None] - inner[None], axis=2).min(axis=0).max() < 0.5
    measured = [a.measurements.diameter_px for a in found.analyses if a.cell_id in whole]
    drawn = (film.pixels[..., 1] < (BACKGROUND[1] + INK[1]) / 2).sum() / len(film.centres)  # with its soft rim
    truth = 0.25 * 2 * math.sqrt(drawn / math.pi)
    assert truth == pytest.approx(7.5, rel=0.05)
    assert np.median(measured) * found.field.calibration.um_per_px == pytest.approx(truth, rel=0.02)
