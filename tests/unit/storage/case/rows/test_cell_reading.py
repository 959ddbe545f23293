"""Cells that are read as columns are those that were written; a wrong value anywhere is found."""

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells.stored_mask import StoredMask
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case import case_file
from rbc_desktop.storage.case.case_connection import connect
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.values import column_checks
from tests.fakes.casework import Technician, describe, write_image


@pytest.fixture
def worked(tmp_path):
    """A case of random work, closed, and what is in it."""
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    worker = Technician(editor, [write_image(tmp_path / f"{n}.png", n) for n in range(3)], seed=5)
    while len(editor.case.cells) < 40 or len(editor.case.analyses) < 20:
        worker.act()
    store.close()
    return store.path, describe(editor.case)


@pytest.mark.parametrize("at_once", [1, 7, 4000])
def test_what_was_written_is_read_whatever_the_size_of_the_chunks(worked, at_once, monkeypatch):
    monkeypatch.setattr(column_checks, "AT_ONCE", at_once)
    path, expected = worked
    store, case = CaseFile.open(path)
    store.close()
    assert all(isinstance(cell.mask, StoredMask) for cell in case.cells.values())
    assert describe(case) == expected


def test_what_was_read_is_written_again_as_it_was(worked):
    """The bytes of the masks are handed on; undo of a deletion must fit the audit trail."""
    path, expected = worked
    store, case = CaseFile.open(path)
    editor = CaseEditor(case, store)
    editor.remove_cells(list(case.cells))
    assert not case.cells
    editor.undo()
    assert describe(case) == expected
    store.close()
    again, read = CaseFile.open(path)
    again.close()
    assert describe(read) == expected


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cell SET x0 = -1 WHERE id = {last}",
        "UPDATE cell SET y0 = 150 WHERE id = {last}",
        "UPDATE cell SET mask = x'00' WHERE id = {last}",
        "UPDATE cell SET mask_revision = 0 WHERE id = {last}",
        "UPDATE cell SET mask_revision = 9223372036854775807 WHERE id = {last}",
        "UPDATE cell SET score = 9e999 WHERE id = {last}",
        "UPDATE cell SET touches_border = 2 WHERE id = {last}",
        "UPDATE cell SET edge_counted = -1 WHERE id = {last}",
        "UPDATE cell SET origin = 'elsewhere' WHERE id = {last}",
        "UPDATE cell SET edits = '[[1]]' WHERE id = {last}",
        "UPDATE cell SET id = -5 WHERE id = {last}",
        "INSERT OR REPLACE INTO review VALUES ({last}, 'no class')",
        "INSERT OR REPLACE INTO prompt VALUES ({last}, 1, 'positive', 9e99, 0, NULL, NULL, NULL)",
        "INSERT OR REPLACE INTO prompt VALUES ({last}, 1, 'box', 5, 5, NULL, 9, NULL)",
        "INSERT OR REPLACE INTO prompt VALUES ({last}, 1, 'box', 5, 5, 4, 9, NULL)",
        "INSERT OR REPLACE INTO prompt VALUES ({last}, 1, 'mask', 5, 5, NULL, NULL, x'00')",
    ],
)
def test_a_wrong_value_is_found(worked, sql):
    path, described = worked
    connection = connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(sql.format(last=described["cells"][-1][0]))
    connection.close()
    with pytest.raises(CaseFileError, match="damaged"):
        case_file.CaseFile.open(path)
