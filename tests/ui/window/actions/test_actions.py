"""The table of actions: keys, icons, menus, Help."""

from collections import defaultdict
from dataclasses import fields
from itertools import product

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.storage.paths import resource_root
from rbc_desktop.ui.help.shortcuts_dialog import ShortcutsDialog
from rbc_desktop.ui.look import icons
from rbc_desktop.ui.window.actions.action_spec import UiState
from rbc_desktop.ui.window.actions.actions import ACTIONS, TOOLBAR, ActionSet, class_action_id, shortcut_sections


def states():
    names = [each.name for each in fields(UiState)]
    return [UiState(**dict(zip(names, values, strict=True))) for values in product([False, True], repeat=len(names))]


def test_no_key_means_two_things_at_once():
    by_key = defaultdict(list)
    for spec in ACTIONS:
        for key in spec.keys:
            by_key[QKeySequence(key).toString()].append(spec)
    assert "" not in by_key, "a key that Qt can't read"
    shared = {key: specs for key, specs in by_key.items() if len(specs) > 1}
    assert shared.keys() == {"Backspace"}
    for key, specs in shared.items():
        assert sum(not spec.canvas_key for spec in specs) == 1, f"{key} is ambiguous to Qt"
        assert not any(sum(spec.enabled_when(state) for spec in specs) > 1 for state in states()), key


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("tool-point", "P"), ("tool-box", "B"), ("tool-select", "V"), ("next-candidate", "Tab"), ("accept", "Return"),
        ("drop", "Esc"), ("remove-point", "Backspace"), ("delete", "Del"), ("confirm", "C"), ("next-review", "N"),
        ("select-all", "Ctrl+A"), ("undo", "Ctrl+Z"), ("redo", "Ctrl+Shift+Z"), ("fit", "F"), ("zoom-in", "+"),
        ("zoom-out", "-"), ("overlay", "O"), ("manual", "F1"),
    ],
)  # fmt: skip
def test_keys_are_those_of_the_design(action, key):
    assert key in next(spec for spec in ACTIONS if spec.id == action).keys


def test_every_class_has_its_action_with_its_key():
    by_id = {spec.id: spec for spec in ACTIONS}
    for cell_class in BUILT_IN:
        assert by_id[class_action_id(cell_class)].keys == (cell_class.key,)


def test_every_icon_that_is_named_exists_and_draws_something(theme):
    for spec in ACTIONS:
        if spec.icon:
            image = icons.icon(spec.icon).pixmap(24, 24).toImage()
            assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), spec.icon


def test_every_icon_file_is_used_or_a_part_of_the_style():
    from pathlib import Path

    root = Path(icons.__file__).parents[1]
    source = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    unused = [p.stem for p in (resource_root() / "icons").glob("*.svg") if f'"{p.stem}"' not in source]
    assert unused == []


def test_the_toolbar_names_only_what_exists():
    known = {spec.id for spec in ACTIONS} | {"|", "opacity", "stretch"}
    assert set(TOOLBAR) <= known


def test_nothing_that_needs_a_field_is_enabled_without_one(qtbot, theme):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = ActionSet(window)
    actions.refresh(UiState())
    enabled = {spec.id for spec in ACTIONS if actions[spec.id].isEnabled()}
    assert enabled == {
        "open", "open-sample", "new-case", "open-case", "open-recent", "quit", "panels", "tool-point", "tool-box",
        "tool-select", "tool-pan", "tool-knife", "tool-split", "tool-brush", "tool-eraser", "tool-polygon",
        "manual", "settings", "shortcuts", "about", "sample", "operators", "tool-length", "tool-angle",
        "own-classes", "overview-map", "control-films", "retrain", "erase", "restore-backup",
        *(spec.id for spec in ACTIONS if spec.id.startswith("scale-bar:")),
    }  # fmt: skip
    actions.refresh(UiState(has_field=True, model_ready=True, has_cells=True, has_selection=True))
    assert actions["segment-all"].isEnabled()
    assert actions["confirm"].isEnabled()
    assert not actions["accept"].isEnabled()
    actions.refresh(UiState(has_field=True, model_ready=True, segmenting=True))
    assert not actions["segment-all"].isEnabled()


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.canvas_key], ids=lambda spec: spec.id)
def test_a_key_of_the_canvas_is_shown_in_the_menu_and_means_nothing_elsewhere(qtbot, theme, spec):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions, fired = ActionSet(window), []
    actions.fill(window.menuBar())
    actions.bind({spec.id: lambda: fired.append(spec.id)})
    actions.refresh(UiState(has_field=True, has_proposal=True))
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    [key] = [QKeySequence(text) for text in spec.keys]
    assert actions[spec.id].text().split("\t") == [spec.text, key.toString(QKeySequence.SequenceFormat.NativeText)]
    window.menuBar().setFocus()
    assert window.menuBar().hasFocus()
    qtbot.keyClick(window.menuBar(), key[0].key())
    assert fired == []
    actions[spec.id].trigger()
    assert fired == [spec.id]


def test_the_list_in_help_names_every_key(qtbot, theme):
    listed = {text for _, pairs in shortcut_sections(ACTIONS) for _, text in pairs}
    assert {spec.text.rstrip("…") for spec in ACTIONS if spec.keys} <= listed
    dialog = ShortcutsDialog(shortcut_sections(ACTIONS), theme)
    qtbot.addWidget(dialog)
    dialog.show()
