"""What may be said of a sample's morphology: patterns to correlate, never a diagnosis, never an absence of illness."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...language import mark
from ..classes.taxonomy import CellClass

POIKILOCYTES = frozenset(
    {
        CellClass.SPHEROCYTE,
        CellClass.TARGET_CELL,
        CellClass.STOMATOCYTE,
        CellClass.OVALOCYTE,
        CellClass.TEARDROP,
        CellClass.BURR_CELL,
        CellClass.ELLIPTOCYTE,
    }
)
"""Shapes beside which schistocytes may not be the main abnormality."""

CLOSING = mark("Findings are not a diagnosis; correlate with blood count, reticulocytes and clinical data.")

NOTHING = mark("No graded red cell abnormality among the classes assessed.")
"""Never “no anaemia”: a film has no haemoglobin."""

UNGRADED = mark("No line has a grade yet, so nothing is said of the red cells; each line's remark says what it needs.")
"""Where cells or values are missing for every line of the scheme: that is no result."""


def fragments_are_qualitative(shares: Mapping[CellClass, float]) -> bool:
    """Whether schistocytes get a remark instead of a percentage: other poikilocytes are more than they are.

    The ICSH counts schistocytes only where they are the main abnormality (2012, updated 2021).
    """
    fragments = shares.get(CellClass.SCHISTOCYTE, 0.0)
    return fragments > 0 and sum(share for c, share in shares.items() if c in POIKILOCYTES) > fragments


def patterns(graded: Collection[CellClass]) -> tuple[str, ...]:
    """Sentences on the pattern that the graded classes make, to be `told`; `NOTHING` alone when none is graded.

    Args:
        graded: the classes with a grade: the confirmed one where there is one, else the suggested.
    """
    found = [*_size_and_colour(graded), *_shapes(graded)]
    return tuple(found) if found else (NOTHING,)


def _size_and_colour(graded: Collection[CellClass]) -> list[str]:
    small, pale = CellClass.MICROCYTE in graded, CellClass.HYPOCHROMIA in graded
    found: list[str] = []
    if small and pale:
        text = mark(
            "Microcytic hypochromic morphology (iron deficiency, thalassaemia, chronic disease, sideroblastic among"
            " causes): correlate with Hb, MCV, MCH, RDW, ferritin and haemoglobin studies."
        )
        if CellClass.TARGET_CELL in graded:
            text = mark(
                "Microcytic hypochromic morphology (iron deficiency, thalassaemia, chronic disease, sideroblastic among"
                " causes; with target cells, haemoglobinopathy and liver disease too): correlate with Hb, MCV, MCH,"
                " RDW, ferritin and haemoglobin studies."
            )
        found.append(text)
    elif small:
        found.append(mark("Microcytic morphology: correlate with Hb, MCV, RDW and ferritin."))
    elif pale:
        found.append(mark("Hypochromic morphology: correlate with Hb, MCH, MCHC and ferritin."))
    if CellClass.MACROCYTE in graded:
        text = mark(
            "Macrocytic morphology (megaloblastic or non-megaloblastic): correlate with MCV, B12, folate,"
            " reticulocytes and neutrophil lobes."
        )
        found.append(text)
    return found


def _shapes(graded: Collection[CellClass]) -> list[str]:
    small_and_pale = CellClass.MICROCYTE in graded and CellClass.HYPOCHROMIA in graded
    sentences = {
        CellClass.SPHEROCYTE: mark(
            "Spherocytes (hereditary spherocytosis, immune haemolysis among causes): check the area"
            " of the film; correlate with DAT, reticulocytes, bilirubin and LDH."
        ),
        CellClass.SCHISTOCYTE: mark(
            "Schistocytes: review the film now, thrombotic microangiopathy among causes; correlate"
            " with platelets and LDH."
        ),
        CellClass.TEARDROP: mark(
            "Teardrop cells (marrow infiltration, fibrosis, thalassaemia among causes): correlate with"
            " blood count and history."
        ),
        CellClass.BURR_CELL: mark(
            "Burr cells (uraemia among causes, or an artefact of storage): correlate with the sample's"
            " age and renal function."
        ),
        CellClass.STOMATOCYTE: mark(
            "Stomatocytes (liver disease, alcohol among causes, or an artefact): correlate with history."
        ),
    }
    found: list[str] = [text for cell_class, text in sentences.items() if cell_class in graded]
    if CellClass.ELLIPTOCYTE in graded or CellClass.OVALOCYTE in graded:
        text = mark(
            "Elliptocytes or ovalocytes (hereditary elliptocytosis, iron deficiency, thalassaemia, megaloblastic among"
            " causes): correlate with history and indices."
        )
        found.append(text)
    if CellClass.TARGET_CELL in graded and not small_and_pale:
        text = mark(
            "Target cells (haemoglobinopathy, liver disease, after splenectomy, or an artefact): correlate with indices"
            " and haemoglobin studies."
        )
        found.append(text)
    return found
