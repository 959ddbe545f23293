"""A case carries the definitions of its own classes, and its trail vouches for them."""

import json
import sqlite3
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.changes import PutAnalyses, PutReading, PutReviews, Together
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.case.rows.class_rows import MOST_CLASSES

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
CLUMP = own_class("platelet clump", code="Pc", colour="#3969AC", is_red=False, dashed=False)


def own_in(path, *, sql="SELECT name, definition FROM own_class ORDER BY id"):
    connection = sqlite3.connect(path)
    rows = connection.execute(sql).fetchall()
    connection.commit()
    connection.close()
    return rows


def test_a_case_opens_with_its_own_classes_where_nobody_knows_them(filled, path):
    store, case = filled
    [first, second, third, *_] = case.cells
    proposing = case.analyses[third]
    shares = {CLUMP: 0.75, CellClass.NORMAL: 0.25}
    proposing = replace(proposing, prediction=replace(proposing.prediction, probabilities=shares))
    change = Together((PutReviews(((first, SICKLE), (second, SICKLE))), PutAnalyses((proposing,))))
    store.apply(change)
    apply_change(case, change)
    store.close()
    again, opened = CaseFile.open(path)
    again.close()
    assert opened.own_classes == case.own_classes == {"sickle": SICKLE, "platelet clump": CLUMP}
    assert opened.cells[first].reviewed_class.looks_like(SICKLE)
    assert opened.analyses[third].prediction.probabilities == shares
    assert all(c.looks_like(CLUMP) for c in opened.analyses[third].prediction.probabilities if c.is_own)
    trail = read_trail(path)
    assert (trail.break_, trail.difference) == ("", "")


def test_a_second_reading_in_own_classes_is_kept_with_their_definitions(filled, path):
    store, case = filled
    first, second, *_ = case.cells
    reading = SecondReading(1, "B. Reader", "2026-03-01T10:00:00+01:00", cells=(
        ReadCell(first, CellClass.NORMAL, SICKLE), ReadCell(second, CLUMP, CellClass.NORMAL, SICKLE),
    ))  # fmt: skip
    store.apply(PutReading(reading))
    store.close()
    again, opened = CaseFile.open(path)
    again.close()
    assert opened.readings == (reading,)
    assert opened.own_classes.keys() == {"sickle", "platelet clump"}
    assert read_trail(path).difference == ""


def test_a_definition_stays_as_it_was_when_the_case_first_used_it(filled, path):
    store, case = filled
    first, second, *_ = case.cells
    store.apply(PutReviews(((first, SICKLE),)))
    store.apply(PutReviews(((second, replace(SICKLE, is_red=False, colour="#000000")),)))
    store.close()
    assert [json.loads(stored)["red_cell"] for _, stored in own_in(path)] == [True]
    again, opened = CaseFile.open(path)
    again.close()
    assert opened.cells[second].reviewed_class.looks_like(SICKLE)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE own_class SET definition = replace(definition, 'true', 'false')",
        "UPDATE own_class SET definition = replace(definition, '7F3C8D', '000000')",
    ],
)
def test_a_definition_that_was_changed_behind_the_back_is_named(filled, path, sql):
    store, case = filled
    store.apply(PutReviews(((next(iter(case.cells)), SICKLE),)))
    store.close()
    own_in(path, sql=sql)
    assert "Own class 1 isn't as row" in read_trail(path).difference


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE own_class SET definition = '[1]'",
        "UPDATE own_class SET definition = 'not json'",
        "UPDATE own_class SET name = 'another'",
        "DELETE FROM own_class",
        "UPDATE own_class SET definition = json_replace(definition, '$.colour', 'red')",
        "WITH RECURSIVE n(i) AS (SELECT 10 UNION SELECT i + 1 FROM n WHERE i < 200) INSERT INTO own_class SELECT i,"
        " 'own ' || i, json_replace(definition, '$.name', 'own ' || i) FROM n, own_class WHERE id = 1",
    ],
)
def test_a_file_with_strange_classes_is_refused_with_a_sentence(filled, path, sql):
    store, case = filled
    store.apply(PutReviews(((next(iter(case.cells)), SICKLE),)))
    store.close()
    own_in(path, sql=sql)
    assert MOST_CLASSES < 190
    with pytest.raises(CaseFileError, match=r"\.$"):
        CaseFile.open(path)
