"""What a window says and has no room for: words that are wider than their widget, or widgets that lie outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QRadioButton,
    QRubberBand,
    QScrollBar,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

FRAME_PX = 8
"""Of a button, at both sides together, at least."""

MOVED = (QScrollBar, QRubberBand)
HOLDERS = (QSplitter, QStackedWidget, QMainWindow, QHeaderView, QAbstractSpinBox, QTabBar, QComboBox)
"""They lay their own parts out."""


def cut_off(top: QWidget) -> list[str]:
    """Everything that a person sees cut off in a window, in words."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisible():
            found += [f"{type(widget).__name__} {fault}" for fault in (*_words(widget), *_place(widget))]
    return found


def _words(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _of_label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _of_button(widget)
    elif isinstance(widget, QComboBox):
        yield from _of_box(widget)
    elif isinstance(widget, QLineEdit):
        yield from _of_line(widget)
    elif isinstance(widget, QHeaderView):
        yield from _of_header(widget)
    elif isinstance(widget, QTabBar) and widget.count():
        end = widget.tabRect(widget.count() - 1).right()
        if end > widget.width() + 1:
            yield f"tabs end at {end} of {widget.width()} px"


def _of_box(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    if not _gives_way(box):
        yield from _wider(box, box.currentText(), room)


def _of_line(line: QLineEdit) -> Iterator[str]:
    """Its placeholder; what was typed scrolls."""
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).width() - 4
    if not line.text() and not isinstance(line.parentWidget(), QComboBox):
        yield from _wider(line, line.placeholderText(), room)


def _of_header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() == Qt.Orientation.Horizontal:
        for section in range(header.count()):
            title = str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")
            if not header.isSectionHidden(section):
                yield from _wider(header, title, header.sectionSize(section) - FRAME_PX)


def _of_label(label: QLabel) -> Iterator[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.text() and needed > label.height() + 1:
            yield f"“{label.text()}”: {label.height()} px high of {needed}"
    elif "<" not in label.text():
        yield from _wider(label, label.text(), label.contentsRect().width())


def _of_button(button: QAbstractButton) -> Iterator[str]:
    if isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    room = button.width() - FRAME_PX
    if isinstance(button, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxContents
        if isinstance(button, QRadioButton):
            part = QStyle.SubElement.SE_RadioButtonContents
        room = button.style().subElementRect(part, option, button).width()
    yield from _wider(button, button.text(), room)


def _wider(widget: QWidget, text: str, room: int) -> Iterator[str]:
    lines = re.sub(r"&(.)", r"\1", text).split("\n")
    needed = max(widget.fontMetrics().horizontalAdvance(line) for line in lines)
    if needed > room + 1:
        yield f"“{text}”: {room} px of {needed}"


def _gives_way(box: QComboBox) -> bool:
    """Its words come from outside (names of files) and may be longer than any screen."""
    return box.sizeAdjustPolicy() == QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


def _place(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(widget, MOVED) or isinstance(parent, HOLDERS):
        return
    if _is_scrolled(widget):
        return
    inside = parent.rect().adjusted(-1, -1, 1, 1)
    if widget.size() != QSize(0, 0) and not inside.contains(widget.geometry()):
        yield f"at {widget.geometry().getRect()} in {type(parent).__name__} of {parent.width()}×{parent.height()} px"


def _is_scrolled(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return isinstance(above, QAbstractScrollArea)
