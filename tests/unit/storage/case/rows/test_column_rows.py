"""Rows that are made of columns are those of each cell and its analysis, to the last byte."""

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.stored_pairs import pairs_of
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.audit_record import analysis_digest, cell_digest
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.rows.case_rows import cell_row, measurement_row, prediction_row, prompt_rows
from rbc_desktop.storage.case.rows.column_rows import rows_of
from tests.fakes.casework import Technician, write_image


@pytest.mark.parametrize("seed", [0, 1])
def test_they_are_the_rows_of_each_cell(qapp, tmp_path, seed):
    store = CaseFile.create(tmp_path / "case.rbc")
    worker = Technician(CaseEditor(Case(), store), [write_image(tmp_path / f"{n}.png", n) for n in range(3)], seed=seed)
    for _ in range(120):
        worker.act()
    store.close()
    store, case = CaseFile.open(store.path)
    store.close()
    pairs = pairs_of(case, case.cells.ids[np.arange(len(case.cells)) % 5 > 0])
    assert pairs is not None
    made = rows_of(pairs)
    cells = [case.cells[number] for number in pairs.numbers]
    assert len(cells) > 10
    assert len({row[8] for row in made.cells}) > 1, "of several origins"
    assert made.cells == [cell_row(cell) for cell in cells]
    assert made.prompts == [list(prompt_rows(cell)) for cell in cells]
    assert made.reviews == [(c.id, c.reviewed_class.value) for c in cells if c.reviewed_class is not None]
    analyses = [analysis for cell in cells if (analysis := case.analysis_of(cell)) is not None]
    assert made.measurements == [measurement_row(analysis) for analysis in analyses]
    assert made.predictions == [prediction_row(analysis) for analysis in analyses]
    assert made.digests() == (
        {cell.id: cell_digest(cell) for cell in cells},
        {analysis.cell_id: analysis_digest(analysis) for analysis in analyses},
    )
