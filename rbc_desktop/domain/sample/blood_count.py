"""Values of the blood count beside the film, and whether they fit what was counted on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...language import mark
from ..classes.taxonomy import CellClass

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
    """One value of the blood count: its name, to be `told`, unit, the range that is possible at all, and decimals."""

    name: str
    unit: str
    low: float
    high: float
    decimals: int


QUANTITIES: Mapping[str, Quantity] = {
    "hb": Quantity(mark("Hb"), "g/L", 20, 260, 0),
    "rbc": Quantity(mark("RBC"), "10¹²/L", 0.3, 10, 2),
    "mcv": Quantity(mark("MCV"), "fL", 40, 170, 1),
    "mch": Quantity(mark("MCH"), "pg", 10, 60, 1),
    "mchc": Quantity(mark("MCHC"), "g/L", 200, 450, 0),
    "rdw": Quantity(mark("RDW"), "%", 8, 50, 1),
    "platelets": Quantity(mark("Platelets"), "10⁹/L", 0, 5000, 0),
    "reticulocytes": Quantity(mark("Reticulocytes"), "%", 0, 60, 1),
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

CLEAR_MCV_FL = (70.0, 115.0)
CLEAR_MCH_PG = 23.0
"""Beyond these HKIMLS grades size and colour as moderate or marked (DOMAIN §1): some cells of a film show that."""

HARDLY_ANY = 0.01
"""Share below which a class is as good as missing from a film."""

EVEN_SIZES_PERCENT = 7.0
"""Size CV (image) up to which cells are even: normal cells of one field vary by about 6 %."""


def impossible(count: BloodCount) -> tuple[str, ...]:
    """A sentence for each value outside the possible range."""
    return tuple(
        mark(
            "{what} {value:g} {unit} isn't possible; check the number and the unit ({low:g} to {high:g}).",
            what=q.name, value=value, unit=q.unit, low=q.low, high=q.high,
        )
        for name, q in QUANTITIES.items()
        if (value := getattr(count, name)) is not None and not q.low <= value <= q.high
    )  # fmt: skip


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
    mcv, large_percent, small_percent = count.mcv, 100 * large, 100 * small
    if count.mcv < MCV_FL[0] and large >= MANY and large > small:
        text = mark("MCV {mcv:g} fL doesn't fit {percent:.1f} % macrocytes: check the scale and the sample.")
        return [mark(text, mcv=mcv, percent=large_percent)]
    if count.mcv > MCV_FL[1] and small >= MANY and small > large:
        text = mark("MCV {mcv:g} fL doesn't fit {percent:.1f} % microcytes: check the scale and the sample.")
        return [mark(text, mcv=mcv, percent=small_percent)]
    if count.mcv < CLEAR_MCV_FL[0] and small < HARDLY_ANY:
        text = mark(
            "MCV {mcv:g} fL, but {percent:.1f} % microcytes on the film: check the scale and the sample; thin cells are"
            " small by volume only."
        )
        return [mark(text, mcv=mcv, percent=small_percent)]
    if count.mcv > CLEAR_MCV_FL[1] and large < HARDLY_ANY:
        text = mark(
            "MCV {mcv:g} fL, but {percent:.1f} % macrocytes on the film: check the scale and the sample, also for cold"
            " agglutinins."
        )
        return [mark(text, mcv=mcv, percent=large_percent)]
    if MCV_FL[0] <= count.mcv <= MCV_FL[1] and small >= MANY and large >= MANY:
        text = mark(
            "MCV {mcv:g} fL is an average of {small:.1f} % microcytes and {large:.1f} % macrocytes: two populations?"
        )
        return [mark(text, mcv=mcv, small=small_percent, large=large_percent)]
    return []


def _colour(count: BloodCount, shares: Shares) -> list[str]:
    pale, round_cells = shares.get(CellClass.HYPOCHROMIA), shares.get(CellClass.SPHEROCYTE)
    found: list[str] = []
    if pale is not None and pale >= MANY and count.mch is not None and count.mch >= MCH_PG:
        text = mark("MCH {mch:g} pg doesn't fit {percent:.1f} % hypochromic cells: check stain and focus.")
        found.append(mark(text, mch=count.mch, percent=100 * pale))
    if pale is not None and pale < HARDLY_ANY and count.mch is not None and count.mch < CLEAR_MCH_PG:
        text = mark("MCH {mch:g} pg, but {percent:.1f} % hypochromic cells on the film: check stain and exposure.")
        found.append(mark(text, mch=count.mch, percent=100 * pale))
    if round_cells is None or count.mchc is None:
        return found
    if round_cells >= SOME and count.mchc < MCHC_G_L[0]:
        text = mark(
            "MCHC {mchc:g} g/L doesn't fit {percent:.1f} % spherocytes: check that the area of the film isn't too thin."
        )
        found.append(mark(text, mchc=count.mchc, percent=100 * round_cells))
    if round_cells < HARDLY_ANY and count.mchc > MCHC_G_L[1]:
        text = mark(
            "MCHC {mchc:g} g/L without spherocytes on the film: check the sample for lipaemia or agglutination."
        )
        found.append(mark(text, mchc=count.mchc))
    return found


def _spread(count: BloodCount, size_cv_percent: float | None) -> list[str]:
    if count.rdw is None or size_cv_percent is None:
        return []
    if count.rdw > RDW_PERCENT + 4 and size_cv_percent <= EVEN_SIZES_PERCENT:
        text = mark("RDW {rdw:g} % but even sizes on the film (CV {cv:.1f} %): count other fields too.")
        return [mark(text, rdw=count.rdw, cv=size_cv_percent)]
    if count.rdw <= RDW_PERCENT and size_cv_percent > 2 * EVEN_SIZES_PERCENT:
        text = mark("RDW {rdw:g} % but uneven sizes on the film (CV {cv:.1f} %): check the outlines.")
        return [mark(text, rdw=count.rdw, cv=size_cv_percent)]
    return []


def _fragments(count: BloodCount, shares: Shares) -> list[str]:
    fragments = shares.get(CellClass.SCHISTOCYTE)
    if fragments is None or fragments <= 0.01 or count.platelets is None:
        return []
    text = mark("{percent:.1f} % schistocytes with platelets {platelets:g} · 10⁹/L: review the film now.")
    if count.platelets >= PLATELETS:
        text = mark(
            "{percent:.1f} % schistocytes, but platelets {platelets:g} · 10⁹/L: check for artefacts and for fragments"
            " counted as platelets."
        )
    return [mark(text, percent=100 * fragments, platelets=count.platelets)]
