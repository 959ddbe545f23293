"""One page of the manual: files of one folder tree, and nothing else, least of all the network."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRegularExpression, QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageReader,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit, QWidget

from ...language import present, tr
from ...workflows.key_map import shown
from ..look.theme import SPACE_L, ThemeController
from .manual_text import INDEX, german_key, pattern, plain, to_html, with_keys

COLUMN_EM = 48
"""Widest column of text, in heights of the font; about 88 characters a line."""

MARGIN = 2 * SPACE_L
INDENT = 22
"""Room of the numbers and points of a list, logical pixels."""

STYLE_SHEET = "manual.css"
TEXT_SCALE = 1.08
"""Running text against the font of the window."""

SIZES = {"h1_size": 1.8, "h2_size": 1.3, "h3_size": 1.08, "key_size": 0.92}
"""Sizes that the style sheet names, against running text."""

ZOOM_STEPS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


_WRAPPING = QTextOption()
_WRAPPING.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # a path is wider than its column


@dataclass(frozen=True, slots=True)
class _Page:
    """A document, and the images in it that were not read yet."""

    document: QTextDocument
    unread: list[str]


class ManualPage(QTextBrowser):
    """Shows one chapter.

    Every page is a document of its own, laid out before it is turned to where `prepare` was called in time. Images have
    their room from the start and are read one at a time when the page is shown, so that no step holds the window up.

    Args:
        root: folder that holds every page and image.
        theme: colours.
        own_keys: of the manual's window.
    """

    def __init__(
        self, root: Path, theme: ThemeController, *, own_keys: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._own_keys = own_keys
        self._root, self._theme = root.resolve(), theme
        self._zoom = 1.0
        self._words = ""
        self._here = QUrl()
        self._fitted = 0.0
        self._is_outdated = False
        self._empty = QTextDocument(self)
        self._pages: dict[Path, _Page] = {}
        self._steps: deque[Callable[[], object]] = deque()
        self._stepping = QTimer(self)
        self._stepping.setInterval(0)
        self._stepping.timeout.connect(self._on_idle)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(60)
        self._fitting.timeout.connect(self._on_resized)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setAccessibleName(tr("Page of the manual"))
        self._take_style()
        self.sourceChanged.connect(self._on_source)
        theme.changed.connect(self._on_theme)

    @property
    def file(self) -> str:
        """File name of the page on show."""
        return self._here.fileName()

    @property
    def is_busy(self) -> bool:
        """Whether images of the page or other steps are still waiting."""
        return bool(self._steps)

    def later(self, step: Callable[[], object]) -> None:
        """Do this when the window has nothing else to do, after the steps that wait already."""
        self._steps.append(step)
        self._stepping.start()

    @Slot()
    def _on_idle(self) -> None:
        if self._steps:
            self._steps.popleft()()
        else:
            self._stepping.stop()

    def show_file(self, path: Path, *, anchor: str = "") -> None:
        """Show this page, from one of its headings on."""
        url = QUrl.fromLocalFile(str(path.resolve()))
        url.setFragment(anchor)
        self.setSource(url)

    @Slot()
    def zoom_in(self) -> None:
        """Larger text."""
        self._set_zoom(next((z for z in ZOOM_STEPS if z > self._zoom), self._zoom))

    @Slot()
    def zoom_out(self) -> None:
        """Smaller text."""
        self._set_zoom(next((z for z in reversed(ZOOM_STEPS) if z < self._zoom), self._zoom))

    @Slot()
    def zoom_reset(self) -> None:
        """Text as large as usual."""
        self._set_zoom(1.0)

    def _set_zoom(self, zoom: float) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self.load_again()

    # Search

    def mark(self, words: str) -> int:
        """Mark every place of these words; returns how many there are."""
        self._words = words.strip()
        tokens, selections = self._theme.tokens, []
        form = QTextCharFormat()
        form.setBackground(QColor(tokens.warning_soft))
        form.setForeground(QColor(tokens.warning))
        for found in self._places():
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = found, form
            selections.append(selection)
        self.setExtraSelections(selections)
        return len(selections)

    def step(self, *, back: bool = False, first: bool = False) -> bool:
        """Select the next marked place, or the one before; False after the last."""
        places = self._places()
        here = self.textCursor()
        if first:
            wanted = places[-1:] if back else places[:1]
        elif back:
            wanted = [p for p in places if p.selectionStart() < here.selectionStart()][-1:]
        else:
            wanted = [p for p in places if p.selectionStart() >= here.selectionEnd()][:1]
        if not wanted:
            return False
        self.setTextCursor(wanted[0])
        self.ensureCursorVisible()
        return True

    def _places(self) -> list[QTextCursor]:
        wanted = QRegularExpression(pattern(self._words), QRegularExpression.PatternOption.CaseInsensitiveOption)
        found: list[QTextCursor] = []
        cursor = QTextCursor(self.document())
        while self._words:
            cursor = self.document().find(wanted, cursor)
            if cursor.isNull():
                break
            found.append(cursor)
        return found

    # Loading

    def doSetSource(
        self,
        name: QUrl | str,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,
    ) -> None:
        """Show a page of the manual; an address that is none of ours is not followed."""
        path = self._path_of(QUrl(name))
        if path is not None and path.suffix == ".md":
            super().doSetSource(name, QTextDocument.ResourceType.HtmlResource)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing of its own in place of a page, and what stands in the place of an image until it is read."""
        path = self._path_of(QUrl(name))
        if kind == QTextDocument.ResourceType.HtmlResource.value and path is not None:
            self._here = QUrl.fromLocalFile(str(path))  # `source` still says the page before while this one is loaded
            self._put(self._empty)  # or Qt would write into the page before
            return "<p></p>"
        if kind == QTextDocument.ResourceType.ImageResource.value:
            blank = QImage(1, 1, QImage.Format.Format_RGB32)
            blank.fill(QColor(self._theme.tokens.hover))
            return blank
        return None

    @Slot(QUrl)
    def _on_source(self, url: QUrl) -> None:
        """A page is to be shown, by a link, the list, or going back."""
        path = Path(self._here.toLocalFile())
        page = self._made(path)
        if self.document() is not page.document:
            self._put(page.document)
            self.verticalScrollBar().setValue(0)
        while page.unread:
            self.later(partial(self._read_image, path, page.unread.pop()))
        self.mark(self._words)
        if url.hasFragment():
            self.scrollToAnchor(url.fragment())

    def _put(self, document: QTextDocument) -> None:
        self.setExtraSelections([])
        self.setDocument(document)

    def prepare(self, path: Path) -> None:
        """Lay a page out when the window has nothing else to do."""
        self.later(partial(plain, path.read_text(encoding="utf-8")))  # parses it, for the search, too
        self.later(partial(self._made, path))
        self.later(partial(self._lay_out, path))

    def _lay_out(self, path: Path) -> None:
        document = self._made(path).document
        document.setTextWidth(self.lineWrapColumnOrWidth())
        document.size()

    def _key_for(self, file: str, key: str) -> str:
        """The key that does now what this one does usually; the index tells of those of the manual itself, too."""
        return key if file == INDEX and key in self._own_keys else shown(key)

    def _made(self, path: Path) -> _Page:
        if path not in self._pages:
            document, unread = QTextDocument(self), list[str]()
            document.setUndoRedoEnabled(False)
            document.setBaseUrl(QUrl.fromLocalFile(str(path)))
            document.setDefaultFont(self.font())
            document.setDefaultTextOption(_WRAPPING)
            document.setDefaultStyleSheet(self._sheet)
            document.setDocumentMargin(MARGIN)
            document.setIndentWidth(INDENT)
            size_of = partial(self._size_of, page=path, found=unread)
            named = german_key if present().code == "de" else str
            text = with_keys(path.read_text(encoding="utf-8"), partial(self._key_for, path.name), named=named)
            document.setHtml(to_html(text, size_of=size_of))
            self._pages[path] = _Page(document, unread)
        return self._pages[path]

    @Slot()
    def _on_theme(self) -> None:
        """A page that nobody sees is made again when it is shown."""
        self._is_outdated = not self.isVisible()
        if not self._is_outdated:
            self.load_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_outdated:
            self._on_theme()

    @Slot()
    def load_again(self) -> None:
        """Other colours or another size; the reader stays at the place."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self._take_style()
        self._fit()
        old, self._pages = self._pages, {}
        self._fitted = self._column
        self.reload()
        bar.setValue(round(place * bar.maximum()))
        for path, page in old.items():
            if page.document is not self.document():
                page.document.deleteLater()
            self.prepare(path)

    def _path_of(self, url: QUrl) -> Path | None:
        """The file in our folder that an address names, or None."""
        resolved = self._here.resolved(url) if url.isRelative() else url
        if not resolved.isLocalFile():
            return None
        path = Path(resolved.toLocalFile()).resolve()
        return path if path.is_relative_to(self._root) and path.is_file() else None

    def _take_style(self) -> None:
        font = QFont(QApplication.font())
        size = font.pointSizeF() * TEXT_SCALE * self._zoom
        font.setPointSizeF(size)
        self.setFont(font)
        sizes = {name: f"{size * scale:.2f}pt" for name, scale in SIZES.items()}
        self._sheet = self._theme.sheet(STYLE_SHEET, family=font.family(), **sizes)

    # Widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column keeps its width; images shrink when there is less room."""
        super().resizeEvent(event)
        self._fit()
        if self._pages:
            self._fitting.start()
        else:
            self._fitted = self._column

    @property
    def _column(self) -> float:
        """Width of the text, logical pixels: the same with and without a scroll bar."""
        em = self.font().pointSizeF() * self.logicalDpiX() / 72
        return min(COLUMN_EM * em, self.width() - self.verticalScrollBar().sizeHint().width() - 2 * MARGIN)

    def _fit(self) -> None:
        """Width of the lines; the page is laid out again when it changes."""
        width = round(self._column + 2 * MARGIN)
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)

    @Slot()
    def _on_resized(self) -> None:
        if self._column != self._fitted:
            self.load_again()

    def _size_of(self, address: str, *, page: Path, found: list[str]) -> tuple[int, int] | None:
        """Width and height at which an image of a page is shown, logical pixels; adds it to those found."""
        path = self._path_of(QUrl.fromLocalFile(str(page)).resolved(QUrl(address)))
        size = QImageReader(str(path)).size() if path is not None else QSize()
        if not size.isValid():
            return None
        found.append(address)
        width = min(size.width(), round(self._column))
        return width, round(size.height() * width / size.width())

    def _read_image(self, page: Path, address: str) -> None:
        """The first of two steps: an image from the disk."""
        image = QImage(str(self._path_of(QUrl.fromLocalFile(str(page)).resolved(QUrl(address)))))
        if not image.isNull():
            self.later(partial(self._show_image, page, address, image))

    def _show_image(self, page: Path, address: str, image: QImage) -> None:
        """The second: it at the resolution of the screen; a hairline ends a light window on a light page."""
        width = round(min(image.width(), round(self._column)) * self.devicePixelRatioF())
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        with QPainter(image) as painter:
            painter.setPen(QColor(self._theme.tokens.border))
            painter.drawRect(0, 0, image.width() - 1, image.height() - 1)
        document, kind = self._made(page).document, QTextDocument.ResourceType.ImageResource.value
        document.addResource(kind, document.baseUrl().resolved(QUrl(address)), image)
        self.viewport().update()
