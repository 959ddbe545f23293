"""Graded lines in words, schemes from files, typed values."""

import json
import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case, snapshot
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.blood_count import QUANTITIES
from rbc_desktop.domain.sample.grading import NO_GRADE, Grading, Rule, Scheme, Step, Suggestion
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import SchemeError
from rbc_desktop.reports.summary.grades import GradeLine
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.laboratory.scheme_file import read_scheme, scheme_text
from rbc_desktop.workflows.sample.graded_sample import (
    ValueRefusedError,
    counted_text,
    export_scheme,
    grades_for,
    import_scheme,
    interval_text,
    known_schemes,
    more_text,
    read_value,
    remark_text,
    share_text,
    sheet_of,
    suggested_text,
    value_text,
    with_scheme,
    with_suggested,
)
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD

RULE = Rule("target cell", ("target cell",), (Step("2+", "at least", 5), Step("3+", "above", 20)))
OWN = Scheme("Own", "3", "", "", (RULE,))
LINE = GradeLine(
    "target cell", ("target cell",), 6, 100, share=0.06, low=0.028, high=0.125,
    suggested=Suggestion("2+", NO_GRADE, "2+", more_cells=1240),
)  # fmt: skip


class Control:
    def check(self):
        """Nobody cancels."""

    def progress(self, done, total):
        """Nobody looks."""


def test_a_line_in_words():
    assert (share_text(LINE), interval_text(LINE)) == ("6.0", "2.8 to 12.5")
    assert suggested_text(LINE) == "2+ (borderline not graded)"
    assert more_text(LINE) == "about 1,240 more cells"
    settled = replace(LINE, suggested=Suggestion("2+", "2+", "2+"))
    assert (suggested_text(settled), more_text(settled)) == ("2+", "")
    assert more_text(replace(LINE, suggested=Suggestion("2+", NO_GRADE, "2+", more_cells=None))) == "stays borderline"
    nothing = GradeLine("target cell", (), 0, 0, suggested=Suggestion(None, None, None, "no red cell is counted", None))
    assert [f(nothing) for f in (share_text, interval_text, suggested_text, more_text)] == ["", "", "", ""]


def test_a_person_s_other_grade_shows_both():
    assert remark_text(replace(LINE, confirmed="3+", remark="r")) == "a person's grade; suggested was 2+; r"
    assert remark_text(replace(LINE, confirmed="2+")) == ""


def test_the_grades_that_can_be_set_are_those_of_the_rule():
    assert grades_for(LINE, OWN) == (NO_GRADE, "2+", "3+")
    assert grades_for(LINE, None) == ()
    assert grades_for(replace(LINE, name="normal"), OWN) == ()
    withheld = replace(LINE, withheld=True)
    assert grades_for(withheld, OWN) == ()
    assert grades_for(replace(withheld, confirmed="1+"), OWN) == ("1+",), "so that it can be taken back"


def test_all_suggested_are_confirmed_but_what_a_person_set_otherwise_and_what_nobody_can_tell():
    lines = (
        LINE,
        replace(LINE, name="burr cell", confirmed="3+"),
        replace(LINE, name="microcyte", withheld=True),
        replace(LINE, name="schistocyte", suggested=Suggestion(None, None, None, "fewer than 1,000 red cells", 900)),
    )
    grading = Grading(OWN).with_grade("burr cell", "3+")
    assert with_suggested(grading, lines).confirmed == (("burr cell", "3+"), ("target cell", "2+"))


def test_another_scheme_takes_back_what_was_confirmed():
    grading = Grading(OWN).with_grade("target cell", "3+")
    assert with_scheme(grading, OWN) == grading
    assert with_scheme(grading, replace(OWN, version="4")).confirmed == ()


def test_the_sheet_counts_what_a_signature_needs(tmp_path):
    rng, editor = random.Random(2), CaseEditor(Case(), CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / "1.png", 1)])
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(6)], run=editor.new_run())
    editor.set_analyses([make_analysis(c, rng, predicted_share=1) for c in cells], qualities={1: GOOD})
    editor.set_class([1, 2], CellClass.TARGET_CELL)
    sheet = sheet_of(snapshot(editor.case), control=Control())
    assert (sheet.cells, sheet.fields, sheet.unconfirmed, sheet.unseen) == (6, 1, 4, 4)
    assert "4 not confirmed yet" in counted_text(sheet)
    editor.set_class([3, 4, 5, 6], CellClass.NORMAL)
    sheet = sheet_of(snapshot(editor.case), control=Control())
    assert (sheet.unseen, counted_text(sheet)) == (0, "6 red cells in 1 field, each confirmed by a person.")

    SampleEditor(editor).set_grading(Grading(OWN))
    text = counted_text(sheet_of(snapshot(editor.case), control=Control()))
    assert text == "6 red cells in 1 field, each confirmed by a person. Too few for grades: count at least 200."
    editor.store.close()
    assert counted_text(sheet_of(Case(), control=Control())).startswith("No cells yet")


def test_cells_whose_class_cannot_be_told_are_said_beside_the_red_cells(tmp_path):
    rng, editor = random.Random(2), CaseEditor(Case(), CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / "1.png", 1)])
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(6)], run=editor.new_run())
    editor.set_analyses(
        [make_analysis(c, rng, predicted_share=1) for c in cells], qualities={1: replace(GOOD, pallor_share=0.0)}
    )
    editor.set_class([1, 2], CellClass.NORMAL)
    sheet = sheet_of(snapshot(editor.case), control=Control())
    assert (sheet.red_cells, sheet.not_assessable, sheet.unconfirmed) == (4, 1, 4)  # and one that is no red cell
    assert counted_text(sheet).startswith("4 red cells and 1 not assessable in 1 field; 4 not confirmed yet")
    editor.store.close()


def test_the_schemes_that_ship_are_known_and_a_file_that_is_none_is_named(tmp_path):
    assert len(known_schemes().schemes) >= 3
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.json").write_text(scheme_text(OWN), encoding="utf-8")
    (tmp_path / "c.json").write_text(scheme_text(OWN), encoding="utf-8")
    known = known_schemes((tmp_path, tmp_path / "missing"))
    assert known.schemes == (OWN,)
    assert len(known.problems) == 1
    assert known.problems[0].startswith("a.json")


def test_a_scheme_is_imported_once_and_another_of_the_same_version_is_refused(tmp_path):
    source, folder = tmp_path / "scheme.json", tmp_path / "own"
    export_scheme(OWN, source)
    assert read_scheme(source) == OWN
    assert import_scheme(source, folder) == import_scheme(source, folder) == OWN
    assert [path.name for path in folder.iterdir()] == ["Own_version_3.json"]
    content = json.loads(source.read_text(encoding="utf-8"))
    content["rules"][0]["steps"][0]["at least"] = 4
    source.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SchemeError, match="another version"):
        import_scheme(source, folder)
    content["name"] = "Own?"
    source.write_text(json.dumps(content), encoding="utf-8")
    import_scheme(source, folder)
    assert len(known_schemes((folder,)).schemes) == 2, "names that differ only in signs get files of their own"
    with pytest.raises(SchemeError, match="choose another folder"):
        export_scheme(OWN, tmp_path / "missing" / "scheme.json")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [("hb", " 98 ", 98), ("mcv", "72,5", 72.5), ("mcv", "72.5", 72.5), ("rbc", "4,123", 4.123), ("mch", "", None),
     ("hb", "98.5", 98.5), ("platelets", "0", 0)],
)  # fmt: skip
def test_values_are_read_with_point_and_comma(name, typed, value):
    assert read_value(name, typed) == value
    assert read_value(name, value_text(name, value)) == value, "what is shown is read back"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [("hb", "abc", "must be a number in g/L"), ("hb", "9,8", "check the number and the unit (20 to 260)"),
     ("platelets", "1,200", "separator of thousands"), ("mcv", "1e2", "must be a number"),
     ("rdw", "nan", "must be a number"), ("mcv", "-80", "isn't possible")],
)  # fmt: skip
def test_other_values_are_refused_with_a_sentence(name, typed, words):
    with pytest.raises(ValueRefusedError) as caught:
        read_value(name, typed)
    assert words in caught.value.message


@pytest.mark.parametrize("name", QUANTITIES)
def test_the_example_of_a_refusal_is_itself_possible(name):
    with pytest.raises(ValueRefusedError) as caught:
        read_value(name, "x")
    assert read_value(name, caught.value.message.split("such as ")[1].rstrip(".")) is not None


def test_values_stand_in_german_with_a_comma_and_are_read_back(german):
    for name, value, shown in (("mcv", 68.0, "68,0"), ("rbc", 3.9, "3,90"), ("rdw", 19.25, "19,25")):
        assert value_text(name, value) == shown
        assert read_value(name, shown) == value
