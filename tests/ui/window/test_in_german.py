"""The window in German: nothing is still English, nothing is cut off, and no two mnemonics of a window collide."""

import contextlib
import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QLocale, QModelIndex, QSize, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabWidget,
    QTreeWidget,
    QWidget,
)

from rbc_desktop import RESEARCH_USE_ONLY
from rbc_desktop.commands.terminal.catalogues import speak_in_window, translations_folder
from rbc_desktop.language import ENGLISH, speak, tr
from rbc_desktop.turns import is_quiet
from rbc_desktop.ui.look.mnemonics import plain
from rbc_desktop.workflows.key_map import RESERVED
from tests.ui.cut_off import cut_off
from tests.ui.tab_walk import colliding, faults_of_menus, letter_of
from tests.ui.window.test_without_a_mouse import PLACES, SCREEN_AT_200, opened_by, pages_of

DIALOGS = (
    "adjust", "calibrate", "control-films", "export", "settings", "shortcuts", "about", "open-recent", "target",
    "sample", "operators", "own-classes", "retrain",
)  # fmt: skip

ENGLISH_WORDS = re.compile(
    r"\b(the|and|of|is|are|isn't|with|without|for|from|this|that|cells?|fields?|click|open|close|save|file|choose)\b",
    re.I,
)
OURS = re.compile(RESEARCH_USE_ONLY + r"|smear \d|[\w.-]*\.(png|rbc|json|pdf)\b|RBC Desktop|\(\*[^)]*\)|/\S+")
"""File names and the like: no words; and the sentence that stays as the regulation has it."""

IN_GERMAN = "Nur für Forschungszwecke. Nicht zur Verwendung in diagnostischen Verfahren."

NOWHERE = QModelIndex()

SAME = frozenset({"Name", "Logo", "Version", "Patient", "Pause", "Polygon", "System"})


@pytest.fixture
def german_window(qtbot, qapp, request):
    """German from the first widget on, Qt's own texts included."""
    locale = QLocale()
    speak_in_window(qapp, "de")
    yield request.getfixturevalue("window")
    speak(ENGLISH)
    QLocale.setDefault(locale)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)


@pytest.fixture
def work(german_window, at_work):
    """The window with two fields and eight analysed cells."""
    return at_work(german_window)


@pytest.fixture(scope="module")
def translated():
    """English texts that have another wording in German."""
    found = set()
    for catalogue in translations_folder().glob("*.ts"):
        for message in ElementTree.parse(catalogue).iter("message"):
            if message.findtext("source") != message.findtext("translation"):
                found.add(message.findtext("source"))
    return found


def model_texts(model: QAbstractItemModel):
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(NOWHERE))
    for section in columns:
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield model.headerData(section, Qt.Orientation.Horizontal, role)
    for row in range(min(model.rowCount(NOWHERE), 60)):
        for column in columns:
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield model.data(model.index(row, column), role)


def texts_of(widget: QWidget):
    """Everything that a widget says, to eyes and to screen readers."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QDockWidget | QMenu):
        yield widget.windowTitle()
    if isinstance(widget, QTreeWidget):
        for place in range(widget.topLevelItemCount()):
            item = widget.topLevelItem(place)
            yield item.text(0)
            yield from (item.child(each).text(0) for each in range(item.childCount()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from model_texts(widget.model())


def said_by(top: QWidget) -> set[str]:
    said = {text for widget in (top, *top.findChildren(QWidget)) for text in texts_of(widget)}
    for action in top.findChildren(QAction):
        said |= {plain(action.text()).split("\t")[0], action.toolTip()}
    return {str(text) for text in said if text}


def still_english(said: set[str], translated: set[str]) -> list[str]:
    plain = {text: OURS.sub("", re.sub(r"<[^>]*>", " ", text)).strip() for text in said}
    return sorted(
        text
        for text, words in plain.items()
        if (text in translated or words.replace("&", "") in translated or ENGLISH_WORDS.search(words))
        and words not in SAME | {""}
    )


def test_the_main_window_is_german(qtbot, work, translated):
    for name in ("review-bar", "gallery", "compare"):
        work.action_set[name].setChecked(True)
    work.services.selection.set(list(work.services.editor.case.cells)[:1])
    qtbot.waitUntil(lambda: work.review.bar.isVisible() and not work._state_timer.isActive())
    assert still_english(said_by(work), translated) == []
    menus = [plain(action.text()) for action in work.menuBar().actions()]
    assert menus == ["Datei", "Bearbeiten", "Ansicht", "Zellen", "Bericht", "Hilfe"]


def test_every_entry_of_a_menu_has_its_letter(work):
    bar = work.menuBar()
    assert faults_of_menus(bar) == []
    assert {letter_of(action.text()) for action in bar.actions()} <= RESERVED.keys(), "a key may not take them"
    assert faults_of_menus(work.action_set.cell_menu(work)) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_window_of_an_action_is_german(qtbot, work, translated, name):
    opened = opened_by(qtbot, work, name)
    try:
        assert still_english(said_by(opened), translated) == []
        assert cut_off(opened) == []
        for show in pages_of(opened):
            show()
            assert colliding(opened) == []
    finally:
        opened.close()


@pytest.mark.parametrize("opens", PLACES, ids=lambda names: " ".join(names) or "image")
@pytest.mark.parametrize("width", [SCREEN_AT_200[0], 1440])
def test_nothing_is_cut_off_in_the_main_window(qtbot, work, opens, width):
    for name in opens:
        work.action_set[name].setChecked(True)
    qtbot.waitUntil(is_quiet)
    work.resize(width, SCREEN_AT_200[1])
    qtbot.waitUntil(lambda: not work._state_timer.isActive())

    def nothing_is_cut_off():  # a line may break a turn of the layout later
        assert cut_off(work) == []

    qtbot.waitUntil(nothing_is_cut_off, timeout=3_000)


@pytest.mark.parametrize("name", DIALOGS)
def test_nothing_is_cut_off_in_a_dialog_at_200_percent(qtbot, work, name):
    opened = opened_by(qtbot, work, name)
    opened.resize(opened.size().boundedTo(QSize(*SCREEN_AT_200)))
    found = {}
    for number, show in enumerate(pages_of(opened)):
        show()
        with contextlib.suppress(qtbot.TimeoutError):  # some say a number a turn later, and lay out another one later
            qtbot.waitUntil(lambda: cut_off(opened) == [], timeout=3_000)
        found[number] = cut_off(opened)
    opened.close()
    assert not any(found.values()), found


@pytest.mark.parametrize("name", ["export", "about", "sample", "control-films"])
def test_the_sentence_on_research_use_stands_word_for_word_and_translated(qtbot, work, name):
    opened = opened_by(qtbot, work, name)
    try:
        use = [label.text() for label in opened.findChildren(QLabel) if RESEARCH_USE_ONLY in label.text()]
        assert len(use) == 1
        assert IN_GERMAN in use[0]
    finally:
        opened.close()


def test_the_status_bar_says_it_in_english_and_its_tooltip_in_german(qtbot, work):
    use = work.line.research_use
    for width, said in ((1900, RESEARCH_USE_ONLY), (800, "Research Use Only")):
        work.resize(width, 700)
        qtbot.waitUntil(lambda said=said: use.text() == said)
        assert use.toolTip() == f"{RESEARCH_USE_ONLY}\n{IN_GERMAN}"


def test_one_red_cell_is_one():
    translator = QTranslator()
    assert translator.load(str(translations_folder() / "messages_de.qm"))
    said = [translator.translate("", "{count} red cell", "{count} red cells", count) for count in (1, 2)]
    assert said == ["{count} Erythrozyt", "{count} Erythrozyten"]


def test_qt_speaks_german_too(german_window, qapp):
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert QLocale().decimalPoint() == ","
    assert tr("Settings…") == "Einstellungen…"
