"""What stands in a list or a table while it has no rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView

from .plain_label import plain_label
from .theme import SPACE_L


class EmptyText(QObject):
    """A muted sentence in the upper part of a view, there only while its model has no rows.

    Args:
        view: whose model is set already and stays the same.
        text: in the present language; "" for nothing.
    """

    def __init__(self, view: QAbstractItemView, text: str = "") -> None:
        super().__init__(view)
        self._view = view
        self.label = plain_label(text, kind="muted")
        self.label.setParent(view.viewport())
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.label.setMargin(SPACE_L)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.viewport().installEventFilter(self)
        model = view.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh, Qt.ConnectionType.QueuedConnection)  # a table that goes empties its model
        self._refresh()

    def say(self, text: str) -> None:
        """Say this while there are no rows."""
        self.label.setText(text)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.label.setVisible(not self._view.model().rowCount() and bool(self.label.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._view.viewport():
            self.label.setGeometry(self._view.viewport().rect())
        return False
