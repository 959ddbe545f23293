"""Digests of rows of a case file, which say in the audit trail what an object was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

_TEXTS = (str, bytes)

_DIGITS = 32
"""Hex digits of a digest: 128 bits."""


def digest(*rows: Iterable[Any]) -> str:
    """Digest of the values of an object's rows; a whole number counts as the float that a REAL column makes of it."""
    return digest_of([digestible(row) for row in rows])


def digestible(row: Iterable[Any]) -> list[Any]:
    """A row as it is digested."""
    return [v if v is None or isinstance(v, _TEXTS) else float(v) for v in row]


def digest_of(values: list[list[Any]]) -> str:
    """Digest of rows that are `digestible`."""
    return hashlib.sha256(ascii(values).encode("ascii")).hexdigest()[:_DIGITS]
