"""A file of version 2 opens with everything that was in it.

`data/case_of_version_2.rbc` was written by that version's own code: the case of version 1, and in its first cell and
field what version 2 added.
"""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Remark
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.versions import schema

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def second_version(tmp_path):
    """A copy of the case of version 2, beside its image."""
    for name in ("case_of_version_1.rbc", "case_of_version_2.rbc", "drawn_field.png"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path / "case_of_version_2.rbc"


def objects(path):
    connection = sqlite3.connect(path)
    answer = schema.user_version(connection), schema.objects_of(connection)
    connection.close()
    return answer


def test_its_tables_are_those_that_version_2_is_known_by(second_version):
    assert objects(second_version) == (2, schema.expected_objects(2))


def test_a_case_of_version_2_opens_whole_and_becomes_one_of_this_version(second_version):
    first_store, first_case = CaseFile.open(second_version.with_name("case_of_version_1.rbc"))
    first_store.close()
    for _ in range(2):
        store, case = CaseFile.open(second_version)
        store.close()
        assert case.identity == first_case.identity
        assert case.fields[1].remarks == (Remark("incomplete", "drawn_field.png is incomplete."),)
        assert case.cells.keys() == first_case.cells.keys()
        assert [c.reviewed_class for c in case.cells.values()] == [c.reviewed_class for c in first_case.cells.values()]
        cell, *_ = case.cells.values()
        assert (cell.edge_counted, cell.segmenter, cell.edits) == (True, "5 (0123abcd)", ())
        analysis = case.analyses[cell.id]
        assert (analysis.um_per_px, analysis.made) == (0.125, datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    created = second_version.with_name("created.rbc")
    CaseFile.create(created).close()
    assert objects(second_version) == objects(created)
