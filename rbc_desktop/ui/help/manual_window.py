"""Help > Manual: chapters on the left, the page on the right, in a window of its own beside the work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...errors import RbcError
from ...language import plural, tr
from ..look import icons
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_S, SPACE_XS, ThemeController, named
from .manual_page import ManualPage
from .manual_text import Chapter, places, read_chapters

LIST_PX, PAGE_PX, HEIGHT_PX, ITEM_PX = 232, 800, 800, 30
LEAST_SEARCH = 2
"""Letters from which on a search begins."""

KEYS: dict[str, tuple[str, ...]] = {
    "back": ("Alt+Left",), "forward": ("Alt+Right",), "search": ("Ctrl+F",), "next-place": ("F3",),
    "previous-place": ("Shift+F3",), "zoom-in": ("Ctrl++", "Ctrl+="), "zoom-out": ("Ctrl+-",),
    "zoom-reset": ("Ctrl+0",), "next-chapter": ("Ctrl+PgDown",), "previous-chapter": ("Ctrl+PgUp",), "close": ("Esc",),
}  # fmt: skip
"""Keys of this window."""


class ManualWindow(QWidget):
    """The manual, or one sentence that says why there is none.

    It has no parent, so that a dialog of the main window that is open does not lock it.
    """

    def __init__(self, folder: Path, theme: ThemeController) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Manual – RBC Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.folder, self._theme = folder, theme
        self.chapters: Sequence[Chapter] = ()
        self.problem = ""
        try:
            self.chapters = read_chapters(folder)
        except RbcError as error:
            self.problem = error.message
        self.page = ManualPage(_root_of(folder), theme, own_keys={key for keys in KEYS.values() for key in keys})
        self._build()
        self._connect()
        self._show_list()
        room = self.screen().availableSize()
        self.resize(min(LIST_PX + PAGE_PX, room.width() - 80), min(HEIGHT_PX, room.height() - 80))

    def open_at(self, file: str = "") -> None:
        """Show the window, at this chapter; without one, at the chapter that was open last, at first the index."""
        is_new = not self.page.file
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()
        shown = self.folder / (file or self.chapters[0].file) if self.chapters and (file or is_new) else None
        if shown is not None:
            self.page.prepare(shown)
            self.page.later(partial(self._show_unless_turned, shown, before=self.page.file))
        for chapter in self.chapters if is_new else ():
            self.page.prepare(self.folder / chapter.file)

    def _show_unless_turned(self, path: Path, *, before: str) -> None:
        """Show a page, unless the reader has turned to another one while this one was prepared."""
        if self.page.file == before:
            self.page.show_file(path)

    # Building

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the manual"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search the manual"))
        self.found = plain_label(kind="muted")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Chapters"))
        self.list.setSpacing(1)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addWidget(self.search)
        column.addWidget(self.found)
        column.addWidget(self.list, 1)
        self._splitter = QSplitter()
        self._splitter.addWidget(side)
        self._splitter.addWidget(self._build_page())
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([LIST_PX, PAGE_PX])
        self._splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        if self.problem:
            notice = plain_label(self.problem)
            notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
            notice.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
            layout.addWidget(notice)
            self._splitter.hide()

    def _build_page(self) -> QWidget:
        self.back = self._button("previous", tr("Back"), "back")
        self.forward = self._button("next", tr("Forward"), "forward")
        self.smaller = self._button("zoom-out", tr("Smaller text"), "zoom-out")
        self.larger = self._button("zoom-in", tr("Larger text"), "zoom-in")
        bar = named(QWidget(), "panelHeader")
        line = QHBoxLayout(bar)
        line.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        line.setSpacing(SPACE_XS)
        for button in (self.back, self.forward):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.smaller, self.larger):
            line.addWidget(button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.page, 1)
        return whole

    def _button(self, icon: str, text: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(text)
        shown = QKeySequence(KEYS[key][0]).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text} ({shown})")
        return button

    def _connect(self) -> None:
        page = self.page
        handlers = {
            "back": page.backward, "forward": page.forward, "search": self._focus_search,
            "next-place": self.next_place, "previous-place": self.previous_place,
            "zoom-in": page.zoom_in, "zoom-out": page.zoom_out, "zoom-reset": page.zoom_reset,
            "next-chapter": lambda: self._turn(1), "previous-chapter": lambda: self._turn(-1), "close": self.close,
        }  # fmt: skip
        for name, keys in KEYS.items():
            for key in keys:
                QShortcut(QKeySequence(key), self, handlers[name])
        self.back.clicked.connect(page.backward)
        self.forward.clicked.connect(page.forward)
        self.smaller.clicked.connect(page.zoom_out)
        self.larger.clicked.connect(page.zoom_in)
        page.backwardAvailable.connect(self.back.setEnabled)
        page.forwardAvailable.connect(self.forward.setEnabled)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        page.sourceChanged.connect(self._on_source)
        self.list.currentItemChanged.connect(self._on_chapter)
        self.search.textChanged.connect(self._on_words)
        self.search.returnPressed.connect(self.next_place)

    # Chapters and search

    @property
    def words(self) -> str:
        """What is searched for, or an empty text."""
        text = self.search.text().strip()
        return text if len(text) >= LEAST_SEARCH else ""

    def _show_list(self) -> None:
        """All chapters, or those in which the words stand."""
        self.list.blockSignals(True)
        self.list.clear()
        total = 0
        for chapter in self.chapters:
            count = places(chapter, self.words)
            total += count
            if count or not self.words:
                item = QListWidgetItem(f"{chapter.title}  ·  {count}" if self.words else chapter.title)
                item.setData(Qt.ItemDataRole.UserRole, chapter.file)
                item.setSizeHint(QSize(0, ITEM_PX))
                self.list.addItem(item)
        self.list.blockSignals(False)
        nothing = tr("Nothing found. Try another word.") if self.words and not total else ""
        several = plural("{count} place", "{count} places; Return goes to the next", total)
        self.found.setText(nothing or (several if self.words else ""))
        self.found.setVisible(bool(self.words))
        self._mark_current()

    def _mark_current(self) -> None:
        self.list.blockSignals(True)
        files = [_file(item) for item in self._items()]
        self.list.setCurrentRow(files.index(self.page.file) if self.page.file in files else -1)
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [item for i in range(self.list.count()) if (item := self.list.item(i)) is not None]

    @Slot(QUrl)
    def _on_source(self, _: QUrl) -> None:
        self._mark_current()

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_chapter(self, item: QListWidgetItem | None, _: QListWidgetItem | None) -> None:
        if item is not None:
            self.page.show_file(self.folder / _file(item))
            if self.words:
                self.page.step(first=True)

    @Slot()
    def _on_words(self) -> None:
        self.page.mark(self.words)
        self._show_list()

    @Slot()
    def next_place(self) -> None:
        """The next place of the words, in the next chapter after the last of this one."""
        self._step(back=False)

    @Slot()
    def previous_place(self) -> None:
        """The place before."""
        self._step(back=True)

    def _step(self, *, back: bool) -> None:
        files = [_file(item) for item in self._items()]
        if not self.words or not files or self.page.step(back=back):
            return
        here = files.index(self.page.file) if self.page.file in files else (0 if back else -1)
        self.page.show_file(self.folder / files[(here + (-1 if back else 1)) % len(files)])
        self.page.step(back=back, first=True)

    def _turn(self, step: int) -> None:
        files = [chapter.file for chapter in self.chapters]
        here = files.index(self.page.file) if self.page.file in files else 0
        if 0 <= here + step < len(files):
            self.page.show_file(self.folder / files[here + step])

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The next time the manual opens with every chapter in its list."""
        self.search.clear()
        super().closeEvent(event)


def _root_of(folder: Path) -> Path:
    """The folder that holds the manual and its images: a translation lies in a folder of the English one."""
    return folder.parent.parent if folder.parent.name == "manual" else folder.parent


def _file(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
