"""The report's pages beside the export dialog's choices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ...language import mark, tr
from ...reports.pdf.paper.page_pictures import PagePicture
from ..look.theme import SPACE_M, SPACE_S

PAGE_RATIO = 297 / 210
"""Height over width of a page."""
MARGIN = 10
"""Around the page, logical pixels."""
CLOSER = 2.2
"""How much wider a page is after a click."""
WORKING = mark("Laying out…")


class PageView(QWidget):
    """One page on the pane's ground; a click asks for a closer look."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Page of the report"))

    @property
    def is_empty(self) -> bool:
        """Whether there is no page yet."""
        return self._picture is None

    @property
    def page_width(self) -> int:
        """Width of a page that fits, logical pixels."""
        return max(100, min(self.width() - 2 * MARGIN, round((self.height() - 2 * MARGIN) / PAGE_RATIO)))

    def show_picture(self, picture: PagePicture | None) -> None:
        """Show this page, or none."""
        self._picture = None
        if picture is not None:
            height, width = picture.pixels.shape[:2]
            image = QImage(picture.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            self._picture = QPixmap.fromImage(image.copy())
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            width = self.page_width
            height = round(width * PAGE_RATIO)
            left, top = (self.width() - width) // 2, MARGIN
            if self._picture is None:
                painter.fillRect(left, top, width, height, self.palette().base())
            else:
                painter.drawPixmap(left, top, width, height, self._picture)
            painter.setPen(QColor(0, 0, 0, 60))
            painter.drawRect(left, top, width - 1, height - 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class PreviewPane(QWidget):
    """A page, and buttons to turn it."""

    wanted = Signal(int, int)
    """Number of the page, from 1, and the width in which it is to be drawn, physical pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._pages, self._is_close = 1, 1, False
        self.view = PageView()
        self.view.clicked.connect(self._on_clicked)
        self.area = QScrollArea()
        self.area.setAccessibleName(tr("Pages of the report"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.view)
        self.area.viewport().installEventFilter(self)
        self.previous, self.next = QPushButton("‹"), QPushButton("›")
        for button, name, step in ((self.previous, tr("Previous page"), -1), (self.next, tr("Next page"), 1)):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setAutoDefault(False)
            button.setProperty("flat", True)
            button.clicked.connect(lambda _=False, step=step: self._turn(step))
        self.page = QLabel()
        self.page.setProperty("muted", True)
        self.page.setMinimumWidth(self.page.fontMetrics().horizontalAdvance(tr("Page 100 of 100")))
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(tr("Preview"))
        title.setProperty("heading", True)
        self.said = QLabel()
        self.said.setProperty("muted", True)
        self.said.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.addWidget(title)
        head.addWidget(self.said, 1)
        for widget in (self.previous, self.page, self.next):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(300, 380)
        self._show_place()

    @property
    def number(self) -> int:
        """The page that is looked at, from 1."""
        return self._number

    @property
    def drawn_width(self) -> int:
        """Width in which a page is to be drawn, physical pixels."""
        return round(self.view.page_width * self.devicePixelRatioF())

    def show_page(self, picture: PagePicture) -> None:
        """Show a page that was drawn."""
        self._number = picture.number
        self._pages = picture.pages or max(1, self._number)
        self.view.show_picture(picture)
        self.say("" if picture.pages else tr(WORKING))
        self._show_place(known=picture.pages is not None)

    def show_nothing(self, sentence: str) -> None:
        """There is no page, and why."""
        self._number = self._pages = 1
        self.view.show_picture(None)
        self.say(sentence)
        self._show_place(known=False)

    def say(self, sentence: str) -> None:
        """A few words beside the heading."""
        self.said.setText(sentence)
        self.said.setToolTip(sentence)

    def sizeHint(self) -> QSize:
        return QSize(460, 640)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._fit()
        return False

    def _fit(self) -> None:
        room = self.area.viewport().size()
        if self._is_close:
            width = round(CLOSER * min(room.width(), room.height() / PAGE_RATIO))
            room = QSize(max(room.width(), width), round(width * PAGE_RATIO))
        self.view.resize(room)
        self.wanted.emit(self._number, self.drawn_width)

    def _turn(self, step: int) -> None:
        number = min(max(1, self._number + step), self._pages)
        if number != self._number:
            self._number = number
            self.area.verticalScrollBar().setValue(0)
            self._show_place()
            self.wanted.emit(number, self.drawn_width)

    def _show_place(self, *, known: bool = True) -> None:
        self.page.setText(
            tr("Page {number} of {pages}", number=self._number, pages=self._pages)
            if known and not self.view.is_empty
            else ""
        )
        self.previous.setEnabled(known and self._number > 1)
        self.next.setEnabled(known and self._number < self._pages)

    @Slot()
    def _on_clicked(self) -> None:
        self._is_close = not self._is_close
        self._fit()
