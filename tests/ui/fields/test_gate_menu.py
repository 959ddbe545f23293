"""Leaving a field out of the count from the strip's menu, and counting it again."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMenu

from rbc_desktop.ui.fields.gate_menu import GateMenu
from rbc_desktop.ui.look.mnemonics import plain
from tests.fakes.good_field import GOOD


@pytest.fixture
def work(qtbot, image_window, add_cells_to):
    """A window with one blurred field of eight cells."""
    editor = image_window.services.editor
    blurred = replace(GOOD, edge_share=0.4)
    add_cells_to(editor, 1, 8, seed=3, predicted_share=1, quality=blurred)
    qtbot.waitUntil(lambda: image_window.panel.feed.is_settled)
    return image_window


def chosen(work, *path):
    menu = QMenu(work)
    GateMenu(work.services.editor, work.services.notices).fill(menu, 1)
    actions = menu.actions()
    for name in path[:-1]:
        actions = next(a for a in actions if plain(a.text()) == name).menu().actions()  # type: ignore[attr-defined]
    names = [a.text() for a in actions]
    next(a for a in actions if plain(a.text()) == path[-1]).trigger()
    menu.deleteLater()
    return names


def test_a_field_is_left_out_for_what_was_measured_and_counted_again(qtbot, work):
    editor = work.services.editor
    offered = chosen(work, "Leave out of the count", "It is blurred (measured)")
    assert offered[0] == "It is blurred (measured)"
    assert "It is blurred" not in offered
    assert editor.case.fields[1].left_out == "smear.png is left out of the count: it is blurred."
    rows = work.panel.model.rows
    qtbot.waitUntil(lambda: all(not row.counted for row in rows.values()))
    assert {row.group for row in rows.values()} == {"field left out"}
    assert "left out of the count: it is blurred" in work.strip.list.item(0).toolTip()
    chosen(work, "Count again")
    qtbot.waitUntil(lambda: all(row.counted for row in work.panel.model.rows.values()))
    editor.undo()
    assert editor.case.fields[1].left_out
