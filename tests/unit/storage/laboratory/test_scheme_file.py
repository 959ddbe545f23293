"""Schemes that ship, schemes of one's own, and files that are none."""

import json

import pytest

from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.sample.grading import NO_GRADE, grade_of
from rbc_desktop.errors import SchemeError
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme, write_scheme
from rbc_desktop.workflows.sample.graded_sample import FEW_CELLS

BUNDLED = sorted(bundled_schemes().glob("*.json"))


def content(**changes):
    rule = {"line": "teardrop", "steps": [{"grade": "2+", "at least": 5}, {"grade": "3+", "above": 20}]}
    return {"name": "Ours", "version": "7", "rules": [{**rule, **changes.pop("rule", {})}], **changes}


def read(tmp_path, value):
    path = tmp_path / "ours.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return read_scheme(path)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda p: p.stem)
def test_schemes_that_ship_read_and_come_back_the_same(path, tmp_path):
    scheme = read_scheme(path)
    known = {c.value for c in BUILT_IN}
    assert all(name in known for rule in scheme.rules for name in rule.classes)
    write_scheme(scheme, tmp_path / "copy.json")
    assert read_scheme(tmp_path / "copy.json") == scheme


def test_the_icsh_like_scheme_says_that_it_must_be_verified():
    scheme = read_scheme(bundled_schemes() / "icsh_like.json")
    assert "verify against the primary source" in scheme.note
    rules = {rule.line: rule for rule in scheme.rules}
    fragments = rules["schistocyte"]
    assert fragments.least_cells == 1000
    assert [grade_of(v, fragments.steps) for v in (0, 0.5, 1, 2, 2.1)] == [NO_GRADE, "1+", "2+", "2+", "3+"]
    assert [r.line for r in scheme.rules if r.is_size] == ["macrocyte", "microcyte"]


@pytest.mark.parametrize("path", BUNDLED, ids=lambda p: p.stem)
def test_schemes_that_ship_suggest_no_grade_for_a_share_of_few_cells(path):
    least = {rule.line: rule.least_cells for rule in read_scheme(path).rules if rule.measure == "share"}
    assert all(cells >= FEW_CELLS for cells in least.values()), least


def test_a_scheme_of_ones_own(tmp_path):
    scheme = read(tmp_path, content())
    assert scheme.title == "Ours, version 7"
    assert scheme.rules[0].classes == ("teardrop",)
    assert not scheme.rules[0].is_size


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("[", "can't be read"),
        ("[]", "no table of names"),
        ({"name": "x", "version": "1"}, '"rules" must be a list'),
        (content(name=""), '"name" is empty'),
        (content(name=7), '"name" must be a text'),
        (content(rule={"steps": []}), "must be a list of grades"),
        (content(rule={"steps": [{"grade": "1+"}]}), 'needs a "grade" and one of'),
        (content(rule={"steps": [{"grade": "1+", "above": 1, "below": 2}]}), 'needs a "grade" and one of'),
        (content(rule={"steps": [{"grade": "1+", "above": "5"}]}), "is no number"),
        (content(rule={"steps": [{"grade": "1+", "above": True}]}), "is no number"),
        (content(rule={"steps": [{"grade": "1+", "above": 9}, {"grade": "2+", "above": 5}]}), "aren't in order"),
        (content(rule={"steps": [{"grade": "1+", "above": 9}, {"grade": "2+", "below": 5}]}), "rise and fall"),
        (content(rule={"measure": "HbA1c"}), '"measure" of teardrop'),
        (content(rule={"least cells": -1}), "whole number"),
        ({**content(), "rules": content()["rules"] * 2}, "graded twice"),
        ("{" * 100_000, "can't be read"),
        ('{"name": "' + "x" * 300_000, "too large"),
    ],
)
def test_what_is_no_scheme_is_refused_with_the_place(tmp_path, value, says):
    with pytest.raises(SchemeError, match=says):
        read(tmp_path, value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SchemeError, match="can't be read"):
        read_scheme(tmp_path / "none.json")
