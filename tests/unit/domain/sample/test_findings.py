"""Wording: every graded class is said, nothing is called absent or a diagnosis."""

import itertools

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.findings import NOTHING, POIKILOCYTES, fragments_are_qualitative, patterns

GRADABLE = [*POIKILOCYTES, CellClass.MICROCYTE, CellClass.MACROCYTE, CellClass.HYPOCHROMIA, CellClass.SCHISTOCYTE]
STEMS = {
    CellClass.MICROCYTE: "icrocytic",
    CellClass.MACROCYTE: "acrocytic",
    CellClass.HYPOCHROMIA: "ypochromic",
    CellClass.TARGET_CELL: "arget cells",
    CellClass.ELLIPTOCYTE: "lliptocytes",
    CellClass.OVALOCYTE: "ovalocytes",
}


def stem(cell_class):
    return STEMS.get(cell_class, cell_class.value[1:])


@pytest.mark.parametrize("graded", [frozenset(pair) for pair in itertools.combinations(GRADABLE, 2)])
def test_each_graded_class_is_in_the_text(graded):
    text = " ".join(patterns(graded))
    assert all(stem(c) in text for c in graded)
    assert text.count("correlate") >= 1
    assert not any(word in text.lower() for word in ("no anaemia", "diagnos", "patient has"))


def test_nothing_graded_is_not_called_healthy():
    assert patterns(()) == (NOTHING,)
    assert "anaemia" not in NOTHING
    assert "among the classes assessed" in NOTHING


def test_schistocytes_among_many_others_get_no_percentage():
    alone = {CellClass.SCHISTOCYTE: 0.03, CellClass.TEARDROP: 0.01}
    among = {CellClass.SCHISTOCYTE: 0.03, CellClass.TEARDROP: 0.05, CellClass.BURR_CELL: 0.02}
    assert not fragments_are_qualitative(alone)
    assert fragments_are_qualitative(among)
    assert not fragments_are_qualitative({CellClass.TEARDROP: 0.5})
