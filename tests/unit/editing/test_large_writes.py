"""Large changes are written on another thread, which is over when the call returns."""

import threading

import pytest

from rbc_desktop.domain.case.audit_trail import NOBODY
from rbc_desktop.domain.case.changes import DeleteCells, PutReviews, Together
from rbc_desktop.editing import large_writes
from rbc_desktop.errors import CaseFileError

MANY = DeleteCells(tuple(range(large_writes.LARGE)))


class Store:
    """Remembers what it was asked to write, and where."""

    def __init__(self, error=None):
        self.error, self.threads = error, []

    def apply(self, change, *, act):
        self.threads.append(threading.current_thread())
        if self.error is not None:
            raise self.error


def test_only_a_large_change_leaves_the_thread(qapp):
    store = Store()
    large_writes.write(store, DeleteCells((1, 2)), act=NOBODY)
    large_writes.write(store, Together((PutReviews(()), MANY)), act=NOBODY)
    here, there = store.threads
    assert here is threading.current_thread()
    assert there is not here
    assert not there.is_alive()


def test_a_refusal_comes_back(qapp):
    with pytest.raises(CaseFileError, match="the disk is full"):
        large_writes.write(Store(CaseFileError("the disk is full")), MANY, act=NOBODY)
