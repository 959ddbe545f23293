"""Sentences of case files are English there, and told in the present language, also after they were plain text."""

import copy
import json
import pickle
import sqlite3
from collections import defaultdict

import pytest

from rbc_desktop import phrases
from rbc_desktop.language import Language, Marked, mark, speak
from rbc_desktop.phrases import Template, joined, template, told

SENTENCES = {
    ("Melt {count} cell", "Melt {count} cells"): ["{count} Zelle schmelzen", "{count} Zellen schmelzen"],
    ("Unmelt: {action}", ""): ["Zurück: {action}"],
    ("Melt {name}", ""): ["{name} schmelzen"],
    ("{share:.1f} % of {name} melted", ""): ["{name}: {share:.1f} % geschmolzen"],
    ("{name} melts at {kelvin:,} K, {name}!", ""): ["Bei {kelvin:,} K schmilzt {name}, ja {name}!"],
    ("soft", ""): ["weich"],
}

MELT = Template("Melt {count} cell", "Melt {count} cells")
UNMELT = Template("Unmelt: {action}", "")
SHARE = Template("{share:.1f} % of {name} melted", "")


def found(source: str, note: str, count: int) -> str:
    forms = SENTENCES.get((source, note), [""])
    return forms[0] if count in (1, -1) else forms[-1]


@pytest.fixture
def german(monkeypatch):
    """A language of its own, and templates that other tests don't see."""
    monkeypatch.setattr(phrases, "_kept", defaultdict(list))
    template("Melt {count} cell", "Melt {count} cells", "count")
    for text in ("Unmelt: {action}", "Melt {name}", "{share:.1f} % of {name} melted"):
        template(text)
    template("{name} melts at {kelvin:,} K, {name}!")
    before = speak(Language("de", found, decimal=",", group="."))
    yield
    speak(before)


def test_a_sentence_is_kept_as_its_english_text(german):
    said = UNMELT(action=MELT(count=1289))
    assert said == "Unmelt: Melt 1,289 cells"
    assert {said: 1}["Unmelt: Melt 1,289 cells"] == 1
    assert json.dumps([said]) == '["Unmelt: Melt 1,289 cells"]'
    assert sqlite3.connect(":memory:").execute("SELECT ?, length(?)", (said, said)).fetchone() == (str(said), len(said))
    assert f"{said}!" == "Unmelt: Melt 1,289 cells!"


def test_a_sentence_is_told_with_the_sentences_in_it(german):
    said = UNMELT(action=MELT(count=1289))
    assert told(said) == "Zurück: 1.289 Zellen schmelzen"
    assert told(SHARE(share=12.34, name="a.b,c")) == "a.b,c: 12,3 % geschmolzen"
    assert told(mark("Unmelt: {action}", action=mark("soft"))) == "Zurück: weich"


def test_in_english_a_sentence_says_itself():
    said = UNMELT(action=MELT(count=1))
    assert told(said) == said == "Unmelt: Melt 1 cell"
    assert told("whatever") == "whatever"


@pytest.mark.parametrize(
    ("text", "german_text"),
    [
        ("Melt 1 cell", "1 Zelle schmelzen"),
        ("Melt 1,289 cells", "1.289 Zellen schmelzen"),
        ("Unmelt: Melt 12 cells", "Zurück: 12 Zellen schmelzen"),
        ("Melt cells.png", "cells.png schmelzen"),
        ("12.3 % of a.b,c melted", "a.b,c: 12,3 % geschmolzen"),
        ("ice melts at 1,273 K, ice!", "Bei 1.273 K schmilzt ice, ja ice!"),
        ("soft", "weich"),
        ("Dr. Who", "Dr. Who"),
        ("ice melts at 1,273 K, tin!", "ice melts at 1,273 K, tin!"),
        ("", ""),
    ],
)
def test_plain_english_is_told_by_the_template_that_it_fits(german, text, german_text):
    assert told(text) == german_text


def test_sentences_can_be_joined(german):
    said = joined("; ", [mark("soft"), SHARE(share=5, name="x"), ""])
    assert said == "soft; 5.0 % of x melted"
    assert told(said) == "weich; x: 5,0 % geschmolzen"
    assert joined("; ", []) == ""


def test_a_sentence_goes_to_other_threads_and_processes(german):
    said = UNMELT(action=MELT(count=3))
    for again in (pickle.loads(pickle.dumps(said)), copy.deepcopy(said)):
        assert isinstance(again, Marked)
        assert told(again) == "Zurück: 3 Zellen schmelzen"


def test_what_is_counted_has_a_plural():
    with pytest.raises(AssertionError):
        template("Melt {count} cell", "Melt {count} cells")
