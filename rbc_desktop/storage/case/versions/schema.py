"""The tables of a case file, and how older files are brought up to them."""

from __future__ import annotations

import contextlib
import functools
import re
import sqlite3
from collections.abc import Mapping, Sequence

from ....domain.case.case import SEARCHED_EARLIER
from ..values.analysis_blobs import add_functions
from .first_schema import FIRST_SCHEMA
from .fourth_schema import FOURTH_SCHEMA
from .second_schema import SECOND_SCHEMA
from .third_schema import THIRD_SCHEMA

APPLICATION_ID = 0x52424343
"""``RBCC`` in SQLite's header: this is a case file of this application."""

SCHEMA_VERSION = 5
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
    comment TEXT NOT NULL DEFAULT '',
    accession TEXT NOT NULL DEFAULT '',
    patient_id TEXT NOT NULL DEFAULT '',
    birth_date TEXT NOT NULL DEFAULT '',
    sex TEXT NOT NULL DEFAULT '',
    requester TEXT NOT NULL DEFAULT '',
    specimen TEXT NOT NULL DEFAULT '',
    collected TEXT NOT NULL DEFAULT '',
    received TEXT NOT NULL DEFAULT '',
    smear_by TEXT NOT NULL DEFAULT '',
    instrument TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "case" (id, next_field_id, next_cell_id) VALUES (1, 1, 1);

CREATE TABLE field (
    id INTEGER PRIMARY KEY,
    path ANY NOT NULL,          -- relative to the folder of the case file, with forward slashes
    sha256 TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    page INTEGER NOT NULL,
    remarks TEXT NOT NULL,      -- JSON list of [kind, text]
    searched TEXT NOT NULL,     -- the segmenter that looked for every cell, '' for none
    region_x INTEGER,           -- of a slide's region: its top left corner in pixels of the slide; NULL for a
    region_y INTEGER            -- whole image
) STRICT;
CREATE TABLE slide (
    id INTEGER PRIMARY KEY,
    path ANY NOT NULL,          -- as a field's
    sha256 TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    page INTEGER NOT NULL,
    um_per_px REAL,             -- as the file states it, NULL when it doesn't
    detail TEXT NOT NULL,       -- where in the file that stands
    objective REAL,             -- nominal magnification
    scanner TEXT NOT NULL,
    scanned TEXT NOT NULL       -- when
) STRICT;
CREATE TABLE calibration (
    field_id INTEGER PRIMARY KEY REFERENCES field ON DELETE CASCADE,
    um_per_px REAL NOT NULL,
    source TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE cell (
    id INTEGER PRIMARY KEY,
    field_id INTEGER NOT NULL REFERENCES field ON DELETE CASCADE,
    x0 INTEGER NOT NULL,        -- field pixel of the crop's top left element
    y0 INTEGER NOT NULL,
    mask BLOB NOT NULL,         -- PNG of the crop, one bit a pixel
    mask_revision INTEGER NOT NULL,
    score REAL NOT NULL,
    touches_border INTEGER NOT NULL,
    origin TEXT NOT NULL,
    edge_counted INTEGER NOT NULL, -- a person counts it although the field's edge cuts it
    segmenter TEXT NOT NULL,    -- what drew the mask, '' when unknown
    edits TEXT NOT NULL         -- what hands changed in the mask: JSON list of [kind, [other cells], times]
) STRICT;
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
) STRICT;

CREATE TABLE measurement (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    mask_revision INTEGER NOT NULL,
    "values" BLOB NOT NULL,     -- numbers; see analysis_blobs.py
    um_per_px REAL,             -- the field's scale when it was measured; 0 when unknown
    made TEXT,                  -- when it was measured, ISO 8601 in UTC; NULL when unknown
    look BLOB                   -- by which similar cells are found; see look_blob.py; NULL when unknown
) STRICT;
CREATE TABLE prediction (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    mask_revision INTEGER NOT NULL,
    model TEXT NOT NULL,
    review_limit REAL NOT NULL,
    probabilities BLOB NOT NULL, -- numbers, in the order of the classes
    classes TEXT NOT NULL       -- JSON list of names
) STRICT;
CREATE TABLE quality (
    field_id INTEGER PRIMARY KEY REFERENCES field ON DELETE CASCADE,
    version INTEGER NOT NULL,   -- of the values' meaning
    "values" TEXT NOT NULL      -- JSON object, null for unknown
) STRICT;
CREATE TABLE review (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    class TEXT NOT NULL
) STRICT;

CREATE TABLE own_class (       -- as they were when the case first used them
    id INTEGER PRIMARY KEY,     -- 1, 2, 3 …
    name TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL    -- JSON as in the laboratory's file
) STRICT;

CREATE TABLE view (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    "values" TEXT NOT NULL      -- what the window showed last: JSON object
) STRICT;
INSERT INTO view (id, "values") VALUES (1, '{}');

CREATE TABLE grading (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    scheme TEXT NOT NULL,       -- JSON as in a scheme's file, '' before one is chosen
    confirmed TEXT NOT NULL,    -- JSON list of [line, grade] that a person set
    blood_count TEXT NOT NULL   -- JSON object, null for unknown
) STRICT;
INSERT INTO grading VALUES (1, '', '[]', '{}');

CREATE TABLE sign_off (         -- only ever appended to
    id INTEGER PRIMARY KEY,     -- 1, 2, 3 …
    state TEXT NOT NULL,
    operator TEXT NOT NULL,
    meaning TEXT NOT NULL,
    time TEXT NOT NULL,         -- ISO 8601 with its zone
    reason TEXT NOT NULL,
    version INTEGER NOT NULL,   -- of the report
    head TEXT NOT NULL,         -- of the audit trail before
    seal TEXT NOT NULL          -- signature by the key of a pass phrase, '' without one; see pass_phrase.py
) STRICT;

CREATE TABLE reading (          -- second readings
    id INTEGER PRIMARY KEY,     -- 1, 2, 3 …
    operator TEXT NOT NULL,
    began TEXT NOT NULL,        -- ISO 8601 with its zone
    ended TEXT NOT NULL,        -- the same, '' while it is open
    share REAL NOT NULL,        -- part of the cells that was drawn
    seed INTEGER NOT NULL       -- of the draw
) STRICT;
CREATE TABLE reading_cell (     -- stays when the cell goes
    reading_id INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,
    cell_id INTEGER NOT NULL,
    first TEXT NOT NULL,        -- class when the reading began
    second TEXT,                -- the second reader's, NULL before
    settled TEXT,               -- what was agreed on where they differ, NULL before
    PRIMARY KEY (reading_id, cell_id)
) STRICT;

CREATE TABLE audit (            -- only ever appended to
    id INTEGER PRIMARY KEY,     -- 1, 2, 3 … without gaps
    time TEXT NOT NULL,         -- ISO 8601 with its zone
    operator TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    details TEXT NOT NULL,      -- JSON: digests of what there is afterwards, what is gone, old and new values
    head TEXT NOT NULL          -- SHA-256 of this row and the head before
) STRICT;
"""
"""Strict tables: SQLite itself refuses, and finds in a file from elsewhere, a value of another type."""

_FIRST_TABLES = ("case", "field", "calibration", "cell", "prompt", "measurement", "prediction", "review")
"""The tables of versions 1 and 2, each after those that it refers to."""

_THIRD_TABLES = (*_FIRST_TABLES, "quality", "view", "grading", "sign_off", "audit")
"""The tables of version 3."""

_FOURTH_TABLES = (*_THIRD_TABLES, "reading", "reading_cell", "own_class", "slide")
"""The tables of version 4."""

TABLES = _FOURTH_TABLES
"""The tables of this version."""


NO_SCALE = "0.0"
"""Version 1 does not say at which scale cells were measured: a scale that no field has, so they are measured again."""

_IDENTITY = (
    "accession", "patient_id", "birth_date", "sex", "requester", "specimen", "collected", "received", "smear_by",
    "instrument",
)  # fmt: skip

ADDED: Mapping[int, Mapping[str, Mapping[str, str]]] = {
    2: {
        "field": {"remarks": "'[]'"},
        "cell": {"edge_counted": "0", "segmenter": "''"},
        "measurement": {"um_per_px": NO_SCALE, "made": "NULL"},
    },
    3: {
        "case": dict.fromkeys(_IDENTITY, "''"),
        "field": {"searched": f"'{SEARCHED_EARLIER}'"},
        "cell": {"edits": "'[]'"},
        "measurement": {"look": "NULL"},
    },
    4: {
        "sign_off": {"seal": "''"},
        "field": {"region_x": "NULL", "region_y": "NULL"},
    },
}
"""By version: the columns that it added at the end of tables, and SQL for their values in older files."""


def expressions(table: str, *, version: int, of: str = "") -> str:
    """SQL for the columns of `ADDED` in a file of this version, which an older one is read with; `of`: prefix."""
    return ", ".join(
        value if version < since else f"{of}{name}"
        for since, tables in ADDED.items()
        for name, value in tables.get(table, {}).items()
    )


PACKED_SINCE = 5
"""The version of the case file from which on measurements and probabilities are numbers and no JSON."""

_PACK = """
    INSERT OR IGNORE INTO measurement
        SELECT cell_id, mask_revision, measured_blob("values"), um_per_px, made, look FROM "old measurement";
    INSERT OR IGNORE INTO prediction
        SELECT cell_id, mask_revision, model, review_limit, shares_blob(probabilities), shares_classes(probabilities)
        FROM "old prediction";
    DELETE FROM measurement WHERE cell_id IN
        (SELECT cell_id FROM "old prediction" EXCEPT SELECT cell_id FROM prediction);
"""
"""How the JSON of version 4 becomes numbers; what can't be read is left out, and made again like every analysis."""


def _renewal(schema: str, *, to: int, tables: Sequence[str] = _FIRST_TABLES, packed: str = "") -> str:
    """SQL that moves every row of `tables` into those made by `schema`, version `to`.

    The columns are the same, then new ones by `ADDED`, except of those tables that `packed` fills. Tables that are new
    in that version keep the rows that the schema gives them.

    The old tables are set aside and not changed in place, so that the text of the new ones is exactly the schema's.
    """
    added = ADDED.get(to, {})
    aside = "".join(f'ALTER TABLE "{name}" RENAME TO "old {name}";' for name in tables)
    names = "|".join(tables)
    filled = re.sub(rf'INSERT INTO "?({names})"?\b.*?;', "", schema, flags=re.DOTALL)
    more = {name: "".join(f", {value}" for value in added.get(name, {}).values()) for name in tables}
    same = [name for name in tables if f'"old {name}"' not in packed]
    copied = "".join(f'INSERT INTO "{name}" SELECT *{more[name]} FROM "old {name}";' for name in same)
    dropped = "".join(f'DROP TABLE "old {name}";' for name in reversed(tables))
    return f"DROP INDEX cell_field; {aside} {filled} {copied} {packed} {dropped}"


MIGRATIONS: Mapping[int, str] = {
    1: _renewal(SECOND_SCHEMA, to=2),
    2: _renewal(THIRD_SCHEMA, to=3),
    3: _renewal(FOURTH_SCHEMA, to=4, tables=_THIRD_TABLES),
    4: _renewal(SCHEMA, to=5, tables=_FOURTH_TABLES, packed=_PACK),
}
"""Version to the SQL that leads to the next version. Append only: files of every version are in use."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty database a case file of the present version."""
    connection.executescript(
        f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def migrate(
    connection: sqlite3.Connection, *, migrations: Mapping[int, str] = MIGRATIONS, target: int = SCHEMA_VERSION
) -> None:
    """Bring an older file up to `target`, each step in its own transaction. Foreign keys are not enforced meanwhile.

    Raises:
        KeyError: when no step leads on from the file's version.
        sqlite3.Error: when a step fails; the file is as it was before that step.
    """
    version = user_version(connection)
    if version < target:
        add_functions(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
    while version < target:
        try:
            connection.executescript(f"BEGIN; {migrations[version]}; PRAGMA user_version = {version + 1}; COMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        version += 1


def user_version(connection: sqlite3.Connection) -> int:
    """The file's schema version."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


Objects = frozenset[tuple[str, str, str, str | None]]
"""Type, name, table and SQL of everything that a database defines."""


def objects_of(connection: sqlite3.Connection) -> Objects:
    """What a database defines: tables, indices, triggers, views."""
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


@functools.cache
def expected_objects(version: int) -> Objects:
    """What a case file of this version defines, and nothing else.

    Raises:
        KeyError: when no step leads to that version.
    """
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(f"{FIRST_SCHEMA} PRAGMA user_version = 1;")
        migrate(connection, target=version)
        return objects_of(connection)
