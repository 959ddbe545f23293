"""What is said of thousands of cells at once is what each of them says."""

import random

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.stored_claims import counted_in, fields_by_cell, reviewed_classes, shown_classes
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD

SICKLE = CellClass("sickle cell", "Si", "#880000", is_own=True)


@pytest.fixture
def case(qapp, tmp_path):
    """A case of a file, of which some cells have changed since."""
    store, rng = CaseFile.create(tmp_path / "case.rbc"), random.Random(3)
    editor = CaseEditor(Case(), store)
    fields = editor.add_fields([write_image(tmp_path / f"{n}.png", n) for n in range(3)])
    for field in fields:
        editor.add_cells(field.id, [make_proposal(rng, cut_share=0.2) for _ in range(30)], run=editor.new_run())
    editor.set_calibration([1], Calibration(0.1, "typed"))
    cells = list(editor.case.cells.values())
    editor.set_analyses([make_analysis(c, rng) for c in cells if c.id % 9], qualities={1: GOOD, 2: GOOD})
    editor.set_class([c.id for c in cells if c.id % 4 == 0], SICKLE)
    store.close()
    store, case = CaseFile.open(store.path)
    editor = CaseEditor(case, store)
    editor.remove_cells([5, 50])
    editor.replace_mask(7, make_proposal(rng))
    editor.set_class([8, 12], CellClass.NORMAL)
    editor.set_analyses([make_analysis(case.cells[11], rng)])
    yield case
    store.close()


def test_all_at_once_is_each_alone(case):
    asked = [*range(200, 0, -1), 6]
    cells = [case.cells[number] for number in sorted(case.cells)]
    assert reviewed_classes(case, asked) == {c.id: c.reviewed_class for c in cells}
    assert list(reviewed_classes(case, asked)) == [c.id for c in cells]
    assert shown_classes(case, asked) == [(c.id, shown) for c, shown in case.shown_classes_of(cells)]
    assert len({shown for _, shown in shown_classes(case, asked)}) > 4
    assert shown_classes(case, [7, 6, 5]) == [(i, case.shown_class_of(case.cells[i])) for i in (6, 7)]
    assert fields_by_cell(case, asked) == {c.id: c.field_id for c in cells}
    assert counted_in(case, {1, 3}) == [c.id for c in cells if c.is_counted and c.field_id in (1, 3)]
    assert 0 < len(counted_in(case, {1, 3})) < 58
