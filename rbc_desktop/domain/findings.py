"""What may be said of a sample's morphology: patterns to correlate, never a diagnosis, never an absence of illness."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .taxonomy import CellClass

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

CLOSING = "Findings are not a diagnosis; correlate with blood count, reticulocytes and clinical data."

NOTHING = "No graded red cell abnormality among the classes assessed."
"""Never “no anaemia”: a film has no haemoglobin."""


def fragments_are_qualitative(shares: Mapping[CellClass, float]) -> bool:
    """Whether schistocytes get a remark instead of a percentage: other poikilocytes are more than they are.

    The ICSH counts schistocytes only where they are the main abnormality (2012, updated 2021).
    """
    fragments = shares.get(CellClass.SCHISTOCYTE, 0.0)
    return fragments > 0 and sum(share for c, share in shares.items() if c in POIKILOCYTES) > fragments


def patterns(graded: Collection[CellClass]) -> tuple[str, ...]:
    """Sentences on the pattern that the graded classes make; `NOTHING` alone when none is graded.

    Args:
        graded: the classes with a grade: the confirmed one where there is one, else the suggested.
    """
    found = [*_size_and_colour(graded), *_shapes(graded)]
    return tuple(found) if found else (NOTHING,)


def _size_and_colour(graded: Collection[CellClass]) -> list[str]:
    small, pale = CellClass.MICROCYTE in graded, CellClass.HYPOCHROMIA in graded
    found = []
    if small and pale:
        target = (
            "; with target cells, haemoglobinopathy and liver disease too" if CellClass.TARGET_CELL in graded else ""
        )
        found.append(
            "Microcytic hypochromic morphology (iron deficiency, thalassaemia, chronic disease, sideroblastic among"
            f" causes{target}): correlate with Hb, MCV, MCH, RDW, ferritin and haemoglobin studies."
        )
    elif small:
        found.append("Microcytic morphology: correlate with Hb, MCV, RDW and ferritin.")
    elif pale:
        found.append("Hypochromic morphology: correlate with Hb, MCH, MCHC and ferritin.")
    if CellClass.MACROCYTE in graded:
        found.append(
            "Macrocytic morphology (megaloblastic or non-megaloblastic): correlate with MCV, B12, folate,"
            " reticulocytes and neutrophil lobes."
        )
    return found


def _shapes(graded: Collection[CellClass]) -> list[str]:
    small_and_pale = CellClass.MICROCYTE in graded and CellClass.HYPOCHROMIA in graded
    sentences = {
        CellClass.SPHEROCYTE: "Spherocytes (hereditary spherocytosis, immune haemolysis among causes): check the area"
        " of the film; correlate with DAT, reticulocytes, bilirubin and LDH.",
        CellClass.SCHISTOCYTE: "Schistocytes: review the film now, thrombotic microangiopathy among causes; correlate"
        " with platelets and LDH.",
        CellClass.TEARDROP: "Teardrop cells (marrow infiltration, fibrosis, thalassaemia among causes): correlate with"
        " blood count and history.",
        CellClass.BURR_CELL: "Burr cells (uraemia among causes, or an artefact of storage): correlate with the sample's"
        " age and renal function.",
        CellClass.STOMATOCYTE: "Stomatocytes (liver disease, alcohol among causes, or an artefact): correlate with"
        " history.",
    }
    found = [text for cell_class, text in sentences.items() if cell_class in graded]
    if CellClass.ELLIPTOCYTE in graded or CellClass.OVALOCYTE in graded:
        found.append(
            "Elliptocytes or ovalocytes (hereditary elliptocytosis, iron deficiency, thalassaemia, megaloblastic among"
            " causes): correlate with history and indices."
        )
    if CellClass.TARGET_CELL in graded and not small_and_pale:
        found.append(
            "Target cells (haemoglobinopathy, liver disease, after splenectomy, or an artefact): correlate with indices"
            " and haemoglobin studies."
        )
    return found
