"""Analyses that were put as objects become rows among those that there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, Protocol

import numpy as np

from ..arrays import Floats
from .cell import CellAnalysis, Prediction
from .folded_cells import joined_codes
from .look import LOOK_LENGTH, Looks
from .stored_analyses import MEASURED, Booster, StoredAnalyses
from .stored_cells import NO_CODE, Codes

_PLAIN = ("ids", "revision", "values", "um_per_px", "has_look", "predicted", "review_limit")

_LOOKS_AT_ONCE = 1000


class LookKeeper(Protocol):
    """Takes looks one part after the other, and gives all of them back."""

    def add(self, looks: Looks) -> None:
        """Take these, too."""

    def looks(self) -> Looks:
        """All that were taken."""


_measured = attrgetter(*MEASURED)


def analyses_as_columns(analyses: Sequence[CellAnalysis]) -> StoredAnalyses:
    """These analyses, in ascending order of their numbers, as columns: what `value` of their rows says, they say."""
    told = [analysis.prediction for analysis in analyses]
    booster, boosters = _boosters(told)
    shares = np.zeros((len(analyses), max((len(each.classes) for each in boosters), default=0)))
    looks = np.zeros((len(analyses), LOOK_LENGTH), np.float16)
    for row, (analysis, prediction) in enumerate(zip(analyses, told, strict=True)):
        if prediction is not None:
            shares[row, : len(prediction.probabilities)] = list(prediction.probabilities.values())
        if analysis.look is not None:
            looks[row] = analysis.look
    return StoredAnalyses(
        ids=np.array([analysis.cell_id for analysis in analyses], np.int64),
        revision=np.array([analysis.mask_revision for analysis in analyses], np.int32),
        values=np.array([_measured(analysis.measurements) for analysis in analyses], np.float64),
        um_per_px=np.array([np.nan if a.um_per_px is None else a.um_per_px for a in analyses], np.float64),
        made=tuple(analysis.made for analysis in analyses),
        looks=looks,
        has_look=np.array([analysis.look is not None for analysis in analyses], np.bool_),
        booster=booster,
        boosters=boosters,
        shares=shares,
        predicted=np.array([0 if p is None else p.mask_revision for p in told], np.int32),
        review_limit=np.array([np.nan if p is None else p.review_limit for p in told], np.float64),
    )


def with_analyses(
    known: StoredAnalyses | None, new: StoredAnalyses, *, room: Callable[[int], LookKeeper]
) -> StoredAnalyses:
    """The rows of both; of a number that stands in both the new one.

    Args:
        known, new: the rows.
        room: makes room for so many looks.
    """
    if known is None:
        return new
    every = np.concatenate([known.ids, new.ids])
    rows = np.concatenate([np.flatnonzero(~np.isin(known.ids, new.ids)), len(known.ids) + np.arange(len(new.ids))])
    rows = rows[np.argsort(every[rows], kind="stable")]
    plain: dict[str, Any] = {n: np.concatenate([getattr(known, n), getattr(new, n)])[rows] for n in _PLAIN}
    booster, boosters = joined_codes((known.booster, known.boosters), (new.booster, new.boosters), same=_same)
    width = max(known.shares.shape[1], new.shares.shape[1])
    shares = np.concatenate([_as_wide(known.shares, width), _as_wide(new.shares, width)])[rows]
    made = (*known.made, *new.made)
    keeper = room(len(rows))
    for begin in range(0, len(rows), _LOOKS_AT_ONCE):
        part = rows[begin : begin + _LOOKS_AT_ONCE]
        is_new = part >= len(known.ids)
        looks = np.empty((len(part), LOOK_LENGTH), np.float16)
        looks[~is_new], looks[is_new] = known.looks[part[~is_new]], new.looks[part[is_new] - len(known.ids)]
        keeper.add(looks)
    return replace(
        known, **plain, made=tuple(made[at] for at in rows.tolist()), booster=booster[rows], boosters=boosters,
        shares=shares, looks=keeper.looks(),
    )  # fmt: skip


def _boosters(told: Sequence[Prediction | None]) -> tuple[Codes, tuple[Booster, ...]]:
    """Of each prediction, and what the codes stand for; classes that look otherwise are others."""
    codes: dict[tuple[str, tuple[int, ...]], int] = {}  # by identity, because thousands are looked up
    found: list[Booster] = []
    given = np.full(len(told), NO_CODE, np.int32)
    for row, prediction in enumerate(told):
        if prediction is None:
            continue
        key = prediction.model, tuple(map(id, prediction.probabilities))
        if key not in codes:
            made = Booster(prediction.model, tuple(prediction.probabilities))
            codes[key] = next((code for code, each in enumerate(found) if _same(each, made)), len(found))
            if codes[key] == len(found):
                found.append(made)
        given[row] = codes[key]
    return given, tuple(found)


def _same(one: Booster, other: Booster) -> bool:
    return (one.model, one.classes) == (other.model, other.classes) and all(
        a.looks_like(b) for a, b in zip(one.classes, other.classes, strict=True)
    )


def _as_wide(shares: Floats, width: int) -> Floats:
    return np.pad(shares, ((0, 0), (0, width - shares.shape[1])))
