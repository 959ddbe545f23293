"""The tables of version 3 of the case file. Never changed: files of it are in use."""

from __future__ import annotations

THIRD_SCHEMA = """
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
    searched TEXT NOT NULL      -- the segmenter that looked for every cell, '' for none
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
    "values" TEXT NOT NULL,     -- JSON object, null for unknown
    um_per_px REAL,             -- the field's scale when it was measured; 0 when unknown
    made TEXT,                  -- when it was measured, ISO 8601 in UTC; NULL when unknown
    look BLOB                   -- by which similar cells are found; see look_blob.py; NULL when unknown
) STRICT;
CREATE TABLE prediction (
    cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
    mask_revision INTEGER NOT NULL,
    model TEXT NOT NULL,
    review_limit REAL NOT NULL,
    probabilities TEXT NOT NULL -- JSON object, class to probability
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
    head TEXT NOT NULL          -- of the audit trail before
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
