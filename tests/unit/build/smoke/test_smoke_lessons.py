"""The case that the smoke run learns from holds enough for retraining."""

from smoke_lessons import FIELDS, KINDS, write_lessons

from rbc_desktop.storage.case.case_file import CaseFile


def test_the_lessons_are_reviewed_cells_of_enough_fields(tmp_path):
    path = write_lessons(tmp_path / "Lehrfälle")
    store, case = CaseFile.open(path)
    store.close()
    assert len(case.fields) == FIELDS >= 3
    called = [cell.reviewed_class for cell in case.cells.values()]
    assert len(called) > 0.8 * FIELDS * len(KINDS)
    for kind in set(KINDS):
        assert called.count(kind.cell_class) >= 10
    assert all(field.path.is_file() and field.calibration for field in case.fields.values())
