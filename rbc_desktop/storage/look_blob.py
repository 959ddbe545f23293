"""Looks of cells as bytes of a case file."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..domain.look import LOOK_LENGTH, LOOK_VERSION, Look

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
