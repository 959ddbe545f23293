from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.slide_editor import add_regions, add_slides
from rbc_desktop.storage.case.case_file import CaseFile

SLIDE = SlideEntry(0, Path("/scans/film.svs"), "ab" * 32, 4_000, 3_000, calibration=Calibration(0.25, "file"))
FIRST, SECOND = Region(0, 0, 1_000, 1_000), Region(1_000, 500, 2_000, 1_500)


@pytest.fixture
def editor(tmp_path):
    store = CaseFile.create(tmp_path / "a.rbc")
    yield CaseEditor(Case(), store)
    store.close()


def test_a_slide_is_added_once_and_undone_in_one_step(editor):
    heard = []
    editor.slides_changed.connect(heard.append)
    first = add_slides(editor, [SLIDE])
    assert add_slides(editor, [SLIDE]) == first
    assert list(editor.case.slides) == [1]
    assert editor.undo_text == "Add film.svs"
    editor.undo()
    assert editor.case.slides == {}
    assert heard == [(1,), (1,)]


def test_regions_are_fields_at_the_scale_of_the_slide(editor):
    (slide,) = add_slides(editor, [SLIDE])
    fields = add_regions(editor, slide.id, [FIRST, SECOND])
    assert [(f.region, f.width, f.height, f.calibration.um_per_px) for f in fields] == [
        (FIRST, 1_000, 1_000, 0.25), (SECOND, 1_000, 1_000, 0.25),
    ]  # fmt: skip
    assert [f.name for f in fields] == ["film.svs (0, 0)", "film.svs (1000, 500)"]
    assert add_regions(editor, slide.id, [SECOND]) == [fields[1]]
    editor.undo()
    assert editor.case.fields == {}


def test_a_new_region_has_the_scale_that_a_person_gave_the_others(editor):
    (slide,) = add_slides(editor, [SLIDE])
    (field,) = add_regions(editor, slide.id, [FIRST])
    editor.set_calibration([field.id], Calibration(0.2, "typed"))
    assert add_regions(editor, slide.id, [SECOND])[0].calibration == Calibration(0.2, "typed")


def test_a_region_outside_the_slide_is_a_mistake(editor):
    (slide,) = add_slides(editor, [SLIDE])
    with pytest.raises(ValueError, match="inside"):
        add_regions(editor, slide.id, [Region(3_500, 0, 4_500, 100)])
