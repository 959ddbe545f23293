"""Segment all against AneRBC's masks, which nothing here learnt from, beside Otsu's threshold in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.engine.pipeline import Pipeline
from training.data.sets.fields import fill_holes, read_rgb
from training.data.sets.public_sets import find_anerbc
from training.segmenter.scores.composite_scores import as_image

REGION_PX, BOUNDARY_PX = 150, 1.5


@dataclass
class AnerbcScores:
    """What was measured on some fields."""

    rows: dict[str, list[float]] = field(default_factory=dict)
    """IoU, Dice and F1 of boundaries, ours and Otsu's; a value a field."""
    hit: int = 0
    regions: int = 0

    @classmethod
    def together(cls, parts: Sequence[AnerbcScores]) -> AnerbcScores:
        """The scores of several fields as those of one."""
        out = cls(hit=sum(part.hit for part in parts), regions=sum(part.regions for part in parts))
        for part in parts:
            for name, values in part.rows.items():
                out.rows.setdefault(name, []).extend(values)
        return out

    def table(self) -> dict[str, float]:
        """The numbers of the card; ``anerbc_gain``: IoU above Otsu's on the same fields."""
        out = {name: float(np.mean(values)) for name, values in self.rows.items()}
        out["anerbc_gain"] = out["anerbc_iou"] - out["anerbc_otsu_iou"]
        return out | {"anerbc_regions_hit": self.hit / max(1, self.regions)}


def measure_anerbc(pipeline: Pipeline, folder: Path) -> list[AnerbcScores]:
    """Scores of every field in AneRBC's folders."""
    out = []
    for source in find_anerbc(folder).sources:
        rgb = read_rgb(source.image)
        real = source.mask_of(rgb)
        prepared = pipeline.prepare(as_image(rgb, source.image.name))
        mine = np.zeros(real.shape, bool)
        for step in pipeline.segment_all(prepared):
            for proposal in step.found:
                mine |= proposal.mask.to_array(width=real.shape[1], height=real.shape[0])
        out.append(against(real, {"": mine, "otsu_": otsu(rgb)}))
    return out


def against(real: NDArray[np.bool_], answers: dict[str, NDArray[np.bool_]]) -> AnerbcScores:
    """Scores of answers by the prefix of their names, that without a prefix being ours; arrays (H, W)."""
    scores = AnerbcScores()
    for name, answer in answers.items():
        both, either = (answer & real).sum(), (answer | real).sum()
        scores.rows[f"anerbc_{name}iou"] = [float(both / either)]
        scores.rows[f"anerbc_{name}dice"] = [float(2 * both / (answer.sum() + real.sum()))]
        scores.rows[f"anerbc_{name}boundary_f1"] = [_boundary_f1(answer, real)]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(real.astype(np.uint8), connectivity=8)
    large = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] > REGION_PX)
    large = large[large > 0]
    scores.hit, scores.regions = len(np.intersect1d(large, np.unique(labels[answers[""]]))), len(large)
    return scores


def otsu(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The plain threshold that anybody would take: green, smoothed a little, holes filled; (H, W)."""
    green = cv2.GaussianBlur(rgb[..., 1], (0, 0), 0.8)
    _, dark = cv2.threshold(green, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return fill_holes(np.asarray(dark, np.uint8), largest=2000)


def _boundary_f1(answer: NDArray[np.bool_], real: NDArray[np.bool_]) -> float:
    edges = [
        cv2.morphologyEx(a.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) for a in (answer, real)
    ]
    near = [cv2.distanceTransform(1 - edge, cv2.DIST_L2, 5) <= BOUNDARY_PX for edge in edges]
    precision = near[1][edges[0] > 0].mean() if edges[0].any() else 0.0
    recall = near[0][edges[1] > 0].mean() if edges[1].any() else 0.0
    return float(2 * precision * recall / max(1e-9, precision + recall))
