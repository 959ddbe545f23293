"""The manual itself: what it names exists, in the folder and in the program."""

import ast
import re
from functools import cache

import pytest

from rbc_desktop.domain.export_formats import FORMATS
from rbc_desktop.files import resource_root
from rbc_desktop.reports.tables.csv_report import COLUMNS
from rbc_desktop.storage.paths import manual_folder
from rbc_desktop.ui.cells.cell_model import COLUMNS as COLUMN_SPECS
from rbc_desktop.ui.help.manual_text import (
    INDEX,
    THIN_SPACE,
    Chapter,
    anchor_of,
    german_key,
    is_key,
    pattern,
    places,
    plain,
    portable_key,
    read_chapters,
    to_html,
    with_keys,
)

ROOT = resource_root().parent
IMAGE_BYTES = 3_000_000
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
BOLD = re.compile(r"\*\*([^*]+)\*\*")
CHAPTERS = read_chapters(manual_folder())


def by_name(chapter):
    return chapter.file


@cache
def texts_of_the_program():
    """Every text in the source; those with values in them as their fixed pieces."""
    found = set()
    for path in (ROOT / "rbc_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.replace("&", ""))
    return found


def test_the_frozen_program_looks_inside_its_bundle(monkeypatch, tmp_path):
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert manual_folder() == tmp_path / "docs" / "manual", "where rbc_desktop.spec puts it"


def test_a_language_without_a_manual_gets_the_english_one():
    assert manual_folder("de") == manual_folder() / "de"
    assert manual_folder("fr") == manual_folder("en") == manual_folder()


def test_every_file_of_the_folder_is_a_chapter_of_the_index():
    assert {chapter.file for chapter in CHAPTERS} == {path.name for path in manual_folder().glob("*.md")}
    assert CHAPTERS[0].file == INDEX


@pytest.mark.parametrize("chapter", CHAPTERS, ids=by_name)
def test_links_stay_in_the_manual_and_lead_somewhere(chapter):
    texts = {each.file: each.text for each in CHAPTERS}
    for target in LINK.findall(chapter.text):
        file, _, anchor = target.partition("#")
        text = texts[file or chapter.file]
        if anchor:
            assert anchor in {anchor_of(heading) for heading in HEADING.findall(text)}, target
    elsewhere = chapter.text.replace("tcp://", "").replace("tls://", "")  # addresses that a user types
    assert "://" not in elsewhere, "nothing in the manual leads to the network"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=by_name)
def test_images_exist_and_say_what_they_show(chapter):
    for alt, target in IMAGE.findall(chapter.text):
        assert alt
        assert (manual_folder() / target).resolve().is_relative_to(ROOT / "docs" / "images")
        assert (manual_folder() / target).is_file(), target


def test_images_are_few_enough_to_ship_and_each_is_shown_somewhere():
    images = list((ROOT / "docs" / "images").iterdir())
    assert sum(path.stat().st_size for path in images) < IMAGE_BYTES
    pages = [chapter.text for chapter in CHAPTERS] + [(ROOT / "README.md").read_text(encoding="utf-8")]
    assert [path.name for path in images if not any(path.name in page for page in pages)] == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=by_name)
def test_words_in_bold_are_words_of_the_window(chapter):
    known = texts_of_the_program()
    unknown = [word for word in BOLD.findall(chapter.text) if not any(word in text for text in known)]
    assert unknown == []


def test_sentences_of_the_program_are_quoted_as_it_says_them():
    text = next(chapter.text for chapter in CHAPTERS if chapter.file == "troubleshooting.md")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    quoted = [sentence for row in rows for sentence in re.findall(r"“([^”]+)”", row)]
    assert len(quoted) > 15
    pieces = [piece.strip() for sentence in quoted for piece in re.split(r"…", sentence) if len(piece.strip()) > 3]
    known = {text.replace("'", "’") for text in texts_of_the_program()}
    assert [p for p in pieces if not any(p.replace("'", "’") in text for text in known)] == []


def test_every_column_of_the_csv_is_explained():
    text = next(chapter.text for chapter in CHAPTERS if chapter.file == "report.md")
    csv = text.split("## The CSV")[1]
    named = {
        name
        for line in csv.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert named == set(COLUMNS)


def test_every_column_of_the_table_is_explained():
    text = next(chapter.text for chapter in CHAPTERS if chapter.file == "review.md")
    lines = text.split("## The table")[1].split("\n## ")[0].splitlines()
    named = {name for line in lines if line.startswith("| **") for name in BOLD.findall(line.split("|")[1])}
    assert named == {spec.title for spec in COLUMN_SPECS.values() if spec.title}


def test_every_file_format_is_explained():
    text = next(chapter.text for chapter in CHAPTERS if chapter.file == "report.md")
    assert [one.label for one in FORMATS.values() if f"**{one.label}**" not in text] == []


def test_options_of_the_command_line_exist():
    text = next(chapter.text for chapter in CHAPTERS if chapter.file == "command-line.md")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert named - {"--help", "--nthreads"} <= texts_of_the_program(), "the latter is Dask's"
    assert len(named) >= 5


def test_search_sees_what_a_reader_sees():
    chapter = Chapter(
        "T", "t.md", "# Scale\n\nGive the [scale](scale.md) in *µm*; ![the scale](x.png)\n\n| A |\n|---|\n"
    )
    assert places(chapter, "SCALE") == 2, "heading and link text; no address, no text in place of a picture"
    assert places(chapter, "in µm") == 1
    assert places(chapter, "  ") == 0
    assert "|" not in plain(chapter.text)


def test_search_reads_over_the_end_of_a_line_but_not_of_a_paragraph():
    chapter = Chapter("T", "t.md", "a scale\nbar, and\n\n- one more\n  bar\n- bar\n\nscale\n\nbar\n")
    assert places(chapter, "scale bar") == 1
    assert places(chapter, "more bar") == 1
    assert places(chapter, "bar bar") == 0


def test_search_reads_over_the_end_of_a_key_cap():
    assert re.search(pattern("Return or F3"), f"{THIN_SPACE}Return{THIN_SPACE} or {THIN_SPACE}F3{THIN_SPACE}")
    assert pattern("   ") == ""


def page(text, size_of=lambda address: None):
    return to_html(text, size_of=size_of)


@pytest.mark.parametrize("code", ["F1", "Ctrl+Shift+Z", "Ctrl++", "Ctrl+/", "C", "0", ".", "Return", "PgUp", "Shift+4"])
def test_keys_are_known_as_keys(code):
    assert is_key(code)
    assert page(f"press `{code}`") == f'<p>press <code class="key">{THIN_SPACE}{code}{THIN_SPACE}</code></p>\n'


@pytest.mark.parametrize("code", ["report.pdf", "--out DIR", "cells.csv", "csv,pdf", "_internal"])
def test_other_code_is_left_as_it_is(code):
    assert not is_key(code)
    assert page(f"see `{code}`") == f"<p>see <code>{code}</code></p>\n"


@pytest.mark.parametrize(
    ("german", "key"), [("Strg+Umschalt+Z", "Ctrl+Shift+Z"), ("Strg++", "Ctrl++"), ("Strg+Bild abwärts", "Ctrl+PgDown"),
                        ("Entf", "Del"), ("Rücktaste", "Backspace"), ("Alt+Links", "Alt+Left"), ("Return", "Return")],
)  # fmt: skip
def test_german_names_of_keys_are_known_as_keys(german, key):
    assert is_key(german)
    assert (portable_key(german), german_key(key)) == (key, german)


def test_a_page_names_the_keys_of_its_language():
    chosen = {"Ctrl+O": "Ctrl+Shift+P", "F7": ""}
    text = with_keys("`Strg+O`, `F7`, `--out`", lambda key: chosen.get(key, key), named=german_key)
    assert text == "`Strg+Umschalt+P`, (no key), `--out`"


def test_code_in_a_fence_is_left_as_it_is():
    assert page("`C`\n```\n`C`\n```\n`C`").count("key") == 2


def test_every_heading_is_an_anchor():
    assert page("## Where *things* are") == '<h2 id="where-things-are">Where <em>things</em> are</h2>\n'


def test_images_have_a_size_where_there_is_an_image():
    sizes = {"a.png": (40, 30)}
    assert '<img src="a.png" alt="An a" width="40" height="30" />' in page("![An a](a.png)", sizes.get)
    assert "width" not in page("![A b](b.png)", sizes.get)


def test_text_is_never_markup():
    assert "<script>" not in page("a <script>x</script> & b")
