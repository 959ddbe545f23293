"""File > Open recent: the cases that were open on this computer, and all that have no name yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ...language import mark, plural, tr
from ...workflows.cases.case_listing import ListedCase
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.room import open_as_large_as
from ..look.theme import SPACE_M, SPACE_S, ThemeController, named
from .case_list import CaseList

NOTHING = mark("No case yet. Open images, and they make one.")
NOTHING_MATCHES = mark("No case matches.")
KEPT = mark("Cases without a name stay here until they are saved or discarded.")


class RecentDialog(KeyedDialog):
    """Lets a case be found and opened, lines be taken away, and unsaved work be discarded."""

    manual_chapter = "opening.md"

    opened = Signal(object)
    """The path of the case to open."""

    removed = Signal(object)
    """The `ListedCase`s that are to leave the list; their files stay."""

    discarded = Signal(object)
    """The `ListedCase` without a name that is to be deleted."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Open recent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines: tuple[ListedCase, ...] | None = None
        self._asked: ListedCase | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Find by name, sample number, image or state"))
        self.words.setAccessibleName(tr("Find a case"))
        self.words.setClearButtonEnabled(True)
        self.list = CaseList(theme)
        self.note = plain_label(tr(KEPT))
        self.remove = QPushButton(tr("Remove from the list"))
        self.remove.setAutoDefault(False)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setAutoDefault(False)
        self.open_button = QPushButton(tr("Open"))
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        self._build()
        self.words.textChanged.connect(self._filter)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.list.opened.connect(self._open)
        self.open_button.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.remove.clicked.connect(self._remove)
        self._refresh()

    def show_lines(self, lines: Sequence[ListedCase]) -> None:
        """List these cases; the first that can be opened is chosen."""
        self._lines = tuple(lines)
        self._filter()

    @Slot()
    def accept(self) -> None:
        """Open the chosen case."""
        line = self._single
        if line is not None and not line.is_present:
            self._open(line.case.path)

    def _build(self) -> None:
        frame = named(QWidget(), "listFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(self.words)
        column.addWidget(frame, 1)
        column.addWidget(self.note)
        column.addLayout(buttons)
        open_as_large_as(self, 680, 520)

    @Slot(object)
    def _open(self, path: object) -> None:
        super().accept()
        self.opened.emit(path)

    @Slot()
    def _filter(self) -> None:
        lines = [line for line in self._lines or () if line.matches(self.words.text())]
        self.list.show_lines(lines)
        if self.list.line is None:
            first = next((line for line in lines if not line.is_present and not line.problem), None)
            if first is not None:
                self.list.choose(first.case.path)
        self._refresh()

    @property
    def _single(self) -> ListedCase | None:
        """The line that is chosen when it is one alone."""
        chosen = self.list.chosen
        return chosen[0] if len(chosen) == 1 else None

    @property
    def _removable(self) -> list[ListedCase]:
        """Cases with a name among those that are chosen."""
        return [line for line in self.list.chosen if not (line.is_unsaved or line.is_present)]

    @Slot()
    def _refresh(self) -> None:
        line = self._single
        if line is None or line is not self._asked:
            self._asked = None
        can_open = line is not None and not line.is_present
        self.open_button.setEnabled(can_open)
        is_unsaved = line is not None and line.is_unsaved
        self.remove.setEnabled(can_open if is_unsaved else bool(self._removable))
        if is_unsaved:
            self.remove.setText(tr("Discard for good") if line is self._asked else tr("Discard…"))
        else:
            self.remove.setText(tr("Remove from the list"))
        self._say(line)

    def _say(self, line: ListedCase | None) -> None:
        asked = line is not None and line is self._asked
        self.note.setProperty("warning", asked)
        self.note.setProperty("muted", not asked)
        self.note.style().polish(self.note)
        if asked and line is not None:
            sentence = plural(
                "This deletes the case with {count} cell; its images stay. Press the button again to do so.",
                "This deletes the case with {count} cells; its images stay. Press the button again to do so.",
                line.case.cells,
            )
            empty = tr("This deletes the case; its images stay. Press the button again to do so.")
            self.note.setText(sentence if line.case.cells else empty)
        elif self._lines is None:
            self.note.setText(tr("Looking for cases…"))
        elif not self._lines:
            self.note.setText(tr(NOTHING))
        else:
            self.note.setText(tr(KEPT if self.list.count() else NOTHING_MATCHES))

    @Slot()
    def _remove(self) -> None:
        """Take a line away; unsaved work only when it is asked for a second time."""
        line = self._single
        if line is None or not line.is_unsaved:
            self.removed.emit(self._removable)
        elif line is self._asked:
            self._asked = None
            self.discarded.emit(line)
        else:
            self._asked = line
            self._refresh()
