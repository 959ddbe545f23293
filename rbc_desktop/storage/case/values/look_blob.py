"""Looks of cells as bytes of a case file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ....domain.arrays import BoolArray
from ....domain.cells.look import LOOK_LENGTH, LOOK_VERSION, Look

_HALF = np.dtype("<f2")


def encode_look(look: Look | None) -> bytes | None:
    """Version in one byte, then the numbers."""
    return None if look is None else bytes([LOOK_VERSION]) + look.astype(_HALF).tobytes()


def decode_look(stored: Any) -> Look | None:
    """The look; None for one of another version, which is made again.

    Raises:
        ValueError: when it is no look.
    """
    if stored is None:
        return None
    if type(stored) is not bytes or not stored:
        raise ValueError("a look is made of bytes")
    if stored[0] != LOOK_VERSION:
        return None
    if len(stored) != 1 + LOOK_LENGTH * _HALF.itemsize:
        raise ValueError("a look of another length")
    look: Look = np.frombuffer(stored, _HALF, offset=1).astype(np.float16)
    return look


_BYTES = 1 + LOOK_LENGTH * _HALF.itemsize


def decode_looks(stored: Sequence[Any]) -> tuple[npt.NDArray[np.float16], BoolArray, BoolArray]:
    """Many looks ``(n, LOOK_LENGTH)``, where there is one, and where it could be read or there is none.

    Args:
        stored: as `decode_look` takes them.
    """
    count = len(stored)
    if set(map(type, stored)) == {bytes} and set(map(len, stored)) == {_BYTES}:
        table = np.frombuffer(b"".join(stored), np.uint8).reshape(-1, _BYTES)
        looks = np.ascontiguousarray(table[:, 1:]).view(_HALF).astype(np.float16, copy=False)
        return looks, np.asarray(table[:, 0] == LOOK_VERSION), np.ones(count, np.bool_)
    is_none = np.fromiter((each is None for each in stored), np.bool_, count)
    whole = np.fromiter((type(each) is bytes and len(each) == _BYTES for each in stored), np.bool_, count)
    joined = b"".join(each for each, is_whole in zip(stored, whole, strict=True) if is_whole)
    table = np.frombuffer(joined, np.uint8).reshape(-1, _BYTES)
    looks = np.zeros((count, LOOK_LENGTH), np.float16)
    looks[whole] = np.ascontiguousarray(table[:, 1:]).view(_HALF)
    has = whole.copy()
    has[whole] = table[:, 0] == LOOK_VERSION
    other = np.fromiter(
        (type(each) is bytes and len(each) > 0 and each[0] != LOOK_VERSION for each in stored), np.bool_, count
    )
    return looks, has, np.asarray(is_none | has | other)
