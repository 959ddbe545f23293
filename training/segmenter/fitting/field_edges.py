"""Scenes of real fields whose outlines are known wherever bare ground lies beside a cell.

Cells that stand alone, of which the composites are made, are rare in crowded fields: of four microscopes the bank has a
tenth as many as of the one that shows most. The application's own outlines, moved to half of the density where it can
be seen, teach the flanks of the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.light.illumination import background, optical_density
from rbc_desktop.imaging.masks.tiles import padding_colour, resample
from training.data.cells.free_edges import free_edges
from training.data.cells.true_edges import Edge, fill
from training.data.scenes.scene import Instance, Scene
from training.data.scenes.wide_stains import random_mix, recoloured
from training.data.sets.fields import field_name, is_validation, list_fields, read_rgb, txl_source
from training.segmenter.fitting.outline_samples import Softly
from training.segmenter.scores.composite_scores import as_image
from training.segmenter.scores.truths import found_on

LEAST_INSIDE, LEAST_PIXELS = 0.85, 200
"""Least share of a cell that lies within a scene, and its pixels there: else its outline is no cell's."""

REACH_PX = 12
"""Model pixels from an outline up to which its nearest profile says whether it is known."""

RECOLOURED = 0.4
"""Share of the scenes that get another stain."""


@dataclass(frozen=True)
class EdgedField:
    """A training field, its typical diameter in pixels, and the edges of its cells, pixels."""

    source: str
    rgb: NDArray[np.uint8]
    diameter: float
    edges: list[Edge]


def training_fields(*, each: int) -> Iterator[tuple[str, Path]]:
    """So many training fields of each source, spread evenly; TXL-PBC's four sources count as four."""
    by_source: dict[str, list[Path]] = {}
    for source, path in list_fields():
        if not is_validation(source, field_name(source, path)):
            name = txl_source(read_rgb(path).shape[1]) if source == "txl" else source
            by_source.setdefault(name, []).append(path)
    for name, paths in sorted(by_source.items()):
        step = max(1.0, len(paths) / each)
        for k in range(min(each, len(paths))):
            yield name, paths[int(k * step)]


def edged_fields(pipeline: Pipeline, listed: Sequence[tuple[str, Path]]) -> Iterator[EdgedField]:
    """What *Segment all* outlines in these fields, moved to the edges that can be seen."""
    for source, path in listed:
        rgb = read_rgb(path)
        prepared = pipeline.prepare(as_image(rgb, path.name))
        density = optical_density(rgb, background(rgb)).mean(axis=2, dtype=np.float32)
        edges = [edge for _, edge in free_edges(found_on(pipeline, prepared), density)]
        if edges:
            yield EdgedField(source, rgb, prepared.diameter_px, edges)


def edge_scene(
    fields: Sequence[EdgedField], *, rng: np.random.Generator, side: int = 256, cell_px: float = 48
) -> Softly:
    """A square of a random field, each source as often, turned and mirrored, as the application enlarges it."""
    sources = sorted({field.source for field in fields})
    source = sources[rng.integers(len(sources))]
    of = [field for field in fields if field.source == source]
    field = of[rng.integers(len(of))]
    span = max(32, round(side * field.diameter / cell_px * math.exp(rng.normal(0, 0.08))))
    height, width = field.rgb.shape[:2]
    x, y = (_start(length, span, rng) for length in (width, height))
    square = np.full((span, span, 3), padding_colour(field.rgb), np.uint8)
    part = field.rgb[max(0, y) : y + span, max(0, x) : x + span]
    square[max(0, -y) : max(0, -y) + part.shape[0], max(0, -x) : max(0, -x) + part.shape[1]] = part
    if rng.random() < RECOLOURED:
        square = recoloured(square, random_mix(rng), gain=float(np.exp(rng.uniform(np.log(0.6), np.log(1.7)))))
    turns, mirrored = int(rng.integers(4)), rng.random() < 0.5

    def turned(layer: NDArray) -> NDArray:
        return np.ascontiguousarray(np.rot90(layer[:, ::-1] if mirrored else layer, turns))

    instances: list[Instance] = []
    shares: list[NDArray[np.uint8]] = []
    seen: dict[int, NDArray[np.bool_]] = {}
    for edge in field.edges:
        line = (edge.outline - [x, y]) * (side / span)
        share = _share(line, side)
        if share is None:
            continue
        share = turned(share)
        inside = share > 127
        rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
        crop = inside[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8)
        seen[len(instances)] = turned(_known(line, edge.seen, side))
        instances.append(Instance(int(columns[0]), int(rows[0]), crop))
        shares.append(share)
    nothing = np.zeros((side // 4, side // 4), np.float32)
    return Softly(Scene(turned(resample(square, side)), instances, nothing, nothing), shares, seen)


def _start(length: int, span: int, rng: np.random.Generator) -> int:
    """First pixel of a span along an axis; a field smaller than it lies in the middle."""
    room = length - span
    return room // 2 if room <= 0 else int(rng.integers(room + 1))


def _share(line: NDArray[np.float64], side: int) -> NDArray[np.uint8] | None:
    """Share of each pixel of a scene that an outline (n, 2) covers; None unless nearly all of it lies there."""
    low, high = np.floor(line.min(0)).astype(int) - 1, np.ceil(line.max(0)).astype(int) + 1
    if (high <= 0).any() or (low >= side).any():
        return None
    width, height = (high - low).tolist()
    whole = fill(line - low, (height, width))
    (x0, y0), (x1, y1) = np.clip(low, 0, side), np.clip(high, 0, side)
    out = np.zeros((side, side), np.uint8)
    out[y0:y1, x0:x1] = whole[y0 - low[1] : y1 - low[1], x0 - low[0] : x1 - low[0]]
    there, all_of_it = (out > 127).sum(), (whole > 127).sum()
    return out if there >= max(LEAST_PIXELS, LEAST_INSIDE * all_of_it) else None


def _known(line: NDArray[np.float64], seen: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """Where in a scene the nearest point of an outline (n, 2) is known."""
    low = np.clip(np.floor(line.min(0)).astype(int) - REACH_PX, 0, side)
    high = np.clip(np.ceil(line.max(0)).astype(int) + REACH_PX, 0, side)
    columns, rows = np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5
    away = (columns[None, :, None] - line[:, 0]) ** 2 + (rows[:, None, None] - line[:, 1]) ** 2
    out = np.zeros((side, side), bool)
    out[low[1] : high[1], low[0] : high[0]] = seen[away.argmin(axis=2)]
    return out
