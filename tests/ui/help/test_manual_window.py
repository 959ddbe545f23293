"""Help > Manual: F1, links, search, keys, themes; and that the manual names only menus and keys that there are."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QKeySequence, QTextDocument, QTextTable

from rbc_desktop.storage.paths import manual_folder
from rbc_desktop.ui.export.export_dialog import ExportDialog
from rbc_desktop.ui.help.manual_text import is_key, places, read_chapters
from rbc_desktop.ui.help.manual_window import KEYS, ManualWindow
from rbc_desktop.ui.look.mnemonics import plain
from rbc_desktop.ui.look.tokens import DARK, LIGHT
from rbc_desktop.ui.window.actions.actions import ACTIONS

CHAPTERS = read_chapters(manual_folder())
TEXT = "\n".join(chapter.text for chapter in CHAPTERS)
PATH = r"\*([A-Z]\w+ › [^*\n]+(?:\n[^*\n]+)?)\*"
CANVAS_KEYS = {".", ","}
FOCUS_KEYS = {"Shift+Tab"}
TABLE_KEYS = {"Ctrl+C"}


def entries(menu, path):
    """Every path through the menus, as the manual writes it."""
    found = {}
    for action in menu.actions():
        if not action.isSeparator():
            text, _, shown = plain(action.text()).partition("\t")  # a key of the canvas is shown, but is no shortcut
            here = f"{path} › {text}"
            keys = [QKeySequence(shown, QKeySequence.SequenceFormat.NativeText)] if shown else action.shortcuts()
            found[here] = [key.toString() for key in keys]
            if action.menu() is not None:
                found |= entries(action.menu(), here)
    return found


@pytest.fixture
def menus(window):
    found = {}
    for action in window.menuBar().actions():
        found |= entries(action.menu(), plain(action.text()))
    return found


@pytest.fixture
def manual(qtbot, theme):
    made = ManualWindow(manual_folder(), theme)
    qtbot.addWidget(made)
    made.open_at()
    qtbot.waitUntil(lambda: made.isActiveWindow() and made.page.file == "index.md")
    return made


def test_a_key_before_the_first_page_is_drawn_is_not_undone(qtbot, theme):
    made = ManualWindow(manual_folder(), theme)
    qtbot.addWidget(made)
    made.open_at()
    made._turn(1)
    qtbot.waitUntil(lambda: not made.page.is_busy)
    assert made.page.file == made.chapters[1].file


def press(qtbot, widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(widget, key, modifiers)


# What the manual names


def test_every_menu_in_the_manual_is_in_the_window(menus):
    named = {" ".join(path.split()) for path in re.findall(PATH, TEXT)}
    assert len(named) > 25
    assert named - set(menus) == set()


def test_keys_beside_a_menu_are_its_keys(menus):
    pairs = re.findall(PATH + r" \(`([^`]+)`\)", TEXT)
    rows = [re.findall(r"`([^`]+)`|" + PATH, line) for line in TEXT.splitlines() if line.startswith("|")]
    pairs += [
        (next(path for _, path in row if path), next(key for key, _ in row if key))
        for row in rows
        if len(row) == 2 and any(path for _, path in row) and any(key for key, _ in row)
    ]
    assert len(pairs) > 30
    wrong = [(p, key) for p, key in pairs if QKeySequence(key).toString() not in menus[" ".join(p.split())]]
    assert wrong == []


def test_every_key_in_the_manual_does_something():
    known = {key for spec in ACTIONS for key in spec.keys} | {key for keys in KEYS.values() for key in keys}
    named = {code for code in re.findall(r"`([^`\n]+)`", TEXT) if is_key(code)}
    assert len(named) > 40
    assert named - known - CANVAS_KEYS - FOCUS_KEYS - TABLE_KEYS == set()


def test_keys_of_the_manual_window_are_all_in_its_index():
    first = {keys[0] for keys in KEYS.values()}
    assert first <= set(re.findall(r"`([^`\n]+)`", CHAPTERS[0].text))


# The window


def opened(qtbot, window):
    """The manual's window, once it is there."""
    qtbot.waitUntil(lambda: window.dialogs.manual.window is not None)
    return window.dialogs.manual.window


def test_f1_opens_the_manual_and_esc_closes_it(qtbot, window):
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, window, Qt.Key.Key_F1)
    manual = opened(qtbot, window)
    qtbot.waitUntil(manual.isActiveWindow)
    qtbot.waitUntil(lambda: manual.page.file == "index.md")
    assert manual.list.count() == len(CHAPTERS)
    assert not manual.isModal()
    press(qtbot, manual.page, Qt.Key.Key_Escape)
    assert manual.isHidden()


def test_it_opens_where_it_was_left(qtbot, window):
    window.dialogs.manual.open()
    manual = opened(qtbot, window)
    qtbot.waitUntil(lambda: not manual.page.is_busy)
    manual.page.show_file(manual_folder() / "report.md")
    manual.close()
    window.dialogs.manual.open()
    assert window.dialogs.manual.window is manual
    assert manual.page.file == "report.md"


def test_it_closes_with_the_main_window(qtbot, window):
    window.dialogs.manual.open()
    opened(qtbot, window)
    window.close()
    assert window.dialogs.manual.window is None


def test_f1_in_a_dialog_opens_its_chapter(qtbot, window, editor, images):
    window.services.editor.add_fields(images)
    dialog = window.calibrating.dialog
    window.calibrating.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(qtbot, dialog, Qt.Key.Key_F1)
    opened(qtbot, window)
    qtbot.waitUntil(lambda: window.dialogs.manual.window.page.file == "calibration.md")
    window.dialogs.manual.window.close()
    dialog.close()
    window.action_set["export"].setEnabled(True)
    window.action_set["export"].trigger()
    exporting = window.dialogs.exporting.dialog
    assert isinstance(exporting, ExportDialog)
    qtbot.waitUntil(exporting.isActiveWindow)
    press(qtbot, exporting, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.dialogs.manual.window.page.file == "report.md")
    exporting.reject()


def test_a_link_leads_to_its_chapter_and_back_again(qtbot, manual):
    page = manual.page
    page.show_file(manual_folder() / "first-case.md")
    found = page.document().find("Reviewing classes")
    assert not found.isNull()
    page.setTextCursor(found)
    page.ensureCursorVisible()
    at = page.cursorRect(found).center() - QPoint(10, 0)
    assert page.anchorAt(at) == "review.md"
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.file == "review.md"
    assert manual.list.currentItem().text() == "Reviewing classes"
    assert manual.back.isEnabled()
    press(qtbot, page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.file == "first-case.md"
    assert manual.list.currentItem().text() == "Your first case"
    press(qtbot, page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.file == "review.md"


def test_going_back_leads_to_the_place_that_was_left(qtbot, manual):
    bar = manual.page.verticalScrollBar()
    manual.page.show_file(manual_folder() / "troubleshooting.md")
    bar.setValue(bar.maximum() // 2)
    left = bar.value()
    assert left > 0
    manual.page.show_file(manual_folder() / "report.md")
    assert bar.value() == 0
    manual.back.click()
    assert manual.page.file == "troubleshooting.md"
    assert bar.value() == left
    assert "Where things are" in manual.page.toPlainText()


def test_a_page_is_made_once_until_something_changes(qtbot, manual, theme):
    qtbot.waitUntil(lambda: not manual.page.is_busy)
    shown = []
    for file in ("report.md", "review.md", "report.md"):
        manual.page.show_file(manual_folder() / file)
        shown.append(manual.page.document())
    assert shown[0] is shown[2] is not shown[1]
    manual.page.zoom_in()
    assert manual.page.document() is not shown[2]
    assert manual.page.toPlainText() == shown[2].toPlainText()


def test_a_link_into_a_chapter_scrolls_to_the_heading(qtbot, manual):
    manual.page.show_file(manual_folder() / "troubleshooting.md", anchor="where-things-are")
    assert manual.page.verticalScrollBar().value() > 0
    assert manual.page.cursorForPosition(QPoint(100, 20)).block().text() in ("", "Where things are")


@pytest.mark.parametrize("address", ["https://example.org/", "file:///etc/passwd", "../../README.md", "mailto:a@b.c"])
def test_nothing_but_the_manual_is_shown(manual, address, monkeypatch):
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: pytest.fail(f"opened {url}"))
    manual.page.setSource(QUrl(address))
    assert manual.page.file == "index.md"
    assert "RBC Desktop" in manual.page.toPlainText()


def test_search_finds_in_every_chapter_and_return_walks_through_the_places(qtbot, manual):
    press(qtbot, manual.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert manual.search.hasFocus()
    qtbot.keyClicks(manual.search, "stage micrometre")
    assert [item.data(Qt.ItemDataRole.UserRole) for item in manual._items()] == ["calibration.md"]
    assert manual.found.text() == "1 place"
    press(qtbot, manual.search, Qt.Key.Key_Return)
    assert manual.page.file == "calibration.md"
    assert manual.page.textCursor().selectedText() == "stage micrometre"
    assert len(manual.page.extraSelections()) == 1
    manual.search.setText("Segment all")
    chapters = {item.data(Qt.ItemDataRole.UserRole) for item in manual._items()}
    assert {"first-case.md", "segmenting.md", "models.md"} <= chapters
    seen = set()
    for _ in range(40):
        press(qtbot, manual.search, Qt.Key.Key_Return)
        seen.add(manual.page.file)
        assert manual.page.textCursor().selectedText().lower() == "segment all"
    assert seen == chapters
    here = manual.page.file, manual.page.textCursor().position()
    press(qtbot, manual, Qt.Key.Key_F3)
    press(qtbot, manual, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert (manual.page.file, manual.page.textCursor().position()) == here


def test_a_search_without_a_result_says_so(manual):
    manual.search.setText("xyzzy")
    assert manual.list.count() == 0
    assert manual.found.text() == "Nothing found. Try another word."
    manual.search.clear()
    assert manual.list.count() == len(CHAPTERS)
    assert manual.found.isHidden()


def test_the_list_and_its_keys_turn_the_pages(qtbot, manual):
    manual.list.setFocus()
    press(qtbot, manual.list, Qt.Key.Key_Down)
    assert manual.page.file == "install.md"
    press(qtbot, manual.page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert manual.page.file == "first-case.md"
    press(qtbot, manual.page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert manual.page.file == "install.md"


def test_space_turns_over_a_screenful_as_in_every_reader(qtbot, manual):
    manual.page.show_file(manual_folder() / "report.md")
    bar = manual.page.verticalScrollBar()
    press(qtbot, manual.page, Qt.Key.Key_Space)
    assert bar.value() == bar.pageStep()
    press(qtbot, manual.page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0


def test_zoom_keys_change_the_size_of_the_text(qtbot, manual):
    def size():
        return manual.page.document().defaultFont().pointSizeF()

    usual = size()
    press(qtbot, manual.page, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert size() == pytest.approx(1.1 * usual)
    bar = manual.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    press(qtbot, manual.page, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, manual.page, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert size() == pytest.approx(0.9 * usual)
    assert bar.value() == pytest.approx(bar.maximum() / 2, abs=3), "the reader stays at the place"


def image_formats(page):
    return [form.toImageFormat() for form in page.document().allFormats() if form.isImageFormat()]


def picture(page, image):
    return page.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(image.name()))


def test_images_get_their_room_at_once_and_their_pixels_soon(qtbot, manual):
    page = manual.page
    page.show_file(manual_folder() / "report.md")
    height = page.document().size().height()
    images = image_formats(page)
    assert len(images) == 2
    assert all(100 < image.width() <= page.viewport().width() for image in images)
    assert [picture(page, image).width() for image in images] == [1, 1]
    qtbot.waitUntil(lambda: not page.is_busy)
    assert [picture(page, image).width() for image in images] == [image.width() for image in images]
    assert page.document().size().height() == height, "the page must not jump"


def test_an_image_is_as_wide_as_there_is_room_and_framed_in_the_colour_of_the_theme(qtbot, manual, theme):
    page = manual.page
    page.show_file(manual_folder() / "first-case.md")
    wide = max(image.width() for image in image_formats(page))
    manual.resize(640, 700)
    qtbot.waitUntil(lambda: max(image.width() for image in image_formats(page)) < wide)
    assert all(image.width() <= page.viewport().width() for image in image_formats(page))
    for scheme, colour in (("light", LIGHT.border), ("dark", DARK.border)):
        theme.force(scheme)
        qtbot.waitUntil(lambda: not page.is_busy)
        image = image_formats(page)[0]
        assert picture(page, image).pixelColor(0, 0).name().upper() == colour
        assert picture(page, image).width() == image.width()
    theme.force("system")


def test_tables_have_cells_with_lines_and_no_frame(manual):
    manual.page.show_file(manual_folder() / "review.md")
    frames = manual.page.document().rootFrame().childFrames()
    table = next(frame for frame in frames if isinstance(frame, QTextTable))
    assert table.format().border() == 0
    assert table.cellAt(1, 0).format().toTableCellFormat().bottomBorder() == 1


def test_keys_are_caps_with_room_at_both_ends(manual, theme):
    theme.force("light")
    found = manual.page.document().find("\u202fCtrl+F\u202f")
    assert found.charFormat().background().color().name().upper() == LIGHT.hover
    theme.force("system")


@pytest.mark.parametrize("words", ["the", "Ctrl+", "Return or", "segment ALL", "search; return", "[", "%"])
def test_the_list_counts_the_places_that_the_page_marks(manual, words):
    counted, marked = {}, {}
    for chapter in CHAPTERS:
        manual.page.show_file(manual_folder() / chapter.file)
        counted[chapter.file], marked[chapter.file] = places(chapter, words), manual.page.mark(words)
    assert counted == marked
    assert words == "[" or sum(counted.values()) > 0


def test_the_page_follows_the_theme(manual, theme):
    def heading_colours():
        block = manual.page.document().find("How to read it").block()
        link = manual.page.document().find("Install").charFormat().foreground().color().name()
        return block.text(), link.lower()

    theme.force("light")
    light = heading_colours()
    theme.force("dark")
    dark = heading_colours()
    theme.force("system")
    assert light[0] == dark[0] == "How to read it"
    assert (light[1], dark[1]) == ("#0b6a94", "#4db4db")


def test_a_page_that_nobody_sees_takes_the_theme_when_it_is_shown_again(manual, theme):
    theme.force("light")
    document = manual.page.document()
    manual.close()
    theme.force("dark")
    assert manual.page.document() is document
    manual.show()
    colour = manual.page.document().find("Install").charFormat().foreground().color().name()
    theme.force("system")
    assert colour.lower() == "#4db4db"


def test_a_missing_manual_is_one_sentence(qtbot, theme, tmp_path):
    window = ManualWindow(tmp_path / "docs" / "manual", theme)
    qtbot.addWidget(window)
    window.open_at("calibration.md")
    shown = [label.text() for label in window.findChildren(type(window.found)) if label.isVisible()]
    assert shown == ["The manual is missing from this copy of the program; install the application again."]
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.isHidden()
