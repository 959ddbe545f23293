"""Names of operators, and what a pass phrase must be."""

import pytest

from rbc_desktop.domain.laboratory.operator import Operator, key_digits, named, refused_name, refused_phrase

LIST = (Operator("Ada Ö."), Operator("Bo", "0" * 32, "ab" * 32))


def test_names_are_found_whatever_their_case_and_blanks():
    assert named(LIST, "  ada   ö. ") == LIST[0]
    assert named(LIST, "Ada") is None
    assert [o.has_pass_phrase for o in LIST] == [False, True]


@pytest.mark.parametrize(
    ("name", "says"), [("Cy", ""), (" ", "Type a name"), ("BO", "on the list already"), ("x" * 201, "at most")]
)
def test_why_a_name_is_refused(name, says):
    assert (says in refused_name(LIST, name)) if says else refused_name(LIST, name) == ""


def test_why_a_pass_phrase_is_refused():
    assert "at least 8" in refused_phrase("short", "short")
    assert "differ" in refused_phrase("long enough", "long enoug")
    assert refused_phrase("long enough", "long enough") == ""


def test_digits_of_a_key_stand_in_groups():
    assert key_digits(LIST[1].key) == "abab abab abab abab"
    assert key_digits("") == ""
