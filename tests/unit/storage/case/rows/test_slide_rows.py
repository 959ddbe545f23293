from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.case.changes import DeleteSlides, PutFields, PutSlides
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.case.rows.slide_rows import region_of

SCALE = Calibration(0.25, "file", "Aperio")


@pytest.fixture
def slide(tmp_path):
    place = tmp_path / "scans" / "film.svs"
    return SlideEntry(3, place, "ab" * 32, 40_000, 30_000, 0, SCALE, 40.0, "Aperio SS1", "2026-03-04")


def stored_and_read(path, *changes):
    store = CaseFile.create(path)
    for change in changes:
        store.apply(change)
    store.close()
    return CaseFile.open(path)


def test_slides_and_regions_come_back_as_they_were_stored(slide, tmp_path):
    region = Region(1_000, 2_000, 2_024, 3_024)
    field = Field(1, slide.path, slide.sha256, 1_024, 1_024, SCALE, region=region)
    store, case = stored_and_read(tmp_path / "a.rbc", PutSlides((slide,)), PutFields((field,)))
    store.close()
    assert case.slides == {3: slide}
    assert case.fields == {1: field}
    assert case.slide_of(case.fields[1]) == slide
    assert case.fields_of_slide(slide) == [field]


def test_a_slide_that_is_gone_stays_gone(slide, tmp_path):
    store, case = stored_and_read(tmp_path / "a.rbc", PutSlides((slide,)), DeleteSlides((3,)))
    store.close()
    assert case.slides == {}


def test_the_audit_trail_knows_slides(slide, tmp_path):
    store, _ = stored_and_read(tmp_path / "a.rbc", PutSlides((slide,)))
    store.close()
    read = read_trail(tmp_path / "a.rbc")
    assert (read.break_, read.difference) == ("", "")


@pytest.mark.parametrize(("x", "y"), [(None, 1), (1, None), (-1, 0), (0, 2**40), (0.5, 0)])
def test_half_a_region_is_refused(x, y):
    with pytest.raises(ValueError, match="region"):
        region_of(x, y, width=10, height=10)


def test_paths_of_slides_follow_a_case_that_is_saved_elsewhere(slide, tmp_path):
    store, _ = stored_and_read(tmp_path / "a.rbc", PutSlides((slide,)))
    (tmp_path / "deep").mkdir()
    store.save_as(tmp_path / "deep" / "b.rbc")
    store.close()
    store, case = CaseFile.open(tmp_path / "deep" / "b.rbc")
    store.close()
    assert case.slides[3].path == Path(slide.path)
