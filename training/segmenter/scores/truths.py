"""Invariances and physical truths on real fields: ``python -m training.segmenter.scores.truths``.

What can be measured without anybody's masks: a field and its twins (`training.data.scenes.twins`) have the same cells;
what is stained like a cell is covered; nothing is covered that isn't; rims lie where the density falls to half. AneRBC,
whose masks are others' and which nothing here was trained or set on, is compared with Otsu's threshold in the same run.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.missed_places import cells_in
from rbc_desktop.engine.pipeline import Pipeline, PreparedField
from rbc_desktop.imaging.light.illumination import background, optical_density
from rbc_desktop.models.segmenter.segmenter import load_bundled
from training.command import command
from training.data.cells.free_edges import free_edges, stained
from training.data.scenes.twins import mask_back, twins_of
from training.data.sets.fields import (
    DATA,
    RED,
    box_mask,
    field_name,
    is_validation,
    list_fields,
    read_boxes,
    read_rgb,
    txl_source,
)
from training.manifest_io import WEIGHTS_DIR
from training.measured_values import record
from training.segmenter.scores.anerbc_scores import measure_anerbc
from training.segmenter.scores.composite_scores import as_image
from training.segmenter.scores.matching import Matches
from training.segmenter.scores.noise import rows

TWIN_IOU = 0.75
CELL_LIKE = (0.3, 4.0)
"""Areas of stained parts that look like cells or small clumps, over that of a typical cell."""
GHOST = 0.5
"""A mask of less than this share of the field's median density lies on background."""
FOOT = 0.025
"""Masks count as so much wider, in diameters, where coverage is measured: Otsu's line lies on the foot of an edge."""


@dataclass(frozen=True)
class RealImage:
    """An image, its source, and the boxes of its white cells and platelets (n, 4)."""

    source: str
    rgb: NDArray[np.uint8]
    others: NDArray[np.float32]


@dataclass
class Truths:
    """What was measured on some fields, by source."""

    covered: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """Covered and all stained, cell-like area of a field."""
    ghosts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Masks on background, and all masks, of a field."""
    edges: dict[str, list[float]] = field(default_factory=dict)
    """Signed distance from the rim to the edge x 2 / diameter, one value per cell that shows a part of its edge."""
    missed: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Masks taken away from a field, a random tenth, and how many the application then says are missing."""
    twins: dict[str, list[float]] = field(default_factory=dict)
    """F1 between field and twin, by kind of twin."""

    @classmethod
    def together(cls, parts: Sequence[Truths]) -> Truths:
        """What was measured on several fields as of one."""
        out = cls()
        for part in parts:
            for name in ("covered", "ghosts", "edges", "missed", "twins"):
                for source, values in getattr(part, name).items():
                    getattr(out, name).setdefault(source, []).extend(values)
        return out

    def table(self) -> dict[str, float]:
        """The numbers of the card."""
        out: dict[str, float] = {}
        for source, pairs in sorted(self.covered.items()):
            if stained := sum(b for _, b in pairs):
                out[f"covered_{source}"] = sum(a for a, _ in pairs) / stained
        ghosts = [pair for pairs in self.ghosts.values() for pair in pairs]
        out["ghosts"] = sum(a for a, _ in ghosts) / max(1, sum(b for _, b in ghosts))
        for source, offsets in sorted(self.edges.items()):
            if offsets:
                out[f"edge_{source}"] = float(np.median(offsets))
                out[f"cells_with_edge_{source}"] = len(offsets)
        if missed := [pair for pairs in self.missed.values() for pair in pairs]:
            out["missed_estimated_right"] = float(np.mean([_is_right(taken, said) for taken, said in missed]))
            out["missed_said_over_taken"] = sum(b for _, b in missed) / sum(a for a, _ in missed)
        means = {kind: float(np.mean(values)) for kind, values in self.twins.items() if values}
        out |= {f"twin_{kind.replace(' ', '_')}": value for kind, value in means.items()}
        if means:
            out["twin_worst_kind"] = min(means.values())
            out["twin_mean"] = float(np.mean(list(means.values())))
        return out


def validation_images(count: int) -> Iterator[RealImage]:
    """So many of each source: Chula's held-out blocks, and TXL-PBC val by source; always the same ones."""
    chula = [p for s, p in list_fields() if s == "chula" and is_validation(s, field_name(s, p))]
    for path in _spread(chula, count):
        yield RealImage("chula", read_rgb(path), np.zeros((0, 4), np.float32))
    by_source: dict[str, list[Path]] = {}
    for path in sorted((DATA / "txl-pbc" / "val" / "images").iterdir()):
        by_source.setdefault(txl_source(read_rgb(path).shape[1]), []).append(path)
    for source, paths in sorted(by_source.items()):
        for path in _spread(paths, count):
            rgb = read_rgb(path)
            boxes, kinds = read_boxes(path, rgb.shape[:2])
            yield RealImage(source, rgb, boxes[kinds != RED])


def measure_truths(pipeline: Pipeline, images: Sequence[RealImage], *, twins: int, mixes: int) -> list[Truths]:
    """Everything on some images, one by one; twins only for the first `twins` of each source."""
    parts = []
    seen: dict[str, int] = {}
    for image in tqdm(images, desc="truths", mininterval=10):
        prepared = pipeline.prepare(as_image(image.rgb, "field"))
        masks, diameter = found_on(pipeline, prepared), prepared.diameter_px
        density = optical_density(image.rgb, background(image.rgb)).mean(axis=2, dtype=np.float32)
        out = Truths(
            covered={image.source: [_covered(image, masks, density, diameter)]},
            ghosts={image.source: [_ghosts(masks, density)]},
            edges={image.source: edge_errors(masks, density)},
            missed={image.source: _missed(pipeline, prepared, masks)},
        )
        parts.append(out)
        seen[image.source] = seen.get(image.source, 0) + 1
        if seen[image.source] > twins or len(masks) < 3:
            continue
        for twin in twins_of(image.rgb, diameter=diameter, mixes=mixes):
            theirs = found_on(pipeline, pipeline.prepare(as_image(twin.rgb, "twin")))
            kind = "mix" if twin.name.startswith("mix") else twin.name
            out.twins.setdefault(kind, []).append(_agreement(masks, [mask_back(m, twin) for m in theirs]))
    return parts


def found_on(pipeline: Pipeline, prepared: PreparedField) -> list[CellMask]:
    """Masks of Segment all."""
    return [p.mask for step in pipeline.segment_all(prepared) for p in step.found]


def _missed(pipeline: Pipeline, prepared: PreparedField, masks: Sequence[CellMask]) -> list[tuple[int, int]]:
    """Take a random tenth of the masks away, always the same one: how many, and how many are said to be missing."""
    if not masks:
        return []
    order = np.random.default_rng(len(masks)).permutation(len(masks))
    taken = max(1, round(0.1 * len(masks)))
    said = cells_in(pipeline.missed(prepared, [masks[i] for i in order[taken:]]))
    return [(taken, said)]


def _is_right(taken: int, said: int) -> bool:
    """Within three cells or 30 %."""
    return abs(said - taken) <= max(3, 0.3 * taken)


def edge_errors(masks: Sequence[CellMask], density: NDArray[np.float32]) -> list[float]:
    """For every mask that shows a part of its edge, the median signed distance from rim to edge x 2 / diameter."""
    return [2 * float(np.median(edge.offset[edge.seen])) / mask.diameter for mask, edge in free_edges(masks, density)]


def _spread(paths: Sequence[Path], count: int) -> list[Path]:
    return list(paths[:: max(1, len(paths) // count)][:count])


def _covered(
    image: RealImage, masks: Sequence[CellMask], density: NDArray[np.float32], diameter: float
) -> tuple[float, float]:
    """Covered and all stained, cell-like area, without human-boxed white cells and platelets."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(stained(density).astype(np.uint8), connectivity=4)
    areas = stats[:, cv2.CC_STAT_AREA] / (np.pi / 4 * diameter**2)
    like = (areas >= CELL_LIKE[0]) & (areas <= CELL_LIKE[1])
    like[0] = False
    like[np.unique(labels[box_mask(labels.shape, image.others)])] = False
    wanted = like[labels]
    covered = np.zeros(labels.shape, np.uint8)
    for mask in masks:
        rows, columns = mask.crop.shape
        covered[mask.y0 : mask.y0 + rows, mask.x0 : mask.x0 + columns] |= mask.crop
    reach = max(1, round(FOOT * diameter))
    ring = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    covered = cv2.dilate(covered, ring) > 0
    return float((wanted & covered).sum()), float(wanted.sum())


def _ghosts(masks: Sequence[CellMask], density: NDArray[np.float32]) -> tuple[int, int]:
    means = []
    for mask in masks:
        rows, columns = mask.crop.shape
        means.append(float(density[mask.y0 : mask.y0 + rows, mask.x0 : mask.x0 + columns][mask.crop].mean()))
    return (int((np.array(means) < GHOST * np.median(means)).sum()) if means else 0), len(means)


def _agreement(masks: Sequence[CellMask], theirs: Sequence[CellMask | None]) -> float:
    """F1 at `TWIN_IOU`; 0 where a run finds fewer than half of the field's cells."""
    found = [mask for mask in theirs if mask is not None]
    if len(found) < 0.5 * len(masks):
        return 0.0
    matches = Matches()
    ious = [[mask.iou(other) for other in masks] for mask in found]
    matches.add(ious, counted=[True] * len(masks), limit=TWIN_IOU)
    return matches.f1


@command
def main() -> None:
    """Command line; beside each score stands half its 95 % interval over images."""
    parser = argparse.ArgumentParser(description="Measure invariances and physical truths on real fields.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_DIR)
    parser.add_argument("--fields", type=int, default=12, help="of each source (0: none)")
    parser.add_argument("--twins", type=int, default=2, help="fields of each source that get twins")
    parser.add_argument("--mixes", type=int, default=19)
    parser.add_argument("--anerbc", type=Path, default=DATA / "anerbc")
    parser.add_argument("--json", type=Path, help="file for the table")
    parser.add_argument("--write", action="store_true", help="store the table for the documents")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    segmenter, _ = load_bundled(args.weights, device=torch.device("cpu"))
    pipeline = Pipeline(segmenter, None)
    images = list(validation_images(args.fields)) if args.fields else []
    table = rows(measure_truths(pipeline, images, twins=args.twins, mixes=args.mixes))
    if args.anerbc.is_dir():
        table |= rows(measure_anerbc(pipeline, args.anerbc))
    table = table.rounded()
    print(segmenter.model_id)
    print(table)
    if args.json is not None:
        args.json.write_text(json.dumps({"values": table.values, "noise": table.noise}) + "\n", encoding="utf-8")
    if args.write and args.weights.resolve() == WEIGHTS_DIR:
        record("truths", table.values, noise=table.noise, command="make evaluate TRUTHS=--write")


if __name__ == "__main__":
    main()
