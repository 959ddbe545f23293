"""The list of recent cases and its dialog, over cases as the list gives them."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from rbc_desktop.storage.safekeeping.known_cases import KnownCase
from rbc_desktop.ui.recent import recent_dialog
from rbc_desktop.ui.recent.case_delegate import facts_within
from rbc_desktop.ui.recent.recent_dialog import RecentDialog
from rbc_desktop.workflows.cases.case_listing import GONE, ListedCase

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PICTURE = np.full((40, 60, 3), 200, np.uint8)


def named(name, *, problem="", is_present=False, **values):
    return ListedCase(KnownCase(Path(f"/lab/{name}.rbc"), NOON, **values), False, problem, is_present)


PRESENT = named("present", is_present=True, sample_id="S-1", fields=1)
FINAL = named("patient 7", sample_id="S-7", state="final", fields=18, cells=1289, thumbnail=PICTURE)
AWAY = named("old", problem=GONE, state="amended")
UNSAVED = ListedCase(
    KnownCase(Path("/data/unsaved/20260102-101112-ab.rbc"), NOON, image="smear.png", fields=2, cells=41), True
)
LINES = (PRESENT, AWAY, FINAL, UNSAVED)


@pytest.fixture
def dialog(qtbot, theme):
    shown = RecentDialog(theme)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.show_lines(LINES)
    return shown


def said(dialog, row):
    return dialog.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_each_line_says_name_state_content_and_place(dialog):
    assert said(dialog, 2).startswith("patient 7, final, S-7, 2026-11-26 ")
    assert said(dialog, 2).endswith("18 fields, 1,289 cells, /lab")
    assert said(dialog, 3).startswith("Unsaved case of 2026-01-02, smear.png, draft, ")
    assert said(dialog, 1).endswith(GONE)


def test_a_long_sample_number_gives_way_to_what_is_in_the_case(dialog):
    line = named("a", sample_id="A long number of a sample " * 8, fields=20, cells=1000, to_review=884)
    metrics = dialog.list.fontMetrics()
    for width in (480, 560, 700):
        shown = facts_within(width, line, metrics)
        assert metrics.horizontalAdvance(shown) <= width
        assert shown.endswith("20 fields  ·  1,000 cells  ·  884 to review")
        assert shown.startswith("A long")
    assert facts_within(500, FINAL, metrics) == FINAL.facts


def test_the_first_case_that_can_be_opened_is_chosen_and_return_opens_it(qtbot, dialog):
    assert dialog.list.line is FINAL
    with qtbot.waitSignal(dialog.opened) as opened:
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert opened.args == [FINAL.case.path]
    assert not dialog.isVisible()


def test_the_open_case_can_neither_be_opened_nor_removed(qtbot, dialog):
    dialog.list.setCurrentRow(0)
    assert not dialog.open_button.isEnabled()
    assert not dialog.remove.isEnabled()
    with qtbot.assertNotEmitted(dialog.opened):
        dialog.list.itemActivated.emit(dialog.list.item(0))
    assert dialog.isVisible()


def test_words_narrow_the_list(qtbot, dialog):
    qtbot.keyClicks(dialog.words, "s-7 final")
    assert dialog.list.lines == [FINAL]
    qtbot.keyClicks(dialog.words, " nobody")
    assert dialog.list.lines == []
    assert dialog.note.text() == recent_dialog.NOTHING_MATCHES
    assert not dialog.open_button.isEnabled()
    dialog.words.clear()
    assert dialog.list.count() == 4


def test_a_named_case_leaves_the_list_at_once(qtbot, dialog):
    assert dialog.remove.text() == "Remove from the list"
    with qtbot.waitSignal(dialog.removed) as removed:
        qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert removed.args == [[FINAL]]


def test_all_that_are_chosen_leave_the_list_but_unsaved_work_and_the_open_case(qtbot, dialog):
    dialog.list.selectAll()
    assert not dialog.open_button.isEnabled()
    with qtbot.waitSignal(dialog.removed) as removed, qtbot.assertNotEmitted(dialog.discarded):
        qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert removed.args == [[AWAY, FINAL]]


def test_unsaved_work_is_discarded_only_when_it_is_asked_for_twice(qtbot, dialog):
    dialog.list.setCurrentRow(3)
    assert dialog.remove.text() == "Discard…"
    with qtbot.assertNotEmitted(dialog.discarded):
        qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert dialog.remove.text() == "Discard for good"
    assert "deletes the case with 41 cells" in dialog.note.text()
    dialog.list.setCurrentRow(2)
    dialog.list.setCurrentRow(3)
    assert dialog.remove.text() == "Discard…", "another line was looked at meanwhile"
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.discarded) as discarded:
        qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert discarded.args == [UNSAVED]


def test_the_chosen_line_stays_chosen_when_the_list_comes_anew(dialog):
    dialog.list.setCurrentRow(3)
    dialog.show_lines((UNSAVED, FINAL))
    assert dialog.list.line is UNSAVED


def test_an_empty_list_says_what_to_do(dialog):
    dialog.show_lines(())
    assert dialog.note.text() == recent_dialog.NOTHING
    assert not dialog.open_button.isEnabled()
    assert not dialog.remove.isEnabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_line_is_painted_in_the_colours_of_the_theme(qtbot, dialog, theme, scheme):
    theme.force(scheme)
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    picture = dialog.list.grab().toImage()
    row = dialog.list.visualItemRect(dialog.list.item(2))
    colours = {
        picture.pixelColor(x, y).name().upper()
        for x in range(row.left(), row.right())
        for y in range(row.top(), row.bottom())
    }
    assert {theme.tokens.success, theme.tokens.accent_soft} <= colours
    assert "#C8C8C8" in colours, "the thumbnail"
