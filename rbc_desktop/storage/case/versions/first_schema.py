"""The tables of version 1 of the case file, as application 0.1.0 wrote them. Never changed: files of it are in use."""

from __future__ import annotations

FIRST_SCHEMA = """
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
