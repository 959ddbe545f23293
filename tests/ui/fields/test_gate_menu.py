"""Leaving a field out of the count from the strip's menu, and counting it again."""

import random
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMenu

from rbc_desktop.ui.fields.gate_menu import GateMenu
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD


@pytest.fixture
def work(qtbot, window, tmp_path):
    """A window with one blurred field of eight cells."""
    write_image(tmp_path / "smear.png", 1)
    window.services.files.open_paths([tmp_path / "smear.png"])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    rng, editor = random.Random(3), window.services.editor
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(8)], run=editor.new_run())
    blurred = replace(GOOD, edge_share=0.4)
    editor.set_analyses([make_analysis(c, rng, predicted_share=1) for c in cells], qualities={1: blurred})
    qtbot.waitUntil(lambda: window.panel.feed.is_settled)
    return window


def chosen(work, *path):
    menu = QMenu(work)
    GateMenu(work.services.editor, work.services.notices).fill(menu, 1)
    actions = menu.actions()
    for name in path[:-1]:
        actions = next(a for a in actions if a.text() == name).menu().actions()  # type: ignore[attr-defined]
    names = [a.text() for a in actions]
    next(a for a in actions if a.text() == path[-1]).trigger()
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
