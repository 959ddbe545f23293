"""Values of the blood count beside the film, and whether they fit what was counted on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .taxonomy import CellClass

Shares = Mapping[CellClass, float]
"""Class to its share of the red cells, 0 to 1; a class that couldn't be assessed is missing."""


@dataclass(frozen=True, slots=True)
class BloodCount:
    """What the analyser measured; None where it isn't known.

    Attributes:
        hb: haemoglobin, g/L.
        rbc: red cells, 10¹²/L.
        mcv: mean cell volume, fL.
        mch: mean cell haemoglobin, pg.
        mchc: mean cell haemoglobin concentration, g/L.
        rdw: distribution width of the volumes, CV in percent.
        platelets: 10⁹/L.
        reticulocytes: percent of the red cells.
    """

    hb: float | None = None
    rbc: float | None = None
    mcv: float | None = None
    mch: float | None = None
    mchc: float | None = None
    rdw: float | None = None
    platelets: float | None = None
    reticulocytes: float | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value of the blood count: name on the report, unit, the range that is possible at all, and decimals."""

    name: str
    unit: str
    low: float
    high: float
    decimals: int


QUANTITIES: Mapping[str, Quantity] = {
    "hb": Quantity("Hb", "g/L", 20, 260, 0),
    "rbc": Quantity("RBC", "10¹²/L", 0.3, 10, 2),
    "mcv": Quantity("MCV", "fL", 40, 170, 1),
    "mch": Quantity("MCH", "pg", 10, 60, 1),
    "mchc": Quantity("MCHC", "g/L", 200, 450, 0),
    "rdw": Quantity("RDW", "%", 8, 50, 1),
    "platelets": Quantity("Platelets", "10⁹/L", 0, 5000, 0),
    "reticulocytes": Quantity("Reticulocytes", "%", 0, 60, 1),
}
"""In the order of the report. The ranges catch a slip of the decimal point or of the unit, not an illness."""

MCV_FL = (80.0, 100.0)
MCHC_G_L = (320.0, 360.0)
MCH_PG = 27.0
RDW_PERCENT = 14.5
PLATELETS = 150.0
"""Adult reference limits (DOMAIN §4: MCV, MCHC; RDW-CV 11.5 to 14.5 %; MCH and platelets: usual lower limits)."""

MANY, SOME = 0.10, 0.05
"""Shares from which size or colour, and a shape, contradict a value: about the first graded step of the schemes."""

EVEN_SIZES_PERCENT = 7.0
"""Size CV (image) up to which cells are even: normal cells of one field vary by about 6 %."""


def impossible(count: BloodCount) -> tuple[str, ...]:
    """A sentence for each value outside the possible range."""
    return tuple(
        f"{q.name} {value:g} {q.unit} isn't possible; check the number and the unit ({q.low:g} to {q.high:g})."
        for name, q in QUANTITIES.items()
        if (value := getattr(count, name)) is not None and not q.low <= value <= q.high
    )


def consistency(count: BloodCount, shares: Shares, *, size_cv_percent: float | None) -> tuple[str, ...]:
    """A sentence for each value that doesn't fit the film; each asks to look, none decides who is right.

    Args:
        count: the blood count.
        shares: of the classes that could be assessed.
        size_cv_percent: CV of the diameters on the film, None where it isn't known.
    """
    return (
        *_sizes(count, shares),
        *_colour(count, shares),
        *_spread(count, size_cv_percent),
        *_fragments(count, shares),
    )


def _sizes(count: BloodCount, shares: Shares) -> list[str]:
    small, large = shares.get(CellClass.MICROCYTE), shares.get(CellClass.MACROCYTE)
    if count.mcv is None or small is None or large is None:
        return []
    value = f"MCV {count.mcv:g} fL"
    if count.mcv < MCV_FL[0] and large >= MANY and large > small:
        return [f"{value} doesn't fit {_percent(large)} macrocytes: check the scale and the sample."]
    if count.mcv > MCV_FL[1] and small >= MANY and small > large:
        return [f"{value} doesn't fit {_percent(small)} microcytes: check the scale and the sample."]
    if MCV_FL[0] <= count.mcv <= MCV_FL[1] and small >= MANY and large >= MANY:
        return [
            f"{value} is an average of {_percent(small)} microcytes and {_percent(large)} macrocytes: two populations?"
        ]
    return []


def _colour(count: BloodCount, shares: Shares) -> list[str]:
    pale, round_cells = shares.get(CellClass.HYPOCHROMIA), shares.get(CellClass.SPHEROCYTE)
    found = []
    if pale is not None and pale >= MANY and count.mch is not None and count.mch >= MCH_PG:
        found.append(f"MCH {count.mch:g} pg doesn't fit {_percent(pale)} hypochromic cells: check stain and focus.")
    if round_cells is None or count.mchc is None:
        return found
    value = f"MCHC {count.mchc:g} g/L"
    if round_cells >= SOME and count.mchc < MCHC_G_L[0]:
        found.append(
            f"{value} doesn't fit {_percent(round_cells)} spherocytes: check that the area of the film isn't too thin."
        )
    if round_cells < 0.01 and count.mchc > MCHC_G_L[1]:
        found.append(f"{value} without spherocytes on the film: check the sample for lipaemia or agglutination.")
    return found


def _spread(count: BloodCount, size_cv_percent: float | None) -> list[str]:
    if count.rdw is None or size_cv_percent is None:
        return []
    if count.rdw > RDW_PERCENT + 4 and size_cv_percent <= EVEN_SIZES_PERCENT:
        return [f"RDW {count.rdw:g} % but even sizes on the film (CV {size_cv_percent:.1f} %): count other fields too."]
    if count.rdw <= RDW_PERCENT and size_cv_percent > 2 * EVEN_SIZES_PERCENT:
        return [f"RDW {count.rdw:g} % but uneven sizes on the film (CV {size_cv_percent:.1f} %): check the outlines."]
    return []


def _fragments(count: BloodCount, shares: Shares) -> list[str]:
    fragments = shares.get(CellClass.SCHISTOCYTE)
    if fragments is None or fragments <= 0.01 or count.platelets is None:
        return []
    share, value = _percent(fragments), f"platelets {count.platelets:g} · 10⁹/L"
    if count.platelets < PLATELETS:
        return [f"{share} schistocytes with {value}: review the film now."]
    return [f"{share} schistocytes, but {value}: check for artefacts and for fragments counted as platelets."]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
