"""How many bad outlines the doubts of `rbc_desktop.domain.cells.doubts` find, and how many good ones they mark.

    python -m training.segmenter.scores.doubt_scores --fields 40

On drawn fields with known truth: single cells of every class; pairs that touch or overlap, each outlined for itself,
outlined as one, and outlined as one with one of the two outlined again; outlines on bare background.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.doubts import OVERLAP, outline_doubts
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.cells.measure import measure_many
from training.renderer import CellSpec, Kind, RenderedField, render_field, scatter

WIDTH, HEIGHT, DIAMETER = 640, 480, 39.0
RED = [kind for kind in Kind if kind not in (Kind.WHITE_CELL, Kind.PLATELET)]
PAIRS, GHOSTS = 6, 12
HALF = "pairs, by their shape"
"""Outlines of the two cells of a pair."""


def doubtful(seeds: Iterable[int]) -> dict[str, tuple[int, int]]:
    """Outlines marked and outlines in all, by "single cells", "two in one" and "ghosts"."""
    marked: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for seed in seeds:
        rgb, outlines = _field(seed)
        singles = [mask.diameter for kind, mask in outlines if kind == "single cells"]
        measured = measure_many(rgb, [m for _, m in outlines], field_median_diameter=float(np.median(singles)))
        for (kind, _), measurements in zip(outlines, measured, strict=True):
            total[kind] += 1
            marked[kind] += bool(outline_doubts(measurements))
        for kind, share in _overlaps(outlines):
            total[kind] += 1
            marked[kind] += share >= OVERLAP
    return {kind: (marked[kind], total[kind]) for kind in total}


def _overlaps(outlines: list[tuple[str, CellMask]]) -> Iterator[tuple[str, float]]:
    """How much of an outline lies in another one, where pairs are outlined rightly and twice."""
    halves = [mask for kind, mask in outlines if kind == HALF]
    fused = [mask for kind, mask in outlines if kind == "two in one"]
    for first, second, both in zip(halves[::2], halves[1::2], fused, strict=True):
        common = first.intersection_area(second)
        yield "pairs, by their overlap", common / first.area
        yield "pairs, by their overlap", common / second.area
        yield "two in one, and one of them", max(first.area, second.area) / both.area


def _field(seed: int) -> tuple[NDArray[np.uint8], list[tuple[str, CellMask]]]:
    rng = np.random.default_rng(seed)
    kinds = [Kind(k) for k in rng.permutation([Kind.NORMAL] * 14 + RED)]
    singles = scatter(kinds, width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=rng)
    places = scatter([Kind.MACROCYTE] * PAIRS, width=WIDTH, height=HEIGHT, diameter=60, rng=rng, taken=singles)
    pairs = [_pair(place, rng) for place in places]
    drawn = render_field([*singles, *(s for p in pairs for s in p)], width=WIDTH, height=HEIGHT, seed=seed)
    whole = [c for c in drawn.cells if not c.mask.touches_border(width=WIDTH, height=HEIGHT)]
    masks = {id(c.spec): c.mask for c in whole}
    good = [masks[id(s)] for s in singles if id(s) in masks]
    beside = [(masks[id(a)], masks[id(b)]) for a, b in pairs if id(a) in masks and id(b) in masks]
    fused = [(a, b, m) for a, b in beside if (m := _union(a, b)) is not None]
    outlines = [("single cells", m) for m in good] + [("two in one", m) for _, _, m in fused]
    outlines += [(HALF, m) for a, b, _ in fused for m in (a, b)]
    return drawn.rgb, outlines + [("ghosts", m) for m in _ghosts(drawn, good, rng)]


def _pair(place: CellSpec, rng: np.random.Generator) -> tuple[CellSpec, CellSpec]:
    """Two cells whose centres are 0.6 to 1 mean diameters apart."""
    sizes, angle = DIAMETER * rng.uniform(0.85, 1.15, 2), rng.uniform(0, 2 * np.pi)
    half = rng.uniform(0.6, 1.0) * sizes.mean() / 2
    dx, dy = half * np.cos(angle), half * np.sin(angle)
    kinds = [Kind(k) for k in rng.choice([Kind.NORMAL, Kind.NORMAL, Kind.OVALOCYTE, Kind.TARGET_CELL], 2)]
    first = CellSpec(kinds[0], place.x + dx, place.y + dy, float(sizes[0]), rng.uniform(0, 6))
    return first, CellSpec(kinds[1], place.x - dx, place.y - dy, float(sizes[1]), rng.uniform(0, 6))


def _union(a: CellMask, b: CellMask) -> CellMask | None:
    if a.intersection_area(b) == 0:
        return None
    return CellMask.from_array(a.to_array(width=WIDTH, height=HEIGHT) | b.to_array(width=WIDTH, height=HEIGHT))


def _ghosts(drawn: RenderedField, shapes: list[CellMask], rng: np.random.Generator) -> list[CellMask]:
    """Outlines of cells, moved to where no cell is."""
    found: list[CellMask] = []
    for _ in range(4000):
        shape = shapes[rng.integers(len(shapes))]
        height, width = shape.crop.shape
        x, y = int(rng.integers(2, WIDTH - width - 2)), int(rng.integers(2, HEIGHT - height - 2))
        moved = CellMask(x, y, shape.crop)
        if all(moved.intersection_area(c.mask) == 0 for c in drawn.cells):
            found.append(moved)
        if len(found) == GHOSTS:
            break
    return found


def main() -> None:
    """Print the table of `docs/models/segmenter.md`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--fields", type=int, default=40)
    for kind, (marked, total) in doubtful(range(parser.parse_args().fields)).items():
        print(f"| {kind} | {total:,} | {100 * marked / total:.1f} % |")


if __name__ == "__main__":
    main()
