"""A second reading in the window: begun, read by key without seeing anything of before, finished, settled."""

import time

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.sign_off import state_of
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.ui.look.reason_dialog import ReasonDialog
from tests.fakes.good_field import GOOD

NORMAL, TARGET = CellClass.NORMAL, CellClass.TARGET_CELL


@pytest.fixture
def work(image_window, add_cells_to):
    """The window with eight normal cells that Ada has reviewed."""
    editor = image_window.services.editor
    add_cells_to(editor, 1, 8, seed=3, predicted_share=1, quality=GOOD)
    editor.set_class(range(1, 9), NORMAL)
    SampleEditor(editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    return image_window


@pytest.fixture
def reading(qtbot, work):
    """Bo reads all cells again."""
    work.sample.open()
    sample = work.sample.window
    sample.tabs.setCurrentWidget(sample.reading)
    page = sample.reading
    qtbot.waitUntil(lambda: page.of.text() == "of 8 cells that count and have a class")
    page.reader.setText("Bo")
    page.begin.click()
    qtbot.waitUntil(lambda: work.reading.controller.under_way is not None)
    qtbot.waitUntil(lambda: work.panel.feed.is_settled and len(work.panel.model.shown_ids) == 8, timeout=20_000)
    qtbot.waitUntil(lambda: work.reviewing.is_reviewing)
    return work


def read(qtbot, window, answers):
    """Give one class after the other by key, as the review bar goes on by itself."""
    for cell_class in answers:
        before = window.services.selection.ids
        window.action_set[f"class:{cell_class.value}"].trigger()
        qtbot.waitUntil(lambda before=before: window.services.selection.ids != before or len(answers) == 1)


def test_nothing_of_before_is_on_the_screen_and_nothing_that_tells_it_can_be_opened(qtbot, reading):
    assert not reading.sample.window.isVisible()
    assert not reading.reading.bar.isHidden()
    assert reading.reading.bar.text.text().startswith("Second reading by Bo: 0 of 8 cells read.")
    rows = list(reading.panel.model.shown)
    assert {row.class_text for row in rows} == {"unclassified"}
    assert {row.suggested for row in rows} == {()}
    assert reading.reviewing.is_reviewing
    assert len(reading.services.selection) == 1
    qtbot.waitUntil(lambda: not reading.action_set["export"].isEnabled())
    for name in ("sample", "segment-all", "segment-fields", "operators"):
        assert not reading.action_set[name].isEnabled()
    qtbot.waitUntil(lambda: reading.review.bar.progress_text.text() == "0 / 8")
    assert all(button.isHidden() for button in reading.review.bar.choices)


def test_a_reading_by_key_ends_with_the_agreement_and_its_differences(qtbot, reading):
    read(qtbot, reading, [NORMAL] * 6 + [TARGET])
    reading.action_set["class:target cell"].trigger()
    qtbot.waitUntil(lambda: reading.reading.bar.text.text().startswith("Second reading by Bo: 8 of 8"))
    reading.reading.bar.finish.click()
    sample = reading.sample.window
    qtbot.waitUntil(sample.isVisible)
    page = sample.reading
    qtbot.waitUntil(lambda: "6 of 8 cells agree (75.0 %" in page.result.text())
    assert "2 differences, 0 settled." in page.result.text()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2)
    qtbot.waitUntil(lambda: page.table.columnAt(0) == 0)  # laid out, so that rows can be selected
    editor = reading.services.editor
    assert {c.reviewed_class for c in editor.case.cells.values()} == {NORMAL}
    assert state_of(editor.case.sign_offs) == "reviewed"
    page.table.selectRow(0)
    wanted = page.table.chosen[0]
    page.show_cells.click()
    assert reading.services.selection.ids == (wanted,)
    page.second.click()
    assert editor.case.cells[wanted].reviewed_class is TARGET
    assert state_of(editor.case.sign_offs) == "draft"
    assert "2 differences, 1 settled." in page.result.text()
    page.open_only.setChecked(True)
    assert page.table.model().rowCount() == 1
    editor.undo()
    assert "2 differences, 0 settled." in page.result.text()


def test_a_paused_reading_is_offered_when_the_case_is_opened_again(qtbot, reading, tmp_path):
    read(qtbot, reading, [TARGET] * 3)
    reading.reading.bar.pause.click()
    editor = reading.services.editor
    assert reading.reading.bar.isHidden()
    page = reading.sample.window.reading
    qtbot.waitUntil(page.isVisible)
    qtbot.waitUntil(lambda: page.waiting.text() == "Second reading by Bo: 3 of 8 cells read")
    assert page.table.model().rowCount() == 0, "what differs isn't told before the end"
    path = tmp_path / "named.rbc"
    editor.store.save_as(path)
    reading.services.files.new_case()
    qtbot.waitUntil(lambda: not editor.case.fields, timeout=20_000)
    reading.services.files.open_paths([path])
    qtbot.waitUntil(lambda: "it isn't finished" in reading.message_bar.text, timeout=20_000)
    reading.services.notices.answer()
    assert editor.case.is_blind
    assert sum(c.reviewed_class is TARGET for c in editor.case.cells.values()) == 3


def test_another_case_ends_a_reading_that_was_under_way(qtbot, reading):
    editor = reading.services.editor
    reading.services.files.new_case()
    qtbot.waitUntil(lambda: not editor.case.fields, timeout=20_000)
    assert reading.reading.bar.isHidden()
    assert reading.reading.controller.under_way is None
    assert not reading.sample.window.isVisible()
    qtbot.waitUntil(lambda: reading.action_set["sample"].isEnabled())


def test_a_name_is_needed(work):
    work.sample.open()
    page = work.sample.window.reading
    page.reader.setText(" ")
    page.begin.click()
    assert work.sample.window.said.text() == "A name is missing; say who reads."
    assert not work.services.editor.case.is_blind


def test_the_same_reader_so_soon_says_why_and_the_trail_keeps_it(qtbot, work):
    editor = work.services.editor
    editor.operator = "Ada"
    editor.set_class([1], TARGET)
    work.sample.open()
    page = work.sample.window.reading
    page.reader.setText("ada")
    page.begin.click()
    dialog = page.findChild(ReasonDialog)
    assert dialog.isVisible()
    assert not editor.case.is_blind
    dialog.reject()
    assert not editor.case.readings
    page.begin.click()
    dialog = next(d for d in page.findChildren(ReasonDialog) if d.isVisible())
    dialog.reason.setCurrentText("training")
    dialog.ok.click()
    qtbot.waitUntil(lambda: editor.case.is_blind)
    row = next(row for row in editor.store.trail(most=1000) if row.action == "Begin second reading 1")
    assert row.reason == "training"


def test_after_two_weeks_the_same_reader_just_begins(qtbot, work, monkeypatch):
    editor = work.services.editor
    editor.operator = "Ada"
    editor.set_class([1], TARGET)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(round(time.time()) + 15 * 86_400))
    work.sample.open()
    page = work.sample.window.reading
    page.reader.setText("Ada")
    page.begin.click()
    qtbot.waitUntil(lambda: editor.case.is_blind)
    assert page.findChild(ReasonDialog) is None
