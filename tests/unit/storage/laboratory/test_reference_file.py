"""The list of normal samples comes back as it was; whatever else lies there is refused and never written over."""

import json

import pytest

from rbc_desktop.domain.laboratory.reference_band import LEVELS, SHAPE, ReferenceSample
from rbc_desktop.errors import LabListError
from rbc_desktop.storage.laboratory.reference_file import (
    KIND,
    read_samples,
    reference_file,
    write_samples,
)

PROFILE = tuple(1 + 0.1 * place for place in range(len(LEVELS)))
SAMPLES = (ReferenceSample("a1", "2026-03-01", "Ada Ö.", 250, {SHAPE: PROFILE}),)


def entry(**changes):
    return {"case": "a", "added": "2026-03-01", "operator": "", "cells": 100, "profiles": {SHAPE: PROFILE}, **changes}


def document(*entries):
    return json.dumps({"format": KIND.format, "version": 1, "entries": list(entries)})


def test_a_list_is_read_as_it_was_written(tmp_path):
    path = tmp_path / reference_file().name
    assert read_samples(path) == ()
    write_samples(SAMPLES, path)
    assert read_samples(path) == SAMPLES


@pytest.mark.parametrize(
    "text",
    [
        "", "{", document(None), document({}), document(entry(cells=0)), document(entry(cells="9")),
        document(entry(added="once")), document(entry(operator=None)), document(entry(case="x" * 301)),
        document(entry(profiles={})), document(entry(profiles=[])), document(entry(profiles={SHAPE: PROFILE[:3]})),
        document(entry(profiles={SHAPE: ["x"] * 7})), document(entry(profiles={SHAPE: [float("nan")] * 7})),
        document(*[entry()] * (KIND.most + 1)),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(tmp_path, text):
    path = tmp_path / "reference_samples.json"
    path.write_text(text)
    with pytest.raises(LabListError, match="can't be read; restore the file"):
        read_samples(path)
    with pytest.raises(LabListError, match="is full"):
        write_samples(SAMPLES * (KIND.most + 1), path)
