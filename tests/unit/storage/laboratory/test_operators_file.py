"""The list comes back as it was, for its owner only; whatever else lies there is no list."""

import json
import os
import stat

import pytest

from rbc_desktop.domain.laboratory.operator import Operator
from rbc_desktop.storage.laboratory.operators_file import load_operators, save_operators

LIST = (Operator("Ada Ö."), Operator("Bo", "01" * 16, "ab" * 32))


def test_the_list_comes_back_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "operators.json"
    save_operators(LIST, path)
    assert load_operators(path) == LIST
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "{", "[[", "{}", "[1, null, {}]", '[{"name": 3}]', "[" * 100_000])
def test_what_is_no_list_is_none(tmp_path, content):
    path = tmp_path / "operators.json"
    path.write_text(content)
    assert load_operators(path) == ()
    assert load_operators(tmp_path) == ()


def test_an_entry_whose_key_is_broken_is_left_out_instead_of_signing_without(tmp_path):
    path = tmp_path / "operators.json"
    entries = [{"name": "Ada", "salt": "01" * 16, "key": "xx"}, {"name": "Bo"}, {"name": "bo", "salt": "", "key": ""}]
    path.write_text(json.dumps(entries))
    assert load_operators(path) == (Operator("Bo"),)
