"""Who signed, when and why: one signature below the other, its reason under what it says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ...language import tr
from ...workflows.sample.signing import Signature
from ..look.plain_label import plain_label
from ..look.theme import SPACE_M, SPACE_S, SPACE_XS, tabular


class SignatureList(QWidget):
    """Times in a column of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Signature] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_M)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._grid.setColumnStretch(1, 1)
        self.show_signatures([])

    def show_signatures(self, signatures: Sequence[Signature]) -> None:
        """Show these, in this order."""
        if self._shown == list(signatures):
            return
        self._shown = list(signatures)
        while (item := self._grid.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.deleteLater()
        if not signatures:
            self._put(tr("Nobody has signed yet."), 0, 1)
        for number, each in enumerate(signatures):
            when = self._put(each.time, 2 * number, 0)
            when.setWordWrap(False)
            when.setFont(tabular(when.font()))
            act = self._put(each.act, 2 * number, 1)
            for label in (when, act):
                label.setContentsMargins(0, SPACE_S if number else 0, 0, 0)
            if each.reason:
                self._put(each.reason, 2 * number + 1, 1, kind="muted")

    def text(self) -> str:
        """All that it says, line by line."""
        lines = (text for each in self._shown or () for text in (f"{each.time}  {each.act}", each.reason) if text)
        return "\n".join(lines)

    def _put(self, text: str, row: int, column: int, *, kind: str = "") -> QLabel:
        label = plain_label(text, kind=kind, to_copy=True)
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        return label
