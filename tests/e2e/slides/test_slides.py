"""A slide from the command line: regions or all of it, cells at known places, resumed, refused."""

import csv
from pathlib import Path

import highdicom
import numpy as np
import pytest

from rbc_desktop.cli import main
from rbc_desktop.domain.cells.column_values import ColumnValues
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.slides import slide_opener
from rbc_desktop.workflows.configuring import load_pipeline
from tests.fakes.dicom_files import write_dicom
from tests.fakes.slide_files import Film, drawn_film, repeated_film, write_ome, write_repeated, write_svs
from training.renderer.film import FilmStyle, draw_film

PERIOD, SIDE = 1_024, 8_192


@pytest.fixture(scope="module")
def part():
    return repeated_film(SIDE)


@pytest.fixture(scope="module")
def slide(tmp_path_factory, part):
    return write_repeated(tmp_path_factory.mktemp("slide") / "film.tif", part, side=SIDE)


def write_rows(path, *regions):
    lines = [f"{r.x0},{r.y0},{r.width},{r.height}" for r in regions]
    path.write_text("\n".join(["x,y,width,height", *lines]), encoding="utf-8")
    return path


def run(slide, out, *more):
    return main(["analyze", str(slide), "--out", str(out), "--formats", "csv", *map(str, more)])


def opened(out):
    store, case = CaseFile.open(out / "analysis.rbc")
    store.close()
    return case


def off(case, part):
    """Distance of each found cell from the nearest known one, slide pixels."""
    known = np.concatenate([part.centres + np.array([x, y]) for x in (0, PERIOD) for y in (0, PERIOD)]) % (2 * PERIOD)
    places = []
    for cell in case.cells.values():
        region, at = case.fields[cell.field_id].region, cell.mask.centroid
        places.append(((region.x0 + at.x) % (2 * PERIOD), (region.y0 + at.y) % (2 * PERIOD)))
    return np.linalg.norm(np.array(places)[:, None] - known[None], axis=2).min(axis=1)


def test_regions_of_a_slide_are_fields_with_their_cells_where_they_are(slide, part, tmp_path):
    first, second = Region(1_024, 2_048, 2_048, 3_072), Region(5_000, 6_000, 5_900, 6_700)
    rows = write_rows(tmp_path / "regions.csv", first, second)
    assert run(slide, tmp_path / "out", "--regions", rows) == 0
    case = opened(tmp_path / "out")
    assert [field.region for field in case.fields.values()] == [first, second]
    assert [s.path for s in case.slides.values()] == [slide]
    assert case.fields[1].calibration.um_per_px == pytest.approx(7.5 / 44, rel=1e-3)
    assert len(case.cells_of(1)) == len(part.centres)
    inner = {c.id for c in case.cells.values() if not c.touches_border}
    case.cells = ColumnValues.of({i: cell for i, cell in case.cells.items() if i in inner})
    assert off(case, part).max() < 0.5
    with (tmp_path / "out" / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["image"] for row in csv.DictReader(file)} == {"film.tif (1024, 2048)", "film.tif (5000, 6000)"}


def test_a_run_over_a_slide_goes_on_where_it_ended(slide, tmp_path):
    first, second = Region(0, 0, 600, 600), Region(1_000, 0, 1_600, 600)
    out = tmp_path / "out"
    assert run(slide, out, "--regions", write_rows(tmp_path / "one.csv", first)) == 0
    before = opened(out)
    assert run(slide, out, "--resume", "--regions", write_rows(tmp_path / "two.csv", first, second)) == 0
    after = opened(out)
    assert [field.region for field in after.fields.values()] == [first, second]
    assert len(after.slides) == 1
    assert [c.mask.centroid for c in after.cells_of(1)] == [c.mask.centroid for c in before.cells_of(1)]


@pytest.mark.parametrize("writer", [write_svs, write_ome], ids=["SVS", "OME"])
def test_all_of_a_slide_is_cut_into_fields_and_bare_glass_into_none(tmp_path, monkeypatch, writer):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)
    film = drawn_film(2_600, 1_800, cells=60, radius=16)
    film.pixels[:, 1_300:] = film.pixels[900, 1_299]  # no cells in the right half
    path = writer(tmp_path / "film.ome.tif", film, factors=(1, 4))
    assert run(path, tmp_path / "out") == 0
    case = opened(tmp_path / "out")
    assert [field.region for field in case.fields.values()] == [Region(0, 0, 1_300, 1_800)]
    least, most = (int(sum(x < 1_300 + by for x, _ in film.centres)) for by in (-16, 16))  # one may be cut
    assert least <= len(case.cells) <= most


def test_only_the_monolayer_is_analysed_if_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)
    style = FilmStyle(diameter=30.0, blurred=0, borders=(0.05, 0.3, 0.9, 0.97))
    drawn = draw_film(width=3_000, height=1_800, seed=7, style=style)
    path = write_ome(tmp_path / "film.ome.tif", Film(drawn.rgb, np.zeros((0, 2))), factors=(1, 4))
    assert run(path, tmp_path / "out", "--regions", "monolayer") == 0
    case = opened(tmp_path / "out")
    assert len(case.fields) >= 2
    assert all(field.width < 1_000 and field.region is not None for field in case.fields.values())
    assert len(case.cells) >= 300


def test_regions_of_one_slide_are_pictures_of_their_own(part):
    """The pipeline keeps embeddings, scale and quality of what it has seen, and takes none for another region."""
    pipeline = load_pipeline(notify=lambda _: None, models=ModelChoice())
    first, second = Region(0, 0, 700, 700), Region(300, 200, 1_000, 900)
    images = [
        LoadedImage(Path("/film.tif"), np.ascontiguousarray(part.pixels[r.slices]), "ab" * 32, region=r)
        for r in (first, second)
    ]

    def seen(image):
        field = pipeline.prepare(image)
        found = [proposal.mask for step in pipeline.segment_all(field) for proposal in step.found]
        return sorted((mask.x0, mask.y0, mask.area) for mask in found), pipeline.quality(field)

    seen(images[0])
    after_another = seen(images[1])
    for image in images:
        pipeline.forget(image)
    assert seen(images[1]) == after_another


def test_a_region_beside_the_slide_is_refused(slide, tmp_path, capsys):
    rows = write_rows(tmp_path / "regions.csv", Region(8_000, 0, 8_400, 400))
    assert run(slide, tmp_path / "out", "--regions", rows) == 1
    assert "The region at 8000, 0 doesn't lie on film.tif (8,192 × 8,192 pixels)" in capsys.readouterr().err


def test_the_cells_of_a_dicom_slide_lie_on_it_as_annotations(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)
    film = drawn_film(1_600, 1_000, cells=30, radius=20)
    path = write_dicom(tmp_path / "series", film, um_per_px=7.5 / 40)
    rows = write_rows(tmp_path / "regions.csv", Region(0, 0, 800, 1_000), Region(800, 0, 1_600, 1_000))
    out = tmp_path / "out"
    given = ["--regions", str(rows), "--out", str(out), "--formats", "dicom,csv"]
    assert main(["analyze", str(path), *given]) == 0
    found = highdicom.ann.annread(out / "001_level_1_annotations.dcm")
    outlines = [o for group in found.get_annotation_groups() for o in group.get_graphic_data("2D")]
    assert len(outlines) == len(opened(out).cells)
    middles = np.array([(o.min(axis=0) + o.max(axis=0)) / 2 for o in outlines])
    whole = [c for c in film.centres if abs(c[0] - 800) > 24]
    assert all(np.linalg.norm(middles - centre, axis=1).min() < 1.5 for centre in whole)
    plain = write_ome(tmp_path / "film.ome.tif", film, factors=(1, 4))
    assert main(["analyze", str(plain), *given[:2], "--out", str(tmp_path / "other"), *given[4:]]) == 1
    assert "There is no DICOM slide with cells" in capsys.readouterr().err
    assert (tmp_path / "other" / "cells.csv").exists()
