"""The slide on show: opening, finding, and what becomes of regions."""

import contextlib
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.geometry import Point
from rbc_desktop.storage.case.case_file import CaseFile
from tests.ui.slide.conftest import film, in_case, opened, slide_path, slides, told  # noqa: F401


@pytest.fixture
def found(qtbot, opened):  # noqa: F811
    opened.find(target=300)
    assert opened.is_searching
    qtbot.waitUntil(lambda: opened.found is not None, timeout=60_000)
    return opened


def test_a_slide_of_the_case_is_shown_once(qtbot, slides, slide_path, editor):  # noqa: F811
    order = []
    slides.shown.connect(lambda slide: order.append(slide is not None))
    entry = in_case(editor, slide_path)
    slides.show(entry)
    slides.show(entry)
    qtbot.waitUntil(lambda: slides.slide is not None, timeout=20_000)
    slides.show(entry)
    assert order == [False, True]
    assert slides.entry == entry
    slides.close()
    assert order == [False, True, False]


def test_a_slide_that_is_gone_is_said(qtbot, slides, slide_path, editor, tmp_path, told):  # noqa: F811
    slides.show(replace(in_case(editor, slide_path), path=tmp_path / "gone.tif"))
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0][0] == "error"
    assert "gone.tif" in told[0][1]
    assert slides.slide is None


def test_a_slide_that_has_changed_since_is_not_shown_as_that_of_the_case(qtbot, opened, slide_path, tmp_path, told):  # noqa: F811
    entry = replace(opened.entry, sha256="0" * 64)
    opened.show(entry)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "has changed" in told[0][1]
    assert opened.slide is None


def test_the_monolayer_is_proposed_with_progress(qtbot, opened):  # noqa: F811
    steps = []
    opened.progressed.connect(steps.append)
    opened.find(target=300)
    qtbot.waitUntil(lambda: opened.found is not None, timeout=60_000)
    assert opened.proposals.regions == opened.found.regions
    assert len(opened.proposals.regions) >= 1
    assert opened.proposals.current == 0
    assert steps
    assert not opened.is_searching


def test_a_search_can_be_stopped(qtbot, opened):  # noqa: F811
    opened.find(target=300)
    opened.cancel()
    assert not opened.is_searching
    assert opened.found is None
    opened.find(target=300)
    qtbot.waitUntil(lambda: opened.found is not None, timeout=60_000)


def test_accepted_regions_are_fields_by_one_step(found, editor, told):  # noqa: F811
    regions = [each.region for each in found.proposals.regions]
    found.accept()
    assert [field.region for field in editor.case.fields.values()] == regions
    assert found.proposals.regions == ()
    assert "added as fields" in told[-1][1]
    editor.undo()
    assert editor.case.fields == {}


def test_one_can_be_moved_deleted_and_accepted_for_itself(found, editor):
    count = len(found.proposals.regions)
    found.move(0, x=900, y=10)
    moved = found.proposals.regions[0].region
    assert (moved.x0, moved.y0) == (900, 10)
    found.accept((0,))
    assert [field.region for field in editor.case.fields.values()] == [moved]
    assert len(found.proposals.regions) == count - 1
    if count > 1:
        found.delete(0)
        assert len(found.proposals.regions) == count - 2


def test_a_drawn_region_is_a_field_and_none_lies_in_another(opened, editor, told):  # noqa: F811
    opened.draw(Point(700, 300), Point(1100, 700))
    [field] = editor.case.fields.values()
    assert (field.region.x0, field.region.y0, field.width, field.height) == (700, 300, 400, 400)
    opened.draw(Point(750, 350), Point(1000, 600))
    assert len(editor.case.fields) == 1
    assert told[-1][0] == "warning"


def test_any_place_can_be_worked_at(opened, editor, film):  # noqa: F811
    places = []
    opened.field_opened.connect(places.append)
    opened.open_at(Point(1200, 700))
    opened.open_at(Point(1210, 690))
    assert places == [1, 1]
    region = editor.case.fields[1].region
    assert region.x0 <= 1200 < region.x1
    assert np.array_equal(film.rgb[region.slices], opened.slide.read(region))


def test_another_case_has_another_slide(opened, editor, tmp_path):  # noqa: F811
    with contextlib.closing(CaseFile.create(tmp_path / "other.rbc")) as store:
        old = editor.replace_case(Case(), store)
        assert opened.slide is None
        assert opened.entry is None
        editor.replace_case(Case(), old)
