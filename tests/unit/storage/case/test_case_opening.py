"""Case files that can't be opened say so in a sentence and are left as they are."""

import contextlib
import random
import sqlite3

import pytest

from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.versions import schema


def refusal(path):
    with pytest.raises(CaseFileError) as caught:
        CaseFile.open(path)
    assert path.name in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value.message


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
    first = schema.SCHEMA_VERSION
    steps = {first: "CREATE TABLE more (id INTEGER PRIMARY KEY)", first + 1: "INSERT INTO more VALUES (7)"}
    schema.migrate(connection, migrations=steps, target=first + 2)
    schema.migrate(connection, migrations=steps, target=first + 2)
    assert connection.execute("SELECT id FROM more").fetchall() == [(7,)]
    assert schema.user_version(connection) == first + 2
    broken = {first + 2: "INSERT INTO more VALUES (8); INSERT INTO nowhere VALUES (1)"}
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, migrations=broken, target=first + 3)
    assert schema.user_version(connection) == first + 2
    assert connection.execute("SELECT id FROM more").fetchall() == [(7,)]
    connection.close()
