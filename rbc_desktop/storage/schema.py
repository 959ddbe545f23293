"""The tables of a case file, and how older files are brought up to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

APPLICATION_ID = 0x52424343
"""``RBCC`` in SQLite's header: this is a case file of this application."""

SCHEMA_VERSION = 1
"""SQLite's ``user_version``. A file with a higher one comes from a newer application and is refused."""

SCHEMA = """
CREATE TABLE "case" (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    next_field_id INTEGER NOT NULL,
    next_cell_id INTEGER NOT NULL,
    sample_id TEXT NOT NULL DEFAULT '',
    patient TEXT NOT NULL DEFAULT '',
    laboratory TEXT NOT NULL DEFAULT '',
    operator TEXT NOT NULL DEFAULT '',
    stain TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT ''
);
INSERT INTO "case" (id, next_field_id, next_cell_id) VALUES (1, 1, 1);

CREATE TABLE field (
    id INTEGER PRIMARY KEY,
    path NOT NULL,              -- relative to the folder of the case file, with forward slashes
    sha256 TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    page INTEGER NOT NULL
);
CREATE TABLE calibration (
    field_id INTEGER PRIMARY KEY REFERENCES field ON DELETE CASCADE,
    um_per_px REAL NOT NULL,
    source TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE cell (
    id INTEGER PRIMARY KEY,
    field_id INTEGER NOT NULL REFERENCES field ON DELETE CASCADE,
    x0 INTEGER NOT NULL,        -- field pixel of the crop's top left element
    y0 INTEGER NOT NULL,
    mask BLOB NOT NULL,         -- PNG of the crop, one bit a pixel
    mask_revision INTEGER NOT NULL,
    score REAL NOT NULL,
    touches_border INTEGER NOT NULL,
    origin TEXT NOT NULL
);
CREATE INDEX cell_field ON cell (field_id);

CREATE TABLE prompt (
    cell_id INTEGER NOT NULL REFERENCES cell ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('positive', 'negative', 'box', 'mask')),
    x0 REAL NOT NULL,
    y0 REAL NOT NULL,
    x1 REAL,                    -- boxes only
    y1 REAL,
    mask BLOB,                  -- masks only
    PRIMARY KEY (cell_id, position)
);

CREATE TABLE measurement (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    mask_revision INTEGER NOT NULL,
    "values" TEXT NOT NULL      -- JSON object, null for unknown
);
CREATE TABLE prediction (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    mask_revision INTEGER NOT NULL,
    model TEXT NOT NULL,
    review_limit REAL NOT NULL,
    probabilities TEXT NOT NULL -- JSON object, class to probability
);
CREATE TABLE review (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    class TEXT NOT NULL
);
"""

MIGRATIONS: Mapping[int, str] = {}
"""Version to the SQL that leads to the next version. Append only: files of every version are in use."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty database a case file of the present version."""
    connection.executescript(
        f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def migrate(
    connection: sqlite3.Connection, *, migrations: Mapping[int, str] = MIGRATIONS, target: int = SCHEMA_VERSION
) -> None:
    """Bring an older file up to `target`, each step in its own transaction.

    Raises:
        KeyError: when no step leads on from the file's version.
    """
    version = user_version(connection)
    while version < target:
        connection.executescript(f"BEGIN; {migrations[version]}; PRAGMA user_version = {version + 1}; COMMIT;")
        version += 1


def user_version(connection: sqlite3.Connection) -> int:
    """The file's schema version."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
