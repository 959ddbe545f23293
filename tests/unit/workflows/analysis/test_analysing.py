"""What is said of a field that is analysed: a part is missing, its scale can't be, it shows no cells."""

import pickle
import random
from dataclasses import replace
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.changes import DeleteCells, PutAnalyses, PutReviews
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.models.choice.choice import ModelChoice, load_image_level
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.analysis.analysing import (
    CaseWriter,
    analyse_image,
    find_cells,
    outdated,
    stale_cells,
    stale_numbers,
    write_findings,
)
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD
from tests.fakes.image_models import train_model
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places

TRUE = 7.5 / 41


@pytest.fixture
def pipeline():
    return Pipeline(InkSegmenter(), SizeClassifier())


def photograph(places, **changes):
    return replace(drawn_field(places), path=Path("smear.png"), **changes)


def analysed(pipeline, image, *, given=None):
    case = Case()
    field = analyse_image(CaseWriter(case), pipeline, image, calibration=given)
    assert list(case.fields.values()) == [field]
    return [remark.text for remark in field.remarks], field, len(case.cells)


def test_a_plain_field_needs_no_remark(pipeline):
    remarks, field, cells = analysed(pipeline, photograph(grid_places(), calibration=Calibration(TRUE, "file")))
    assert remarks == []
    assert field.calibration.um_per_px == TRUE
    assert cells == len(grid_places())


@pytest.mark.parametrize("stated", [1.0, 0.05, 0.65])
def test_an_impossible_scale_of_a_file_is_left_aside(pipeline, stated):
    """With it 25, 1 and 159 of 208 cells were found."""
    image = photograph(grid_places(), calibration=Calibration(stated, "file"))
    (remark,), field, cells = analysed(pipeline, image)
    assert "it was left aside" in remark
    assert field.calibration is None
    assert cells == len(grid_places())


def test_an_impossible_scale_that_was_given_is_kept_and_doubted(pipeline):
    given = Calibration(0.4, "command line")
    remarks, field, _ = analysed(pipeline, photograph(grid_places()), given=given)
    assert field.calibration == given
    assert "unless it is right" in remarks[0]


def test_a_field_without_cells_says_why(pipeline):
    (remark,), _, cells = analysed(pipeline, photograph([]))
    assert cells == 0
    assert remark.startswith("No red cells were found in ")
    assert "nothing but even background" in remark


def test_an_image_of_which_a_part_is_missing_says_so(pipeline):
    remarks, _, _ = analysed(pipeline, photograph(grid_places(), complete_share=0.62))
    assert remarks[0].startswith("Only about 62 % of ")


def test_a_chosen_image_level_model_reads_each_field(pipeline, tmp_path):
    assert analysed(pipeline, photograph(grid_places()))[0] == []  # off by default
    pipeline.image_level = load_image_level(ModelChoice(image_level=train_model(tmp_path, wide=True)))
    (said,), field, _ = analysed(pipeline, photograph(grid_places()))
    assert said == field.remark("image level")
    assert said.split(",")[0] in {"healthy", "anaemic"}
    assert "of 60 held-out fields" in said


def test_a_field_unlike_those_learnt_gets_the_reason(pipeline, tmp_path):
    pipeline.image_level = load_image_level(ModelChoice(image_level=train_model(tmp_path)))
    (said,), _, _ = analysed(pipeline, photograph(grid_places()))
    assert said.startswith("Not given: its stain has another hue (red over green 0.25")
    (said,), _, _ = analysed(pipeline, photograph(grid_places()[:5]))
    assert said.startswith("Not given: fewer than 20 whole cells")


def test_a_field_is_judged_with_its_cells_and_asked_about_while_it_is_not(pipeline):
    case = Case()
    analyse_image(CaseWriter(case), pipeline, photograph(grid_places()), calibration=Calibration(TRUE, "typed"))
    classifier = pipeline.classifier.model_id
    assert case.qualities[1].cell_px == pytest.approx(41, rel=0.05)
    assert stale_numbers(case, classifier=classifier) == {}
    case.qualities.clear()
    assert len(stale_numbers(case, classifier=classifier)[1]) == len(case.cells)


def test_findings_pass_through_a_pickle_and_get_the_numbers_that_are_free(pipeline):
    image = photograph(grid_places(), calibration=Calibration(TRUE, "file"))
    found = find_cells(pipeline, image, calibration=None)
    sent = pickle.loads(pickle.dumps(found))
    here, there = Case(), Case()
    for case, findings in ((here, found), (there, sent)):
        for number in (1, 2):
            assert write_findings(CaseWriter(case), findings).id == number
    assert list(there.cells) == list(range(1, 2 * len(found.cells) + 1))
    assert (there.fields, there.qualities) == (here.fields, here.qualities)
    assert repr(there.analyses) == repr(here.analyses)
    for one, other in zip(here.cells.values(), there.cells.values(), strict=True):
        assert one.mask.same_as(other.mask)
        assert not other.mask.crop.flags.writeable
        assert repr(replace(one, mask=other.mask)) == repr(other)


def test_what_is_stale_is_the_same_whether_a_file_or_the_window_holds_it(tmp_path):
    rng = random.Random(5)
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    fields = editor.add_fields([write_image(tmp_path / f"{n}.png", n) for n in range(3)])
    for field in fields:
        cells = editor.add_cells(field.id, [make_proposal(rng) for _ in range(12)], run=editor.new_run())
        made = [make_analysis(c, rng, model=rng.choice("ab"), predicted_share=0.7) for c in cells if rng.random() < 0.8]
        scaled = [replace(a, um_per_px=rng.choice([None, 0.1])) for a in made]
        editor.set_analyses(scaled, qualities={field.id: GOOD} if field.id < 3 else {})
    editor.set_calibration([1], Calibration(0.1, "typed"))
    store.close()
    opened, case = CaseFile.open(store.path)
    worked = CaseEditor(case, opened)
    for _ in range(2):
        for classifier in ("a", "b", "c", None):
            expected = stale_numbers(editor.case, classifier=classifier)
            assert stale_numbers(case, classifier=classifier) == expected
            assert outdated(case, classifier=classifier) == outdated(editor.case, classifier=classifier)
            of_two = stale_cells(case, 2, classifier=classifier)
            assert [cell.id for cell in of_two] == expected.get(2, [])
        assert 0 < len(stale_numbers(case, classifier="a")[1]) < 12
        for each in (editor.case, worked.case):
            known = [make_analysis(each.cells[i], random.Random(i), model="c") for i in (2, 15)]
            apply_change(each, PutAnalyses(tuple(known)))
            apply_change(each, DeleteCells((3, 30)))
            apply_change(each, PutReviews(tuple((number, CellClass.NORMAL) for number in each.cells)))
    opened.close()


def test_what_is_stale_among_reviewed_cells_is_found_without_making_their_analyses(tmp_path):
    rng = random.Random(6)
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "a.png", 1)])
    cells = editor.add_cells(field.id, [make_proposal(rng) for _ in range(12)], run=editor.new_run())
    analyses = [
        make_analysis(cell, rng, model="ab"[number % 2], predicted_share=1.0) for number, cell in enumerate(cells)
    ]
    editor.set_analyses(analyses, qualities={field.id: GOOD})
    editor.set_class([cell.id for cell in cells], CellClass.NORMAL)
    expected = stale_numbers(editor.case, classifier="a")
    assert len(expected[field.id]) == 6
    store.close()
    opened, case = CaseFile.open(store.path)
    for cell in tuple(case.cells.values()):
        case.cells[cell.id] = cell.reviewed_as(CellClass.TARGET_CELL)
    assert len(case.cells.put) == len(cells)
    assert stale_numbers(case, classifier="a") == expected
    assert not case.analyses._made
    opened.close()
