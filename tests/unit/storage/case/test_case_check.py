"""Case files that are damaged, or made to do harm: a sentence, or the case; never a crash, a hang or a changed cell."""

import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from rbc_desktop.domain.case.changes import PutReviews
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case import case_check
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.rows import cell_reading
from rbc_desktop.storage.case.values.mask_png import encode_mask
from rbc_desktop.storage.case.versions import schema
from tests.attack.mutations import COLUMNS, MASKS, SCHEMES, VALUES, run_scheme, set_value, spoil
from tests.fakes.casework import describe

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(params=[1, 2], ids=["version 1", "version 2"])
def good(request, tmp_path):
    """A good case file of each version."""
    path = tmp_path / "good.rbc"
    shutil.copy(DATA / "case_of_version_1.rbc", path)
    if request.param == 2:
        CaseFile.open(path)[0].close()
    return path


def check(path, *, like=None):
    """Open a file that may be anything: returns the case, or the sentence."""
    begun, said, store, case = time.process_time(), None, None, None
    try:
        store, case = CaseFile.open(path)
    except CaseFileError as error:
        said = error.message
    assert time.process_time() - begun < 10
    if said is not None:
        assert said.endswith(".")
        assert path.name in said
        return said
    check_values(case)
    store.close()
    assert like is None or set(case.cells) <= set(like.cells)
    return case


def check_values(case):
    """What the window relies on."""
    for field in case.fields.values():
        assert 0 < min(field.width, field.height) <= max(field.width, field.height) <= 20_000_000
        assert field.path.is_absolute()
        assert "\0" not in str(field.path)
    for cell in case.cells.values():
        field = case.fields[cell.field_id]
        for mask in (cell.mask, cell.prompts.mask):
            assert mask is None or mask.box.clipped(width=field.width, height=field.height) == mask.box
        assert cell.id < case.next_cell_id < 2**32
    for analysis in case.analyses.values():
        if analysis.prediction is not None:
            assert 0 <= analysis.prediction.probability <= 1
    describe(case)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_value_is_checked(tmp_path, column):
    """In version 1, whose tables take a value of any type; the strict ones of version 2 leave ranges to try."""
    good = DATA / "case_of_version_1.rbc"
    values = [*VALUES, *MASKS] if column.endswith("mask") else VALUES
    for number, value in enumerate(values):
        bad = tmp_path / f"bad {number}.rbc"
        shutil.copy(good, bad)
        if set_value(bad, column, value):
            check(bad)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_other_tables_triggers_and_views_are_refused_with_the_file_unchanged(good, scheme):
    run_scheme(good, scheme)
    before = good.read_bytes()
    said = check(good)
    assert isinstance(said, str)
    if "TRIGGER" in scheme or "VIEW" in scheme:
        assert "triggers or views" in said
    assert good.read_bytes() == before


def test_a_trigger_cannot_relabel_cells(good):
    """What it did to 0.1.0: the review of one cell silently became that of all."""
    run_scheme(good, SCHEMES[0])
    assert "triggers or views" in check(good)
    connection = sqlite3.connect(good)
    assert connection.execute("SELECT count(*) FROM cell").fetchone()[0] == 6
    connection.close()


def test_a_broken_reference_is_refused(good):
    run_scheme(good, "PRAGMA foreign_keys = OFF; DELETE FROM field WHERE id = 2")
    assert "damaged" in check(good)


@pytest.mark.parametrize("seed", range(30))
def test_spoilt_files_give_a_sentence_or_the_case(good, tmp_path, seed):
    store, like = CaseFile.open(good)
    store.close()
    bad = tmp_path / "bad.rbc"
    spoil(good, bad, random.Random(seed))
    check(bad, like=like if seed % 7 else None)


def test_a_case_that_takes_too_long_is_given_up(good, monkeypatch):
    monkeypatch.setattr(case_check, "MOST_SECONDS", 0.0)
    monkeypatch.setattr(case_check, "_STEPS", 1)
    with pytest.raises(CaseFileError, match="takes too long"):
        CaseFile.open(good)


def test_a_file_too_large_for_a_case_is_not_read(tmp_path):
    path = tmp_path / "large.rbc"
    with path.open("wb") as file:
        file.truncate(case_check.MOST_BYTES + 1)
    assert "not a case file" in check(path)


def test_counters_that_would_give_a_number_twice_are_put_right(good):
    set_value(good, "case.next_cell_id", 1)
    set_value(good, "case.next_field_id", 1)
    store, case = CaseFile.open(good)
    store.close()
    assert (case.next_field_id, case.next_cell_id) == (max(case.fields) + 1, max(case.cells) + 1)


def test_an_opened_case_is_guarded_while_it_is_worked_on(good):
    store, _ = CaseFile.open(good)
    store.apply(PutReviews(((1, CellClass.NORMAL),)))
    pragma = store._hold.connection.execute
    assert pragma("PRAGMA trusted_schema").fetchone() == (0,)
    assert pragma("PRAGMA cell_size_check").fetchone() == (1,)
    assert pragma("PRAGMA query_only").fetchone() == (0,)
    assert store._hold.connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == 64 * 1024**2
    store.close()
    assert schema.expected_objects(schema.SCHEMA_VERSION)


def test_masks_that_would_fill_memory_are_refused(good, monkeypatch):
    """48 pictures of a million pixels each in a few bytes: honest by their headers and within their field."""
    import numpy as np

    data = encode_mask(np.ones((1_000, 1_000), bool))
    assert len(data) < 2_000
    monkeypatch.setattr(cell_reading, "MASK_ROOM", 10_000_000)
    connection = sqlite3.connect(good)
    connection.execute("UPDATE field SET width = 1000, height = 1000")
    connection.execute("DELETE FROM prompt")
    connection.execute("UPDATE cell SET x0 = 0, y0 = 0, mask = ?", (data,))
    columns = ", ".join(name for _, name, *_ in connection.execute("PRAGMA table_info(cell)") if name != "id")
    for _ in range(3):
        connection.execute(f"INSERT INTO cell ({columns}) SELECT {columns} FROM cell")
    connection.commit()
    connection.close()
    assert "damaged" in check(good)
