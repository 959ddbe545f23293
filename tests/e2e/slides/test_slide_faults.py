"""Slides that are damaged or go away, while somebody looks at them, segments them, or a run analyses them."""

import re
import shutil
from typing import Any

import pytest
import tifffile

from rbc_desktop.cli import main
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Box
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.slides import slide_opener
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.ui.canvas.picture.tile_loader import TileLoader
from rbc_desktop.workflows.batch import file_analysis
from tests.fakes.dicom_files import write_dicom
from tests.fakes.slide_files import drawn_film, write_ome, write_pages, write_svs

WRITERS: dict[str, tuple[Any, str]] = {
    "tiled TIFF": (write_pages, "a.tif"),
    "OME-TIFF": (write_ome, "a.ome.tif"),
    "SVS": (write_svs, "a.svs"),
}
JPEG = {"compression": "jpeg", "compressionargs": {"level": 95}}
PART = r"A part of {} is (damaged or )?missing( from the file)?; copy or export it again from its source\."
GOOD, BAD = Region(0, 0, 500, 500), Region(1_030, 520, 1_530, 1_020)


@pytest.fixture(scope="module")
def film():
    return drawn_film(1_601, 1_203, cells=60, radius=15)


def tile_at(path, region):
    """Number of the first tile of the full size that a region touches, and its tags."""
    with tifffile.TiffFile(path) as tiff:
        page = tiff.pages[0]
        across = -(-page.imagewidth // page.tilewidth)
        number = (region.y0 // page.tilelength + 1) * across + region.x0 // page.tilewidth + 1
        return number, page.dataoffsets, page.databytecounts, page.tags["TileByteCounts"]


def damage(path, region):
    """Make one tile unreadable."""
    number, offsets, counts, _ = tile_at(path, region)
    with path.open("r+b") as file:
        file.seek(offsets[number])
        file.write(bytes(min(400, counts[number])))


def leave_out(path, region):
    """Let the file say that it doesn't have one tile."""
    number, *_, tag = tile_at(path, region)
    width = {3: 2, 4: 4, 16: 8}[int(tag.dtype)]
    with path.open("r+b") as file:
        file.seek(tag.valueoffset + number * width)
        file.write(bytes(width))


CASES = [(kind, fault) for kind in WRITERS for fault in (damage, leave_out) if (kind, fault) != ("SVS", leave_out)]
"""OpenSlide shows background where an Aperio scanner has left a tile out, as the scanner means it."""


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}, {case[1].__name__}")
def spoilt(request, film, tmp_path):
    kind, fault = request.param
    writer, name = WRITERS[kind]
    path = writer(tmp_path / name, film, factors=(1, 4), **({} if kind == "SVS" else JPEG))
    fault(path, BAD)
    return path


def test_a_field_of_the_bad_part_is_one_sentence_and_others_are_read(spoilt):
    assert read_image(spoilt, region=GOOD).pixels.shape == (500, 500, 3)
    with pytest.raises(ImageReadError, match=PART.format(re.escape(spoilt.name))):
        read_image(spoilt, region=BAD)


@pytest.fixture
def loader(qapp):
    made = TileLoader()
    yield made
    made.shutdown()
    made.deleteLater()


def test_looking_at_it_shows_the_rest_and_says_it_once(qtbot, loader, spoilt):
    said = []
    loader.failed.connect(said.append)
    slide = open_slide(spoilt)
    loader.open(slide)
    tiles = list(loader.grid.tiles(Box(0, 0, slide.width, slide.height), level=0))
    for _ in range(2):
        loader.want(tiles)
        qtbot.waitUntil(lambda: loader.is_settled, timeout=30_000)
    shown = [not loader.picture(tile).isNull() for tile in tiles]
    assert 0 < shown.count(False) < len(tiles)
    assert len(said) == 1
    assert re.match(PART.format(re.escape(spoilt.name)), said[0])
    slide.close()


def rows(path, *regions):
    lines = [f"{r.x0},{r.y0},{r.width},{r.height}" for r in regions]
    path.write_text("\n".join(["x,y,width,height", *lines]), encoding="utf-8")
    return path


def fields(out):
    store, case = CaseFile.open(out / "analysis.rbc")
    store.close()
    return [field.region for field in case.fields.values()]


LAST = Region(0, 600, 500, 1_100)


def test_a_run_keeps_the_other_regions_and_goes_on_with_a_whole_file(spoilt, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)
    out, regions = tmp_path / "out", rows(tmp_path / "rows.csv", GOOD, BAD, LAST)
    run = ("analyze", str(spoilt), "--regions", str(regions), "--formats", "csv", "--out", str(out))
    assert main(run) == 1
    said = capsys.readouterr().err
    assert said.count(f"A part of {spoilt.name} is") == 1
    assert "Traceback" not in said
    assert fields(out) == [GOOD, LAST]


def test_a_slide_that_goes_away_in_a_run_is_said_once_and_continued(film, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)
    path, away = write_ome(tmp_path / "a.ome.tif", film, factors=(1, 4)), tmp_path / "b.ome.tif"
    analyse = file_analysis.analyse_region

    def then_go_away(*arguments, **named):
        found = analyse(*arguments, **named)
        if path.exists():
            path.rename(away)
        return found

    out, regions = tmp_path / "out", rows(tmp_path / "rows.csv", GOOD, BAD, LAST)
    run = ("analyze", str(path), "--regions", str(regions), "--formats", "csv", "--out", str(out))
    with monkeypatch.context() as patched:
        patched.setattr(file_analysis, "analyse_region", then_go_away)
        assert main(run) == 1
    said = capsys.readouterr().err
    assert said.count("a.ome.tif can't be reached any more; connect its drive and go on with --resume.") == 1
    assert "2 of 3 regions of a.ome.tif failed" in said
    assert fields(out) == [GOOD]
    away.rename(path)
    assert main((*run, "--resume")) == 0
    assert fields(out) == [GOOD, BAD, LAST]


def test_a_slide_in_many_files_that_goes_away_is_one_sentence_for_who_looks_at_it(film, tmp_path):
    path = write_dicom(tmp_path / "scan", film, factors=(1, 4))
    slide = open_slide(path)
    for file in path.parent.iterdir():
        with file.open("r+b") as opened:
            opened.truncate(4_000)  # as a share that fails in the middle
    shutil.rmtree(path.parent)
    with pytest.raises(ImageReadError, match=r"^level_1\.dcm can't be reached any more; connect its drive, or locate"):
        slide.read(slide.info.levels[0].all)
    slide.close()
