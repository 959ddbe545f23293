"""What a field's cells as a whole say of each, in training: samples of the fields, and how much they count."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.imaging.cells import field_sample
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.features import extract_many
from rbc_desktop.models.classifier.classifier import ScoreScaling
from rbc_desktop.models.classifier.field_classes import FieldClasses, weighed
from rbc_desktop.models.relearning.more_trees import fit_temperature
from training.classifier.changed_fields import CHANGES
from training.classifier.crossval import OutOfFold
from training.classifier.dataset import CHULA_NORMAL_PX, Table, cached, joined
from training.data.sets import labelled_fields as sources
from training.data.sets.fields import read_rgb

POWER = 0.2
"""To which a field's mixture counts. Scores are flat from 0.15 to 0.25; above, cells of a class that is rare in their
field are found less often and nothing is gained."""

HELD_BY = 10.0
"""Cells of the usual mixture that are added to a field's."""

_ROUNDS = 3
"""Temperature and mixture depend on each other; they no longer move after two rounds."""


def sample_table(kind: str, *, every: int = 1) -> Table:
    """The sampled cells of every n-th Chula field, changed as `chula_clicks` of this kind; classes unknown (0)."""

    def build() -> Table:
        rows: list[Table] = []
        for field in tqdm(sources.labelled_fields()[::every], desc=f"Chula samples, {kind}", mininterval=20):
            random = np.random.default_rng([field.number, list(CHANGES).index(kind)])
            changed = CHANGES[kind](read_rgb(field.path), random)
            context = field_context(changed.rgb)
            masks = field_sample.sampled_cells(context)
            normal_px = CHULA_NORMAL_PX * changed.scale
            features = extract_many(changed.rgb, masks, normal_diameter_px=normal_px, context=context)
            number = np.full(len(masks), field.number)
            rows.append(Table(features, 0 * number, number, 0 * number, np.arange(len(masks))))
        return joined(rows)

    return cached(f"chula-sample-{kind}-{every}", build, also=(Path(field_sample.__file__),))


def usual_mixture(scores: NDArray[np.float64], scaling: ScoreScaling) -> NDArray[np.float64]:
    """Mean probabilities (C,) of labelled cells, out of fold, by their raw scores (N, C)."""
    mixture = scaling.probabilities(scores).mean(axis=0)
    return np.asarray(np.round(mixture / mixture.sum(), 6))


def with_field(
    judged: OutOfFold, samples: OutOfFold, scaling: ScoreScaling, mixture: FieldClasses, *, calibrated: bool = True
) -> NDArray[np.float64]:
    """Probabilities (N, C) of the judged cells, each field's sample heard.

    Args:
        judged: cells.
        samples: sampled cells of the same fields, judged out of fold.
        scaling: from scores to probabilities.
        mixture: how much the sample counts.
        calibrated: with or without the calibrated sizes.
    """
    alone, sampled = (
        scaling.probabilities(part.calibrated if calibrated else part.uncalibrated) for part in (judged, samples)
    )
    heard = np.empty_like(alone)
    for field in np.unique(judged.field):
        rows, cells = judged.field == field, sampled[samples.field == field]
        heard[rows] = weighed(alone[rows], mixture.evidence(cells, np.ones(len(cells))) if len(cells) else None)
    return heard


def fit_with_field(judged: OutOfFold, samples: OutOfFold, scaling: ScoreScaling) -> tuple[ScoreScaling, FieldClasses]:
    """Scaling and mixture of least log loss on unseen cells, the power given; begins with a scaling without field."""
    for _ in range(_ROUNDS):
        mixture = FieldClasses(usual_mixture(judged.calibrated, scaling), POWER, HELD_BY)
        added = np.log(with_field(judged, samples, scaling, mixture) / scaling.probabilities(judged.calibrated))
        added -= added.mean(axis=1, keepdims=True)
        scaling = ScoreScaling(fit_temperature(judged.calibrated, added, judged.target), scaling.bias)
    return scaling, FieldClasses(usual_mixture(judged.calibrated, scaling), POWER, HELD_BY)
