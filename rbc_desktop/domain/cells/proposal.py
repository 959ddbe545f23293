"""Proposals: masks that the model offers, not accepted yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .cell import Cell, CellOrigin
from .mask import CellMask
from .prompts import PromptSet

CLEAR_SCORE, CLEAR_STABILITY = 0.6, 0.55
"""A click that is answered with less than either hardly lies on a cell: of 240 clicks on bare background in training
fields of six microscopes nine in ten are (the others are answered with a cell nearby), of 238 on cells none."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One of the masks that the decoder offers for a set of prompts.

    Attributes:
        mask: one component without holes, field pixels.
        score: predicted IoU, 0 to 1.
        touches_border: the mask reaches the edge of the field, so part of the cell may be missing.
    """

    mask: CellMask
    score: float
    touches_border: bool


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """What the model offers for one set of prompts. Accepting it makes a cell.

    Attributes:
        prompts: the prompts it answers.
        candidates: at least one, best first.
        index: the candidate on show.
        stability: IoU of the best mask drawn at a stricter and at a looser threshold, 0 to 1 (SAM's
            stability score): low where the outline is a guess.
        cut: the mask still reaches the edge of the part of the field that the model saw, so that a large
            object may be incomplete.
        segmenter: ``model_id`` of the model that offers it.
    """

    prompts: PromptSet
    candidates: tuple[Candidate, ...]
    index: int = 0
    stability: float = 1.0
    cut: bool = False
    segmenter: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.index < len(self.candidates):
            raise ValueError("a proposal shows one of its candidates")

    @property
    def mask(self) -> CellMask:
        """The mask on show."""
        return self.candidates[self.index].mask

    @property
    def score(self) -> float:
        """Predicted IoU of the mask on show, 0 to 1."""
        return self.candidates[self.index].score

    @property
    def touches_border(self) -> bool:
        """Whether the mask on show reaches the edge of the field."""
        return self.candidates[self.index].touches_border

    @property
    def is_clear(self) -> bool:
        """Whether the model sees a cell in the mask on show, and not only what was pointed at."""
        return self.score >= CLEAR_SCORE and self.stability >= CLEAR_STABILITY

    @property
    def is_guess(self) -> bool:
        """Whether a lone click was answered with hardly a cell; who corrects knows that something is there."""
        return not self.is_clear and self.prompts.box is None and len(self.prompts.points) == 1

    def as_cell(self, number: int, *, field_id: int, origin: CellOrigin) -> Cell:
        """The cell that accepting the mask on show makes."""
        return Cell(
            number, field_id, self.mask, self.prompts, self.score, self.touches_border, origin, segmenter=self.segmenter
        )

    def next_candidate(self) -> Proposal:
        """The same proposal showing its next candidate; after the last comes the first."""
        return replace(self, index=(self.index + 1) % len(self.candidates))
