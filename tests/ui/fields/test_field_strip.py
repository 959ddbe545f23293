"""The strip and what stands below it, over a real case in the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.ui.fields.field_delegate import FACTS_ROLE
from rbc_desktop.ui.look.mnemonics import plain
from rbc_desktop.workflows.fields.field_facts import FieldFactsNow, FieldState
from rbc_desktop.workflows.fields.field_queue import FieldQueue, Tally
from tests.fakes.casework import write_image
from tests.fakes.good_field import GOOD


@pytest.fixture
def work(window, images, add_cells_to):
    """A window with two fields; the first has eight cells."""
    editor = window.services.editor
    first, _ = editor.add_fields([image.facts for image in images])
    add_cells_to(editor, first.id, 8)
    window.strip.refresh()
    return window


def facts(window):
    strip = window.strip
    strip.refresh_facts()
    return [strip.list.item(row).data(FACTS_ROLE) for row in range(strip.list.count())]


def test_each_field_has_its_cells_its_state_and_no_warning_for_a_missing_scale(qtbot, work):
    qtbot.waitUntil(lambda: work.panel.feed.is_settled)
    first, second = facts(work)
    assert first.cells == 8
    assert first.to_review == sum(row.needs_review for row in rows_of(work.services.editor.case))
    assert second.state is FieldState.NEW
    assert not first.marks
    assert not second.marks
    item = work.strip.list.item(0)
    assert "8 cells" in item.data(Qt.ItemDataRole.AccessibleTextRole)


def test_dragging_a_field_changes_the_order_of_steps_and_queue(work):
    first, second = work.strip.order
    work.queue.queue = FieldQueue(waiting=(first, second))
    model = work.strip.list.model()
    assert model.moveRow(model.index(-1, 0), 1, model.index(-1, 0), 0)
    assert work.strip.order == (second, first)
    assert work.queue.queue.waiting == (second, first)
    work.queue.queue = FieldQueue()
    work.services.editor.set_current_field(second)
    work.presenter.step(1)
    assert work.services.editor.current_field.id == first
    work.strip.refresh()
    assert work.strip.order == (second, first), "the order stays"


def test_of_hundreds_of_fields_only_those_in_sight_are_looked_at(qtbot, work, images, monkeypatch):
    facts = images[0].facts
    work.services.editor.add_fields(
        [replace(facts, path=facts.path.with_name(f"{n}.png"), sha256=f"{n:064}") for n in range(300)]
    )
    strip, asked = work.strip, []
    work.show()
    qtbot.waitUntil(lambda: strip.list.visualItemRect(strip.list.item(0)).isValid())
    strip.list.scrollToTop()
    look_up = FieldFactsNow.__getitem__

    def looked_up(now, number):
        asked.append(number)
        return look_up(now, number)

    monkeypatch.setattr(FieldFactsNow, "__getitem__", looked_up)
    work.queue.queue = FieldQueue(waiting=strip.order)
    strip.refresh_facts()
    assert 0 < len(asked) < 60
    assert {*asked} < {*strip.order[:40]}
    last = strip.list.item(len(strip.order) - 1)
    assert last.data(Qt.ItemDataRole.ToolTipRole).splitlines()[-1] == f"Number {len(strip.order)} to be segmented"
    strip.list.scrollToBottom()
    changed = []
    strip.list.model().dataChanged.connect(lambda top, *_: changed.append(top.row()))
    work.queue.queue = FieldQueue()
    strip.refresh_facts()
    assert len(strip.order) - 1 in changed
    assert last.data(FACTS_ROLE).state is FieldState.NEW
    changed.clear()
    strip.refresh_facts()
    assert len(strip.order) - 1 not in changed, "nothing is painted anew that stayed as it was"


def test_the_bars_show_fields_and_cells(qtbot, work):
    work.resize(1200, 800)
    work.services.settings.update(target_cells=16)
    qtbot.waitUntil(lambda: work.panel.feed.is_settled)
    work.strip.refresh_facts()
    bar = work.strip.bar
    counted = sum(
        r.counted and (r.cell_class is None or r.cell_class.is_red) for r in rows_of(work.services.editor.case)
    )
    assert bar.count.text() == f"{counted} of 16"
    assert bar.cells.value() == round(1000 * counted / 16)
    assert bar.cells.isVisibleTo(work)
    assert not bar.fields.isVisibleTo(work)
    work.queue.queue, work.queue.share = FieldQueue(waiting=(2,), running=1), 0.5
    work.strip.refresh_facts()
    assert bar.task.text() == "Field 1 of 2"
    assert bar.fields.value() == 250
    assert bar.cancel.isVisibleTo(work)
    work.queue.queue = FieldQueue()


@pytest.mark.parametrize("cells", [8, 5_453, 123_456])
def test_the_number_of_cells_is_never_cut_off(qtbot, work, cells):
    bar = work.strip.bar
    bar.show_state(FieldQueue(), share=0.0, count=Tally(cells), target=0)
    work.resizeDocks([work.strip_dock], [1], Qt.Orientation.Horizontal)
    letters = bar.count.fontMetrics()
    qtbot.waitUntil(lambda: bar.count.width() >= letters.horizontalAdvance(bar.count.text()))


def test_the_target_and_what_is_segmented_by_itself_are_asked_for(qtbot, work):
    work.strip.bar.count.click()
    dialog = work.fields.dialog
    assert not dialog.stop.isEnabled(), "without a target there is nothing to stop at"
    dialog.cells.setValue(1000)
    dialog.new_images.setChecked(True)
    dialog.accept()
    settings = work.services.settings.value
    assert (settings.target_cells, settings.stop_at_target, settings.segment_new_images) == (1000, True, True)
    assert work.queue.target == 1000
    qtbot.waitUntil(lambda: work.fields.dialog is None)


def test_new_images_are_queued_only_when_that_is_wished(qtbot, work, tmp_path):
    paths = [write_image(tmp_path / f"new {number}.png", number).path for number in (7, 8, 9)]
    fields = work.services.editor.case.fields
    work.services.files.open_paths(paths[:1])
    qtbot.waitUntil(lambda: len(fields) == 3 and not work.services.files.is_busy)
    assert not work.queue.queue.is_active
    work.services.settings.update(segment_new_images=True)
    work.services.files.open_paths(paths)
    qtbot.waitUntil(lambda: len(fields) == 5)
    assert {work.queue.queue.running, *work.queue.queue.waiting} - {None} == {4, 5}
    work.queue.cancel()


def test_what_an_image_does_not_let_be_seen_is_said_without_alarm(work):
    blurred = replace(GOOD, edge_share=0.3)
    work.services.editor.set_analyses([], qualities={1: blurred, 2: GOOD})
    first, second = facts(work)
    assert "30 % of a cell wide" in first.text
    assert not first.has_problem
    assert second.marks == ()
    assert "30 % of a cell wide" in work.strip.list.item(0).toolTip()
    work.services.images.problems[1] = "It is gone."
    assert facts(work)[0].has_problem


def test_a_field_that_waits_can_be_done_next_or_left_out(work):
    third = 3
    work.queue.queue = FieldQueue(waiting=(1, 2, third))
    for text, waiting in (("Segment it next", (2, 1, third)), ("Leave it out of this run", (1, third))):
        menu = QMenu(work)
        work.presenter.menu_opening.emit(2, menu)
        next(action for action in menu.actions() if plain(action.text()) == text).trigger()
        work.queue._soon.stop()
        assert work.queue.queue.waiting == waiting
        menu.deleteLater()
    menu = QMenu(work)
    work.presenter.menu_opening.emit(2, menu)
    assert menu.isEmpty(), "it waits no more"
    menu.deleteLater()
    work.queue.queue = FieldQueue()
