"""How the C library gives memory back; Linux with glibc only, elsewhere nothing is done.

A block that is a mapping of its own costs a page fault per 4 kB each time it is made, and so does the end of the heap
after it was given back: with thresholds of 1 MiB those faults were half the time of a tile. So what the networks need
for a step stays in the process, and what a field leaves behind is given back when the field is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

MMAP_THRESHOLD, TRIM_THRESHOLD = 8 * 2**20, 64 * 2**20
"""Bytes. What is larger than the first is a mapping of its own, which goes back to the system when it is freed (images;
no map of the bundled network is so large); so does what is free at the end of the heap beyond the second. By itself
glibc raises both, up to 32 and 64 MiB, with every large block that is freed."""

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


def release() -> None:
    """Give back all that is free now, between what is in use too; takes milliseconds."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
