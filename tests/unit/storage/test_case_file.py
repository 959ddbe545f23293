import contextlib
import multiprocessing
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.domain.case import Case, Identity
from rbc_desktop.domain.cell import Cell
from rbc_desktop.domain.changes import (
    DeleteCells,
    DeleteFields,
    PutAnalyses,
    PutCells,
    PutFields,
    PutIdentity,
    PutReviews,
    Together,
)
from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage import schema
from rbc_desktop.storage.case_file import CaseFile
from tests.fakes.casework import describe, make_analysis, make_proposal, write_image


@pytest.fixture
def rng():
    return random.Random(11)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cases" / "Проба 7.rbc"


@pytest.fixture
def filled(tmp_path, path, rng):
    """An open case file with two fields and six cells, and the same case in memory."""
    path.parent.mkdir()
    (tmp_path / "images").mkdir()
    store, case = CaseFile.create(path), Case()
    for change in work(tmp_path / "images", rng):
        store.apply(change)
        apply_change(case, change)
    yield store, case
    store.close()


def work(folder, rng):
    """Changes of every kind."""
    from rbc_desktop.domain.case import Field

    images = [write_image(folder / name, n) for n, name in enumerate(["мазок 1.png", "2.tif"])]
    fields = tuple(Field(n, i.path, i.sha256, i.width, i.height) for n, i in enumerate(images, 1))
    proposals = [make_proposal(rng) for _ in range(6)]
    cells = tuple(
        Cell(n, 1 + n % 2, p.mask, p.prompts, p.score, p.touches_border, "segment all")
        for n, p in enumerate(proposals, 1)
    )
    line = Calibration.from_line(length_um=10, length_px=81.3)
    calibrated = Field(1, images[0].path, images[0].sha256, images[0].width, images[0].height, line)
    return [
        PutIdentity(Identity("S 1", "Müller, Jörg", "лаб", "o'Brien", "MGG", "two\nlines")),
        Together((PutFields(fields), PutCells(cells))),
        PutAnalyses(tuple(make_analysis(c, rng) for c in cells[:5])),
        PutReviews(((2, CellClass.TEARDROP), (3, CellClass.NOT_RED_CELL), (99, CellClass.NORMAL))),
        PutReviews(((3, None),)),
        PutFields((calibrated,)),
        DeleteCells((6, 77)),
    ]


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
    import dataclasses
    import os

    store, case = filled
    odd = dataclasses.replace(case.fields[1], path=Path(os.fsdecode(os.fsencode(store.path.parent) + b"/a\xff.png")))
    store.apply(PutFields((odd,)))
    assert reopened(store).fields[1].path == odd.path


def test_derived_data_of_another_version_is_left_out(filled):
    store, case = filled
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("""UPDATE measurement SET "values" = '{"area_px": 5}' WHERE cell_id = 1""")
        connection.execute("""UPDATE prediction SET probabilities = '{"drepanocyte": 1}' WHERE cell_id = 2""")
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


def test_save_copy_goes_on_in_the_old_file(filled, tmp_path):
    store, case = filled
    copy = tmp_path / "copy.rbc"
    copy.write_bytes(b"something else, to be replaced")
    store.save_copy(copy)
    again, restored = CaseFile.open(copy)
    again.close()
    assert describe(restored) == describe(case)
    store.apply(PutIdentity(Identity("later")))
    assert reopened(store).identity.sample_id == "later"


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
    with pytest.raises(CaseFileError, match="open case itself"):
        store.save_copy(store.path)
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


def test_missing_folder_empty_and_foreign_files(tmp_path):
    assert "doesn't exist" in refusal(tmp_path / "gone.rbc")
    (tmp_path / "folder.rbc").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.rbc")
    (tmp_path / "empty.rbc").touch()
    assert "not a case file" in refusal(tmp_path / "empty.rbc")
    (tmp_path / "text.rbc").write_text("cells,count\n" * 50)
    assert "not a case file" in refusal(tmp_path / "text.rbc")


def test_another_applications_database_is_refused_and_untouched(tmp_path):
    foreign = tmp_path / "foreign.rbc"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    before = foreign.read_bytes()
    assert "not a case file" in refusal(foreign)
    assert foreign.read_bytes() == before


def test_newer_schema_is_refused(filled):
    store, _ = filled
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()
    assert "newer version" in refusal(store.path)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_cut_off_case_is_refused(filled, share):
    store, _ = filled
    store.close()
    data = store.path.read_bytes()
    store.path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refusal(store.path)


@pytest.mark.parametrize("seed", range(8))
def test_overwritten_pages_are_refused_or_harmless(filled, seed):
    store, case = filled
    store.close()
    data = bytearray(store.path.read_bytes())
    rng = random.Random(seed)
    start = rng.randrange(4096, len(data) - 4096)
    data[start : start + 4096] = rng.randbytes(4096)
    store.path.write_bytes(bytes(data))
    restored = None
    with contextlib.suppress(CaseFileError):
        again, restored = CaseFile.open(store.path)
        again.close()
    assert restored is None or set(restored.cells) <= set(case.cells)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cell SET mask = x'89504e47' WHERE id = 3",
        "UPDATE review SET class = 'martian'",
        "UPDATE calibration SET um_per_px = -1",
        'DELETE FROM "case"',
        "DROP TABLE prompt",
    ],
)
def test_nonsense_inside_is_refused(filled, damage):
    store, _ = filled
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute(damage)
    connection.close()
    assert "damaged" in refusal(store.path)


# Later versions


def test_older_files_are_migrated_step_by_step(filled):
    store, _ = filled
    store.close()
    connection = sqlite3.connect(store.path, isolation_level=None)
    steps = {2: "CREATE TABLE audit (id INTEGER PRIMARY KEY)", 3: "INSERT INTO audit VALUES (7)"}
    schema.migrate(connection, migrations=steps, target=4)
    schema.migrate(connection, migrations=steps, target=4)
    assert connection.execute("SELECT id FROM audit").fetchall() == [(7,)]
    assert schema.user_version(connection) == 4
    broken = {4: "INSERT INTO audit VALUES (8); INSERT INTO nowhere VALUES (1)"}
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, migrations=broken, target=5)
    assert schema.user_version(connection) == 4
    assert connection.execute("SELECT id FROM audit").fetchall() == [(7,)]
    connection.close()
