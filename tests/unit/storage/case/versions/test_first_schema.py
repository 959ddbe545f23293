"""Files of earlier versions, written by those versions' own code, open with everything that was in them.

`data/case_of_version_1.rbc` and `data/settings_of_0_1_0.json` were written by application 0.1.0, and
`data/case_of_version_1.json` says what it put in. The image is drawn by `training.renderer`.
"""

import dataclasses
import json
import math
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rbc_desktop.domain.case.changes import PutIdentity
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.versions import schema
from rbc_desktop.storage.images.image_reader import read_image

DATA = Path(__file__).parents[2] / "data"
LATER = {"waist", "relative_density"}
"""Measurements that version 1 doesn't know."""


@pytest.fixture
def first_version(tmp_path):
    """A copy of the case of version 1, beside its image."""
    for name in ("case_of_version_1.rbc", "drawn_field.png"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path / "case_of_version_1.rbc"


def told(case):
    """The case in the words of `data/case_of_version_1.json`."""

    def mask(m):
        rows = ["".join("#" if v else "." for v in row) for row in m.crop]
        return {"x0": m.x0, "y0": m.y0, "rows": rows}

    def cell(c):
        prompts = c.prompts
        return {
            "id": c.id,
            "field": c.field_id,
            "mask": mask(c.mask),
            "points": [[p.x, p.y, p.positive] for p in prompts.points],
            "box": prompts.box and list(dataclasses.astuple(prompts.box)),
            "prompt_mask": prompts.mask and mask(prompts.mask),
            "score": c.score,
            "touches_border": c.touches_border,
            "origin": c.origin,
            "mask_revision": c.mask_revision,
            "class": c.reviewed_class and c.reviewed_class.value,
        }

    def analysis(a):
        names = (f.name for f in dataclasses.fields(a.measurements))
        values = [None if math.isnan(v) else v for n in names if n not in LATER for v in [getattr(a.measurements, n)]]
        p = a.prediction
        prediction = p and {
            "probabilities": {c.value: share for c, share in p.probabilities.items()},
            "mask_revision": p.mask_revision,
            "model": p.model,
            "review_limit": p.review_limit,
        }
        return {"cell": a.cell_id, "mask_revision": a.mask_revision, "measurements": values, "prediction": prediction}

    def field(f):
        scale = f.calibration
        return {
            "id": f.id,
            "name": f.path.name,
            "sha256": f.sha256,
            "width": f.width,
            "height": f.height,
            "page": f.page,
            "calibration": scale and [scale.um_per_px, scale.source, scale.detail],
        }

    return {
        "identity": dict(list(dataclasses.asdict(case.identity).items())[:6]),
        "fields": [field(f) for f in case.fields.values()],
        "cells": [cell(c) for c in case.cells.values()],
        "analyses": [analysis(a) for a in case.analyses.values()],
        "next": [case.next_field_id, case.next_cell_id],
    }


def written():
    return json.loads((DATA / "case_of_version_1.json").read_text(encoding="utf-8"))


def version_and_tables(path):
    connection = sqlite3.connect(path)
    answer = schema.user_version(connection), schema.objects_of(connection)
    connection.close()
    return answer


def test_a_case_of_version_1_opens_whole_and_becomes_one_of_this_version(first_version):
    assert version_and_tables(first_version)[0] == 1
    for _ in range(2):
        store, case = CaseFile.open(first_version)
        assert told(case) == written()
        assert not any(list(dataclasses.asdict(case.identity).values())[6:])
        assert {(c.edge_counted, c.segmenter) for c in case.cells.values()} == {(False, "")}
        assert {a.made for a in case.analyses.values()} == {None}
        assert read_image(case.fields[1].path).sha256 == case.fields[1].sha256
        store.apply(PutIdentity(dataclasses.replace(case.identity, operator="o'Brien")))
        store.close()
    created = first_version.with_name("created.rbc")
    CaseFile.create(created).close()
    assert version_and_tables(first_version) == version_and_tables(created)


def test_tables_are_strict(first_version):
    CaseFile.open(first_version)[0].close()
    connection = sqlite3.connect(first_version)
    listed = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="cannot store"):
        connection.execute("UPDATE cell SET mask_revision = 'one'")
    connection.close()
    assert {name for name, is_strict in listed if is_strict} == set(schema.TABLES)


def test_a_case_of_version_1_that_crashed_keeps_its_last_action(first_version):
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode = WAL');"
        """ c.execute("UPDATE 'case' SET comment = 'last action'"); c.commit(); os._exit(0)"""
    )
    subprocess.run([sys.executable, "-c", code, str(first_version)], check=True)
    assert first_version.with_name(first_version.name + "-wal").stat().st_size > 0
    store, case = CaseFile.open(first_version)
    store.close()
    assert case.identity.comment == "last action"


def test_a_migration_that_fails_leaves_version_1(first_version):
    before = first_version.read_bytes()
    connection = sqlite3.connect(first_version, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, migrations={1: schema.MIGRATIONS[1] + "; SELECT * FROM nowhere"})
    connection.close()
    assert first_version.read_bytes() == before
    CaseFile.open(first_version)[0].close()


def test_an_older_application_refuses_a_case_of_this_version_with_its_sentence(first_version):
    """What 0.1.0 looks at: the version in SQLite's header, which every version keeps there."""
    store, _ = CaseFile.open(first_version)
    store.close()
    header = first_version.read_bytes()[:100]
    assert header[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(header[60:64], "big") == schema.SCHEMA_VERSION > 1


def test_a_newer_case_is_refused_and_untouched(first_version):
    connection = sqlite3.connect(first_version)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()
    before = first_version.read_bytes()
    with pytest.raises(CaseFileError, match="newer version"):
        CaseFile.open(first_version)
    assert first_version.read_bytes() == before
