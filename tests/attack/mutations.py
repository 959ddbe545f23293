"""Ways to spoil a good case file: bytes of it, or values inside it. The same dice do the same."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

VALUES: tuple[object, ...] = (
    None, 0, -1, 1, 2**31, -(2**31), 2**62, -(2**62), 1e308, -1e308, float("inf"), 1e-320, 0.5, "", "text", "x" * 10**6,
    b"", b"\x89PNG\r\n\x1a\n", b"\0" * 4096, "\0", "../../../../../../dev/zero", "/dev/zero", "//server/share/a.png",
    "[" * 10**5, "{}", '{"normal": 1e999}', '{"normal": NaN}', '{"area_px": [1]}', "9" * 5000, "\u202e\ud7ff",
)  # fmt: skip
"""What may stand where something else belongs."""

COLUMNS = (
    "case.next_field_id", "case.next_cell_id", "case.sample_id", "case.comment", "case.id",
    "field.id", "field.path", "field.sha256", "field.width", "field.height", "field.page",
    "calibration.field_id", "calibration.um_per_px", "calibration.source", "calibration.detail",
    "cell.id", "cell.field_id", "cell.x0", "cell.y0", "cell.mask", "cell.mask_revision", "cell.score",
    "cell.touches_border", "cell.origin", "cell.edge_counted", "cell.segmenter", "cell.edits",
    "prompt.cell_id", "prompt.position", "prompt.kind", "prompt.x0", "prompt.y0", "prompt.x1", "prompt.y1",
    "prompt.mask",
    "measurement.mask_revision", "measurement.values", "measurement.made",
    "prediction.mask_revision", "prediction.model",
    "prediction.review_limit", "prediction.probabilities", "review.cell_id", "review.class",
)  # fmt: skip

SCHEMES = (
    "CREATE TRIGGER t AFTER INSERT ON review BEGIN DELETE FROM cell; END",
    "CREATE TRIGGER t AFTER UPDATE ON cell BEGIN UPDATE review SET class = 'normal'; END",
    "ALTER TABLE cell RENAME TO stored; CREATE VIEW cell AS SELECT * FROM stored",
    "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n",
    "ALTER TABLE review ADD COLUMN more TEXT DEFAULT 'x'",
    "CREATE INDEX more ON cell (abs(x0))",
    "CREATE TABLE more (a)",
    "CREATE VIRTUAL TABLE more USING fts5(a)",
    "DROP TABLE prompt",
    "DROP INDEX cell_field",
    'DELETE FROM "case"',
    "PRAGMA application_id = 7",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = -1",
    "PRAGMA user_version = 2147483647",
)
"""What a database may define besides, or not define any more."""


def hostile_mask(width: int, height: int, *, depth: int = 1, colour: int = 0, data: bytes = b"") -> bytes:
    """A PNG whose header claims a size, over few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = data or zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


MASKS = (
    hostile_mask(60_000, 60_000), hostile_mask(2**31 - 1, 2**31 - 1), hostile_mask(0, 5), hostile_mask(5, 5, colour=6),
    hostile_mask(40, 40), hostile_mask(40, 40, depth=16), hostile_mask(30, 30, data=b"nonsense"),
    b"BM" + b"\0" * 60, b"\xff\xd8\xff\xe0" + b"\0" * 60, b"II*\0" + b"\xff" * 60,
)  # fmt: skip


def set_value(path: Path, column: str, value: object) -> bool:
    """Put a value into a column of every row, with whatever guards SQLite lets go of; returns whether it went in."""
    table, _, name = column.partition(".")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        try:
            for statement in (f'UPDATE "{table}" SET "{name}" = ?', f'UPDATE OR IGNORE "{table}" SET "{name}" = ?'):
                with contextlib.suppress(sqlite3.IntegrityError):
                    connection.execute(statement, (value,))
                    connection.commit()
                    return True
        except (sqlite3.Error, UnicodeError, OverflowError):
            return False
    return False


def run_scheme(path: Path, script: str) -> None:
    """Run SQL on a case file, as whoever means harm would."""
    with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.Error):
        connection.executescript(script)


def _flip_bytes(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(dice.randint(1, 40)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path.write_bytes(bytes(data))


def _flip_header(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(dice.randint(1, 4)):
        data[dice.choice([*range(16, 100), *range(100, 112)])] = dice.randrange(256)
    path.write_bytes(bytes(data))


def _overwrite_page(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    page = 4096 * dice.randrange(1, max(2, len(data) // 4096))
    other = 4096 * dice.randrange(len(data) // 4096)
    data[page : page + 4096] = dice.choice([dice.randbytes(4096), bytes(4096), data[other : other + 4096]])
    path.write_bytes(bytes(data))


def _cut(path: Path, dice: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: dice.randrange(len(data))])


def _set_something(path: Path, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 2)):
        set_value(path, dice.choice(COLUMNS), dice.choice((*VALUES, *MASKS)))


def _scheme(path: Path, dice: random.Random) -> None:
    run_scheme(path, dice.choice(SCHEMES))


def _log_of_another(path: Path, dice: random.Random) -> None:
    log = path.with_name(path.name + dice.choice(["-wal", "-journal"]))
    log.write_bytes(dice.randbytes(dice.randrange(1, 20_000)))


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (
    _flip_bytes, _flip_header, _overwrite_page, _cut, _set_something, _set_something, _scheme, _log_of_another,
)  # fmt: skip


def spoil(good: Path, bad: Path, dice: random.Random) -> str:
    """Copy a case file and spoil the copy; returns how."""
    shutil.copy(good, bad)
    way = dice.choice(WAYS)
    way(bad, dice)
    return way.__name__.strip("_").replace("_", " ")
