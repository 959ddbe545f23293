"""The prepared set: images, binary masks, prompting points and the split that every later step reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.errors import UsageError
from training.data.sets.fields import read_rgb

Part = Literal["train", "validation", "test"]
PARTS: tuple[Part, ...] = get_args(Part)
SPLIT_FILE = "split.json"
HEALTHY, ANAEMIC = 0, 1
LABEL_NAMES = ("healthy", "anaemic")


@dataclass(frozen=True)
class Item:
    """One prepared image.

    Attributes:
        name: also the file name of image and mask.
        label: `HEALTHY`, `ANAEMIC` or None when unknown.
        group: images of one group are never parted.
        points: ``(x, y)`` in the prepared image's pixels, all inside the mask.
        width: prepared size, as is `height`.
    """

    name: str
    label: int | None
    group: str
    part: Part
    points: tuple[tuple[float, float], ...]
    width: int
    height: int


@dataclass(frozen=True)
class PreparedSet:
    """A prepared folder.

    Attributes:
        description: which data these are, in words that tables repeat.
        exact: masks are known exactly or were drawn by people, else they were guessed from the pixels.
    """

    folder: Path
    description: str
    exact: bool
    settings: dict[str, Any]
    items: tuple[Item, ...]

    def part(self, part: Part) -> list[Item]:
        """The items of one part, in order."""
        return [item for item in self.items if item.part == part]

    def rgb(self, item: Item) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB."""
        return read_rgb(self.folder / "images" / f"{item.name}.png")

    def mask(self, item: Item) -> NDArray[np.bool_]:
        """(H, W) bool, True on red cells."""
        return read_grey(self.folder / "masks" / f"{item.name}.png") > 127


def read_grey(path: Path) -> NDArray[np.uint8]:
    """Decode an image file to (H, W) uint8, the brightest channel; raises UsageError if it can't be decoded."""
    data = np.fromfile(path, np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None:
        raise UsageError(f"{path.name} can't be decoded; replace it or take it out of the set.")
    return np.asarray(image.max(axis=2), np.uint8)


def write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write (H, W) grey or (H, W, 3) RGB uint8 to any path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _, data = cv2.imencode(".png", pixels if pixels.ndim == 2 else pixels[..., ::-1])
    path.write_bytes(data.tobytes())


def save_set(prepared: PreparedSet) -> None:
    """Write the split file, beside itself first, so that a reader never sees half of it."""
    content = {
        "description": prepared.description,
        "exact": prepared.exact,
        "settings": prepared.settings,
        "items": [asdict(item) for item in prepared.items],
    }
    path = prepared.folder / SPLIT_FILE
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content) + "\n", encoding="utf-8")
    part.replace(path)


def load_set(folder: Path) -> PreparedSet:
    """Read a prepared folder.

    Raises:
        UsageError: when the folder wasn't prepared.
    """
    path = folder / SPLIT_FILE
    if not path.exists():
        raise UsageError(f"{folder} holds no {SPLIT_FILE}; run training.data.sets.preparation first.")
    content = json.loads(path.read_text(encoding="utf-8"))
    items = tuple(Item(**{**row, "points": tuple(map(tuple, row["points"]))}) for row in content["items"])
    return PreparedSet(folder, content["description"], content["exact"], content["settings"], items)


def limited(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many items, evenly taken from all; 0 takes all."""
    if not most or len(items) <= most:
        return list(items)
    return [items[round(i * (len(items) - 1) / max(1, most - 1))] for i in range(most)]
