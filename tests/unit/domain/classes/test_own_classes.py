import contextlib
import itertools
import json

import pytest

from rbc_desktop.domain.classes.own_classes import (
    COLOURS,
    DEFAULT_KEYS,
    MOST_OWN,
    class_content,
    class_of,
    is_called,
    never_proposed,
    next_own,
    own_class,
    problem_with,
    proposed_letters,
    sound,
)
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")


def ten():
    made = []
    for place in range(MOST_OWN):
        colour, key = next_own(made)
        made.append(own_class(f"own {place}", code=f"{place}x", colour=colour, key=key))
    return made


def test_ten_classes_get_ten_colours_and_ten_keys_that_nothing_else_has():
    classes = ten()
    assert sound(classes) == ""
    assert [c.key for c in classes] == list(DEFAULT_KEYS)
    assert len({c.colour for c in classes} | {c.colour for c in BUILT_IN}) == len(BUILT_IN) + MOST_OWN
    assert next_own(classes)[1] == ""
    eleventh = own_class("eleven", code="yy", colour=COLOURS[0])
    assert sound([*classes, eleventh]) == "There can be 10 own classes at most; remove 1."


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Give the class a name"),
        ({"name": "=SUM(A1)"}, "Give the class a name"),
        ({"name": "<b>x</b>"}, "Give the class a name"),
        ({"name": "a\u202eb"}, "Give the class a name"),
        ({"name": "x" * 41}, "at most 40 characters"),
        ({"name": "Burr  Cell"}, "There is a class called Burr Cell already"),
        ({"name": "unclassified"}, "There is a class called unclassified already"),
        ({"code": ""}, "Give sickle one or two letters"),
        ({"code": "abc"}, "Give sickle one or two letters"),
        ({"code": "sc"}, "schistocyte has the letters sc already"),
        ({"colour": "red"}, "Choose a colour for sickle"),
        ({"colour": "#FFFFF0"}, "too pale"),
        ({"key": "Ctrl+S"}, "isn't for own classes"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(changed, says):
    values = {"name": "sickle", "code": "Si", "colour": "#7F3C8D", "key": "Shift+5", **changed}
    made = own_class(values.pop("name"), **values)
    assert says in problem_with(made)
    assert problem_with(made).endswith(".")


def test_two_own_classes_share_neither_name_nor_letters_nor_key():
    for other, says in (
        (own_class("Sickle", code="Xx", colour="#000000"), "called sickle already"),
        (own_class("other", code="SI", colour="#000000"), "has the letters Si already"),
        (own_class("other", code="Xx", colour="#000000", key="Shift+5"), "has the key Shift+5 already"),
    ):
        assert says in problem_with(SICKLE, others=[other])


def test_a_definition_survives_its_form_in_files():
    for made in (SICKLE, own_class("Sichelzelle (lang)", code="Ä", colour="#112233", dashed=False, is_red=False)):
        assert class_of(json.loads(json.dumps(class_content(made)))).looks_like(made)


def test_a_strange_definition_is_refused_and_never_breaks_anything():
    sound_one = class_content(SICKLE)
    strange = (None, 7, [], "x", {}, "\ud800", float("nan"), True, "y" * 10_000, {"a": 1})
    for value in strange:
        with pytest.raises(ValueError, match=r"[A-Z].*\."):
            class_of(value)
    for name, value in itertools.product(sound_one, strange):
        if name in ("dashed", "red_cell") and value is True:
            continue
        with contextlib.suppress(ValueError):
            assert problem_with(class_of({**sound_one, name: value})) == ""


def test_what_the_classifier_never_proposes_is_named():
    bite = own_class("bite cell", code="Bi", colour="#A5512B")
    assert never_proposed((), BUILT_IN) == ""
    assert never_proposed((SICKLE,), (*BUILT_IN, SICKLE)) == ""
    assert never_proposed((SICKLE,), BUILT_IN) == (
        "The classifier never proposes sickle: only cells that a person set are counted in this class."
    )
    assert "bite cell, sickle: only cells that a person set are counted in these classes" in never_proposed(
        (SICKLE, bite), (CellClass.NORMAL,)
    )


def test_letters_are_proposed_that_nobody_has():
    sickle = own_class("sickle", code="Si", colour="#7F3C8D")
    assert proposed_letters("sickle", others=()) == "Si"
    assert proposed_letters("sicle", others=(sickle,)) == "Sl", "Sc is the schistocyte's"
    assert proposed_letters("2 (nuclei)", others=()) == "2n"
    assert [proposed_letters(name, others=()) for name in ("", "x", "é", "no")] == [""] * 4


@pytest.mark.parametrize(
    ("name", "thing", "same"),
    [("sickle", "sickle cells", True), ("Sickle cell", "sickle cells", True), ("Sichelzelle", "Sichelzellen", True),
     ("inclusion", "inclusions", True), ("bite", "bite cells", True), ("bite", "blister cells", False),
     ("oval cell", "oval macrocytes", False), ("Py", "pyknocytes", False)],
)  # fmt: skip
def test_a_class_is_called_as_a_thing_apart_from_endings(name, thing, same):
    assert is_called(own_class(name, code="Xx", colour="#000000"), thing) is same
