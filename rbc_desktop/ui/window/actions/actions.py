"""The actions of the window: menus, toolbar, shortcuts and the list in Help are built from one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from ....domain.classes.own_classes import MOST_OWN
from ....domain.classes.taxonomy import BUILT_IN, CellClass
from ....language import Marked, mark, tr
from ....workflows.key_map import Chosen, keys_in_use, said, show_keys
from ...look import icons, swatch
from ...look.mnemonics import give_letters, lettered
from ...settings.keys_page import KeyRow
from .action_spec import ActionSpec, UiState
from .action_table import ACTIONS as ACTIONS
from .action_table import MENUS, MOUSE_HELP, own_action
from .action_table import TOOLBAR as TOOLBAR
from .action_table import class_action_id as class_action_id
from .action_table import own_class_id as own_class_id


def native_keys(spec: ActionSpec) -> str:
    """The shortcuts of an action as the system writes them, or an empty text."""
    return ", ".join(QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in spec.keys[:2])


BEHIND = {
    "": "",
    "slide": mark("A slide is in front of the image: open one of its fields, or go back to the image, first."),
    "gallery": mark("The gallery is in front of the image: close it, or double-click a tile, first."),
}
"""Why an action can't be done now, by what hides the image."""


LACKING: Mapping[str, Marked] = {
    "has_field": mark("Open an image first ({key}).", key="Ctrl+O"),
    "has_cells": mark("No cells yet: outline some, or find all of a field with {key}.", key="F5"),
    "has_selection": mark("Select a cell first, in the table or with {key}.", key="V"),
    "has_missed": mark("No place is marked where a cell may have been missed."),
}
"""What is said of a key that does nothing, by what is lacking: an image before cells, and cells before a selection."""


def lacking(spec: ActionSpec, state: UiState) -> str:
    """Why an action makes no sense now, in the present language; empty where it does, or nothing simple is lacking."""
    if behind := spec.hidden_by(state):
        return tr(BEHIND[behind])
    there = replace(state, **dict.fromkeys(LACKING, True))
    if spec.enabled_when(state) or not spec.enabled_when(there):
        return ""
    needed = [flag for flag in LACKING if not spec.enabled_when(replace(there, **{flag: False}))]
    before = ("has_field", "has_cells") if needed != ["has_field"] else ()
    text = next(LACKING[flag] for flag in (*before, *needed) if not getattr(state, flag))
    return tr(text.one, key=said(str(text.values["key"]))) if text.values else tr(text)


def tooltip(spec: ActionSpec, *, why_not: str = "") -> str:
    """Name, key and sentence; `why_not` says in its place why it can't be done now."""
    keys = native_keys(ActionSpec(spec.id, spec.text, spec.menu, spec.keys[:1]))
    head = spec.title.rstrip("…") + (f" ({keys})" if keys else "")
    said = why_not or (tr(spec.tip) if spec.tip else "")
    return f"{head}\n{said}" if said else head


def shortcut_sections(specs: Sequence[ActionSpec]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading and (keys, what they do) pairs, in menu order, the mouse first."""
    sections: list[tuple[str, list[tuple[str, str]]]] = [
        (tr("Mouse"), [(tr(gesture), tr(meaning)) for gesture, meaning in MOUSE_HELP])
    ]
    for menu in MENUS:
        for path in (menu, *sorted({s.menu for s in specs if s.menu.startswith(f"{menu}/")})):
            pairs = [(native_keys(s), s.title.rstrip("…")) for s in specs if s.menu == path and s.keys]
            if pairs:
                sections.append((tr(path.split("/")[-1]), pairs))
    return sections


SUBMENUS = (mark("Set class"), mark("Repair"), mark("Measure"), mark("Scale bar"))
"""Last parts of the paths of menus in menus."""


def menu_path(menu: str) -> str:
    """Where an action stands, e.g. ``Cells › Set class``."""
    return " › ".join(tr(part) for part in menu.split("/"))


def fixed_keys() -> list[str]:
    """Ids of the actions that keep their keys: the image has them, too, or they are set with the own classes."""
    own = {own_class_id(place) for place in range(MOST_OWN)}
    return [spec.id for spec in ACTIONS if spec.canvas_key or spec.id in {"previous-review", *own}]


def key_rows() -> list[KeyRow]:
    """Every action for the page of keys, in the order of the menus."""
    fixed = fixed_keys()
    own = {own_class_id(place) for place in range(MOST_OWN)}
    return [
        KeyRow(spec.id, spec.title.rstrip("…"), menu_path(spec.menu), spec.keys, spec.id in fixed)
        for menu in MENUS
        for spec in ACTIONS
        if spec.menu.split("/")[0] == menu and spec.id not in own
    ]


class ActionSet(QObject):
    """The QActions of one window."""

    keys_changed = Signal()
    """Other keys than before do things, and are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.specs = ACTIONS
        self._groups: dict[str, QActionGroup] = {}
        self._actions: dict[str, QAction] = {spec.id: self._build(spec) for spec in self.specs}
        self._own: dict[str, ActionSpec] = {}
        self._chosen: Chosen = {}
        self._state = UiState()
        self._behind: dict[str, str] = {}
        """Actions that a slide in front of the image keeps from making sense; their tooltips say so."""
        self.show_own_classes(())

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __contains__(self, action_id: object) -> bool:
        return action_id in self._actions

    @property
    def listed(self) -> tuple[ActionSpec, ...]:
        """The actions that the menus show."""
        return tuple(spec for spec in self.specs if self._actions[spec.id].isVisible())

    def show_own_classes(self, own: Sequence[CellClass]) -> None:
        """Have an entry and a key for each of these classes; the others have neither."""
        self._own = {own_class_id(place): own_action(place, each) for place, each in enumerate(own[:MOST_OWN])}
        for place in range(MOST_OWN):
            action, spec = self._actions[own_class_id(place)], self._own.get(own_class_id(place))
            action.setVisible(spec is not None)
            if spec is not None:
                action.setText(spec.title)
                action.setIcon(swatch.icon(own[place], font=QApplication.font()))
        self.use_keys(self._chosen)

    def use_keys(self, chosen: Chosen) -> None:
        """Have these keys where they differ from the usual ones; everything that shows keys follows.

        Args:
            chosen: keys by action id; what can't be is passed over, see `key_map.keys_in_use`.
        """
        self._chosen = chosen
        usual = {spec.id: spec.keys for spec in ACTIONS}
        present = keys_in_use(usual, chosen, fixed=fixed_keys())
        show_keys(usual, present)
        self.specs = tuple(self._own.get(spec.id, replace(spec, keys=present[spec.id])) for spec in ACTIONS)
        for spec in self.specs:
            action = self._actions[spec.id]
            if not spec.canvas_key:
                action.setShortcuts([QKeySequence(key) for key in spec.keys] if action.isVisible() else [])
            action.setToolTip(tooltip(spec))
        self.keys_changed.emit()

    def why_not(self, key: str) -> str:
        """Why a key does nothing now, in the present language; empty where it does something, or is none."""
        specs = [spec for spec in self.specs if key in spec.keys and self._actions[spec.id].isVisible()]
        if not specs or any(self._actions[spec.id].isEnabled() for spec in specs):
            return ""
        return lacking(specs[0], self._state)

    def bind(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Call a handler, without arguments, whenever its action is triggered."""
        for action_id, handler in handlers.items():
            if action_id in self._actions:
                self._actions[action_id].triggered.connect(lambda _checked=False, call=handler: call())

    def refresh(self, state: UiState) -> None:
        """Enable what makes sense in this state."""
        self._state = state
        for spec in self.specs:
            action = self._actions[spec.id]
            action.setEnabled(spec.enabled_when(state))
            behind = spec.hidden_by(state)
            if behind != self._behind.get(spec.id, ""):
                self._behind[spec.id] = behind
                action.setToolTip(tooltip(spec, why_not=tr(BEHIND[behind])))

    def name_steps(self, *, undo: str, redo: str) -> None:
        """Say which step undo and redo are about; empty where there is none."""
        self["undo"].setText(tr("Undo: {step}", step=undo) if undo else tr("Undo"))
        self["redo"].setText(tr("Redo: {step}", step=redo) if redo else tr("Redo"))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus; returns them by name, submenus as ``Cells/Set class``."""
        menus: dict[str, QMenu] = {name: lettered(bar.addMenu(tr(name))) for name in MENUS}
        for spec in self.specs:
            menu = menus.get(spec.menu)
            if menu is None:
                above, title = spec.menu.split("/")
                menu = menus[spec.menu] = lettered(menus[above].addMenu(tr(title)))
            if spec.starts_section:
                menu.addSeparator()
            menu.addAction(self._actions[spec.id])
        give_letters(bar)
        QShortcut(QKeySequence("F10"), bar, lambda: bar.setActiveAction(bar.actions()[0]))
        return menus

    def cell_menu(self, parent: QWidget) -> QMenu:
        """A context menu for the selected cells."""
        menu = lettered(QMenu(parent))
        menu.addAction(self["confirm"])
        classes = lettered(menu.addMenu(tr("Set class")))
        for cell_class in BUILT_IN:
            action = self[class_action_id(cell_class)]
            if action.icon().isNull():
                action.setIcon(swatch.icon(cell_class, font=parent.font()))
            classes.addAction(action)
        for place in range(MOST_OWN):
            classes.addAction(self[own_class_id(place)])
        menu.addAction(self["count-at-edge"])
        menu.addAction(self["merge"])
        menu.addSeparator()
        menu.addAction(self["delete"])
        return menu

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.title, self)
        action.setObjectName(spec.id)
        if spec.canvas_key:
            # Shown in the menu, no shortcut: elsewhere Tab moves the focus, Return edits and Esc leaves the menu bar.
            action.setText(f"{spec.title}\t{native_keys(spec)}")
        else:
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
        if spec.icon:
            action.setIcon(icons.icon(spec.icon))
        action.setToolTip(tooltip(spec))
        action.setCheckable(spec.checkable)
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        return action
