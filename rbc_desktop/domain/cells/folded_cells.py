"""Cells that were put as objects become rows among those that there are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..arrays import BoolArray
from .cell import Cell
from .column_values import Rows
from .mask import CellMask
from .prompts import PromptSet
from .stored_cells import BOX, MASK, NEGATIVE, NO_CODE, POSITIVE, Codes, StoredCells, StoredPrompts
from .stored_mask import StoredMask, Unpack

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

_PLAIN = ("ids", "field", "x0", "y0", "width", "height", "area", "revision", "score", "touches_border", "edge_counted")


@dataclass(frozen=True, slots=True)
class Packing:
    """How masks are packed.

    Attributes:
        pack: a crop ``(h, w)`` to bytes.
        unpack: and back.
    """

    pack: Callable[[BoolArray], bytes]
    unpack: Unpack

    def data(self, mask: CellMask) -> bytes:
        """A mask, packed."""
        return mask.data if isinstance(mask, StoredMask) else self.pack(mask.crop)


def cells_as_columns(cells: Sequence[Cell], *, packing: Packing) -> StoredCells:
    """These cells, in ascending order of their numbers, as columns: what `value` of their rows says, they say."""
    masks = [cell.mask for cell in cells]
    sizes = np.array([mask.size for mask in masks], np.int32).reshape(-1, 2)
    origin, origins = coded([cell.origin for cell in cells])
    segmenter, segmenters = coded([cell.segmenter for cell in cells])
    made = StoredCells(
        ids=np.array([cell.id for cell in cells], np.int64),
        field=np.array([cell.field_id for cell in cells], np.int32),
        x0=np.array([mask.x0 for mask in masks], np.int32),
        y0=np.array([mask.y0 for mask in masks], np.int32),
        width=sizes[:, 0].copy(),
        height=sizes[:, 1].copy(),
        area=np.array([mask.area for mask in masks], np.int64),
        masks=tuple(map(packing.data, masks)),
        unpack=packing.unpack,
        revision=np.array([cell.mask_revision for cell in cells], np.int32),
        score=np.array([cell.score for cell in cells], np.float64),
        touches_border=np.array([cell.touches_border for cell in cells], np.bool_),
        edge_counted=np.array([cell.edge_counted for cell in cells], np.bool_),
        origin=origin,
        origins=origins,
        reviewed=np.full(len(cells), NO_CODE, np.int32),
        classes=(),
        segmenter=segmenter,
        segmenters=segmenters,
        edits={row: cell.edits for row, cell in enumerate(cells) if cell.edits},
        prompts=_prompts([cell.prompts for cell in cells]),
    )
    return made.reviewed_as(np.arange(len(cells)), [cell.reviewed_class for cell in cells])


def with_cells(known: StoredCells | None, new: StoredCells) -> StoredCells:
    """The rows of both; no number stands in both."""
    if known is None:
        return new
    order = np.argsort(np.concatenate([known.ids, new.ids]), kind="stable")
    row = np.empty(len(order), np.intp)
    row[order] = np.arange(len(order))
    first = len(known.ids)
    plain: dict[str, Any] = {n: np.concatenate([getattr(known, n), getattr(new, n)])[order] for n in _PLAIN}
    masks = (*known.masks, *new.masks)
    origin, origins = joined_codes((known.origin, known.origins), (new.origin, new.origins))
    segmenter, segmenters = joined_codes((known.segmenter, known.segmenters), (new.segmenter, new.segmenters))
    reviewed, classes = joined_codes(
        (known.reviewed, known.classes), (new.reviewed, new.classes), same=lambda one, other: one.looks_like(other)
    )
    edits = {int(row[at]): each for at, each in known.edits.items()}
    edits |= {int(row[first + at]): each for at, each in new.edits.items()}
    return replace(
        known, **plain, masks=tuple(masks[at] for at in order.tolist()), origin=origin[order], origins=origins,
        segmenter=segmenter[order], segmenters=segmenters, reviewed=reviewed[order], classes=classes, edits=edits,
        prompts=_joined_prompts(known.prompts, new.prompts, order=order),
    )  # fmt: skip


def coded(values: Sequence[H]) -> tuple[Codes, tuple[H, ...]]:
    """Few different values among many: the position of each, and what stands there."""
    known = {value: code for code, value in enumerate(dict.fromkeys(values))}
    return np.array([known[value] for value in values], np.int32), tuple(known)


def joined_codes(
    known: tuple[Codes, tuple[T, ...]],
    new: tuple[Codes, tuple[T, ...]],
    *,
    same: Callable[[T, T], bool] = lambda one, other: one == other,
) -> tuple[Codes, tuple[T, ...]]:
    """Codes behind each other, of the values of both."""
    values, places = list(known[1]), []
    for value in new[1]:
        place = next((at for at, each in enumerate(values) if same(each, value)), len(values))
        places.append(place)
        if place == len(values):
            values.append(value)
    translated = np.array([*places, NO_CODE], np.int32)[new[0]]  # the last for `NO_CODE`
    return np.concatenate([known[0], translated]), tuple(values)


def _prompts(every: Sequence[PromptSet]) -> StoredPrompts:
    counts = [len(own.points) + (own.box is not None) + (own.mask is not None) for own in every]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    kinds: list[int] = []
    places: list[tuple[float, float, float, float]] = []
    masks = {}
    unknown = float("nan")
    for own in every:
        for point in own.points:
            kinds.append(POSITIVE if point.positive else NEGATIVE)
            places.append((point.x, point.y, unknown, unknown))
        if own.box is not None:
            kinds.append(BOX)
            places.append((own.box.x0, own.box.y0, own.box.x1, own.box.y1))
        if own.mask is not None:
            masks[len(kinds)] = own.mask
            kinds.append(MASK)
            places.append((own.mask.x0, own.mask.y0, unknown, unknown))
    return StoredPrompts(first, np.array(kinds, np.int8), np.array(places, np.float64).reshape(-1, 4), masks)


def _joined_prompts(known: StoredPrompts, new: StoredPrompts, *, order: npt.NDArray[np.intp]) -> StoredPrompts:
    """Those of both, by cells in this order of both."""
    begins = np.concatenate([known.first[:-1], new.first[:-1] + len(known.kinds)])[order]
    counts = np.concatenate([np.diff(known.first), np.diff(new.first)])[order]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    at: Rows = np.arange(int(first[-1])) + np.repeat(begins - first[:-1], counts)
    kinds = np.concatenate([known.kinds, new.kinds])[at]
    masks = dict(chain(known.masks.items(), ((len(known.kinds) + at, mask) for at, mask in new.masks.items())))
    held = {position: masks[int(at[position])] for position in np.flatnonzero(kinds == MASK).tolist()}
    return StoredPrompts(first, kinds, np.concatenate([known.places, new.places])[at], held)
