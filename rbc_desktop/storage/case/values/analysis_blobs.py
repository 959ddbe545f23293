"""Measurements and probabilities as bytes of a case file: thousands are read at once, and none loses a digit.

Measurements: the version in one byte, then the numbers of `domain.cells.cell.Measurements` in their order, NaN for
what isn't known. Probabilities: the numbers in the order of the classes that stand beside them. All are little-endian
doubles.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ....domain.arrays import BoolArray, Floats
from ....domain.cells.cell import Measurements
from ....domain.classes.taxonomy import CellClass
from .case_values import measure, real, text

MEASURED = tuple(f.name for f in dataclasses.fields(Measurements))

MEASURED_VERSION = 1
"""Raised whenever a measurement comes, goes or changes its meaning; those of another version are made again."""

_DOUBLE = np.dtype("<f8")
MEASURED_BYTES = 1 + len(MEASURED) * _DOUBLE.itemsize


def encode_measurements(measurements: Measurements) -> bytes:
    """Version and numbers."""
    numbers = [getattr(measurements, name) for name in MEASURED]
    finite = np.array(numbers, _DOUBLE)
    finite[~np.isfinite(finite)] = np.nan
    return bytes([MEASURED_VERSION]) + finite.tobytes()


def encode_many(values: Floats) -> list[bytes]:
    """`encode_measurements` of many, ``(n, len(MEASURED))``."""
    table = np.empty((len(values), MEASURED_BYTES), np.uint8)
    table[:, 0] = MEASURED_VERSION
    finite = np.where(np.isfinite(values), values, np.nan).astype(_DOUBLE)
    table[:, 1:] = finite.view(np.uint8)
    joined = table.tobytes()
    return [joined[at : at + MEASURED_BYTES] for at in range(0, len(joined), MEASURED_BYTES)]


def decode_measurements(joined: bytes) -> tuple[Floats, BoolArray]:
    """The numbers of many cells, ``(n, len(MEASURED))``, and which of them can be used.

    Args:
        joined: `MEASURED_BYTES` for each cell, anything in place of what is none.

    Raises:
        ValueError: when it is of another length.
    """
    table = np.frombuffer(joined, np.uint8).reshape(-1, MEASURED_BYTES)
    values = np.ascontiguousarray(table[:, 1:]).view(_DOUBLE)
    within = np.isnan(values) | (np.abs(values) <= 1e12)
    return values, np.asarray((table[:, 0] == MEASURED_VERSION) & within.all(axis=1))


def encode_shares(probabilities: Mapping[CellClass, float]) -> tuple[bytes, str]:
    """The numbers, and the names of the classes in their order as JSON."""
    shares = np.array(list(probabilities.values()), _DOUBLE).tobytes()
    return shares, json.dumps([c.value for c in probabilities])


def decode_shares(stored: Sequence[Any], count: int) -> tuple[Floats, BoolArray]:
    """The probabilities of many cells for so many classes, ``(n, count)``, and which of them can be used."""
    length = count * _DOUBLE.itemsize
    good = np.fromiter((type(each) is bytes and len(each) == length > 0 for each in stored), np.bool_, len(stored))
    shares = np.zeros((len(stored), count))
    joined = b"".join(itertools.compress(stored, good))
    shares[good] = np.frombuffer(joined, _DOUBLE).reshape(int(good.sum()), count)
    with np.errstate(invalid="ignore"):
        within = ((shares >= 0) & (shares <= 1)).all(axis=1) & (np.abs(shares.sum(axis=1) - 1) <= 1e-3)
    return shares, np.asarray(good & within)


# What earlier versions had as JSON


def add_functions(connection: sqlite3.Connection) -> None:
    """Let SQL on this connection make bytes of the JSON of earlier versions; NULL of what can't be read."""
    for name, function in (
        ("measured_blob", _measured_blob),
        ("shares_blob", _shares_blob),
        ("shares_classes", _shares_classes),
    ):
        connection.create_function(name, 1, function, deterministic=True)


_WRONG = (TypeError, ValueError, OverflowError, AttributeError, RecursionError)


def _measured_blob(stored: Any) -> bytes | None:
    try:
        read = {k: measure(v, k) for k, v in json.loads(text(stored, "values")).items()}
        return encode_measurements(Measurements(**read))
    except _WRONG:
        return None


def _read_shares(stored: Any) -> dict[str, float] | None:
    try:
        return {str(k): real(p, k, low=0, high=1) for k, p in json.loads(text(stored, "probabilities")).items()}
    except _WRONG:
        return None


def _shares_blob(stored: Any) -> bytes | None:
    read = _read_shares(stored)
    return np.array(list(read.values()), _DOUBLE).tobytes() if read else None


def _shares_classes(stored: Any) -> str | None:
    read = _read_shares(stored)
    return json.dumps(list(read)) if read else None
