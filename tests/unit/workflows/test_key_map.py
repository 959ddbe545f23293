"""Keys of the window: what is a key, what collides, and what odd settings come to."""

import pytest

from rbc_desktop.workflows import key_map
from rbc_desktop.workflows.key_map import (
    RESERVED,
    canonical,
    differing,
    keys_in_use,
    read_keys,
    said,
    show_keys,
    shown,
    user_of,
    written_keys,
)

USUAL = {"undo": ("Ctrl+Z",), "redo": ("Ctrl+Shift+Z", "Ctrl+Y"), "confirm": ("C",), "next": ("N",), "about": (),
         "accept": ("Return",), "zoom-in": ("+", "Ctrl++")}  # fmt: skip


@pytest.fixture(autouse=True)
def usual_again():
    yield
    show_keys({}, {})


@pytest.mark.parametrize(
    ("text", "key"),
    [("C", "C"), ("Ctrl+Z", "Ctrl+Z"), ("Shift+Ctrl+Z", "Ctrl+Shift+Z"), ("+", "+"), ("Ctrl++", "Ctrl++"),
     ("Alt+Ctrl++", "Ctrl+Alt++"), ("F5", "F5"), ("F35", "F35"), ("[", "["), ("Ctrl+/", "Ctrl+/"),
     ("PgDown", "PgDown"), ("", ""), ("c", ""), ("F0", ""), ("F36", ""), ("Ctrl", ""), ("Ctrl+", ""), ("+A", ""),
     ("++", ""), ("Shift+Ctrl++", "Ctrl+Shift++"), ("Ctrl+Ctrl+A", ""), ("Hyper+A", ""), ("Ctrl+K, Ctrl+S", ""),
     ("é", ""), ("Ü", "Ü"), ("Shift+Ctrl+ß", "Ctrl+Shift+ß"), ("ÜÖ", ""), ("AB", ""), ("\t", ""), ("Ctrl+A\n", "")],
)  # fmt: skip
def test_one_way_of_writing_a_key(text, key):
    assert canonical(text) == key


def test_chosen_keys_are_kept_and_read_back():
    chosen = {"class:target cell": ("Q",), "redo": (), "zoom-in": ("Ctrl++", "F7")}
    assert read_keys(written_keys(chosen)) == chosen


@pytest.mark.parametrize("odd", ["", "\t", "\tQ", "next\tq", "next\tCtrl", "next\tQ\t", "next\t\ud800"])
def test_odd_texts_of_the_settings_choose_nothing(odd):
    assert keys_in_use(USUAL, read_keys((odd,))) == USUAL


def test_what_was_chosen_takes_the_key_from_where_it_was_usual():
    present = keys_in_use(USUAL, {"next": ("C",)})
    assert (present["next"], present["confirm"]) == (("C",), ())
    assert present["undo"] == ("Ctrl+Z",)
    assert differing(USUAL, present) == {"next": ("C",), "confirm": ()}


def test_no_key_is_ever_there_twice_whatever_the_settings_say():
    chosen = {"next": ("Q", "Q"), "confirm": ("Q", "X"), "unknown": ("Y",), "redo": ("Ctrl+Z",), "accept": ("Z",)}
    present = keys_in_use(USUAL, chosen, fixed=("accept",))
    assert present == {
        "undo": (), "redo": ("Ctrl+Z",), "confirm": ("X",), "next": ("Q",), "about": (), "accept": ("Return",),
        "zoom-in": ("+", "Ctrl++"),
    }  # fmt: skip
    keys = [key for each in present.values() for key in each]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", [*RESERVED][:40])
def test_reserved_keys_are_not_given_away(key):
    assert keys_in_use(USUAL, {"next": (key,)})["next"] == ()
    assert canonical(key) == key


def test_who_has_a_key():
    assert user_of("N", USUAL) == "next"
    assert user_of("N", USUAL, but="next") == ""
    assert user_of("F9", USUAL) == ""


def test_what_is_shown_follows():
    show_keys(USUAL, keys_in_use(USUAL, {"next": ("Q",), "undo": (), "redo": ("Ctrl+Y",)}))
    assert (shown("N"), shown("C"), shown("Ctrl+Y"), shown("Ctrl+Shift+Z")) == ("Q", "C", "Ctrl+Y", "Ctrl+Y")
    assert (shown("Ctrl+Z"), said("Ctrl+Z"), said("N")) == ("", key_map.NO_KEY, "Q")
    show_keys(USUAL, USUAL)
    assert shown("N") == "N"
