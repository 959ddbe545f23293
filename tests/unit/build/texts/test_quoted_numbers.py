"""Every measured number that a document quotes is the one that was measured."""

import json
from pathlib import Path

import pytest
from quoted_numbers import Book, as_pattern

ROOT = Path(__file__).resolve().parents[4]
MANIFEST = json.loads((ROOT / "resources" / "weights" / "manifest.json").read_text(encoding="utf-8"))


def test_documents_quote_what_was_measured():
    assert Book().differences() == [], "measured.json is newer: .venv/bin/python build/texts/quoted_numbers.py --write"


def test_numbers_among_measured_ones_are_all_compared():
    assert Book().uncovered() == []


@pytest.mark.parametrize("model", ["segmenter", "classifier"])
def test_the_measured_scores_are_those_of_the_shipped_weights(model):
    section = Book().measured[model]
    scores = MANIFEST[model]["scores"]
    assert {name: section["values"].get(name) for name in scores} == scores, f"measure again: {section['command']}"


def test_every_section_says_how_when_and_on_what_it_was_measured():
    for section in Book().measured.values():
        assert section["command"]
        assert section["machine"]
        assert len(section["date"]) == len("2026-11-26")


@pytest.fixture
def book(tmp_path):
    """A document with a table and a paragraph, one number of which is old."""
    (tmp_path / "docs").mkdir()
    values = {"iou": 0.9498, "ms": 2470.0, "edge": 0.7795}
    measured = {"net": {"values": values, "tables": {"cv": ["| 11 | 0.5 |"]}}}
    (tmp_path / "docs" / "measured.json").write_text(json.dumps(measured), encoding="utf-8")
    (tmp_path / "docs" / "quotes.toml").write_text(
        """
        [passages]
        "page.md" = ["IoU is {net.iou:.2f}", "| {net.ms:,.0f} ms, {net.edge:.3f} |", "{net.iou*100:.0f} of 100"]
        [tables]
        net = "page.md"
        [[columns]]
        document = "page.md"
        column = "Measured"
        [[paragraphs]]
        document = "page.md"
        begins = "How good"
        constants = ["100"]
        """,
        encoding="utf-8",
    )
    text = "How good: IoU\nis 0.93, 95 of 100.\n\n| What 7 | Measured |\n|---|---|\n"
    text += "| a 3 | 2,470 ms, 0.780 |\n| 11 | 0.5 |\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    return Book(tmp_path)


def test_a_number_that_is_not_the_measured_one_is_named_and_mended(book):
    assert book.differences() == ["page.md says 0.93 for net.iou, measured 0.95"]
    assert book.mend("page.md")
    assert book.differences() == []
    assert "IoU\nis 0.95, 95 of 100." in book.text("page.md")
    assert not book.mend("page.md")


def test_a_number_that_no_passage_covers_is_named(book):
    assert book.uncovered() == ["page.md: 0.5 in line 7 is in no passage of docs/quotes.toml"]
    page = book.root / "page.md"
    page.write_text(book.text("page.md").replace("of 100.", "of 100, once 0.81."), encoding="utf-8")
    assert "page.md: 0.81 in line 2 is in no passage of docs/quotes.toml" in book.uncovered()


def test_a_table_row_that_a_command_printed_differently_is_named(book):
    page = book.root / "page.md"
    page.write_text(book.text("page.md").replace("| 11 | 0.5 |", "| 11 | 0.6 |"), encoding="utf-8")
    assert "page.md lacks the measured row | 11 | 0.5 |" in book.differences()


def test_a_passage_that_was_reworded_is_named(book):
    page = book.root / "page.md"
    page.write_text(book.text("page.md").replace("of 100", "in 100"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.md has 0 times"):
        book.differences()


def test_a_passage_is_text_and_not_a_pattern():
    assert as_pattern("*a* (b)") == r"\*a\*\s+\(b\)"
