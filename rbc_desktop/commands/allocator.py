"""How the C library gives memory back; Linux with glibc only, elsewhere nothing is done."""

from __future__ import annotations

import contextlib
import ctypes
import sys

MMAP_THRESHOLD, TRIM_THRESHOLD = 2**20, 2**20
"""Bytes. What is larger than the first is a mapping of its own, which goes back to the system when it is freed; so does
what is free at the end of the heap beyond the second. By itself glibc raises both, up to 32 and 64 MiB, with every
large block that is freed: images and embeddings of fields that are gone then stay in the process."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Names in ``malloc.h``."""


def give_back_freed() -> bool:
    """Fix the thresholds for the life of the process; call before anything large is allocated.

    Returns:
        whether the C library took them.
    """
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):
        set_option = ctypes.CDLL(None).mallopt
        return bool(set_option(_M_MMAP_THRESHOLD, MMAP_THRESHOLD) and set_option(_M_TRIM_THRESHOLD, TRIM_THRESHOLD))
    return False
