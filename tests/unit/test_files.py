"""Files are written whole or not at all."""

import pytest

from rbc_desktop.files import replace_atomically


def test_a_failed_write_leaves_the_old_file(tmp_path):
    target = tmp_path / "cells.csv"
    target.write_text("old")

    def fail_half_way():
        with replace_atomically(target) as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_complete_write_replaces_the_old_file(tmp_path):
    target = tmp_path / "čeština = 1.csv"
    target.write_text("old")
    with replace_atomically(target) as part:
        part.write_text("new")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]
