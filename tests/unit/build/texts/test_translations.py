"""The catalogues: compiled as they are written, and with the placeholders of their sources."""

import string
from pathlib import Path
from xml.etree import ElementTree

import pytest
import translations

CATALOGUES = sorted(translations.FOLDER.glob("*.ts"))


def messages(catalogue: Path) -> list[tuple[list[str], list[str]]]:
    """Texts of the source, with its plural or note, and of the translation (one or each form), per message."""
    found = []
    for message in ElementTree.parse(catalogue).iter("message"):
        source = [message.findtext("source", "")]
        if comment := message.findtext("comment", ""):
            source.append(comment)
        translation = message.find("translation")
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        found.append((source, forms))
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_module_has_its_sentences_in_one_catalogue():
    listed = [path for name in (*translations.CATALOGUES, translations.OTHERS) for path in translations.sources(name)]
    assert sorted(listed) == sorted(translations.PACKAGE.rglob("*.py"))


def test_there_are_the_three_catalogues():
    assert [path.stem for path in CATALOGUES] == ["messages_de", "reports_de", "window_de"]


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_compiled_catalogue_is_what_its_source_gives(catalogue, tmp_path):
    translations.compiled(catalogue, tmp_path / "again.qm")
    assert catalogue.with_suffix(".qm").read_bytes() == (tmp_path / "again.qm").read_bytes(), "run make translations"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_has_the_placeholders_of_its_source(catalogue):
    wrong = [
        (source, form)
        for source, forms in messages(catalogue)
        for form in forms
        if form and placeholders(form) not in [placeholders(text) for text in source]
    ]
    assert wrong == []


def test_a_sentence_reads_the_same_in_every_catalogue():
    first: dict[tuple[str, ...], list[str]] = {}
    differing = []
    for catalogue in CATALOGUES:
        for source, forms in messages(catalogue):
            if all(forms) and first.setdefault(tuple(source), forms) != forms:
                differing.append((source, forms, first[tuple(source)]))
    assert differing == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_holds_what_the_sources_hold(catalogue, tmp_path):
    again = tmp_path / catalogue.name
    again.write_bytes(catalogue.read_bytes())
    translations.extract(catalogue.stem.removesuffix("_de"), again)
    assert again.read_text(encoding="utf-8") == catalogue.read_text(encoding="utf-8"), "run make translations"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_every_sentence_is_translated(catalogue):
    left = [
        message.findtext("source")
        for message in ElementTree.parse(catalogue).iter("message")
        if message.find("translation").get("type") is not None
    ]
    empty = [source for source, forms in messages(catalogue) if not all(forms)]
    assert (left, empty) == ([], []), "translate them in Qt Linguist or an editor, and run make translations"
