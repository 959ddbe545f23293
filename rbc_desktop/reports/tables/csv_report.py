"""`cells.csv`: one row per cell.

UTF-8 with a byte-order mark, by which Excel knows the encoding; RFC 4180 (comma, CRLF, quotes doubled). The first line
holds the column names; there is no other header, so the research-use line stands in the last column, `notice`, of every
row. Numbers use a point, unknown values are empty, booleans are ``true`` and ``false``, times are in UTC. Text that a
spreadsheet would take for a formula gets a leading apostrophe; numbers don't, a minus sign is part of them. What stands
in it comes from the case and the version of the application: two exports of one case are equal byte for byte.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..summary.rows import CellRow, time_text
from ..summary.summary import RUO_LINE

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_DECIMALS = {
    "x": 2, "y": 2, "score": 4, "class_probability": 4,
    "perimeter_px": 2, "diameter_px": 2, "major_axis_px": 2, "minor_axis_px": 2,
    "circularity": 4, "axis_ratio": 4, "solidity": 4, "pallor_ratio": 4, "core_rim_ratio": 4, "mean_density": 4,
    "relative_diameter": 4, "waist": 4, "relative_density": 4,
    "diameter_um": 3, "area_um2": 3, "perimeter_um": 3, "major_axis_um": 3, "minor_axis_um": 3,
    "um_per_px": 6,
}  # fmt: skip

COLUMNS = (
    "image", "cell", "x", "y", "x0", "y0", "x1", "y1", "area_px", "score", "class", "class_probability",
    "needs_review", "touches_border",
    "perimeter_px", "diameter_px", "major_axis_px", "minor_axis_px", "circularity", "axis_ratio", "solidity",
    "pallor_ratio", "core_rim_ratio", "mean_density", "relative_diameter",
    "diameter_um", "area_um2", "perimeter_um", "major_axis_um", "minor_axis_um",
    "um_per_px", "reviewed", "predicted_class", "classifier", "segmenter", "counted", "review_reason", "waist",
    "relative_density", "image_sha256", "analysed", "provenance", "image_level",
    "remarks", "not_assessable", "field_quality", "app_version", "notice",
)  # fmt: skip
"""Order and names of the columns; the first fourteen never change, for the programs that read them."""


@dataclass(frozen=True, slots=True)
class MissingCell:
    """A prompted cell for which the model offered no mask: its row holds only the image and the cell's name."""

    image: str
    cell: str


def write_cells(
    path: Path,
    rows: Iterable[CellRow | MissingCell],
    *,
    cell_names: Mapping[int, str] | None = None,
    app_version: str = "",
) -> None:
    """Write `cells.csv` to this path, rows in the given order.

    Args:
        path: where to write; wrap the call in `files.replace_atomically`.
        rows: what to write.
        cell_names: what the column `cell` says for a cell id, e.g. the names of a prompt file; the id without an entry.
        app_version: of the application that writes.

    Raises:
        OSError: when the path can't be written to.
    """
    names = cell_names or {}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in rows:
            known = {"app_version": guard(app_version), "notice": RUO_LINE}
            writer.writerow(_missing(row, known) if isinstance(row, MissingCell) else _values(row, names, known))


def guard(text: str) -> str:
    """The text with a leading apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _values(row: CellRow, names: Mapping[int, str], known: Mapping[str, str]) -> list[str]:
    special: dict[str, Callable[[], str]] = {
        "image": lambda: guard(row.image),
        "cell": lambda: guard(names.get(row.cell, str(row.cell))),
        "class": lambda: row.cell_class.value if row.cell_class else "",
        "predicted_class": lambda: row.predicted_class.value if row.predicted_class else "",
        "classifier": lambda: guard(row.classifier),
        "segmenter": lambda: guard(row.segmenter),
        "review_reason": lambda: row.review_reason,
        "image_sha256": lambda: row.image_sha256,
        "analysed": lambda: time_text(row.analysed),
        "provenance": lambda: row.provenance,
        "remarks": lambda: guard(row.remarks),
        "image_level": lambda: guard(row.image_level),
        "not_assessable": lambda: row.not_assessable,
        "field_quality": lambda: row.field_quality,
        **{column: lambda text=text: text for column, text in known.items()},  # type: ignore[misc]
    }
    return [special[c]() if c in special else _text(getattr(row, c), _DECIMALS.get(c)) for c in COLUMNS]


def _missing(cell: MissingCell, known: Mapping[str, str]) -> list[str]:
    values = {"image": guard(cell.image), "cell": guard(cell.cell), "needs_review": "true", **known}
    return [values.get(c, "") for c in COLUMNS]


def _text(value: float | bool | None, decimals: int | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if decimals is None else f"{value:.{decimals}f}"
