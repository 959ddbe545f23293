"""Types of the arrays that the layers hand to each other; their shapes and units stand at each function."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]
U8Array = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
"""Where single precision is not enough."""
