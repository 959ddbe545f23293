"""A file of version 3 opens with everything that was in it, and what was wrong with it is not forgotten.

`data/case_of_version_3.rbc` was written by that version's own code: the case of version 2, and in its sample, first
field and first cell what version 3 added.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest

from rbc_desktop.domain.case.audit_trail import first_break
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.storage.case.audit import entries_of, first_difference
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.case.versions import schema

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def third_version(tmp_path):
    """A copy of the case of version 3, beside its image."""
    for name in ("case_of_version_3.rbc", "drawn_field.png"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path / "case_of_version_3.rbc"


def objects(path):
    connection = sqlite3.connect(path)
    answer = schema.user_version(connection), schema.objects_of(connection)
    connection.close()
    return answer


def test_its_tables_are_those_that_version_3_is_known_by(third_version):
    assert objects(third_version) == (3, schema.expected_objects(3))


def test_a_case_of_version_3_opens_whole_and_becomes_one_of_this_version(third_version):
    for _ in range(2):
        store, case = CaseFile.open(third_version)
        view = store.view
        store.close()
        assert (case.identity.accession, case.identity.birth_date) == ("A-17", "1970-01-31")
        assert case.grading.scheme is not None
        assert case.grading.scheme.name == "HKIMLS size and colour"
        assert case.grading.confirmed == (("burr", "2+"),)
        assert (case.grading.blood_count.hb, case.grading.blood_count.mcv) == (131.0, 88.5)
        assert [(s.state, s.operator, s.version) for s in case.sign_offs] == [("reviewed", "B. Reader", 1)]
        assert case.fields[1].left_out == "too thick"
        assert case.qualities[1].cell_px == 30.5
        cell = case.cells[1]
        assert cell.edits == (HandEdit("smoothed", (), 2),)
        assert case.analyses[1].look is not None
        assert (view.group, view.review_only, view.selected) == ("burr", True, (1,))
    created = third_version.with_name("created.rbc")
    CaseFile.create(created).close()
    assert objects(third_version) == objects(created)


def test_its_audit_trail_goes_on(third_version):
    connection = sqlite3.connect(third_version)
    before = entries_of(connection)
    connection.close()
    store, _ = CaseFile.open(third_version)
    store.close()
    connection = sqlite3.connect(third_version)
    after = entries_of(connection)
    assert after[: len(before)] == before
    assert [e.action for e in after[len(before) :]] == ["Take over a case of version 3"]
    assert first_break(after) == ""
    assert first_difference(connection, after) == ""
    connection.close()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE review SET class = 'burr cell' WHERE cell_id = 2", "The class of cell"),
        ("UPDATE \"case\" SET patient_id = '4712'", "What is known of the sample"),
        ("UPDATE sign_off SET operator = 'Nobody'", "Signature 1"),
        ("UPDATE cell SET x0 = x0 + 1 WHERE id = 1", "Cell 1"),
    ],
)
def test_what_was_changed_behind_its_back_is_still_named_when_it_is_brought_up(third_version, sql, says):
    connection = sqlite3.connect(third_version)
    connection.execute(sql)
    connection.commit()
    connection.close()
    assert says in read_trail(third_version).difference
    store, _ = CaseFile.open(third_version)
    store.close()
    assert says in read_trail(third_version).difference


def test_an_emptied_trail_is_still_named_when_it_is_brought_up(third_version):
    connection = sqlite3.connect(third_version)
    connection.execute("DELETE FROM audit")
    connection.commit()
    connection.close()
    store, _ = CaseFile.open(third_version)
    store.close()
    assert "emptied" in read_trail(third_version).break_
