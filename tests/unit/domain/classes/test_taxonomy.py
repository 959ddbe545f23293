import copy
import pickle

import pytest

from rbc_desktop.domain.classes.taxonomy import (
    BUILT_IN,
    RED_CELL_CLASSES,
    CellClass,
    class_from_name,
    in_display_order,
)

SICKLE = CellClass("sickle", "Si", "#7F3C8D", True, "Shift+5", is_own=True)


def test_every_class_is_told_apart_and_found_by_its_name():
    for values in ([c.value for c in BUILT_IN], [c.code for c in BUILT_IN], [c.key for c in BUILT_IN]):
        assert len(set(values)) == len(BUILT_IN) == 14
    assert class_from_name("target cell") is CellClass.TARGET_CELL
    assert class_from_name("sickle", own=(SICKLE,)) is SICKLE
    with pytest.raises(ValueError, match="no class is called"):
        class_from_name("sickle")


def test_a_class_is_its_name_whoever_defined_it():
    other = CellClass("sickle", "Sk", "#000000", is_own=True)
    assert other == SICKLE
    assert hash(other) == hash(SICKLE)
    assert not other.looks_like(SICKLE)
    assert SICKLE != "sickle"
    assert {CellClass.NORMAL: 1}.get(SICKLE) is None


def test_a_built_in_class_is_one_object_in_every_process_and_an_own_one_keeps_its_looks():
    for made in (pickle.loads(pickle.dumps(CellClass.BURR_CELL)), copy.deepcopy(CellClass.BURR_CELL)):
        assert made is CellClass.BURR_CELL
    assert pickle.loads(pickle.dumps(SICKLE)).looks_like(SICKLE)


def test_own_classes_stand_among_the_red_cells_unless_they_are_none():
    clump = CellClass("platelet clump", "Pc", "#3969AC", is_red=False, is_own=True)
    bite = CellClass("bite cell", "Bi", "#A5512B", is_own=True)
    shown = in_display_order((clump, *reversed(BUILT_IN), SICKLE, bite, SICKLE))
    assert shown == (*RED_CELL_CLASSES, bite, SICKLE, clump, CellClass.NOT_RED_CELL)
