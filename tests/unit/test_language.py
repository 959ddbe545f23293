"""Sentences, plurals and numbers in the present language."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from rbc_desktop.language import ENGLISH, FOR_ANOTHER, Language, mark, mark_plural, number, plural, present, speak, tr

SENTENCES = {
    ("Open", ""): ["Öffnen"],
    ("Open", "not closed"): ["Nicht zu"],
    ("{share:.1f} % of {name}", ""): ["{name}: {share:.1f} %"],
    ("{count} cell", "{count} cells"): ["{count} Zelle", "{count} Zellen"],
}


def found(source: str, note: str, count: int) -> str:
    forms = SENTENCES.get((source, note), [""])
    return forms[0] if count in (1, -1) else forms[-1]


@pytest.fixture
def german():
    before = speak(Language("de", found, decimal=",", group="."))
    yield
    speak(before)


def test_english_is_the_source_text():
    assert present() is ENGLISH
    assert tr("Open") == "Open"
    assert tr("{share:.1f} % of {name}", share=12.34, name="1.5") == "12.3 % of 1.5"
    assert [plural("{count} cell", "{count} cells", n) for n in (0, 1, 1289)] == ["0 cells", "1 cell", "1,289 cells"]
    assert number(1234.5, ",.1f") == "1,234.5"


def test_without_values_braces_mean_themselves():
    assert tr("{not a placeholder}") == "{not a placeholder}"
    assert tr("") == ""


def test_german_sentences(german):
    assert (tr("Open"), tr("Open", "not closed"), tr(mark("Open"))) == ("Öffnen", "Nicht zu", "Öffnen")
    assert [plural("{count} cell", "{count} cells", n) for n in (0, 1, 1289)] == [
        "0 Zellen",
        "1 Zelle",
        "1.289 Zellen",
    ]


def test_what_has_no_translation_stays_english(german):
    assert tr("Close {name}", name="1.5") == "Close 1.5"
    assert plural("{count} field", "{count} fields", 2) == "2 fields"


def test_german_numbers_have_a_comma_but_texts_keep_their_points(german):
    assert tr("{share:.1f} % of {name}", share=12.34, name="a.b,c") == "a.b,c: 12,3 %"
    assert number(1234567.5, ",.1f") == "1.234.567,5"
    assert tr("{yes}", yes=True) == "True"


def test_every_thread_speaks_it(german):
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(tr, ["Open"] * 4)) == ["Öffnen"] * 4


def test_a_marked_sentence_reads_english_and_is_translated_where_it_is_shown(german):
    said = mark("{share:.1f} % of {name}", share=12.34, name="a.b")
    assert (said, json.dumps(said), tr(said)) == ("12.3 % of a.b", '"12.3 % of a.b"', "a.b: 12,3 %")
    counted = mark_plural("{count} cell", "{count} cells", 1289)
    assert (counted, tr(counted)) == ("1,289 cells", "1.289 Zellen")
    assert tr(pickle.loads(pickle.dumps(counted))) == "1.289 Zellen"
    assert tr(pickle.loads(pickle.dumps(said))) == "a.b: 12,3 %"


def test_a_marked_value_is_translated_with_its_sentence(german):
    assert tr("{share:.1f} % of {name}", share=1.0, name=mark("Open")) == "Öffnen: 1,0 %"
    assert tr(mark("{share:.1f} % of {name}", share=1.0, name=mark_plural("{count} cell", "{count} cells", 1))) == (
        "1 Zelle: 1,0 %"
    )


def test_in_english_a_marked_sentence_is_itself():
    assert tr(mark("{a} of {b}", a=1, b=mark("two"))) == "1 of two"
    assert type(tr(mark("Open"))) is str


def test_what_one_process_says_another_says_in_its_language(german):
    here = speak(FOR_ANOTHER)
    try:
        said = tr("{share:.1f} % of {name}", share=12.34, name=tr("Open"))
        counted = plural("{count} cell", "{count} cells", 1289)
    finally:
        speak(here)
    assert (said, counted) == ("12.3 % of Open", "1,289 cells")
    assert tr(pickle.loads(pickle.dumps(said))) == "Öffnen: 12,3 %"
    assert tr(pickle.loads(pickle.dumps(counted))) == "1.289 Zellen"
