"""The bank with exact outlines: cells cut where their density falls to half, with their whole flank."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.light.illumination import background, optical_density
from training.data.cells.bank import CACHE, DENSITY_STEP, Bank, Patch, cut_others, other_layer, read_guesses
from training.data.cells.true_edges import OUTSIDE, Floats, fill, find_edge
from training.data.sets.fields import RealField, field_name, is_validation, list_fields, load_field

FLANK, FADED = 0.11, 0.19
"""Diameters from the outline up to which a cut-out keeps its density, and from which on it has none."""


@dataclass(frozen=True)
class TrueBank:
    """A bank whose patches and cells end at half of their density.

    Attributes:
        bank: as everywhere; its cells' labels are not exact, `outlines` are.
        outlines: for each of its fields, the outlines (n, 2) of its clean cells in field pixels.
    """

    bank: Bank
    outlines: list[list[Floats]]


def load_true_bank(*, validation: bool, every: int = 1, processes: int = 1, cache: Path = CACHE) -> TrueBank:
    """The bank of the training fields, or of the held-out Chula blocks.

    Args:
        validation: which.
        every: take each so-manieth field.
        processes: analyse fields in so many processes.
        cache: folder with the guesses of `training.data.scenes.pseudo_labels`.
    """
    listed = [(s, p, cache) for s, p in list_fields() if is_validation(s, field_name(s, p)) == validation][::every]
    if processes > 1:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            made = pool.map(_analyse, listed, chunksize=4)
    else:
        made = [_analyse(one) for one in listed]
    good = [one for one in made if one is not None]
    bank = Bank(
        fields=[field for field, *_ in good],
        cells=[patches for _, patches, *_ in good if patches],
        others=[patch for *_, others, _, _ in good for patch in others],
        backgrounds=[light for *_, light in good],
    )
    return TrueBank(bank, [outlines for *_, outlines, _ in good])


Analysed = tuple[RealField, list[Patch], list[Patch], list[Floats], NDArray[np.uint8]]


def _analyse(of: tuple[str, Path, Path]) -> Analysed | None:
    source, path, cache = of
    cv2.setNumThreads(1)
    field = load_field(source, path)
    if field is None:
        return None
    light = background(field.rgb)
    density = optical_density(field.rgb, light)
    layer = other_layer(field, density)
    others = cut_others(field, density, layer)
    patches, outlines = cut_true_cells(field, density)
    field = replace(field, others=layer, guesses=read_guesses(cache, source, field.name))
    return field, patches, others, outlines, cv2.resize(light, (64, 64)).astype(np.uint8)


def with_true_outlines(bank: Bank) -> Bank:
    """The bank with the outlines of its cells moved to half of their density; a cell that shows no edge keeps its own.

    Composites of both are the same pixels wherever cells don't overlap nearly too much to be placed.
    """
    return replace(bank, cells=[[_with_true_outline(patch) for patch in group] for group in bank.cells])


def _with_true_outline(patch: Patch) -> Patch:
    margin = int(np.ceil(OUTSIDE * patch.diameter)) + 2  # beyond a patch there is no density
    mean = patch.density.astype(np.float32).mean(axis=2) * DENSITY_STEP
    edge = find_edge(np.pad(patch.mask > 127, margin), np.pad(mean, margin))
    return patch if edge is None else replace(patch, mask=fill(edge.outline - margin, patch.mask.shape))


def cut_true_cells(field: RealField, density: NDArray[np.float32]) -> tuple[list[Patch], list[Floats]]:
    """A patch and an outline for each clean cell whose edge shows all around."""
    patches, outlines = [], []
    mean = density.mean(axis=2, dtype=np.float32)
    for number in range(1, int(field.cells.max()) + 1):
        own = field.cells == number
        rows, columns = np.flatnonzero(own.any(1)), np.flatnonzero(own.any(0))
        if not len(rows):
            continue
        margin = int(np.ceil(OUTSIDE * field.diameter)) + 2
        y0, y1 = max(0, rows[0] - margin), min(own.shape[0], rows[-1] + 1 + margin)
        x0, x1 = max(0, columns[0] - margin), min(own.shape[1], columns[-1] + 1 + margin)
        part = np.s_[y0:y1, x0:x1]
        edge = find_edge(own[part], mean[part])
        if edge is None:
            continue
        soft = fill(edge.outline, own[part].shape)
        alpha = _alpha(soft, field, part, number)
        levels = np.clip(density[part] * alpha[..., None] / DENSITY_STEP, 0, 255).astype(np.uint8)
        patches.append(Patch(levels, soft, field.diameter, field.source, field.name))
        outlines.append(edge.outline + np.array([x0, y0]))
    return patches, outlines


def _alpha(soft: NDArray[np.uint8], field: RealField, part: tuple[slice, slice], number: int) -> NDArray[np.float32]:
    """1 on the cell and its flank, 0 farther out and where something else is."""
    away = cv2.distanceTransform((soft < 128).astype(np.uint8), cv2.DIST_L2, 5)
    alpha = np.clip((FADED * field.diameter - away) / ((FADED - FLANK) * field.diameter), 0, 1)
    labels = field.cells[part]
    foreign = ((field.cover[part] != 0) & (away > 3) | (labels > 0) & (labels != number)).astype(np.uint8)
    clear = cv2.GaussianBlur(1 - foreign.astype(np.float32), (0, 0), 1.0)
    return np.asarray(np.where(soft >= 128, 1, np.minimum(alpha, clear)), np.float32)
