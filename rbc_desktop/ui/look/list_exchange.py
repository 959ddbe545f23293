"""Two buttons by which computers share a list of the laboratory, and beside them what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ...language import mark, tr
from ...workflows.laboratory.lab_list_controller import LabListKeeper
from .theme import SPACE_S

LIST_FILES = mark("Lists (*.json)")
ENDING = ".json"


class ListExchange(QWidget):
    """Takes a list from a file, and writes this one to a file.

    Args:
        keeper: of the list.
        name: of the list, which its file gets when nobody types another.
    """

    def __init__(self, keeper: LabListKeeper, name: str) -> None:
        super().__init__()
        self._keeper, self._name = keeper, name
        self.said = QLabel()
        self.said.setProperty("muted", True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.import_, self.export = QPushButton(tr("Import list…")), QPushButton(tr("Export list…"))
        self.import_.setToolTip(tr("Add the entries of another computer's list, from a file that was exported there"))
        self.export.setToolTip(tr("Write this list to a file, for other computers of the laboratory"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        line.addWidget(self.said, 1)
        for button in (self.import_, self.export):
            button.setAutoDefault(False)
            line.addWidget(button)
        self.import_.clicked.connect(self._import)
        self.export.clicked.connect(self._export)
        keeper.changed.connect(self._hush)
        keeper.told.connect(self._say)

    @Slot()
    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a list"), "", tr(LIST_FILES))
        if name:
            self._keeper.import_(Path(name))

    @Slot()
    def _export(self) -> None:
        start = str(Path(self._name).with_suffix(ENDING))
        name, _ = QFileDialog.getSaveFileName(self, tr("Export the list"), start, tr(LIST_FILES))
        if name:
            path = Path(name)
            self._keeper.export(path if path.suffix else path.with_suffix(ENDING))

    @Slot(str)
    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setToolTip(text)

    @Slot()
    def _hush(self) -> None:
        self._say("")
