"""How long *Segment all* is deaf to *Cancel* on one very large field: its longest step. Run it as a module.

    python -m tests.benchmarks.runs.cancelling [--side 14000]

Cancelling is cooperative: the inference thread looks between steps. The field is drawn with known cells.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.models.choice.choice import ModelChoice, load_classifier, load_segmenter
from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.paths import resource_root
from tests.benchmarks.runs.memory import BLOCK, drawn_field


def main(argv: Sequence[str] | None = None) -> int:
    """Print the longest steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=14_000)
    side = parser.parse_args(argv).side
    drawn, _ = drawn_field()
    pixels = np.tile(drawn, (side // BLOCK, side // BLOCK, 1))
    image = LoadedImage(Path("large.png"), pixels, "0" * 64)
    weights = resource_root() / "weights"
    segmenter, _ = load_segmenter(ModelChoice(), bundled=weights)
    pipeline = Pipeline(segmenter, load_classifier(ModelChoice(), bundled=weights))
    start = time.perf_counter()
    field = pipeline.prepare(image)
    prepared = time.perf_counter()
    steps, found, last = [], 0, prepared
    for step in pipeline.segment_all(field):
        present = time.perf_counter()
        steps.append(present - last)
        found += len(step.found)
        last = present
    order = np.argsort(steps)[::-1][:5]
    longest = ", ".join(f"{steps[i]:.2f} s (step {i + 1})" for i in order)
    sys.stdout.write(
        f"{side}x{side} px: prepared in {prepared - start:.2f} s; {len(steps):,} steps in {last - prepared:.0f} s,"
        f" {found:,} cells; longest: {longest}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
