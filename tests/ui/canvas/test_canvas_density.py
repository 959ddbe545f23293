"""The canvas on displays of other pixel density: the same tests in a process of its own; Qt fixes it at start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("factor", ["1.5", "2"])
def test_the_canvas_works_at_other_pixel_densities(factor):
    parts = ("test_view", "picture/test_field_item", "overlay/test_cells_item", "picture/test_scale_bar")
    tests = [Path(__file__).parent / f"{part}.py" for part in (*parts, "tools/test_input_router")]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, tests)],
        env=os.environ | {"QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]
