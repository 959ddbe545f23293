"""What is kept of a cell's looks to find cells that are alike: a vector of half-precision numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Look = npt.NDArray[np.float16]
"""``(LOOK_LENGTH,)``: features of the cell, NaN where unknown; see `imaging.features.likeness`."""

Looks = npt.NDArray[np.float16]
"""``(n, LOOK_LENGTH)``: those of many cells."""

LOOK_VERSION = 1
"""Raised whenever a number changes its meaning; looks of another version are made again."""

LOOK_LENGTH = 301
"""Numbers of a look."""
