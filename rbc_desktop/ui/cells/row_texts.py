"""What a row of the table says in words: to a screen reader, and under the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ...language import mark, number, tr
from ...phrases import told
from ...reports.summary.rows import CellRow
from ...workflows.key_map import said

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole `CellRow`."""

ANSWERED = frozenset((
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE,
))  # fmt: skip
"""The roles in which a row says something; Qt asks for a dozen of each cell that it paints."""


def number_text(value: float | int | None, decimals: int) -> str:
    """A number with a fixed count of decimals, or a dash when it is not known."""
    return "–" if value is None else number(value, f".{decimals}f")


def spoken(row: CellRow) -> str:
    """A cell as a screen reader says it, e.g. ``Cell 12, target cell, 61 %, review``."""
    share = "" if row.class_probability is None else f"{row.class_probability:.0%}".replace("%", " %")
    seen = tr("reviewed") if row.reviewed else seen_text(row)
    said = (tr("Cell {cell}", cell=row.cell), told(row.class_text), share, seen)
    return ", ".join(part for part in said if part)


def seen_text(row: CellRow) -> str:
    """What the column *Review* says of a cell."""
    return tr("review") if row.needs_review else tr("yes") if row.reviewed else ""


def row_tip(row: CellRow) -> str:
    """One or two sentences about a cell, for the tooltip."""
    lines = [tr("Cell {cell} in {image}", cell=row.cell, image=row.image)]
    if row.reviewed:
        predicted = row.predicted_class
        same = predicted == row.cell_class
        lines.append(tr("A person confirmed the class.") if same else tr("A person set the class."))
        if not same and predicted is not None:
            lines.append(tr("The classifier says {name}.", name=predicted.title))
    elif row.needs_review:
        lines.append(tr("Please look: {reason}.", reason=told(row.review_reason)))
    if row.not_assessable:
        lines.append(
            tr(
                "Not assessable: {reason}. The shares leave it out unless a person sets its class.",
                reason=told(row.not_assessable),
            )
        )
    if row.field_left_out:
        lines.append(tr("Its field is left out of the count: {reason}", reason=told(row.field_left_out)))
    elif not row.counted:
        text = mark(
            "The edge of the image cuts it: it is left out of counts and sizes. Count it all the same with {key}."
        )
        lines.append(tr(text, key=said("I")))
    elif row.touches_border:
        lines.append(tr("The edge of the image cuts it; a person counts it all the same."))
    lines.append(tr("Outline: {provenance}.", provenance=told(row.provenance)))
    return "\n".join(lines)
