"""How much a classifier needs to learn from; in a module of its own, because asking needs no booster."""

from __future__ import annotations

from collections import Counter

from ...domain.classes.taxonomy import CellClass
from ...errors import RelearnError
from ...language import tr

CELLS_A_CLASS = 10
"""Reviewed cells that a class needs; cells of smaller classes are left out."""

GROUPS_NEEDED = 3
"""Fields or cases that the cells must come from: some are held out to measure what was gained."""


def check_enough(counts: Counter[CellClass], *, groups: int) -> set[CellClass]:
    """The classes that have enough reviewed cells.

    Args:
        counts: reviewed cells by class.
        groups: fields that they come from.

    Raises:
        RelearnError: when that leaves too little to learn from, or to hold out.
    """
    enough = {name for name, count in counts.items() if count >= CELLS_A_CLASS}
    if len(enough) < 2:
        listed = ", ".join(f"{each.title} {count}" for each, count in counts.most_common()) or tr("none")
        raise RelearnError(
            tr(
                "Too few reviewed cells: at least two classes need {least} each; there are {listed}."
                " Review more cells, or choose more cases.",
                least=CELLS_A_CLASS,
                listed=listed,
            )
        )
    if groups < GROUPS_NEEDED:
        raise RelearnError(
            tr(
                "The reviewed cells come from {fields} fields; at least {least} are needed, because some"
                " are held out to measure what was gained. Review cells in more fields, or choose more cases.",
                fields=groups,
                least=GROUPS_NEEDED,
            )
        )
    return enough
