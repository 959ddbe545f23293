"""The compiled catalogues as a language."""

import logging
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QLocale

from rbc_desktop.commands.terminal import catalogues
from rbc_desktop.language import ENGLISH


def test_english_has_no_catalogue():
    assert catalogues.language_named("en") is ENGLISH


@pytest.mark.parametrize(
    ("speaks", "code"), [(["de-AT", "en"], "de"), (["en-US", "de"], "en"), (["fr"], "en"), ([], "en")]
)
def test_the_system_decides_where_nobody_chose(monkeypatch, speaks, code):
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: speaks)
    assert catalogues.language_named("system").code == code


def test_german_finds_sentences_and_plurals():
    german = catalogues.german()
    assert german.find("Language", "", -1) == "Sprache"
    assert german.find("no sentence of this program", "", -1) == ""
    assert (german.decimal, german.group) == (",", ".")


def test_a_missing_catalogue_is_logged_and_leaves_english(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(catalogues, "translations_folder", lambda: tmp_path)
    with caplog.at_level(logging.WARNING):
        assert catalogues.german().find("Language", "", -1) == ""
    assert "window_de.qm" in caplog.text


def written(catalogue):
    """Source, note, count and translation of each sentence of a catalogue."""
    root = ET.parse(catalogues.translations_folder() / f"{catalogue}_de.ts").getroot()
    for message in root.iter("message"):
        forms = message.findall("translation/numerusform")
        text = forms[0].text if forms else message.findtext("translation")
        yield message.findtext("source"), message.findtext("comment") or "", 1 if forms else -1, text


@pytest.mark.parametrize("catalogue", catalogues.CATALOGUES)
def test_no_sentence_is_hidden_by_another_catalogue(catalogue):
    find = catalogues.german().find
    sentences = list(written(catalogue))
    assert len(sentences) > 100
    hidden = [(source, note) for source, note, count, text in sentences if find(source, note, count) != text]
    assert hidden == []
