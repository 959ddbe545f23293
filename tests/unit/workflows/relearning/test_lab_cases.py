import random
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.relearning.lab_cases import joined, lab_case, read_lab_case, reviewed_counts, too_little
from tests.fakes.casework import make_proposal, write_image

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")


@pytest.fixture
def kept(qapp, tmp_path):
    """A case file of three fields with twelve cells each, of which ten are reviewed in two classes, and its editor."""
    store = CaseFile.create(tmp_path / "case.rbc")
    editor, rng = CaseEditor(Case(), store), random.Random(3)
    for number in range(3):
        [field] = editor.add_fields([write_image(tmp_path / f"{number}.png", number).facts])
        cells = editor.add_cells(field.id, [make_proposal(rng, cut_share=0) for _ in range(12)], run=editor.new_run())
        ids = [cell.id for cell in cells]
        editor.set_class(ids[:5], CellClass.NORMAL)
        editor.set_class(ids[5:10], SICKLE)
    editor.set_calibration((1,), Calibration(0.19, "typed"))
    yield editor, tmp_path / "case.rbc"
    store.close()


def test_reviewed_cells_are_offered_with_their_scale_and_what_stands_beside_them(kept):
    editor, _ = kept
    offered = lab_case(editor.case, name="The open case")
    assert offered.text == "The open case: 30 reviewed cells in 3 fields"
    assert [field.um_per_px for field in offered.fields] == [0.19, None, None]
    assert [len(field.cells) for field in offered.fields] == [12] * 3
    assert reviewed_counts(offered.fields) == {CellClass.NORMAL: 15, SICKLE: 15}
    assert too_little(offered.fields) == ""


def test_a_field_that_is_left_out_or_has_nothing_reviewed_teaches_nothing(kept):
    editor, _ = kept
    field = editor.case.fields[1]
    editor.note_field(field.with_remark("left out", "too thick"))
    editor.set_class([c.id for c in editor.case.cells_of(2)], None)
    [left] = lab_case(editor.case, name="x").fields
    assert left.image.name == "2.png"
    assert "at least two classes need 10 each; there are normal 5, sickle 5" in too_little([left])


def test_a_case_file_is_read_without_being_changed(kept):
    editor, path = kept
    editor.store.close()
    before = path.read_bytes()
    offered = read_lab_case(path)
    assert path.read_bytes() == before
    assert offered.text == "case.rbc: 30 reviewed cells in 3 fields"
    assert {c.reviewed_class for f in offered.fields for c in f.reviewed} == {CellClass.NORMAL, SICKLE}


def test_images_at_unconfirmed_places_are_not_read(kept, tmp_path):
    editor, _ = kept
    path = editor.case.fields[1].path
    offered = lab_case(editor.case, name="x", unconfirmed=frozenset({path}))
    assert (len(offered.fields), offered.passed_over) == (2, 1)
    assert offered.text.endswith("1 field left out, open the case and locate the images")
    with pytest.raises(CaseFileError, match=r"\.$"):
        read_lab_case(tmp_path / "none.rbc")
    (tmp_path / "bad.rbc").write_bytes(b"no case")
    with pytest.raises(CaseFileError, match=r"\.$"):
        read_lab_case(tmp_path / "bad.rbc")


def test_a_field_of_several_cases_counts_once(kept):
    editor, _ = kept
    first = lab_case(editor.case, name="a")
    editor.set_class([c.id for c in editor.case.cells_of(1)], CellClass.BURR_CELL)
    second = lab_case(editor.case, name="b")
    fields = joined([first, second])
    assert len(fields) == 3
    assert reviewed_counts(fields)[CellClass.BURR_CELL] == 12
    assert too_little(()).startswith("Too few reviewed cells")
    assert all(isinstance(field.image, Path) for field in fields)
