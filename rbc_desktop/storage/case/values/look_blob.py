"""Looks of cells as bytes of a case file."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ....domain.arrays import BoolArray
from ....domain.cells.look import LOOK_LENGTH, LOOK_VERSION, Look

_HALF = np.dtype("<f2")

LOOK_BYTES = 1 + LOOK_LENGTH * _HALF.itemsize


def encode_look(look: Look | None) -> bytes | None:
    """Version in one byte, then the numbers."""
    return None if look is None else bytes([LOOK_VERSION]) + look.astype(_HALF).tobytes()


def encode_looks(looks: npt.NDArray[np.float16]) -> list[bytes]:
    """`encode_look` of many, ``(n, LOOK_LENGTH)``."""
    table = np.empty((len(looks), LOOK_BYTES), np.uint8)
    table[:, 0] = LOOK_VERSION
    table[:, 1:] = np.ascontiguousarray(looks, _HALF).view(np.uint8)
    joined = table.tobytes()
    return [joined[at : at + LOOK_BYTES] for at in range(0, len(joined), LOOK_BYTES)]


def decode_looks(joined: bytes) -> tuple[npt.NDArray[np.float16], BoolArray]:
    """Many looks ``(n, LOOK_LENGTH)``, and where there is one.

    Args:
        joined: `LOOK_BYTES` for each cell, anything in place of what is none.

    Raises:
        ValueError: when it is of another length.
    """
    table = np.frombuffer(joined, np.uint8).reshape(-1, LOOK_BYTES)
    looks = np.ascontiguousarray(table[:, 1:]).view(_HALF).astype(np.float16, copy=False)
    return looks, np.asarray(table[:, 0] == LOOK_VERSION)
