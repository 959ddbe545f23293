"""What is said of all cells at once is what is said of each: random cases, as their file has them and worked on."""

import math
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.changes import PutAnalyses, PutFields, PutQualities
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.review.cell_columns import LAYOUT, CellColumns
from rbc_desktop.workflows.review.stored_columns import all_columns, columns_of, row_of
from tests.fakes.casework import Technician, make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD

NO_PALLOR, BLURRED = replace(GOOD, pallor_share=0.0), replace(GOOD, edge_share=0.9)
SPECKS = replace(GOOD, cell_px=math.nan)
SICKLE = CellClass("sickle cell", "Si", "#8800AA", is_own=True)


def all_at_once(case, ids=None):
    if ids is None:
        return all_columns(case)
    columns = CellColumns()
    columns.update(put=columns_of(case, ids, columns=columns))
    return columns


def one_by_one(case):
    columns = CellColumns()
    columns.update(put=[row_of(case, number) for number in case.cells])
    return columns


def assert_same(case):
    found, expected = all_at_once(case), one_by_one(case)
    assert found.table["cell"].tolist() == list(case.cells)
    names = {name: [c.value for c in each.classes] for name, each in (("found", found), ("expected", expected))}
    for name in LAYOUT.names:
        one, other = found.table[name], expected.table[name]
        if name in ("cell_class", "predicted"):
            one = [names["found"][place] if place >= 0 else None for place in one.tolist()]
            other = [names["expected"][place] if place >= 0 else None for place in other.tolist()]
        np.testing.assert_array_equal(one, other, err_msg=name)


def analysis_of(cell, rng, classes):
    """A sharper prediction than random work has, and measurements near every limit."""
    made = make_analysis(cell, rng, predicted_share=0.95)
    measurements = replace(
        made.measurements,
        relative_diameter=rng.choice([float("nan"), 1.0, 1.3]), waist=rng.choice([0.85, 1.0, float("nan")]),
        solidity=rng.uniform(0.7, 1), relative_density=rng.choice([0.45, 0.5, 1.0, float("nan")]),
        axis_ratio=rng.uniform(1, 1.6),
    )  # fmt: skip
    prediction = made.prediction
    if prediction is not None:
        weights = [rng.random() ** 6 + (1e-9 if rng.random() < 0.9 else 0) for _ in classes]
        shares = {c: w / sum(weights) for c, w in zip(classes, weights, strict=True)}
        limit = rng.choice([0.3, 0.6, 1.0])
        prediction = replace(prediction, probabilities=shares, review_limit=limit, model=rng.choice("ab"))
    return replace(made, measurements=measurements, prediction=prediction)


@pytest.mark.parametrize("seed", range(6))
def test_every_column_of_a_random_case_is_that_of_its_rows(tmp_path, seed):
    rng = random.Random(seed)
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    fields = editor.add_fields([write_image(tmp_path / f"{n}.png", n) for n in range(5)])
    for field in fields:
        made = [make_proposal(rng, cut_share=0.3) for _ in range(40)]
        cells = editor.add_cells(field.id, made, run=editor.new_run())
        orders = [list(BUILT_IN[:13]), [*reversed(BUILT_IN), SICKLE], [CellClass.MACROCYTE, CellClass.MICROCYTE]]
        analyses = [analysis_of(cell, rng, rng.choice(orders)) for cell in cells if rng.random() < 0.9]
        editor.set_analyses(analyses)
        for cell in cells:
            if rng.random() < 0.3:
                editor.set_class([cell.id], rng.choice([*BUILT_IN, SICKLE]))
        editor.set_edge_counted([c.id for c in cells[:20]], include=True)
    scales = [None, Calibration(0.2, "typed"), Calibration(0.28, "typed"), Calibration(0.35, "typed"), None]
    put = [field.at_scale(scale) for field, scale in zip(fields, scales, strict=True)]
    put[3] = put[3].with_remark("left out", "too thick")
    store.apply(PutFields(tuple(put)))
    judged = [GOOD, NO_PALLOR, BLURRED, SPECKS]
    store.apply(PutQualities(tuple((f.id, q) for f, q in zip(fields, judged, strict=False))))
    store.close()
    store, case = CaseFile.open(store.path)
    assert_same(case)
    case.overlaps.settle()
    assert_same(case)
    table = all_at_once(case).table
    for name in ("reviewed", "flagged", "waiting", "counted", "not_assessable", "field_left_out"):
        assert 0 < np.count_nonzero(table[name]) < len(table), name
    assert len(set(table["reason"].tolist())) > 5, "of eight reasons"
    some = rng.sample(list(case.cells), 30)
    part = all_at_once(case, np.array([*some, 99_999])).table
    assert part.tobytes() == table[np.isin(table["cell"], some)].tobytes()
    editor = CaseEditor(case, store)
    editor.set_class(some[:10], CellClass.TEARDROP)
    editor.remove_cells(some[10:15])
    editor.set_analyses([analysis_of(case.cells[i], rng, list(BUILT_IN)) for i in some[15:25]])
    editor.replace_mask(some[26], make_proposal(rng))
    worker = Technician(editor, [], seed)
    assert_same(case)
    waiting = [cell for cell in case.cells.values() if cell.is_counted and cell.reviewed_class is None]
    assert case.unconfirmed == len(waiting)
    known = [number for number in some if number in case.cells]
    assert 0 < len(known) < len(some)
    assert case.fields_of([*some, 99_999]) == Counter(case.cells[number].field_id for number in known)
    for _ in range(20):
        if editor.case.fields:
            rng.choice([worker._undo, worker._redo, worker._confirm, worker._delete, worker._refine])()
            assert_same(case)
    store.close()


def test_a_case_that_no_file_holds_has_the_same_columns(tmp_path):
    rng = random.Random(1)
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "a.png", 1)])
    cells = editor.add_cells(field.id, [make_proposal(rng) for _ in range(20)], run=editor.new_run())
    editor.keep(PutAnalyses(()), "nothing")
    editor.set_analyses([analysis_of(cell, rng, list(BUILT_IN)) for cell in cells])
    assert_same(editor.case)
    assert all_at_once(Case()).table.tolist() == []
    assert row_of(editor.case, 999) is None
    store.close()
