"""How a page of the manual looks: Qt's Markdown importer gives the structure, this gives it sizes, room and colours."""

from __future__ import annotations

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from ..look.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from ..look.tokens import Tokens
from .manual_text import THIN_SPACE, anchor_of

HEADING_SCALE = {1: 1.8, 2: 1.3, 3: 1.08}
HEADING_ROOM = {1: (0, SPACE_M), 2: (SPACE_L + SPACE_S, SPACE_S), 3: (SPACE_L, SPACE_S)}
CAP_SCALE = 0.92
LINE_PERCENT, TABLE_LINE_PERCENT = 138, 122
INDENT = 22


def dress(document: QTextDocument, tokens: Tokens) -> None:
    """Give a document that was just imported its look; its default font is the one for running text."""
    document.setIndentWidth(INDENT)
    base, in_tables = document.defaultFont(), []
    for table in tables(document):
        _dress_table(table, tokens)
        in_tables.append(range(table.firstPosition(), table.lastPosition() + 1))
    block = document.begin()
    while block.isValid():
        _dress_block(block, tokens, base=base, in_table=any(block.position() in part for part in in_tables))
        block = block.next()


def set_column(document: QTextDocument, *, left: float, right: float) -> None:
    """The margins beside the text, logical pixels."""
    frame = document.rootFrame()
    form = QTextFrameFormat(frame.frameFormat())
    if (form.leftMargin(), form.rightMargin()) != (left, right):
        form.setLeftMargin(left)
        form.setRightMargin(right)
        form.setTopMargin(SPACE_L)
        form.setBottomMargin(2 * SPACE_L)
        frame.setFrameFormat(form)


def tables(document: QTextDocument) -> list[QTextTable]:
    """The tables of a page."""
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def spans(block: QTextBlock) -> list[tuple[int, int, str, QTextCharFormat]]:
    """Runs of one format: position in the document, length, text, format."""
    fragments = [each.fragment() for each in block]  # type: ignore[attr-defined]
    return [(f.position(), f.length(), f.text(), f.charFormat()) for f in fragments]


def _dress_block(block: QTextBlock, tokens: Tokens, *, base: QFont, in_table: bool) -> None:
    given = block.blockFormat()
    level = min(given.headingLevel(), 3)
    form = QTextBlockFormat()
    runs = spans(block)
    is_code = _is_code(block)
    is_note = given.hasProperty(QTextFormat.Property.BlockQuoteLevel)
    if level:
        above, below = HEADING_ROOM[level]
        form.setTopMargin(above)
        form.setBottomMargin(below)
    elif is_code:
        form.setLeftMargin(SPACE_M)
        form.setBottomMargin(0 if _is_code(block.next()) else SPACE_M)
    elif is_note:
        form.setLeftMargin(0)
        form.setRightMargin(0)
        form.setTopMargin(0)
        form.setBottomMargin(SPACE_M)
    elif block.textList() is not None:
        form.setTopMargin(0)
        form.setBottomMargin(SPACE_XS if block.next().textList() is not None else SPACE_M - 2)
    elif not in_table:
        form.setTopMargin(0)
        form.setBottomMargin(SPACE_M - 2)
    if not level and not any(each.isImageFormat() for _, _, _, each in runs):
        percent = TABLE_LINE_PERCENT if in_table else LINE_PERCENT
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(form)
    for position, length, text, char_format in runs:
        changed = None if is_code else _char_format(text, char_format, tokens, base=base, level=level, is_note=is_note)
        if changed is not None:
            if level:
                changed.setAnchor(True)
                changed.setAnchorNames([anchor_of(block.text())])
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(changed)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _char_format(
    text: str, given: QTextCharFormat, tokens: Tokens, *, base: QFont, level: int, is_note: bool
) -> QTextCharFormat | None:
    """The format of a run, or None where the importer's is right."""
    form = QTextCharFormat(given)
    if level:
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        form.setFontPointSize(base.pointSizeF() * HEADING_SCALE[level])
        form.setFontWeight(QFont.Weight.DemiBold)
    elif given.isAnchor():
        form.setForeground(QColor(tokens.accent))
        form.setFontUnderline(True)
    elif text.startswith(THIN_SPACE):
        form.setBackground(QColor(tokens.hover))
        form.clearProperty(QTextFormat.Property.FontFixedPitch)
        form.setFontFamilies([base.family()])
        form.setFontPointSize(base.pointSizeF() * CAP_SCALE)
    elif is_note:
        form.setForeground(QColor(tokens.warning))
        form.setFontWeight(QFont.Weight.DemiBold)
    elif given.fontFixedPitch():
        form.setBackground(QColor(tokens.window))
    else:
        return None
    return form


def _dress_table(table: QTextTable, tokens: Tokens) -> None:
    form = QTextTableFormat(table.format())
    form.setBorder(0)
    form.setBorderCollapse(True)
    form.setCellSpacing(0)
    form.setCellPadding(0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setTopMargin(SPACE_S)
    form.setBottomMargin(SPACE_M)
    table.setFormat(form)
    for row in range(table.rows()):
        for column in range(table.columns()):
            _dress_cell(table.cellAt(row, column), tokens, is_head=row == 0, is_first=column == 0)


def _dress_cell(cell: QTextTableCell, tokens: Tokens, *, is_head: bool, is_first: bool) -> None:
    form = cell.format().toTableCellFormat()
    form.setPadding(SPACE_XS + 1)
    form.setLeftPadding(0 if is_first else SPACE_S)
    form.setRightPadding(SPACE_S)
    form.setBottomBorder(1)
    form.setBottomBorderBrush(QBrush(QColor(tokens.muted if is_head else tokens.border)))
    form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    cell.setFormat(form)
