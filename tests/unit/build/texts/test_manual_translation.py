"""The German manual: it says what the English one says, in the words of the German window."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from itertools import zip_longest

import pytest
from manual_translation import ENGLISH, GERMAN, digest, outdated, renew

from rbc_desktop.files import resource_root
from rbc_desktop.ui.help.manual_text import anchor_of, is_key, portable_key, read_chapters

PAGES = sorted(path.name for path in ENGLISH.glob("*.md"))
NOT_READ = "*Noch nicht von einer muttersprachlichen MTA/MTL gelesen.*"
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
MENU = re.compile(r"\*(\w+ › [^*]+)\*")
SYMBOLS = {"#", "p", "n", "%", "in"}
GERMAN_CODES = {"Strg": "Ctrl", "Umschalt": "Shift", "Pos1": "Home"}


def prose(text):
    """A page without its fences, whose comments are translated and whose number signs are no headings."""
    return "".join(text.split("```")[::2])


@cache
def page(folder, name):
    return prose((folder / name).read_text(encoding="utf-8"))


def codes(name):
    english = Counter(portable_key(code.replace("Delete", "Del")) for code in CODE.findall(page(ENGLISH, name)))
    spans = CODE.findall(page(GERMAN, name))
    return english, Counter(portable_key(code) if is_key(code) else GERMAN_CODES.get(code, code) for code in spans)


def test_both_manuals_have_the_same_pages():
    assert sorted(path.name for path in GERMAN.iterdir()) == PAGES
    assert [c.file for c in read_chapters(GERMAN)] == [c.file for c in read_chapters(ENGLISH)]


def test_each_german_page_says_that_nobody_has_read_it_yet():
    assert [name for name in PAGES if NOT_READ not in page(GERMAN, name)] == []


@pytest.mark.parametrize("name", PAGES)
def test_headings_lists_and_tables_are_as_many(name):
    def shape(text):
        lines = [line.strip() for line in text.splitlines()]
        rows = [line.replace("\\|", "").count("|") for line in lines if line.startswith("|")]
        items = [re.match(r"[-\d]", line)[0] for line in lines if re.match(r"- |\d+\. ", line)]
        return [len(mark) for mark, _ in HEADING.findall(text)], rows, items

    assert shape(page(GERMAN, name)) == shape(page(ENGLISH, name))


@pytest.mark.parametrize("name", PAGES)
def test_keys_files_and_options_are_the_same(name):
    english, german = codes(name)
    assert german == english


@pytest.mark.parametrize("name", PAGES)
def test_pictures_and_links_lead_to_the_same_places(name):
    english, german = (LINK.findall(page(folder, name)) for folder in (ENGLISH, GERMAN))
    assert [len(english)] == [len(german)]
    for one, other in zip_longest(sorted(english), sorted(other.replace("../../", "../") for other in german)):
        assert one.partition("#")[0] == other.partition("#")[0]
        assert bool(one.partition("#")[2]) == bool(other.partition("#")[2])


@pytest.mark.parametrize("name", PAGES)
def test_links_to_headings_lead_to_german_headings(name):
    for target in LINK.findall(page(GERMAN, name)):
        file, _, anchor = target.partition("#")
        if anchor:
            titles = [title for _, title in HEADING.findall(page(GERMAN, file or name))]
            assert anchor in {anchor_of(title) for title in titles}, target


def test_pictures_exist():
    targets = {target for name in PAGES for target in LINK.findall(page(GERMAN, name)) if "images" in target}
    assert targets
    assert [target for target in targets if not (GERMAN / target).is_file()] == []


@pytest.mark.parametrize("name", PAGES)
def test_commands_are_the_same(name):
    """What is typed isn't translated; what stands beside it is."""
    fences = [(folder / name).read_text(encoding="utf-8").split("```")[1::2] for folder in (ENGLISH, GERMAN)]
    english, german = ([re.split(r" {2,}", line)[0] for part in each for line in part.splitlines()] for each in fences)
    assert german == english


def test_a_changed_page_is_found(tmp_path):
    english, german = tmp_path / "manual", tmp_path / "manual" / "de"
    german.mkdir(parents=True)
    (english / "a.md").write_text("# A\n", encoding="utf-8")
    (german / "a.md").write_text("# Das A\n", encoding="utf-8")
    assert outdated(english, german) == ["a.md"]
    renew("a.md", english, german)
    assert outdated(english, german) == []
    assert (german / "a.md").read_text(encoding="utf-8").startswith("# Das A\n\n[english]: <a.md> (")
    (english / "a.md").write_text("# A\n\nmore\n", encoding="utf-8")
    assert outdated(english, german) == ["a.md"]
    renew("a.md", english, german)
    (english / "b.md").write_text("# B\n", encoding="utf-8")
    assert outdated(english, german) == ["b.md"]
    assert len(digest(english / "b.md")) == 16


@cache
def messages():
    """English and German of every message and plural form, without the marks of access keys."""
    pairs = []
    for file in (resource_root() / "translations").glob("*_de.ts"):
        for message in ET.parse(file).iter("message"):
            german = message.find("translation")
            forms = [form.text or "" for form in german.iter("numerusform")] or [german.text or ""]
            sources = [message.findtext("source", "")]
            if message.get("numerus"):
                sources.append(message.findtext("comment", ""))
            pairs += [(source.replace("&", ""), forms[-1].replace("&", "")) for source in sources]
    return pairs


@cache
def german_of():
    return {english: german for english, german in messages() if german}


def is_said(label, translated):
    """Whether a label of the window, or a part of one, has this translation."""
    if label in german_of():
        return german_of()[label] == translated
    return any(label in english and translated in german for english, german in messages() if german)


def labels(folder, name):
    return [" ".join(label.split()) for label in BOLD.findall(page(folder, name))]


@pytest.mark.parametrize("name", PAGES)
def test_words_in_bold_are_those_of_the_german_window(name):
    unnamed = Counter(labels(GERMAN, name))
    for label in labels(ENGLISH, name):
        fitting = [german for german in unnamed if german == label in SYMBOLS or is_said(label, german)]
        assert fitting, label
        unnamed -= Counter(fitting[:1])
    assert not unnamed


@pytest.mark.parametrize("name", PAGES)
def test_menus_are_those_of_the_german_window(name):
    english, german = (
        Counter(" ".join(path.split()) for path in MENU.findall(BOLD.sub("", page(folder, name))))
        for folder in (ENGLISH, GERMAN)
    )
    assert german == Counter(
        " › ".join(german_of().get(entry, entry) for entry in path.split(" › ")) for path in english.elements()
    )


def test_sentences_of_the_program_are_quoted_as_it_says_them_in_german():
    rows = [line.split("|")[1] for line in page(GERMAN, "troubleshooting.md").splitlines() if line.startswith("|")]
    quoted = [sentence for row in rows for sentence in re.findall(r"„([^“]+)“", row)]
    pieces = [piece.strip() for sentence in quoted for piece in sentence.split("…") if len(piece.strip()) > 3]
    assert len(pieces) > 30
    said = [re.sub(r"\{[^}]*\}", "…", german) for _, german in messages()]
    assert [piece for piece in pieces if not any(piece in text for text in said)] == []


def test_no_german_page_is_behind_its_english_one():
    assert outdated() == [], "translate what changed, then .venv/bin/python build/texts/manual_translation.py --write"
