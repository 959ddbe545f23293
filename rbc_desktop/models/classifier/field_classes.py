"""What a field's cells are as a whole says something of each: the prior of the classes follows the field.

Where two classes are about as likely for a cell by itself, the one that the field is full of is right more often: one
slide is one patient's blood. The mixture of the field is estimated from the classifier's own answers on a few of its
cells (Saerens, Latinne and Decaestecker 2002, one step), held back by some typical cells, and counts with a power well
below 1, because it also makes the lone odd cell of an ordinary field less likely.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...domain.arrays import Floats
from ...language import tr

_DECIMALS = 6


@dataclass(frozen=True, slots=True, eq=False)
class FieldClasses:
    """How much a field's mixture of classes counts.

    Attributes:
        usual: (C,) mean probabilities of the cells that the classifier was taught on, summing to 1.
        power: to which the mixture over the usual one is raised; with 0 the field says nothing.
        held_by: so many cells of the usual mixture are added to the field's.
    """

    usual: Floats
    power: float
    held_by: float

    @classmethod
    def of(cls, values: Mapping[str, Any], *, outputs: int) -> FieldClasses | None:
        """From a manifest's values, None where it has none.

        Raises:
            KeyError, ValueError: when they don't fit.
        """
        if "field_power" not in values:
            return None
        usual = np.asarray(values["field_usual"], np.float64)
        if usual.shape != (outputs,):
            raise ValueError(tr("its usual mixture of classes has another number of them"))
        return cls(usual / usual.sum(), float(values["field_power"]), float(values["field_held_by"]))

    def evidence(self, probabilities: Floats, red: Floats) -> Floats:
        """What is added to the logarithm of each class's probability, (C,); nothing from no cells.

        Args:
            probabilities: (N, C) of the field's sampled cells, each judged by itself.
            red: (N,) how likely each is a red cell, and counts.
        """
        counted = red @ probabilities + self.held_by * self.usual
        mixture = counted / (red.sum() + self.held_by)
        return np.asarray(np.round(self.power * np.log(mixture / self.usual), _DECIMALS))


def weighed(probabilities: Floats, evidence: Floats | None) -> Floats:
    """Probabilities ``(N, C)`` of cells by themselves, with a field's evidence ``(C,)``; rows still sum to 1."""
    if evidence is None:
        return probabilities
    changed = probabilities * np.exp(evidence)
    return np.asarray(changed / changed.sum(axis=1, keepdims=True))
