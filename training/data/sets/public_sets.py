"""Finding the images, masks and labels of the data sets on disk: AneRBC-I and -II, Chula RBC-12, TXL-PBC."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.errors import UsageError
from rbc_desktop.imaging.light.illumination import background, optical_density
from training.data.sets.fields import RED, density_mask, read_boxes, read_rgb
from training.data.sets.mask_polarity import Polarity, cells_of, find_polarity
from training.data.sets.prepared_set import ANAEMIC, HEALTHY

IMAGE_ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"}
BLOCK = 10
"""So many consecutive numbers are kept together where nothing says which images belong to one patient."""

LOOKED_AT = 12
"""So many images of a folder decide how its masks are drawn."""

GROUPS_FILE = "groups.csv"
ABOUT_FILE = "about.txt"
"""One line that says what a set is; tables repeat it."""

MaskOf = Callable[[NDArray[np.uint8]], NDArray[np.bool_]]
"""From the image (H, W, 3) uint8 RGB to its mask (H, W) bool."""


@dataclass(frozen=True)
class Source:
    """One image of a data set before preparation."""

    name: str
    image: Path
    mask_of: MaskOf
    label: int | None
    group: str


@dataclass(frozen=True)
class Found:
    """The images of a set.

    Attributes:
        skipped: images left out because they have no mask.
        exact: see `PreparedSet`.
        notes: what was found out about the files, a sentence each.
    """

    sources: list[Source]
    skipped: list[Path]
    exact: bool
    notes: tuple[str, ...] = ()


def find_anerbc(root: Path, *, per_field: int = 1) -> Found:
    """AneRBC-I, AneRBC-II or both, anywhere under `root`.

    Folder and file names are read leniently: case, spaces, underscores, endings and words such as "mask" don't
    matter. Groups come from ``groups.csv`` (columns ``image,group``) in `root` where there is one, else from blocks
    of ten consecutive fields. Whether masks hold cells bright or dark is decided by the images of each folder
    (`mask_polarity`); AneRBC's hold white cells, platelets and specks too. per_field: images cut from one field and
    numbered one after the other (12 in AneRBC-II); file names with two numbers say the field themselves.

    Raises:
        UsageError: when nothing of that layout is there.
    """
    named = read_groups(root / GROUPS_FILE)
    sources: list[Source] = []
    skipped: list[Path] = []
    notes: list[str] = []
    for folder in sorted(p for p in (root, *root.rglob("*")) if p.is_dir()):
        label = _label(folder.name)
        images, masks = _inner(folder, "original"), _inner(folder, "binary")
        if label is None or images is None or masks is None:
            continue
        by_key = {_key(path): path for path in _images(masks)}
        version = folder.parent.name if folder.parent != root else ""
        pairs = [(path, by_key[_key(path)]) for path in _images(images) if _key(path) in by_key]
        skipped += [path for path in _images(images) if _key(path) not in by_key]
        polarity, said = _polarity(pairs)
        notes.append(f"masks of {folder.name}: cells {polarity}, as {said} of its images say")
        for path, mask in pairs:
            name = _plain(f"{version} {'healthy' if label == HEALTHY else 'anaemic'} {path.stem}")
            group = (
                named.get(f"{folder.name}/{path.stem}".lower())
                or named.get(path.stem.lower())
                or _number_block(path.stem, label, per_field)
            )
            sources.append(Source(name, path, _drawn_mask(mask, polarity), label, group))
    if not sources:
        raise UsageError(
            f"{root} holds no AneRBC images with masks; expected are Healthy_individuals and Anemic_individuals with "
            "Original_images and Binary_segmented in each."
        )
    return Found(sources, skipped, exact=True, notes=tuple(notes))


def find_chula(root: Path) -> Found:
    """The fields ``images/N.jpg`` of Chula RBC-12, with masks guessed from the optical density; groups of ten numbers.

    Raises:
        UsageError: when there are none.
    """
    paths = sorted((root / "images").glob("*.jpg"), key=lambda p: (len(p.stem), p.stem))
    if not paths:
        raise UsageError(f"{root} holds no images/N.jpg; name the folder of Chula RBC-12.")
    sources = [
        Source(f"chula_{p.stem}", p, _guessed_mask, None, f"block {_numbers(p.stem)[0] // BLOCK}") for p in paths
    ]
    return Found(sources, [], exact=False)


def find_txl(root: Path) -> Found:
    """The images of TXL-PBC (``train`` and ``val``); the mask is what absorbs inside the boxes of red cells.

    Raises:
        UsageError: when there are none.
    """
    sources = []
    for part in ("train", "val"):
        for path in sorted((root / part / "images").glob("*")):
            if path.suffix.lower() in IMAGE_ENDINGS:
                sources.append(Source(f"txl_{path.stem}", path, _boxed_mask(path), None, path.stem))
    if not sources:
        raise UsageError(f"{root} holds no train/images or val/images; name the folder of TXL-PBC.")
    return Found(sources, [], exact=False)


def about(root: Path) -> str:
    """What a set says about itself; empty when it says nothing."""
    path = root / ABOUT_FILE
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def read_groups(path: Path) -> dict[str, str]:
    """Group by image name (without ending, lower case) from a CSV with the columns ``image,group``; empty without file.

    Where healthy and anaemic images share names, the name is ``FOLDER/IMAGE``.

    Raises:
        UsageError: when the columns are missing.
    """
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and not {"image", "group"} <= set(rows[0]):
        raise UsageError(f"{path.name} needs the columns image and group.")
    return {str(Path(row["image"]).with_suffix("")).replace("\\", "/").lower(): row["group"] for row in rows}


def _label(name: str) -> int | None:
    plain = re.sub(r"[^a-z]", "", name.lower())
    if plain.startswith("healthy"):
        return HEALTHY
    return ANAEMIC if plain.startswith(("anemic", "anaemic")) else None


def _inner(folder: Path, word: str) -> Path | None:
    """The subfolder whose name starts with a word."""
    found = [
        p for p in sorted(folder.iterdir()) if p.is_dir() and re.sub(r"[^a-z]", "", p.name.lower()).startswith(word)
    ]
    return found[0] if found else None


def _images(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in IMAGE_ENDINGS)


_FILLERS = {
    "mask",
    "masks",
    "binary",
    "segmented",
    "original",
    "image",
    "images",
    "img",
    "gt",
    "rgb",
    "truth",
    "ground",
}


def _key(path: Path) -> tuple[str, ...]:
    """What names an image and its mask in common: words without fillers, numbers without leading zeros."""
    tokens = re.findall(r"[a-z]+|\d+", path.stem.lower())
    return tuple(str(int(t)) if t.isdigit() else t for t in tokens if t not in _FILLERS)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def _numbers(stem: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", stem)]


def _number_block(stem: str, label: int, per_field: int) -> str:
    numbers = _numbers(stem)
    if not numbers:
        return stem.lower()
    field = numbers[0] if len(numbers) > 1 else (numbers[0] - 1) // per_field + 1
    return f"{'healthy' if label == HEALTHY else 'anaemic'} {(field - 1) // BLOCK}"


def _polarity(pairs: Sequence[tuple[Path, Path]]) -> tuple[Polarity, int]:
    """See `find_polarity`, of images and masks taken evenly from a folder."""
    chosen = pairs[:: max(1, -(-len(pairs) // LOOKED_AT))]
    return find_polarity((read_rgb(image), _read_mask(mask).max(axis=2)) for image, mask in chosen)


def _read_mask(path: Path) -> NDArray[np.uint8]:
    """A mask file (H, W, 3) uint8; a damaged one is refused with what to do."""
    try:
        return read_rgb(path)
    except (ValueError, cv2.error) as error:
        raise UsageError(f"{path.name} can't be decoded; replace it or take it out of the set.") from error


def _drawn_mask(path: Path, polarity: Polarity) -> MaskOf:
    return lambda _rgb: cells_of(_read_mask(path), polarity)


def _guessed_mask(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    density = optical_density(rgb, background(rgb))
    return density_mask(density, excluded=np.zeros(rgb.shape[:2], bool))


def _boxed_mask(path: Path) -> MaskOf:
    def mask_of(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
        boxes, kinds = read_boxes(path, rgb.shape[:2])
        red, other = (_inside(boxes[rows], rgb.shape[:2]) for rows in (kinds == RED, kinds != RED))
        return density_mask(optical_density(rgb, background(rgb)), excluded=other & ~red) & red

    return mask_of


def _inside(boxes: NDArray[np.float32], shape: Sequence[int]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, bool)
    for x0, y0, x1, y1 in boxes:
        mask[max(0, int(y0)) : int(np.ceil(y1)), max(0, int(x0)) : int(np.ceil(x1))] = True
    return mask
