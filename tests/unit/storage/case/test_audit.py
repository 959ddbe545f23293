"""The trail fits what random work left in the file, and names whatever is changed behind the application's back."""

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from rbc_desktop.domain.case.audit_trail import Act, first_break
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.changes import PutIdentity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.audit import entries_of, first_difference, head_of
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_opening import open_case
from tests.fakes.casework import Technician, write_image

DATA = Path(__file__).parents[1] / "data"


def opened(path):
    return sqlite3.connect(path, isolation_level=None)


@pytest.fixture(scope="module")
def hard_work(tmp_path_factory):
    """A case file after 150 random actions of a technician, undo and redo among them; its window is closed."""
    folder = tmp_path_factory.mktemp("work")
    store = CaseFile.create(folder / "case.rbc")
    technician = Technician(CaseEditor(Case(), store), [write_image(folder / f"{n}.png", n) for n in range(3)], seed=11)
    for _ in range(150):
        technician.act()
    assert technician.editor.undo()
    assert technician.editor.redo()
    store.close()
    return store.path


@pytest.fixture
def worked(hard_work, tmp_path):
    """A copy of that file."""
    return Path(shutil.copy(hard_work, tmp_path / "case.rbc"))


def test_random_work_leaves_a_whole_trail_that_fits_the_file(worked):
    connection = opened(worked)
    entries = entries_of(connection)
    assert len(entries) > 100
    assert entries[0].action == "Create the case"
    assert any(e.action.startswith("Undo: ") for e in entries)
    assert any(e.action.startswith("Redo: ") for e in entries)
    assert first_break(entries) == ""
    assert first_difference(connection, entries) == ""
    assert head_of(connection) == entries[-1].head
    connection.close()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            "UPDATE cell SET mask = (SELECT mask FROM cell ORDER BY id DESC LIMIT 1) WHERE id = {cell}",
            "Cell {cell} isn't",
        ),
        ("UPDATE cell SET x0 = x0 + 1 WHERE id = {cell}", "Cell {cell} isn't"),
        ("UPDATE prompt SET x0 = x0 + 0.5 WHERE cell_id = {cell}", "Cell {cell} isn't"),
        ("DELETE FROM cell WHERE id = {cell}", "Cell {cell}, which row"),
        ("UPDATE review SET class = 'macrocyte' WHERE cell_id = {reviewed}", "The class of cell {reviewed} isn't"),
        ("DELETE FROM review WHERE cell_id = {reviewed}", "The class of cell {reviewed}, which row"),
        ("INSERT INTO review VALUES ({unreviewed}, 'normal')", "The class of cell {unreviewed} is in the file"),
        (
            "UPDATE measurement SET \"values\" = x'00' WHERE cell_id = {analysed}",
            "The analysis of cell {analysed} isn't",
        ),
        ("UPDATE prediction SET model = 'x' WHERE cell_id = {analysed}", "The analysis of cell {analysed} isn't"),
        ("UPDATE field SET sha256 = '{zeros}' WHERE id = {field}", "Field {field} isn't"),
        ("UPDATE \"case\" SET comment = 'other'", "What is known of the sample isn't"),
    ],
)
def test_what_is_changed_from_outside_is_named(worked, sql, says):
    connection = opened(worked)
    one = lambda query: connection.execute(query).fetchone()[0]  # noqa: E731
    names = {
        "cell": one("SELECT min(cell_id) FROM prompt"),
        "reviewed": one("SELECT min(cell_id) FROM review WHERE class <> 'macrocyte'"),
        "unreviewed": one("SELECT min(id) FROM cell WHERE id NOT IN (SELECT cell_id FROM review)"),
        "analysed": one("SELECT min(cell_id) FROM prediction"),
        "field": one("SELECT min(id) FROM field"),
        "zeros": "0" * 64,
    }
    connection.execute(sql.format(**names))
    assert says.format(**names) in first_difference(connection, entries_of(connection))
    connection.close()


@pytest.mark.parametrize("column", ["time", "operator", "action", "reason", "details", "head"])
def test_a_changed_row_is_named(worked, column):
    connection = opened(worked)
    connection.execute(f"UPDATE audit SET {column} = {column} || ' ' WHERE id = 40")
    assert first_break(entries_of(connection)).startswith("Row 40 of the audit trail")
    connection.close()


def test_a_missing_row_is_named(worked):
    connection = opened(worked)
    connection.execute("DELETE FROM audit WHERE id = 40")
    assert first_break(entries_of(connection)) == "Row 40 of the audit trail is missing."
    connection.close()


def test_a_row_says_who_why_and_what_was_before(tmp_path):
    store = CaseFile.create(tmp_path / "case.rbc")
    store.apply(PutIdentity(Identity(sample_id="S 7")), act=Act("Edit sample details", "Ada", "typing error"))
    store.close()
    connection = opened(tmp_path / "case.rbc")
    entry = entries_of(connection)[-1]
    connection.close()
    assert (entry.operator, entry.action, entry.reason) == ("Ada", "Edit sample details", "typing error")
    assert '"sample_id":["","S 7"]' in entry.details


@pytest.mark.parametrize("version", [1, 2])
def test_a_case_of_an_earlier_version_is_taken_over(tmp_path, version):
    for name in (f"case_of_version_{version}.rbc", "drawn_field.png"):
        shutil.copy(DATA / name, tmp_path / name)
    for _ in range(2):
        hold, _ = open_case(tmp_path / f"case_of_version_{version}.rbc")
        entries = entries_of(hold.connection)
        assert [e.action for e in entries] == [f"Take over a case of version {version}"]
        assert first_break(entries) == first_difference(hold.connection, entries) == ""
        hold.let_go()


def test_a_refused_change_leaves_no_row(tmp_path):
    store = CaseFile.create(tmp_path / "case.rbc")
    with pytest.raises(Exception, match="too long"):
        store.apply(PutIdentity(Identity(comment="x" * 10_000_000)))
    store.apply(PutIdentity(Identity("later")))
    store.close()
    connection = opened(tmp_path / "case.rbc")
    assert [e.number for e in entries_of(connection)] == [1, 2]
    connection.close()


def test_a_copy_in_another_folder_keeps_its_trail(worked, tmp_path):
    store, _ = CaseFile.open(worked)
    (tmp_path / "elsewhere").mkdir()
    store.save_as(tmp_path / "elsewhere" / "copy.rbc")
    store.close()
    connection = opened(tmp_path / "elsewhere" / "copy.rbc")
    entries = entries_of(connection)
    assert first_break(entries) == first_difference(connection, entries) == ""
    connection.close()


def test_who_gave_classes_last_and_when(tmp_path, monkeypatch):
    store = CaseFile.create(tmp_path / "read.rbc")
    technician = Technician(CaseEditor(Case(), store), [write_image(tmp_path / "1.png", 1)], seed=2)
    editor = technician.editor
    while len(editor.case.cells) < 3:
        technician.act()
    cells = tuple(editor.case.cells)
    for operator, second in (("Ada", 10), ("Bo", 20), ("", 30)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_700_000_000 + second))
        editor.operator = operator
        editor.set_class(cells, CellClass.TARGET_CELL)
        editor.set_class(cells, CellClass.NORMAL)
    editor.operator = "Ada"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000040")
    SampleEditor(editor).set_identity(Identity(comment='about the "class":{ of cells'))
    assert datetime.fromisoformat(store.last_read_by(" ada ")).timestamp() == 1_700_000_010
    assert datetime.fromisoformat(store.last_read_by("Bo")).timestamp() == 1_700_000_020
    assert store.last_read_by("Cy") == store.last_read_by("") == ""
    store.close()
    assert store.last_read_by("Bo") == ""
