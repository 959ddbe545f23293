import contextlib
import dataclasses
import multiprocessing
import shutil
import sqlite3
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.changes import DeleteCells, DeleteFields, PutCells, PutFields, PutIdentity, Together
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.values import case_values
from rbc_desktop.storage.case.versions import schema
from tests.fakes.casework import describe, make_proposal
from tests.unit.storage.conftest import work


def reopened(store):
    """Close, open, describe; the store is closed again."""
    store.close()
    again, case = CaseFile.open(store.path)
    again.close()
    return case


def refusal(path):
    with pytest.raises(CaseFileError) as caught:
        CaseFile.open(path)
    assert path.name in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value.message


# Keeping


def test_reopening_restores_the_case(filled):
    store, case = filled
    assert describe(reopened(store)) == describe(case)
    assert case.next_cell_id == 7, "the number of a deleted cell isn't given out again"


def test_every_change_may_come_twice(tmp_path, path, rng):
    path.parent.mkdir()
    (tmp_path / "images").mkdir()
    store, case = CaseFile.create(path), Case()
    for change in work(tmp_path / "images", rng):
        store.apply(change)
        store.apply(change)
        apply_change(case, change)
    assert describe(reopened(store)) == describe(case)


@pytest.mark.parametrize(
    "spoiled",
    [
        "version = version + 1",
        """"values" = '[]'""",
        """"values" = '{"cells": "x"}'""",
        """"values" = '{"pallor": 1}'""",
    ],
)
def test_a_quality_that_means_something_else_is_measured_again(filled, spoiled):
    store, case = filled
    assert set(case.qualities) == {1, 2}
    store.close()
    with contextlib.closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(f"UPDATE quality SET {spoiled} WHERE field_id = 1")
    again, read = CaseFile.open(store.path)
    again.close()
    assert set(read.qualities) == {2}


def test_putting_a_field_again_keeps_its_cells(filled):
    store, case = filled
    field = case.fields[1]
    store.apply(PutFields((field,)))
    assert describe(reopened(store)) == describe(case)


def test_deleting_a_field_deletes_its_cells(filled):
    store, case = filled
    store.apply(DeleteFields((1,)))
    apply_change(case, DeleteFields((1,)))
    assert case.cells
    assert describe(reopened(store)) == describe(case)


def test_a_new_mask_drops_the_analysis_of_the_old_one(filled, rng):
    store, case = filled
    old = case.cells[1]
    new = make_proposal(rng)
    cell = Cell(1, old.field_id, new.mask, new.prompts, 0.5, True, old.origin, mask_revision=2)
    store.apply(PutCells((cell,)))
    apply_change(case, PutCells((cell,)))
    restored = reopened(store)
    assert 1 not in restored.analyses
    assert describe(restored) == describe(case)


def test_file_is_a_marked_sqlite_database(filled):
    store, _ = filled
    store.close()
    assert not list(store.path.parent.glob("*-wal")), "a closed case is one file"
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        stored = [row[0] for row in connection.execute("SELECT path FROM field ORDER BY id")]
        mask = connection.execute("SELECT mask FROM cell").fetchone()[0]
    connection.close()
    assert stored == ["../images/мазок 1.png", "../images/2.tif"]
    assert mask.startswith(b"\x89PNG")


def test_images_are_found_when_case_and_images_move_together(filled, tmp_path):
    store, _ = filled
    store.close()
    for name in ("cases", "images"):
        shutil.move(tmp_path / name, tmp_path / "new place" / name)
    again, case = CaseFile.open(tmp_path / "new place" / "cases" / store.path.name)
    again.close()
    assert all(f.path.is_file() for f in case.fields.values())
    assert case.fields[1].path == tmp_path / "new place" / "images" / "мазок 1.png"


def test_an_image_name_that_is_no_unicode_is_kept(filled):
    import os

    store, case = filled
    odd = dataclasses.replace(case.fields[1], path=Path(os.fsdecode(os.fsencode(store.path.parent) + b"/a\xff.png")))
    store.apply(PutFields((odd,)))
    assert reopened(store).fields[1].path == odd.path


def test_derived_data_of_another_version_is_left_out(filled):
    store, case = filled
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("""UPDATE measurement SET "values" = x'0000' WHERE cell_id = 1""")
        connection.execute("""UPDATE prediction SET classes = '["drepanocyte"]' WHERE cell_id = 2""")
    connection.close()
    again, restored = CaseFile.open(store.path)
    again.close()
    predicted = case.analyses[2].prediction is not None
    assert set(restored.analyses) == {3, 4, 5} | (set() if predicted else {2})
    assert len(restored.cells) == 5


# A failed transaction


def test_a_change_that_fails_half_way_leaves_nothing(filled, rng):
    store, case = filled
    homeless = make_proposal(rng)
    bad = Cell(9, 404, homeless.mask, homeless.prompts, 0.5, False, "prompt")
    with pytest.raises(CaseFileError):
        store.apply(Together((PutIdentity(Identity("changed")), DeleteCells((1,)), PutCells((bad,)))))
    store.apply(DeleteCells((2,)))
    apply_change(case, DeleteCells((2,)))
    assert describe(reopened(store)) == describe(case)


def test_a_full_disk_is_said_and_the_file_stays_whole(filled, rng):
    store, case = filled
    pages = store._hold.connection.execute("PRAGMA page_count").fetchone()[0]
    store._hold.connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [make_proposal(rng) for _ in range(200)]
    cells = tuple(Cell(n, 1, p.mask, p.prompts, 0.5, False, "prompt") for n, p in enumerate(many, 100))
    with pytest.raises(CaseFileError, match="disk is full"):
        store.apply(PutCells(cells))
    assert describe(reopened(store)) == describe(case)


def test_what_is_stored_can_be_read_again_and_what_could_not_is_refused(filled):
    """The longest text, the extreme but possible numbers: a case that was saved must open."""
    store, case = filled
    longest = "é" * case_values.LONGEST_TEXT
    field = dataclasses.replace(case.fields[1], calibration=Calibration(1e-200, "typed", longest))
    cell = dataclasses.replace(case.cells[1], score=-123456.0, mask_revision=2**31 - 1)
    for change in (PutIdentity(Identity(comment=longest)), PutFields((field,)), PutCells((cell,))):
        store.apply(change)
        apply_change(case, change)
    with pytest.raises(CaseFileError, match=r"1,000,001 characters is too long"):
        store.apply(PutIdentity(Identity(comment=longest + "!")))
    assert describe(reopened(store)) == describe(case)


def test_many_cells_on_top_of_each_other_are_read_again(filled, rng):
    """Nobody's field looks like that, but the window lets it be made."""
    store, case = filled
    proposals = [make_proposal(rng) for _ in range(1_000)]
    cells = tuple(Cell(n, 1, p.mask, p.prompts, 0.5, False, "prompt") for n, p in enumerate(proposals, 100))
    store.apply(PutCells(cells))
    apply_change(case, PutCells(cells))
    assert describe(reopened(store)) == describe(case)


# Save as


def test_save_as_goes_on_in_the_new_file(filled, tmp_path):
    store, case = filled
    old = store.path
    target = tmp_path / "elsewhere" / "deep" / "b.rbc"
    target.parent.mkdir(parents=True)
    store.save_as(target)
    assert store.path == target
    store.apply(DeleteCells((1,)))
    before = describe(case)
    apply_change(case, DeleteCells((1,)))
    assert describe(reopened(store)) == describe(case), "image paths included"
    first, restored = CaseFile.open(old)
    first.close()
    assert describe(restored) == before


def test_save_as_replaces_whatever_bears_the_name(filled, tmp_path):
    store, case = filled
    (tmp_path / "other.rbc").write_bytes(b"something else, to be replaced")
    store.save_as(tmp_path / "other.rbc")
    store.apply(PutIdentity(Identity("later")))
    apply_change(case, PutIdentity(Identity("later")))
    assert describe(reopened(store)) == describe(case)


def test_save_as_over_a_case_that_crashed_does_not_mix_the_two(filled, tmp_path):
    """The crashed one left a log; replayed into the new file it would destroy it."""
    store, case = filled
    target = tmp_path / "old.rbc"
    crash = multiprocessing.get_context("spawn").Process(target=_write_and_crash, args=(target,))
    crash.start()
    crash.join(60)
    assert crash.exitcode == 3
    assert (tmp_path / "old.rbc-wal").stat().st_size > 0
    store.save_as(target)
    assert describe(reopened(store)) == describe(case)


def _write_and_crash(path):
    import os

    store = CaseFile.create(path)
    for n in range(200):
        store.apply(PutIdentity(Identity(sample_id=f"crashed {n}")))
    os._exit(3)


def test_after_a_crash_the_log_is_replayed(tmp_path):
    crash = multiprocessing.get_context("spawn").Process(target=_write_and_crash, args=(tmp_path / "a.rbc",))
    crash.start()
    crash.join(60)
    store, case = CaseFile.open(tmp_path / "a.rbc")
    store.close()
    assert case.identity.sample_id == "crashed 199"


def test_a_copy_that_cannot_be_written_is_refused_and_work_goes_on(filled, tmp_path):
    store, case = filled
    with pytest.raises(CaseFileError, match=r"c\.rbc could not be written"):
        store.save_as(tmp_path / "no such folder" / "c.rbc")
    assert [p.name for p in tmp_path.glob("**/*.part")] == []
    store.apply(DeleteCells((1,)))
    apply_change(case, DeleteCells((1,)))
    assert describe(reopened(store)) == describe(case)


def test_create_needs_a_folder(tmp_path):
    with pytest.raises(CaseFileError, match="could not be written"):
        CaseFile.create(tmp_path / "nowhere" / "a.rbc")


# Refusals


def test_choosing_the_open_case_again_is_refused(filled):
    store, _ = filled
    assert "open in this window already" in refusal(store.path)
    with pytest.raises(CaseFileError, match="open in this window already"):
        CaseFile.create(store.path)
    store.apply(PutIdentity(Identity("still mine")))


def test_save_as_over_a_case_that_is_open_is_refused(filled, tmp_path):
    store, _ = filled
    other = CaseFile.create(tmp_path / "other.rbc")
    with pytest.raises(CaseFileError, match="open in this window already"):
        store.save_as(other.path)
    other.apply(PutIdentity(Identity("untouched")))
    assert reopened(other).identity.sample_id == "untouched"


def test_a_folded_log_leaves_everything_in_the_database_and_its_room_to_itself(filled, tmp_path):
    """The database alone, without the log beside it, holds the last change only once the log is folded."""
    store, case = filled
    log = store.path.with_name(store.path.name + "-wal")

    def cells_of_the_database_alone():
        alone = shutil.copy(store.path, tmp_path / "alone.rbc")
        with contextlib.closing(sqlite3.connect(f"file:{alone}?immutable=1", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM cell").fetchone()[0]

    store.fold()
    assert cells_of_the_database_alone() == len(case.cells)
    before = store.changed_rows
    store.apply(DeleteCells((1,)))
    assert store.changed_rows > before
    assert cells_of_the_database_alone() == len(case.cells)
    length = log.stat().st_size
    store.fold()
    assert cells_of_the_database_alone() == len(case.cells) - 1
    assert log.stat().st_size == length
    apply_change(case, DeleteCells((1,)))
    assert describe(reopened(store)) == describe(case)
    store.close()
    store.fold()
    assert store.changed_rows == 0


def test_a_commit_leaves_a_log_of_megabytes_to_an_idle_moment(filled):
    store, _ = filled
    text = "x" * case_values.LONGEST_TEXT
    log = store.path.with_name(store.path.name + "-wal")
    store.fold()
    before = store.path.read_bytes()
    while log.stat().st_size < 5_000_000:
        store.apply(PutIdentity(Identity(**{f.name: text for f in dataclasses.fields(Identity)})))
    assert store.path.read_bytes() == before
