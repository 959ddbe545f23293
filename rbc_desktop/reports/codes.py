"""Codes by which other systems know the lines of a report."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from ..domain.classes.taxonomy import CellClass

LOINC_SYSTEM = "http://loinc.org"
LOCAL_SYSTEM = "urn:rbc-desktop:red-cell-class"
"""For classes and values that LOINC has no code for."""

PANEL = ("58408-6", "Erythrocyte morphology panel")

LOINC: dict[str, tuple[str, str]] = {
    CellClass.MACROCYTE.value: ("738-5", "Macrocytes"),
    CellClass.MICROCYTE.value: ("741-9", "Microcytes"),
    CellClass.SPHEROCYTE.value: ("802-9", "Spherocytes"),
    CellClass.TARGET_CELL.value: ("10381-2", "Target cells"),
    CellClass.STOMATOCYTE.value: ("10380-4", "Stomatocytes"),
    CellClass.OVALOCYTE.value: ("774-0", "Ovalocytes"),
    CellClass.TEARDROP.value: ("7791-7", "Dacrocytes"),
    CellClass.BURR_CELL.value: ("7790-9", "Burr cells"),
    CellClass.SCHISTOCYTE.value: ("800-3", "Schistocytes"),
    CellClass.HYPOCHROMIA.value: ("728-6", "Hypochromia"),
    CellClass.ELLIPTOCYTE.value: ("11274-8", "Elliptocytes"),
    CellClass.UNCATEGORISED.value: ("6742-1", "Erythrocyte morphology finding"),
    "anisocytosis": ("702-1", "Anisocytosis"),
}
"""Line of the report to code and display: “[Presence] in Blood by Light microscopy”, so the value is the grade.

From the value set of the CIBMTR reporting guide (DOMAIN §5). LOINC has no code for a share per class.
"""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def local_code(name: str) -> str:
    """Code of a line in `LOCAL_SYSTEM`: its name with hyphens, and what tells it apart where it has other letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "line"
    return plain if name.isascii() else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def iso_date(text: str) -> str:
    """What a person typed, if it is a date as other systems take it (2026, 2026-03 or 2026-03-05), else ""."""
    text = text.strip()
    if not _DATE.fullmatch(text):
        return ""
    try:
        datetime.strptime(text, ("%Y", "%Y-%m", "%Y-%m-%d")[text.count("-")])
    except ValueError:
        return ""
    return text
