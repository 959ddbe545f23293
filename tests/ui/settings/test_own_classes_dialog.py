import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog

from rbc_desktop.domain.classes.own_classes import DEFAULT_KEYS, own_class
from rbc_desktop.storage.laboratory.class_file import read_classes
from rbc_desktop.ui.settings.own_classes_dialog import OwnClassesDialog

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
CLUMP = own_class("platelet clump", code="Pc", colour="#3969AC", key="", is_red=False)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def show(qtbot, theme):
    def _show(*classes):
        dialog = OwnClassesDialog(classes)
        qtbot.addWidget(dialog)
        chosen = []
        dialog.chosen.connect(chosen.append)
        dialog.show()
        return dialog, chosen

    return _show


def test_a_list_opens_as_it_is_and_is_handed_over_unchanged(qtbot, show):
    dialog, chosen = show(SICKLE, CLUMP)
    assert not dialog.empty.isVisible()
    qtbot.mouseClick(dialog.save, LEFT)
    [classes] = chosen
    assert classes[0].looks_like(SICKLE)
    assert classes[1].looks_like(CLUMP)


def test_a_class_is_typed_and_gets_the_next_free_colour_and_key(qtbot, show):
    dialog, chosen = show(SICKLE)
    qtbot.mouseClick(dialog.add, LEFT)
    line = dialog.lines[1]
    assert not dialog.save.isEnabled()
    assert dialog.note.text().startswith("Give the class a name")
    qtbot.keyClicks(line.name, " bite  cell ")
    assert line.code.text() == "Bi"
    assert dialog.note.text() == "", "letters are proposed, too"
    line.code.clear()
    assert dialog.note.text() == "Give bite cell one or two letters."
    qtbot.keyClicks(line.code, "Bit")
    assert line.code.text() == "Bi"
    assert dialog.note.text() == ""
    qtbot.mouseClick(dialog.save, LEFT)
    assert [(c.value, c.code, c.key, c.is_red) for c in chosen[0]] == [
        ("sickle", "Si", "Shift+5", True), ("bite cell", "Bi", "Shift+6", True),
    ]  # fmt: skip
    assert chosen[0][1].colour != SICKLE.colour


def test_the_window_grows_with_its_lines(qtbot, show):
    dialog, _ = show()
    for _ in range(4):
        qtbot.mouseClick(dialog.add, LEFT)
        qtbot.waitUntil(lambda: all(line.colour.height() >= line.colour.sizeHint().height() for line in dialog.lines))


def test_letters_are_proposed_until_a_person_types_some(qtbot, show):
    dialog, _ = show(SICKLE)
    qtbot.mouseClick(dialog.add, LEFT)
    line = dialog.lines[1]
    qtbot.keyClicks(line.name, "sick")
    assert line.code.text() == "Sk", "Si is taken, and so is the schistocyte's Sc"
    line.code.clear()
    qtbot.keyClicks(line.code, "X")
    qtbot.keyClicks(line.name, "er")
    assert line.code.text() == "X"


def test_a_conflict_is_said_and_keeps_it_from_being_saved(show):
    dialog, _ = show(SICKLE, CLUMP)
    dialog.lines[1].key.setCurrentIndex(dialog.lines[1].key.findData("Shift+5"))
    assert dialog.note.text() == "sickle has the key Shift+5 already; give platelet clump another."
    assert not dialog.save.isEnabled()


def test_ten_is_the_most_and_a_removed_one_makes_room(qtbot, show):
    dialog, _ = show(*(own_class(f"own {n}", code=f"{n}x", colour="#7F3C8D", key=DEFAULT_KEYS[n]) for n in range(10)))
    assert not dialog.add.isEnabled()
    qtbot.mouseClick(dialog.lines[3].remove, LEFT)
    assert [c.value for c in dialog.classes] == [f"own {n}" for n in range(10) if n != 3]
    qtbot.mouseClick(dialog.add, LEFT)
    assert dialog.lines[-1].key.currentData() == DEFAULT_KEYS[3]


def test_a_colour_is_chosen(qtbot, show, monkeypatch):
    dialog, _ = show(SICKLE)
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#008695"))
    qtbot.mouseClick(dialog.lines[0].colour, LEFT)
    assert dialog.classes[0].colour == "#008695"
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor())
    qtbot.mouseClick(dialog.lines[0].colour, LEFT)
    assert dialog.classes[0].colour == "#008695"


def test_a_list_goes_to_another_computer_and_a_strange_file_changes_nothing(qtbot, show, monkeypatch, tmp_path):
    dialog, _ = show(SICKLE, CLUMP)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "ours"), ""))
    qtbot.mouseClick(dialog.give, LEFT)
    assert read_classes(tmp_path / "ours.json") == (SICKLE, CLUMP)
    other, _ = show()
    assert other.empty.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "ours.json"), ""))
    qtbot.mouseClick(other.take, LEFT)
    assert other.classes == (SICKLE, CLUMP)
    (tmp_path / "ours.json").write_text("{}", encoding="utf-8")
    qtbot.mouseClick(other.take, LEFT)
    assert "can't be read as a list of own classes" in other.note.text()
    assert other.classes == (SICKLE, CLUMP)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "folder.json"), ""))
    qtbot.mouseClick(other.give, LEFT)
    assert other.note.text() == "folder.json can't be written; choose another folder."
