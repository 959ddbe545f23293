"""The review bar in the window: when it is open, and what opening it means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QSizePolicy

from ....language import tr
from ....turns import OwnTurn
from ....workflows.configuring_controller import SettingsKeeper
from ....workflows.review.reviewing import DELETION_REASONS
from ....workflows.review.reviewing_controller import ReviewingController
from ...cells.panel import CellPanel
from ...look.reason_dialog import ReasonDialog
from ...look.scrolling_page import ScrollingPage
from ...review.review_bar import ReviewBar
from ..frame.services import Services

OTHERS_PX = 360
"""So much of the screen's height goes to what is above and below the bar at least: title, menus, tools, table."""


class ReviewPlace(QObject):
    """Opens and closes the review bar above the table.

    Args:
        services: what the bar shows.
        reviewing: what it does.
        panel: the table, whose rows say how far the review is.
        action: opens and closes the bar.
        parent: Qt parent.
    """

    def __init__(
        self, services: Services, reviewing: ReviewingController, *, panel: CellPanel, action: QAction, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings, self._reviewing, self._action = services.settings, reviewing, action
        self._panel = panel
        self.bar = ReviewBar(
            services.editor, services.selection, reviewing, theme=services.theme, pixels_of=services.images.pixels
        )
        self.page = ReviewPage(self.bar)
        self.dock: QDockWidget | None = None
        self._showing = OwnTurn(self, lambda: self.show(True))
        _restore(reviewing, services.settings)
        panel.view.set_hidden_columns(services.settings.value.hidden_columns)
        panel.view.columns_changed.connect(self._keep_columns)
        panel.feed.updated.connect(self.bar.refresh_soon)
        services.images.loaded.connect(self.bar.refresh_soon)
        self.bar.close_requested.connect(lambda: action.setChecked(False))
        action.toggled.connect(self._on_toggled)
        reviewing.changed.connect(self._keep)
        reviewing.reason_wanted.connect(self._ask_why)

    def put_into(self, dock: QDockWidget) -> None:
        """The dock that holds the bar; closed at first."""
        self.dock = dock
        dock.hide()

    def show(self, shown: bool) -> None:
        """Show the bar with the other panels, if it is open, or hide it with them."""
        if self.dock is not None:
            self.dock.setVisible(shown and self._action.isChecked())

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of the actions that go through the cells."""
        return {"next-review": self._next}

    def _next(self) -> None:
        current = self._reviewing
        if not current.is_reviewing:
            current.start()
            self._action.setChecked(True)
        current.next_review()

    @Slot(bool)
    def _on_toggled(self, open_: bool) -> None:
        if open_:
            self._reviewing.begin()
            self._showing.ask()  # table and image have come to the cell by then, and make room for the bar
        else:
            self._reviewing.end()
            self.show(False)

    @Slot(str)
    def _ask_why(self, question: str) -> None:
        dialog = ReasonDialog(question, usual=DELETION_REASONS, button=tr("Delete"), parent=self._panel.window())
        dialog.given.connect(self._reviewing.delete)
        dialog.open()

    @Slot()
    def _keep_columns(self) -> None:
        self._settings.update(hidden_columns=self._panel.view.hidden_columns)

    @Slot()
    def _keep(self) -> None:
        self._settings.update(review_order=self._reviewing.order, review_goes_on=self._reviewing.goes_on)


class ReviewPage(ScrollingPage):
    """The bar, as high as it is; it scrolls where the screen is so low that the window would be higher."""

    def __init__(self, bar: ReviewBar) -> None:
        super().__init__(bar, name=tr("Review"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._scrolls else self._whole

    def minimumSizeHint(self) -> QSize:
        if not self._scrolls:
            return QSize(self.page.minimumSizeHint().width(), self._whole.height())
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self._room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the picture grows with the width, and the bar with the picture
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(policy)
        return super().eventFilter(watched, event)

    @property
    def _whole(self) -> QSize:
        return self.page.sizeHint().expandedTo(self.page.minimumSizeHint())

    @property
    def _room(self) -> int:
        return self.screen().availableGeometry().height() - OTHERS_PX

    @property
    def _scrolls(self) -> bool:
        return self._room < self._whole.height()


def _restore(reviewing: ReviewingController, settings: SettingsKeeper) -> None:
    reviewing.set_order(settings.value.review_order)
    reviewing.set_goes_on(settings.value.review_goes_on)
