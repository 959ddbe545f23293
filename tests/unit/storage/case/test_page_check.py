"""Pages of a case are looked through on a second connection, where that sees the same."""

import contextlib
import sqlite3

import pytest

from rbc_desktop.errors import CaseFileError, TaskCancelled
from rbc_desktop.storage.case import page_check
from rbc_desktop.storage.case.case_connection import connect
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.page_check import PageCheck
from rbc_desktop.storage.case.values import column_checks


@pytest.fixture
def closed(filled):
    store, _ = filled
    store.close()
    return store.path


def checked(path):
    """Check a file; returns whether that was done beside the first connection."""
    connection = connect(path)
    try:
        connection.execute("SELECT count(*) FROM cell").fetchone()
        with PageCheck(connection) as pages:
            beside = pages._thread is not None
            pages.wait()
        connection.execute("BEGIN IMMEDIATE")  # the second one has taken no lock away, nor holds one
        connection.execute("ROLLBACK")
        locked = pytest.raises(sqlite3.OperationalError, match="locked")
        with contextlib.closing(sqlite3.connect(path, timeout=0)) as other, locked:
            other.execute("SELECT count(*) FROM cell")
    finally:
        connection.close()
    return beside


def test_pages_are_checked_beside_the_reading_and_locks_stay(closed):
    assert checked(closed)


def test_a_name_with_signs_of_an_address_is_opened(closed):
    odd = closed.with_name("50 % of #3?.rbc")
    closed.rename(odd)
    assert checked(odd)


def test_where_changes_wait_in_the_log_the_first_connection_looks(filled, tmp_path):
    store, _ = filled
    copy = tmp_path / "copy.rbc"
    for ending in ("", "-wal"):
        source = store.path.with_name(store.path.name + ending)
        copy.with_name(copy.name + ending).write_bytes(source.read_bytes())
    assert copy.with_name(copy.name + "-wal").stat().st_size
    assert not checked(copy)
    assert not checked_in_memory()


def checked_in_memory():
    connection = connect(":memory:")
    try:
        with PageCheck(connection) as pages:
            return pages._thread is not None
    finally:
        connection.close()


def test_a_broken_page_is_refused_though_every_row_could_be_read(closed, monkeypatch):
    def broken(connection):
        raise sqlite3.DatabaseError("quick_check failed")

    monkeypatch.setattr(page_check, "check_pages", broken)
    with pytest.raises(CaseFileError, match="damaged"):
        CaseFile.open(closed)
    monkeypatch.undo()
    CaseFile.open(closed)[0].close()


def test_reading_that_fails_ends_the_check(closed, monkeypatch):
    def endless(connection):
        connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")

    monkeypatch.setattr(page_check, "check_pages", endless)
    connection = connect(closed)
    with pytest.raises(ZeroDivisionError), PageCheck(connection):
        raise ZeroDivisionError
    connection.close()


class Control:
    """Cancels when so much is done."""

    def __init__(self, *, stop_at=None):
        self.heard, self.stop_at = [], stop_at

    def check(self):
        pass

    def progress(self, done, total):
        self.heard.append((done, total))
        if self.stop_at is not None and done >= self.stop_at:
            raise TaskCancelled


def test_progress_is_told_and_opening_can_be_cancelled(closed, monkeypatch):
    monkeypatch.setattr(column_checks, "AT_ONCE", 2)
    hearing = Control()
    store, case = CaseFile.open(closed, control=hearing)
    store.close()
    done, totals = [d for d, _ in hearing.heard], {t for _, t in hearing.heard}
    assert totals == {len(case.cells)}
    assert done[-1] == len(case.cells) - 1
    assert done == sorted(done)
    assert len(done) > 3
    with pytest.raises(TaskCancelled):
        CaseFile.open(closed, control=Control(stop_at=done[1]))
    store, again = CaseFile.open(closed)  # neither locked nor changed
    store.close()
    assert len(again.cells) == len(case.cells)
