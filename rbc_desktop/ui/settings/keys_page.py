"""The page of the settings with every action and its key: another one is pressed, and collisions are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...language import mark, tr
from ...workflows.key_map import RESERVED, Chosen, Keys, canonical, keys_in_use, user_of
from ..look.plain_label import plain_label
from ..look.theme import SPACE_M, SPACE_S, named
from ..look.tool_line import keep_room, tool_line

_ID = Qt.ItemDataRole.UserRole

ROW_PX = 24

UNKNOWN = mark("This key can't be used; choose another.")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An action on the page.

    Attributes:
        id: of the action.
        text: as the menu says it.
        section: the menu, or what is below it.
        usual: its keys in the program as it comes.
        is_fixed: they stay.
    """

    id: str
    text: str
    section: str
    usual: Keys
    is_fixed: bool = False


class KeyField(QKeySequenceEdit):
    """Takes one key with what is held down for it; AltGr by itself is none, it makes the key after it."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_AltGr:
            super().keyPressEvent(event)


class KeysPage(QWidget):
    """Lets keys be changed; they count when the settings are saved.

    Args:
        rows: the actions in the order of the menus.
        chosen: those with other keys than usual, as the settings have them.
    """

    def __init__(self, rows: Sequence[KeyRow], chosen: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = {row.id: row for row in rows}
        self._usual = {row.id: row.usual for row in rows}
        self._fixed = [row.id for row in rows if row.is_fixed]
        self.chosen: dict[str, Keys] = {name: tuple(keys) for name, keys in chosen.items() if name in self._usual}
        """The actions that somebody gave other keys than usual."""
        self._items: dict[str, QTreeWidgetItem] = {}
        self._build()
        self.words.textChanged.connect(self._filter)
        self.table.currentItemChanged.connect(self._start)
        self.edit.keySequenceChanged.connect(self._on_pressed)
        self.set_button.clicked.connect(self._set)
        self.none_button.clicked.connect(self._set_none)
        self.usual_button.clicked.connect(self._set_usual)
        self.reset_button.clicked.connect(self._reset)
        self._start()

    @property
    def keys(self) -> dict[str, Keys]:
        """The keys of every action."""
        return keys_in_use(self._usual, self.chosen, fixed=self._fixed)

    def choose(self, action_id: str) -> None:
        """Go to the line of an action."""
        self.table.setCurrentItem(self._items[action_id])

    def _build(self) -> None:
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Find an action or a key"))
        self.words.setAccessibleName(tr("Find an action or a key"))
        self.words.setClearButtonEnabled(True)
        self.table = QTreeWidget()
        self.table.setHeaderLabels([tr("Action"), tr("Key")])
        self.table.setAccessibleName(tr("Actions and their keys"))
        self.table.setIndentation(SPACE_M)
        self.table.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.table.setMinimumHeight(9 * ROW_PX)
        self._sections: dict[str, QTreeWidgetItem] = {}
        sections = self._sections
        for row in self._rows.values():
            if row.section not in sections:
                sections[row.section] = QTreeWidgetItem(self.table, [row.section])
                sections[row.section].setFlags(Qt.ItemFlag.ItemIsEnabled)
                sections[row.section].setSizeHint(0, QSize(0, ROW_PX))
            item = self._items[row.id] = QTreeWidgetItem(sections[row.section], [row.text])
            item.setData(0, _ID, row.id)
            item.setSizeHint(0, QSize(0, ROW_PX))
            item.setDisabled(row.is_fixed)
        self.table.expandAll()
        self.edit = KeyField()
        self.edit.setAccessibleName(tr("New key"))
        for field in self.edit.findChildren(QLineEdit):
            room = field.fontMetrics().horizontalAdvance(field.placeholderText()) + 2 * SPACE_M
            self.edit.setMinimumWidth(room)  # Qt's own words, which are long in German
        self.set_button, self.none_button = QPushButton(tr("Set")), QPushButton(tr("No key"))
        self.usual_button, self.reset_button = QPushButton(tr("Usual key")), QPushButton(tr("Reset all keys"))
        keep_room(self.set_button, (tr("Take it"), tr("Set")))
        line = tool_line(QLabel(tr("New key")), self.edit, self.set_button)
        line.setStretchFactor(self.edit, 1)
        more = tool_line(self.none_button, self.usual_button, self.reset_button)
        more.insertStretch(2, 1)
        self.note = plain_label()
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        frame = named(QWidget(), "listFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.words)
        column.addWidget(frame, 1)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addLayout(more)
        self.table.setColumnWidth(0, 330)
        self._show_keys()

    def _show_keys(self) -> None:
        for name, keys in self.keys.items():
            item = self._items[name]
            item.setText(1, native(keys))
            font = QFont(self.table.font())
            font.setBold(keys != self._usual[name])
            item.setFont(1, font)
            usual = native(self._usual[name]) or tr("no key")
            item.setToolTip(1, tr("Usually: {usual}", usual=usual))

    @property
    def _chosen_row(self) -> KeyRow | None:
        item = self.table.currentItem()
        row = None if item is None else self._rows.get(item.data(0, _ID))
        return None if row is None or row.is_fixed else row

    @property
    def _pressed(self) -> str:
        """The key that was pressed, "" for none, or for one that can't be used."""
        return canonical(self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    @Slot()
    def _start(self) -> None:
        """Another line: begin with its key."""
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.blockSignals(False)
        self._refresh()

    @Slot()
    def _on_pressed(self) -> None:
        self._refresh()
        if self.set_button.isEnabled() and self.edit.hasFocus():
            self.set_button.setFocus()  # the field takes every key, Tab as well

    @Slot()
    def _refresh(self) -> None:
        row, key = self._chosen_row, self._pressed
        for widget in (self.edit, self.none_button, self.usual_button):
            widget.setEnabled(row is not None)
        self.reset_button.setEnabled(bool(self.chosen))
        other = self._rows.get(user_of(key, self.keys, but=row.id)) if row is not None and key else None
        refused = self._refusal(key, other)
        self.set_button.setEnabled(row is not None and bool(key) and not refused)
        self.set_button.setText(tr("Take it") if other is not None and not refused else tr("Set"))
        said = refused
        if other is not None and not refused:
            said = tr("{key} is the key of “{action}”, which loses it.", key=native((key,)), action=other.text)
        self.note.setProperty("warning", bool(said))
        self.note.style().polish(self.note)
        self.note.setText(said or ("" if row is not None else tr("Choose an action, then press its new key.")))

    def _refusal(self, key: str, other: KeyRow | None) -> str:
        """Why this key can't be given, "" where it can."""
        if not key:
            return "" if self.edit.keySequence().isEmpty() else tr(UNKNOWN)
        if key in RESERVED:
            return tr("{why}; choose another.", why=RESERVED[key])
        if other is not None and other.is_fixed:
            return tr("{key} stays with “{action}”; choose another.", key=native((key,)), action=other.text)
        return ""

    @Slot()
    def _set(self) -> None:
        self._give((self._pressed,))

    @Slot()
    def _set_none(self) -> None:
        self._give(())

    @Slot()
    def _set_usual(self) -> None:
        """Give it its usual keys, also where another action was given one of them."""
        row = self._chosen_row
        if row is not None:
            kept = {n: tuple(k for k in keys if k not in row.usual) for n, keys in self.chosen.items() if n != row.id}
            self._choose(kept)

    def _give(self, keys: Keys) -> None:
        """Give the chosen action these keys, and take them from where they are."""
        row = self._chosen_row
        if row is not None and "" not in keys:
            self._choose({row.id: keys, **{name: each for name, each in self.chosen.items() if name != row.id}})

    @Slot()
    def _reset(self) -> None:
        self._choose({})

    def _choose(self, chosen: dict[str, Keys]) -> None:
        present = keys_in_use(self._usual, chosen, fixed=self._fixed)
        self.chosen = {name: present[name] for name in chosen if present[name] != self._usual[name]}
        self._show_keys()
        self._start()
        self.table.setFocus()

    @Slot()
    def _filter(self) -> None:
        words = self.words.text().casefold().split()
        for name, item in self._items.items():
            row = self._rows[name]
            text = f"{row.text} {row.section} {native(self.keys[name])}".casefold()
            item.setHidden(not all(word in text for word in words))
        for section in self._sections.values():
            children = [item for item in self._items.values() if item.parent() is section]
            section.setHidden(all(item.isHidden() for item in children))


def native(keys: Sequence[str]) -> str:
    """Keys as the system writes them."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
