"""The letters of menus."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from rbc_desktop.ui.look.mnemonics import give_letters, plain, with_letters


def letters(texts):
    return [QKeySequence.mnemonic(text).toString().removeprefix("Alt+") for text in texts]


def test_every_entry_has_a_letter_of_its_own():
    given = with_letters(["Open", "Open the sample", "Paste", "Accept\tReturn", "Ää"])
    assert given == ["&Open", "Open &the sample", "&Paste", "&Accept\tReturn", "&Ää"]
    assert with_letters(given) == given, "they stay where the menu opens again"


def test_letters_run_out_and_signs_mean_themselves():
    assert with_letters(["at", "to", "at", "a"]) == ["a&t", "t&o", "&at", "a"], "the first gives way"
    assert with_letters(["A && B"]) == ["&A && B"]
    assert plain("&A && B") == "A & B"


def test_what_is_hidden_takes_no_letter(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    hidden, shown = menu.addAction("Save"), menu.addAction("Send")
    hidden.setVisible(False)
    give_letters(menu)
    assert (hidden.text(), shown.text()) == ("Save", "&Send")
