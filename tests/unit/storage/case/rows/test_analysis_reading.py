"""Analyses that are read as columns: what can't be read is left out, and spoils no other."""

import json

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells.look import LOOK_LENGTH, LOOK_VERSION
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_connection import connect
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.values import column_checks
from tests.fakes.casework import Technician, describe, write_image


@pytest.fixture
def worked(tmp_path, monkeypatch):
    """A case of random work, closed, and what is in it; read seven rows at a time."""
    monkeypatch.setattr(column_checks, "AT_ONCE", 7)
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    worker = Technician(editor, [write_image(tmp_path / f"{n}.png", n) for n in range(3)], seed=6)
    while sum(a.prediction is not None for a in editor.case.analyses.values()) < 20:
        worker.act()
    store.close()
    return store.path, describe(editor.case)["analyses"]


def changed(path, sql, *values):
    """What is read after a change of the file."""
    connection = connect(path)
    connection.execute(sql, values)
    connection.close()
    store, case = CaseFile.open(path)
    store.close()
    return describe(case)["analyses"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE measurement SET \"values\" = x'01' WHERE cell_id = ?",
        'UPDATE measurement SET "values" = zeroblob(length("values")) WHERE cell_id = ?',
        "UPDATE measurement SET made = 'at noon' WHERE cell_id = ?",
        "UPDATE measurement SET um_per_px = -1 WHERE cell_id = ?",
        "UPDATE measurement SET mask_revision = 900 WHERE cell_id = ?",
        "UPDATE prediction SET probabilities = x'' WHERE cell_id = ?",
        "UPDATE prediction SET review_limit = 7 WHERE cell_id = ?",
        "UPDATE prediction SET mask_revision = 0 WHERE cell_id = ?",
        "UPDATE prediction SET classes = '[\"no such class\"]' WHERE cell_id = ?",
        "UPDATE prediction SET classes = 'none' WHERE cell_id = ?",
    ],
)
@pytest.mark.parametrize("place", [0, 9, -1])
def test_what_cannot_be_read_is_left_out_alone(worked, sql, place):
    path, expected = worked
    chosen = [number for number, analysis in expected.items() if analysis[3] is not None][place]
    found = changed(path, sql, chosen)
    assert found == {number: each for number, each in expected.items() if number != chosen}


@pytest.mark.parametrize("stored", [None, b"", b"\x00" * 9, bytes([LOOK_VERSION + 1]) + bytes(2 * LOOK_LENGTH)])
def test_a_look_that_is_none_leaves_the_rest_of_its_analysis(worked, stored):
    path, expected = worked
    chosen = next(number for number, analysis in expected.items() if analysis[6] is not None)
    found = changed(path, "UPDATE measurement SET look = ? WHERE cell_id = ?", stored, chosen)
    assert found == expected | {chosen: (*expected[chosen][:6], None)}


def test_predictions_of_several_classifiers_stand_side_by_side(worked):
    path, expected = worked
    chosen = [number for number, analysis in expected.items() if analysis[3] is not None][::3]
    few, shares = json.dumps([c.value for c in BUILT_IN[:2]]), np.array([0.25, 0.75]).tobytes()
    sql = f"UPDATE prediction SET model = 'another', classes = ?, probabilities = ? WHERE cell_id IN {tuple(chosen)}"
    found = changed(path, sql, few, shares)
    assert found.keys() == expected.keys()
    for number, analysis in found.items():
        told = analysis[3]
        if number in chosen:
            assert (told.model, told.probabilities) == ("another", {BUILT_IN[0]: 0.25, BUILT_IN[1]: 0.75})
        else:
            assert analysis == expected[number]
