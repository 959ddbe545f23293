"""Cells > Set class > Own classes: the classes that this laboratory names, and the file that computers share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.classes.own_classes import (
    DEFAULT_KEYS,
    LONGEST_NAME,
    MOST_OWN,
    next_own,
    own_class,
    proposed_letters,
    sound,
)
from ...domain.classes.taxonomy import CellClass
from ...errors import RbcError
from ...language import mark, tr
from ...storage.laboratory.class_file import ENDING, read_classes, write_classes
from ..look import icons, swatch
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M, SPACE_S

SILENCE = mark(
    "The bundled classifier never proposes these classes: cells get them by key, menu, table or gallery. They count,"
    " and stand in every report, like the others."
)
NONE_YET = mark("No own classes yet. “Add class” makes one: sickle, acanthocyte, bite cell, inclusion …")
FILES = mark("Own classes (*{ending})", ending=ENDING)
HEADINGS = ("", mark("Name"), mark("Letters"), mark("Colour"), mark("Key"), "", "")


class OwnClassesDialog(KeyedDialog):
    """Edits a list of up to ten classes; hands it over when it is sound."""

    manual_chapter = "own-classes.md"

    chosen = Signal(object)
    """The classes, as a tuple of `CellClass`."""

    def __init__(self, classes: Sequence[CellClass], *, folder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Own classes"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder or str(Path.home())
        self.lines: list[ClassLine] = []
        self._build()
        self.show_classes(classes)

    @property
    def classes(self) -> tuple[CellClass, ...]:
        """What the lines say."""
        return tuple(line.cell_class for line in self.lines)

    def show_classes(self, classes: Sequence[CellClass]) -> None:
        """Show a list in place of the present one."""
        for line in self.lines:
            line.leave(self._grid)
        self.lines = []
        for own in classes[:MOST_OWN]:
            self._put(own)
        self._refresh()

    def _build(self) -> None:
        about = plain_label(tr(SILENCE), kind="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_S)
        self._grid.setVerticalSpacing(SPACE_S)
        self._grid.setColumnStretch(1, 1)
        self._headings = [QLabel(tr(text)) for text in HEADINGS]
        for column, heading in enumerate(self._headings):
            heading.setProperty("muted", True)
            self._grid.addWidget(heading, 0, column)
        self.empty = plain_label(tr(NONE_YET))
        self.note = plain_label(kind="warning")
        self.note.setMinimumHeight(2 * self.fontMetrics().height())
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add = _button(tr("Add class"), self._on_add)
        self.take = _button(tr("Import…"), self._on_import)
        self.give = _button(tr("Export…"), self._on_export)
        self.cancel = _button(tr("Cancel"), self.reject)
        self.save = _button(tr("Save"), self._on_save)
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        buttons = QHBoxLayout()
        for button in (self.add, self.take, self.give):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        rows.setSpacing(SPACE_M)
        rows.addWidget(about)
        rows.addLayout(self._grid)
        rows.addWidget(self.empty)
        rows.addStretch(1)
        rows.addWidget(self.note)
        rows.addLayout(buttons)
        self.setMinimumWidth(640)

    def _put(self, own: CellClass) -> ClassLine:
        line = ClassLine(own, self)
        line.changed.connect(self._refresh)
        line.named.connect(self._on_named)
        line.remove_wanted.connect(self._on_remove)
        self.lines.append(line)
        line.enter(self._grid, len(self.lines))
        return line

    @Slot()
    def _refresh(self) -> None:
        why = sound(self.classes)
        self.note.setText(why)
        self.save.setEnabled(not why)
        self.give.setEnabled(not why and bool(self.lines))
        self.add.setEnabled(len(self.lines) < MOST_OWN)
        self.empty.setVisible(not self.lines)
        for heading in self._headings:
            heading.setVisible(bool(self.lines))
        self._grow()

    def _grow(self) -> None:
        """One more line pushes the buttons down instead of pressing the lines flat."""
        if (layout := self.layout()) is not None:
            layout.activate()
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    @Slot()
    def _on_add(self) -> None:
        colour, key = next_own(self.classes)
        self._put(own_class("", code="", colour=colour, key=key)).name.setFocus()
        self._refresh()

    @Slot(object)
    def _on_named(self, line: ClassLine) -> None:
        """Propose letters as long as nobody has typed some."""
        line.propose(proposed_letters(line.name.text(), others=[o.cell_class for o in self.lines if o is not line]))

    @Slot(object)
    def _on_remove(self, gone: ClassLine) -> None:
        self.show_classes(tuple(line.cell_class for line in self.lines if line is not gone))

    @Slot()
    def _on_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import own classes"), self._folder, tr(FILES))
        if not chosen:
            return
        try:
            self.show_classes(read_classes(Path(chosen)))
        except RbcError as error:
            self.note.setText(error.message)

    @Slot()
    def _on_export(self) -> None:
        start = str(Path(self._folder) / (tr("own classes") + ENDING))
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export own classes"), start, tr(FILES))
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(ENDING)
        try:
            write_classes(self.classes, path)
        except OSError:
            self.note.setText(tr("{name} can't be written; choose another folder.", name=path.name))

    @Slot()
    def _on_save(self) -> None:
        self.chosen.emit(self.classes)
        self.accept()


class ClassLine(QWidget):
    """One class: the owner of the widgets of one row of the grid."""

    changed = Signal()
    named, remove_wanted = Signal(object), Signal(object)
    """This line; the first while a name is typed and its letters aren't a person's yet."""

    def __init__(self, own: CellClass, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()  # its widgets are shown, not itself
        self._colour, self._dashed = own.colour, own.dashed
        self.mark = Mark(parent)
        self.name = QLineEdit(own.value, parent)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(tr("Name of the class"))
        self.code = QLineEdit(own.code, parent)
        self.code.setMaxLength(2)
        self.code.setFixedWidth(48)
        self.code.setAccessibleName(tr("One or two letters"))
        self.colour = QPushButton(parent)
        self.colour.setAutoDefault(False)
        self.colour.setText(tr("Choose…"))
        self.key = QComboBox(parent)
        self.key.setAccessibleName(tr("Key"))
        self.key.addItem(tr("none"), "")
        for key in DEFAULT_KEYS:
            self.key.addItem(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText), key)
        self.key.setCurrentIndex(max(0, self.key.findData(own.key)))
        self.red = QCheckBox(tr("red cell"), parent)
        self.red.setToolTip(tr("Its cells are among the red cells that all shares refer to"))
        self.red.setChecked(own.is_red)
        self.remove = QToolButton(parent)
        self.remove.setIcon(icons.icon("delete"))
        self.remove.setToolTip(tr("Remove this class; cells that have it keep it"))
        self.remove.setAccessibleName(tr("Remove this class"))
        self._has_letters = bool(own.code)
        self.code.textEdited.connect(self._on_letters)
        self.name.textEdited.connect(self._on_name)
        for signal in (self.name.textChanged, self.code.textChanged, self.key.currentIndexChanged, self.red.toggled):
            signal.connect(self._on_changed)
        self.colour.clicked.connect(self._choose_colour)
        self.remove.clicked.connect(self._on_remove)
        self._on_changed()

    @property
    def cell_class(self) -> CellClass:
        """What the widgets say."""
        return own_class(
            self.name.text(), code=self.code.text(), colour=self._colour, key=self.key.currentData(),
            dashed=self._dashed, is_red=self.red.isChecked(),
        )  # fmt: skip

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return self.mark, self.name, self.code, self.colour, self.key, self.red, self.remove

    def enter(self, grid: QGridLayout, row: int) -> None:
        """Stand in this row of a grid."""
        for column, widget in enumerate(self._widgets):
            grid.addWidget(widget, row, column)
            widget.show()

    def leave(self, grid: QGridLayout) -> None:
        """Be gone from it."""
        for widget in (*self._widgets, self):
            grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def set_colour(self, colour: str) -> None:
        """Have this colour, as sRGB hex."""
        self._colour = colour
        self._on_changed()

    def propose(self, letters: str) -> None:
        """Have these letters until a person types others."""
        self.code.setText(letters)

    @Slot()
    def _on_letters(self) -> None:
        self._has_letters = bool(self.code.text())

    @Slot()
    def _on_name(self) -> None:
        if not self._has_letters:
            self.named.emit(self)

    @Slot()
    def _on_changed(self) -> None:
        self.mark.show_class(self.cell_class)
        self.colour.setAccessibleName(tr("Colour, now {colour}", colour=self._colour))
        self.changed.emit()

    @Slot()
    def _choose_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._colour), self, tr("Colour of the class"))
        if chosen.isValid():
            self.set_colour(chosen.name().upper())

    @Slot()
    def _on_remove(self) -> None:
        self.remove_wanted.emit(self)


class Mark(QWidget):
    """How a class is marked everywhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._class: CellClass | None = None
        self.setFixedSize(QSize(swatch.WIDTH, swatch.HEIGHT))

    def show_class(self, cell_class: CellClass) -> None:
        """Show the mark of this class."""
        self._class = cell_class
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            swatch.paint(painter, QRect(0, 0, swatch.WIDTH, swatch.HEIGHT), self._class, font=self.font())


def _button(text: str, pressed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(pressed)
    return button
