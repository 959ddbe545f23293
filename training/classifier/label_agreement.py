"""What labels allow: fields that were labelled twice, and how right the classifier is where both people agree.

Some Chula fields occur twice and were labelled each time. Where the two labels differ no answer can suit both, so the
share of agreeing cells bounds what any classifier reaches on single labels; what it reaches on cells on which both
agree says how much is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from rbc_desktop.models.relearning.held_out import binary_f1
from training.classifier.split import twins
from training.data.sets.labelled_fields import CHULA_CLASSES, LabelledField

NEAR_PX = 8.0
"""Points of the two pictures that lie so near mean the same cell: a fifth of its diameter."""


@dataclass(frozen=True)
class TwiceLabelled:
    """Cells with two labels.

    Attributes:
        labels: (n, 2) class numbers.
        cells: (n, 2) numbers of the cell in the tables of all labelled cells, one for each picture.
    """

    labels: NDArray[np.int64]
    cells: NDArray[np.int64]


def twice_labelled(fields: Sequence[LabelledField]) -> TwiceLabelled:
    """The cells that two pictures of the same place show; each is the other's nearest."""
    by_number = {field.number: field for field in fields}
    first = dict(zip(by_number, np.cumsum([0, *(len(f.points) for f in fields)]).tolist(), strict=False))
    labels, cells = [np.zeros((0, 2), np.int64)], [np.zeros((0, 2), np.int64)]
    for a, b in twins(list(by_number)):
        one, other = matched(by_number[a].points, by_number[b].points)
        labels.append(np.stack([by_number[a].classes[one], by_number[b].classes[other]], axis=1))
        cells.append(np.stack([first[a] + one, first[b] + other], axis=1))
    return TwiceLabelled(np.concatenate(labels), np.concatenate(cells))


def matched(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places in `a` and `b` (n, 2) of points that are each other's nearest, and near."""
    gaps, nearest = cKDTree(b).query(a)
    _, back = cKDTree(a).query(b)
    rows = np.flatnonzero((gaps <= NEAR_PX) & (back[nearest] == np.arange(len(a))))
    return rows, nearest[rows].astype(np.int64)


def print_agreement(twice: TwiceLabelled, answers: Mapping[int, int]) -> dict[str, float]:
    """The table of the card; returns the values that documents quote.

    Args:
        twice: cells with two labels.
        answers: class number that each judged cell was given, out of fold, by its number.
    """
    judged = np.array([all(cell in answers for cell in pair) for pair in twice.cells.tolist()], np.bool_)
    labels = twice.labels[judged]
    answer = np.array([[answers[cell] for cell in pair] for pair in twice.cells[judged].tolist()], np.int64)
    agreed = labels[:, 0] == labels[:, 1]
    both = np.repeat(labels[agreed, 0], 2)
    said = answer[agreed].ravel()
    print("| Class | F1 of one person against the other | cells on which both agree | of these, called so |")
    print("|---|---|---|---|")
    for number, name in enumerate(CHULA_CLASSES):
        f1, rows = binary_f1(labels[:, 0] == number, labels[:, 1] == number), both == number
        if rows.any():
            right = (said[rows] == number).mean()
            print(f"| {name.value} | {f1:.2f} | {rows.sum() // 2} | {right:.1%} |")
    values = {
        "twice_labelled": float(len(labels)),
        "people_agree": float(agreed.mean()),
        "right_on_single_labels": float((answer == labels).mean()),
        "right_where_people_agree": float((said == both).mean()),
        "right_where_people_differ": float((answer == labels)[~agreed].mean()),
        "either_where_people_differ": float((answer[:, :, None] == labels[:, None, :]).any(axis=2)[~agreed].mean()),
    }
    print(
        f"\n| Labelled twice | people agree | right by the label of the picture | right where both agree "
        f"| where they differ: right by that label, by either |\n|---|---|---|---|---|\n"
        f"| {len(labels)} | {agreed.mean():.1%} | {values['right_on_single_labels']:.1%} "
        f"| {values['right_where_people_agree']:.1%} | {values['right_where_people_differ']:.1%}, "
        f"{values['either_where_people_differ']:.1%} |"
    )
    return {name: round(value, 4) for name, value in values.items()}
