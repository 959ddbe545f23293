"""Prompts in field pixels to proposals in field pixels, through one embedded tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..domain.cells.prompts import PromptSet
from ..domain.cells.proposal import Proposal
from ..domain.geometry import Box
from ..imaging.light.field_of_view import FieldOfView
from ..imaging.masks.proposals import LogitPatch, Outline, is_cut, outline, rank, satisfied
from ..imaging.masks.tiles import Tile, mask_to_model
from ..ports import Embedding, MaskCandidates, Segmenter, TilePrompts


def extent_of(prompts: PromptSet) -> Box:
    """The smallest box that holds the positive points, the box and the previous mask.

    Negative points don't count: far away they have nothing to say.

    Raises:
        ValueError: for empty prompts.
    """
    parts = [Box(p.x, p.y, p.x, p.y) for p in prompts.points if p.positive]
    parts += [part for part in (prompts.box, prompts.mask.box if prompts.mask else None) if part is not None]
    if prompts.is_empty:
        raise ValueError("a prompt needs a positive point or a box")
    extent = parts[0]
    for part in parts[1:]:
        extent = extent.union(part)
    return extent


def to_tile(prompts: PromptSet, tile: Tile) -> TilePrompts:
    """The prompts in the tile's model pixels; negative points outside the tile are dropped."""
    kept = [p for p in prompts.points if p.positive or tile.box.contains(p.point)]
    points = [tile.to_model(p.point) for p in kept]
    return TilePrompts(
        points=np.array([(p.x, p.y) for p in points], np.float32).reshape(-1, 2),
        labels=np.array([p.positive for p in kept], np.int32),
        box=None if prompts.box is None else tile.box_to_model(prompts.box),
        mask=None if prompts.mask is None else mask_to_model(prompts.mask, tile),
    )


def decode(
    segmenter: Segmenter,
    embedding: Embedding,
    tile: Tile,
    prompts: Sequence[PromptSet],
    *,
    width: int,
    height: int,
    best_only: bool = False,
) -> list[Proposal | None]:
    """One proposal for each set of prompts, in order; None where the model sees nothing.

    Args:
        segmenter, embedding: of this tile.
        tile: where it lies in the field.
        prompts: field pixels.
        width, height: of the field.
        best_only: make the best candidate alone, for whoever offers no others; most often it is the one with the
            highest predicted IoU, and then the others are neither refined nor outlined.
    """
    answers = segmenter.segment(embedding, [to_tile(p, tile) for p in prompts], best_only=best_only)
    model = segmenter.model_id
    found = [
        _proposal(answer, prompt, tile, width=width, height=height, model=model)
        for answer, prompt in zip(answers, prompts, strict=True)
    ]
    if best_only:
        open_ones = [n for n, proposal in enumerate(found) if not _is_settled(proposal, prompts[n])]
        chosen = [prompts[n] for n in open_ones]
        whole = decode(segmenter, embedding, tile, chosen, width=width, height=height) if chosen else []
        for n, proposal in zip(open_ones, whole, strict=True):
            found[n] = proposal
    return found


def marked_at_edge(proposal: Proposal, view: FieldOfView) -> Proposal:
    """The proposal, whose candidates that the edge of the field of view cuts are said to touch a border."""
    if view.is_whole:
        return proposal
    candidates = (replace(c, touches_border=c.touches_border or view.cuts(c.mask)) for c in proposal.candidates)
    return replace(proposal, candidates=tuple(candidates))


def _is_settled(proposal: Proposal | None, prompts: PromptSet) -> bool:
    """Whether no candidate of a lower score can come before this one, see `rank`."""
    return proposal is not None and satisfied(proposal.mask, prompts.points) == len(prompts.points)


def outlines_of(answer: MaskCandidates, prompts: PromptSet, tile: Tile, *, width: int, height: int) -> list[Outline]:
    """The clean outline of every candidate that is not empty."""
    found = (
        outline(
            LogitPatch(logits, answer.x0, answer.y0, answer.stride),
            score=float(score),
            tile=tile,
            width=width,
            height=height,
            points=prompts.points,
        )
        for logits, score in zip(answer.logits, answer.scores, strict=True)
    )
    return [o for o in found if o is not None]


def _proposal(
    answer: MaskCandidates, prompts: PromptSet, tile: Tile, *, width: int, height: int, model: str
) -> Proposal | None:
    candidates, stability = rank(
        outlines_of(answer, prompts, tile, width=width, height=height), prompts.points, width=width, height=height
    )
    if not candidates:
        return None
    cut = is_cut(candidates[0].mask, tile, width=width, height=height)
    return Proposal(prompts, candidates, stability=stability, cut=cut, segmenter=model)
