"""A file of version 4 opens with everything that was in it; its analyses, which it has as JSON, lose no digit.

`data/case_of_version_4.rbc` was written by that version's own code: the case of version 3, and what version 4 added: a
slide with a region, an own class, a second reading, a seal.
"""

import json
import shutil
import sqlite3
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.case.audit_trail import first_break
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.sample.sign_off import state_of
from rbc_desktop.storage.case.audit import entries_of, first_difference
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.case.values.analysis_blobs import MEASURED
from rbc_desktop.storage.case.versions import schema
from tests.unit.storage.case.versions.test_third_schema import objects

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def fourth_version(tmp_path):
    """A copy of the case of version 4, beside its image."""
    for name in ("case_of_version_4.rbc", "drawn_field.png"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path / "case_of_version_4.rbc"


def change(path, sql):
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_its_tables_are_those_that_version_4_is_known_by(fourth_version):
    assert objects(fourth_version) == (4, schema.expected_objects(4))


def test_a_case_of_version_4_opens_whole_and_becomes_one_of_this_version(fourth_version):
    for _ in range(2):
        store, case = CaseFile.open(fourth_version)
        store.close()
        assert [s.scanner for s in case.slides.values()] == ["Scanner 3"]
        assert [f.region for f in case.fields.values()][-1] == Region(5000, 6000, 6000, 6800)
        assert case.cells[7].reviewed_class is case.own_classes["sickle cell"]
        assert [(r.operator, len(r.cells)) for r in case.readings] == [("C. Second", 2)]
        assert (state_of(case.sign_offs), case.sign_offs[-1].seal) == ("final", "sealed")
    created = fourth_version.with_name("created.rbc")
    CaseFile.create(created).close()
    assert objects(fourth_version) == objects(created)


def test_its_json_becomes_the_same_numbers(fourth_version):
    connection = sqlite3.connect(fourth_version)
    measured = dict(connection.execute('SELECT cell_id, "values" FROM measurement'))
    predicted = dict(connection.execute("SELECT cell_id, probabilities FROM prediction"))
    connection.close()
    for _ in range(2):  # as it was, and brought up
        store, case = CaseFile.open(fourth_version)
        store.close()
        assert set(case.analyses) == set(measured)
        for number, analysis in case.analyses.items():
            known = json.loads(measured[number])
            expected = [np.nan if (value := known.get(name)) is None else value for name in MEASURED]
            np.testing.assert_array_equal(astuple(analysis.measurements), expected)
            found = analysis.prediction
            assert (found is not None) == (number in predicted)
            if found is not None:
                assert list({c.value: p for c, p in found.probabilities.items()}.items()) == list(
                    json.loads(predicted[number]).items()
                )


@pytest.mark.parametrize(
    "sql",
    [
        """UPDATE measurement SET "values" = '{"area_px": 5}' WHERE cell_id = 2""",
        """UPDATE measurement SET "values" = '[' WHERE cell_id = 2""",
        """UPDATE prediction SET probabilities = '{"normal": "much"}' WHERE cell_id = 2""",
    ],
)
def test_analyses_that_cannot_be_read_are_left_out_and_stay_so(fourth_version, sql):
    change(fourth_version, sql)
    for _ in range(2):
        store, case = CaseFile.open(fourth_version)
        store.close()
        assert set(case.analyses) == {1, 3, 4, 5}
        assert case.cells[2].reviewed_class is CellClass.TARGET_CELL


def test_its_audit_trail_goes_on(fourth_version):
    connection = sqlite3.connect(fourth_version)
    before = entries_of(connection)
    connection.close()
    store, _ = CaseFile.open(fourth_version)
    store.close()
    connection = sqlite3.connect(fourth_version)
    after = entries_of(connection)
    assert after[: len(before)] == before
    assert [e.action for e in after[len(before) :]] == ["Take over a case of version 4"]
    assert first_break(after) == ""
    assert first_difference(connection, after) == ""
    connection.close()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE prediction SET probabilities = replace(probabilities, '0.1', '0.2')", "The analysis of cell"),
        ("UPDATE slide SET scanner = 'Another'", "Slide 1"),
        ("UPDATE reading SET operator = 'Nobody'", "Second reading 1"),
        ("UPDATE sign_off SET seal = 'other'", "Signature"),
    ],
)
def test_what_was_changed_behind_its_back_is_still_named_when_it_is_brought_up(fourth_version, sql, says):
    change(fourth_version, sql)
    assert says in read_trail(fourth_version).difference
    store, _ = CaseFile.open(fourth_version)
    store.close()
    assert says in read_trail(fourth_version).difference
