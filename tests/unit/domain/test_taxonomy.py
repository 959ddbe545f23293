"""The table of classes."""

from rbc_desktop.domain.taxonomy import CLASS_INFO, CellClass, class_from_name


def test_taxonomy_table_is_complete_and_unambiguous():
    assert set(CLASS_INFO) == set(CellClass)
    for values in ([i.code for i in CLASS_INFO.values()], [i.key for i in CLASS_INFO.values()]):
        assert len(values) == len(set(values))
    assert class_from_name("target cell") is CellClass.TARGET_CELL
