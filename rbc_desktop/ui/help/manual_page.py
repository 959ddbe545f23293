"""One page of the manual: Markdown files of one folder tree, and nothing else, least of all the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit, QWidget

from ..look.theme import SPACE_L, ThemeController
from .manual_style import dress, set_column, spans
from .manual_text import with_key_caps

COLUMN_EM = 48
"""Widest column of text, in heights of the font; about 88 characters a line."""

ANY = QTextDocument.ResourceType.UnknownResource
TEXT_SCALE = 1.08
"""Running text against the font of the window."""

ZOOM_STEPS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class ManualPage(QTextBrowser):
    """Shows one chapter.

    Images take their room at once and are read one at a time afterwards, so that no step holds the window up.

    Args:
        root: folder that holds every page and image.
        theme: colours.
    """

    zoom_changed = Signal(float)

    def __init__(self, root: Path, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root, self._theme = root.resolve(), theme
        self._zoom = 1.0
        self._words = ""
        self._here = QUrl()
        self._waiting: list[str] = []
        self._reading = QTimer(self)
        self._reading.setInterval(0)
        self._reading.timeout.connect(self._read_next_image)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(60)
        self._fitting.timeout.connect(self._fit_images)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # a path is wider than its column
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName("Page of the manual")
        self._take_font()
        self.sourceChanged.connect(self._on_source)
        theme.changed.connect(self._load_again)

    @property
    def file(self) -> str:
        """File name of the page on show."""
        return self._here.fileName()

    @property
    def zoom(self) -> float:
        """Size of the text against its usual size."""
        return self._zoom

    @property
    def is_reading(self) -> bool:
        """Whether images of the page are still to be read."""
        return bool(self._waiting)

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
            self._load_again()
            self.zoom_changed.emit(zoom)

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
        found: list[QTextCursor] = []
        cursor = QTextCursor(self.document())
        while self._words:
            cursor = self.document().find(self._words, cursor)
            if cursor.isNull():
                break
            found.append(cursor)
        return found

    # Loading

    def doSetSource(self, name: QUrl | str, type: QTextDocument.ResourceType = ANY) -> None:
        """Show a page of the manual; an address that is none of ours is not followed."""
        path = self._path_of(QUrl(name))
        if path is not None and path.suffix == ".md":
            super().doSetSource(name, QTextDocument.ResourceType.MarkdownResource)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Text of a page, or the place that an image will take."""
        path = self._path_of(QUrl(name))
        if kind == QTextDocument.ResourceType.MarkdownResource.value and path is not None:
            self._here = QUrl.fromLocalFile(str(path))  # `source` still says the page before while this one is loaded
            return with_key_caps(path.read_text(encoding="utf-8"))
        if kind == QTextDocument.ResourceType.ImageResource.value:
            blank = QImage(1, 1, QImage.Format.Format_RGB32)
            blank.fill(QColor(self._theme.tokens.hover))
            return blank
        return None

    @Slot(QUrl)
    def _on_source(self, url: QUrl) -> None:
        """A page was loaded, by a link, the list, or going back."""
        self._dress()
        self.mark(self._words)
        if url.hasFragment():
            self.scrollToAnchor(url.fragment())

    @Slot()
    def _load_again(self) -> None:
        """Other colours or another size; the reader stays at the place."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self._take_font()
        self.reload()
        bar.setValue(round(place * bar.maximum()))

    def _path_of(self, url: QUrl) -> Path | None:
        """The file in our folder that an address names, or None."""
        resolved = self._here.resolved(url) if url.isRelative() else url
        if not resolved.isLocalFile():
            return None
        path = Path(resolved.toLocalFile()).resolve()
        return path if path.is_relative_to(self._root) and path.is_file() else None

    def _take_font(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * TEXT_SCALE * self._zoom)
        self.setFont(font)

    def _dress(self) -> None:
        """Everything in one edit, because the page is laid out after each."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        dress(self.document(), self._theme.tokens)
        self._fit()
        self._fit_images()
        cursor.endEditBlock()

    # Widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column keeps its width; images shrink when there is less room."""
        super().resizeEvent(event)
        self._fit()
        self._fitting.start()

    @property
    def _column(self) -> float:
        em = self.font().pointSizeF() * self.logicalDpiX() / 72
        return min(COLUMN_EM * em, self.viewport().width() - 2 * SPACE_L)

    def _fit(self) -> None:
        left = max(SPACE_L, min(2 * SPACE_L, (self.viewport().width() - self._column) / 2))
        set_column(self.document(), left=left, right=max(SPACE_L, self.viewport().width() - self._column - left))

    @Slot()
    def _fit_images(self) -> None:
        """Give every image its room, and queue those whose size changed."""
        self._waiting.clear()
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            for position, length, _, form in spans(block):
                if form.isImageFormat():
                    cursor.setPosition(position)
                    cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
                    self._fit_image(cursor, form.toImageFormat())
            block = block.next()
        if self._waiting:
            self._reading.start()

    def _fit_image(self, cursor: QTextCursor, form: QTextImageFormat) -> None:
        path = self._path_of(QUrl(form.name()))
        size = QImageReader(str(path)).size() if path is not None else QSize()
        if size.isValid():
            width = min(float(size.width()), self._column)
            form.setWidth(width)
            form.setHeight(round(size.height() * width / size.width()))
            cursor.setCharFormat(form)
            self._waiting.append(form.name())

    @Slot()
    def _read_next_image(self) -> None:
        if not self._waiting:
            self._reading.stop()
            return
        name = self._waiting.pop(0)
        path = self._path_of(QUrl(name))
        if path is None:
            return
        ratio = self.devicePixelRatioF()
        reader = QImageReader(str(path))
        size = reader.size()
        width = min(size.width(), round(self._column))
        reader.setScaledSize(QSize(width, round(size.height() * width / size.width())) * ratio)
        image = reader.read().convertToFormat(QImage.Format.Format_RGB32)
        _frame(image, QColor(self._theme.tokens.border))
        self.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, self._here.resolved(QUrl(name)), image
        )
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Shift+Space turn pages, as in every reader."""
        if event.key() == Qt.Key.Key_Space:
            bar = self.verticalScrollBar()
            sign = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            bar.setValue(bar.value() + sign * bar.pageStep())
        else:
            super().keyPressEvent(event)


def _frame(image: QImage, colour: QColor) -> None:
    """A hairline around the picture, so that a light window ends somewhere on a light page."""
    painter = QPainter(image)
    painter.setPen(colour)
    painter.drawRect(0, 0, image.width() - 1, image.height() - 1)
    painter.end()
