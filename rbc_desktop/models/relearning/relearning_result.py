"""What retraining says when it is done: values that cross processes without a booster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Gain:
    """What the held-out cells say.

    Attributes:
        accuracy, macro_f1: of the bundled morphologies; the latter over the classes that the cells have.
        red_error: see `held_out.red_error`.
        own_f1: F1 of each own class by name; empty before they were learnt.
    """

    accuracy: float
    macro_f1: float
    red_error: float
    own_f1: dict[str, float]

    def __str__(self) -> str:
        own = "".join(f", {name} F1 {value:.3f}" for name, value in self.own_f1.items())
        known = f"accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}"
        return f"{known}, red or not mistaken {self.red_error:.3f}{own}"


@dataclass(frozen=True)
class Relearnt:
    """A retrained classifier, written to a folder.

    Attributes:
        folder: of manifest and boosters.
        model_id: what reports call it.
        cells: reviewed cells by class, most first; left_out: those of classes that have too few.
        fields: how many these come from; folds: into how many parts they were split.
        before, after: scores on held-out cells.
        rounds, red_rounds: trees that were added.
        review_limit: probability below which a cell needs review.
        unread: names of images that can't be read or are others now; what is in them was left out.
    """

    folder: Path
    model_id: str
    cells: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]
    fields: int
    folds: int
    before: Gain
    after: Gain
    rounds: int
    red_rounds: int
    review_limit: float
    unread: tuple[str, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether the classes that the bundled classifier knows are told less well than before."""
        return self._rise < 0

    @property
    def is_better(self) -> bool:
        """Whether they are told better than before."""
        return self._rise > 0

    @property
    def _rise(self) -> float:
        """In the digits that are shown: what reads the same is the same."""
        return round(self.after.macro_f1, 3) - round(self.before.macro_f1, 3)
