"""The laboratory's list of normal samples; what a file says is checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ...domain.laboratory.reference_band import LEVELS, MEASURES, ReferenceSample
from ..paths import settings_file
from .lab_list import ListKind, read_list, write_list

KIND = ListKind("rbc-desktop reference samples", most=2_000)
LONGEST_TEXT = 300


def reference_file() -> Path:
    """Where this computer keeps its list: beside the settings."""
    return settings_file().with_name("reference_samples.json")


def read_samples(path: Path) -> tuple[ReferenceSample, ...]:
    """The samples on a list.

    Raises:
        UnreadableListError: when any of it can't be read: a sample that is passed over would move the band.
    """
    return read_list(KIND, path, entry_of=_sample)


def write_samples(samples: Sequence[ReferenceSample], path: Path, *, shared: bool = False) -> None:
    """Write a list so that `read_samples` gives it back; `shared`: for other computers.

    Raises:
        LabListError: when the file can't be written, or there are too many.
    """
    entries = [
        {"case": s.case, "added": s.added, "operator": s.operator, "cells": s.cells,
         "profiles": {measure: list(profile) for measure, profile in s.profiles.items()}}
        for s in samples
    ]  # fmt: skip
    write_list(KIND, entries, path, shared=shared)


def _sample(entry: dict[str, Any]) -> ReferenceSample:
    texts = {name: entry[name] for name in ("case", "added", "operator")}
    if not all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in texts.values()):
        raise ValueError("no text")
    datetime.fromisoformat(texts["added"])
    cells = entry["cells"]
    if type(cells) is not int or cells < 1:
        raise ValueError("no number of cells")
    profiles = {
        measure: tuple(map(float, entry["profiles"][measure])) for measure in MEASURES if measure in entry["profiles"]
    }
    if not profiles or not all(len(p) == len(LEVELS) and all(map(math.isfinite, p)) for p in profiles.values()):
        raise ValueError("no profile")
    return ReferenceSample(texts["case"], texts["added"], texts["operator"], cells, profiles)
