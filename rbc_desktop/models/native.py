"""The one place that knows in which order native libraries must be loaded.

* LightGBM before torch: on macOS each brings its own OpenMP runtime, and the other order crashes
  (microsoft/LightGBM#6595, pytorch/pytorch#191933).
* On Windows torch before Qt: torch 2.9 and later fail with WinError 1114 when Qt's libraries are loaded first
  (pytorch/pytorch#166628).

* OpenMP's threads must sleep while they wait for each other, not spin: beside any other busy process on two cores a
  click took 670 ms with spinning threads and 11 ms with sleeping ones. The runtime reads this once, when it is loaded.

Elsewhere torch is imported on the inference thread only, so that the window opens without waiting for it.
"""

from __future__ import annotations

import os
import sys


def before_qt() -> None:
    """Call before anything imports Qt. Costs nothing except on Windows."""
    if sys.platform == "win32":
        load()


def load() -> None:
    """Import the native libraries in the order that works; later imports elsewhere find them loaded."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import lightgbm  # noqa: F401
    import torch  # noqa: F401
