"""The segmenter on every device of this machine: embedding, click, Segment all, memory, and reduced precision.

Usage: python -m tests.benchmarks.runs.devices [--image FIELD] [--enlarge N]

Needs neither Qt nor a classifier. ``--enlarge`` repeats the field N times in both directions, for a crowded one.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from rbc_desktop.models import native

native.load()

import torch  # noqa: E402 - native libraries come first

from rbc_desktop.domain.cells.prompts import PromptSet  # noqa: E402
from rbc_desktop.engine.pipeline import Pipeline, PreparedField  # noqa: E402
from rbc_desktop.imaging.masks.tiles import extract  # noqa: E402
from rbc_desktop.models.device import available_devices  # noqa: E402
from rbc_desktop.models.segmenter.networks import CompactMaps  # noqa: E402
from rbc_desktop.models.segmenter.segmenter import load_bundled  # noqa: E402
from rbc_desktop.ports import LoadedImage  # noqa: E402
from rbc_desktop.storage.images.image_reader import read_image  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
REPEATS = 15


def milliseconds(step: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Median and 95th percentile of a step, after two to warm up."""
    times = []
    for number in range(repeats + 2):
        begin = time.perf_counter()
        step()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        if number >= 2:
            times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times), float(np.percentile(times, 95))


def repeated(image: LoadedImage, times: int) -> LoadedImage:
    """The field several times beside and below itself."""
    pixels = np.ascontiguousarray(np.tile(image.pixels, (times, times, 1)))
    return replace(image, pixels=pixels, sha256=hashlib.sha256(pixels.tobytes()).hexdigest())


def measure(device: str, images: dict[str, LoadedImage]) -> None:
    """Print the rows of one device."""
    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    segmenter, _ = load_bundled(ROOT / "resources" / "weights", device=torch.device(device))
    pipeline = Pipeline(segmenter, None)
    field = pipeline.prepare(images["sample"])
    pixels = extract(field.image.pixels, field.grid.tiles[0], pad_rgb=field.pad_rgb)
    show(device, "embed a tile", *milliseconds(lambda: segmenter.embed(pixels)))
    middle = field.grid.tiles[0].core.centre
    prompt = PromptSet.click(middle.x, middle.y)
    show(device, "click on a ready tile", *milliseconds(lambda: pipeline.propose(field, prompt)))
    spots = [PromptSet.click(middle.x + 7 * (n % 8), middle.y + 7 * (n // 8)) for n in range(32)]
    show(device, "32 clicks together", *milliseconds(lambda: pipeline.propose_many(field, spots)))
    for name, image in images.items():
        seconds, cells = search(pipeline, image)
        say(f"{device:5s} Segment all, {name}: {seconds:.2f} s, {cells} cells, {cells / seconds:.0f} cells/s")
    if device == "cuda":
        reduced(segmenter._network, pixels, field)
        say(f"{device:5s} peak memory {torch.cuda.max_memory_allocated() / 2**20:.0f} MiB allocated, "
              f"{torch.cuda.max_memory_reserved() / 2**20:.0f} MiB reserved")  # fmt: skip


def search(pipeline: Pipeline, image: LoadedImage) -> tuple[float, int]:
    """Seconds and cells of Segment all on a field that nothing was done to."""
    fresh = Pipeline(pipeline.segmenter, None)
    begin = time.perf_counter()
    found = [p for step in fresh.segment_all(fresh.prepare(image)) for p in step.found]
    return time.perf_counter() - begin, len(found)


def reduced(network: object, pixels: np.ndarray, field: PreparedField) -> None:
    """Embedding under autocast: how long, and how far from the CPU's in single precision."""
    tile = torch.from_numpy(pixels).permute(2, 0, 1)[None]
    single, _ = load_bundled(ROOT / "resources" / "weights", device=torch.device("cpu"))
    expected = single.embed(pixels)
    for dtype in (None, torch.bfloat16, torch.float16):

        def step(dtype: torch.dtype | None = dtype) -> CompactMaps:
            with torch.inference_mode(), torch.autocast("cuda", dtype or torch.float16, enabled=dtype is not None):
                return network.embed(tile.to("cuda"))  # type: ignore[attr-defined]

        apart = [
            float((getattr(step(), n).cpu().float() - t).norm() / t.norm()) for n, t in expected._tensors().items()
        ]
        median, _ = milliseconds(step)
        say(f"cuda  embed in {dtype or 'single precision (TF32)'}: {median:.2f} ms, farthest map {max(apart):.1e}")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show(device: str, name: str, median: float, high: float) -> None:
    """One row."""
    say(f"{device:5s} {name}: {median:.2f} ms, 95 % under {high:.2f}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="The segmenter on every device of this machine.")
    parser.add_argument("--image", type=Path, default=ROOT / "resources" / "sample" / "sample_smear.png")
    parser.add_argument("--enlarge", type=int, default=3)
    args = parser.parse_args()
    image = read_image(args.image)
    for device in available_devices():
        measure(device, {"sample": image, f"{args.enlarge}x{args.enlarge}": repeated(image, args.enlarge)})


if __name__ == "__main__":
    main()
