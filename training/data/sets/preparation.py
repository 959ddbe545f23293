"""Prepare a data set: ``python -m training.data.sets.preparation FOLDER --out DIR``.

Reads AneRBC-I or -II (default), Chula RBC-12 or TXL-PBC; writes ``images/``, ``masks/`` and ``split.json``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.errors import UsageError
from training.command import command
from training.data.sets.fields import read_rgb
from training.data.sets.prepared_set import PARTS, Item, Part, PreparedSet, save_set, write_png
from training.data.sets.public_sets import Found, Source, about, find_anerbc, find_chula, find_txl

SHARES: Mapping[Part, float] = {"train": 0.6, "validation": 0.1, "test": 0.3}
"""600 / 100 / 300 of the study's 1,000 images."""

KINDS = {
    "anerbc": "in AneRBC's layout",
    "chula": "Chula RBC-12, masks guessed",
    "txl-pbc": "TXL-PBC, masks guessed inside human boxes",
}
"""Kinds of data sets, and what tables say of them."""


@dataclass(frozen=True)
class Preparation:
    """How images are prepared.

    Attributes:
        side: longest side afterwards, pixels (smaller images stay as they are).
        points: prompting points per image; more where more regions want one each.
        erosion: pixels taken off the masked regions before points are drawn.
        seed: of points and split.
        folds: for how many folds the set is meant (`training.data.sets.folds`); 0 for the one split.
    """

    side: int = 1024
    points: int = 100
    erosion: int = 2
    seed: int = 1
    folds: int = 0


def prepare(found: Found, out: Path, *, description: str, plan: Preparation) -> PreparedSet:
    """Write images, masks and the split of a data set to `out`; the same arguments give the same files."""
    members = [(s.group, s.label) for s in found.sources]
    parts = {} if plan.folds else split_by_group(members, seed=plan.seed)
    items = [
        _prepared(source, parts.get(source.group, "train"), out, plan)
        for source in tqdm(found.sources, desc="prepare", mininterval=5)
    ]
    settings = {**asdict(plan), "notes": list(found.notes)}
    prepared = PreparedSet(out, description, found.exact, settings, tuple(items))
    save_set(prepared)
    return prepared


def split_by_group(members: Sequence[tuple[str, int | None]], *, seed: int) -> dict[str, Part]:
    """Part of every group, given ``(group, label)`` of every image.

    Groups in random order, large ones first; each goes where most of its labels' images are still missing from the
    parts' shares. Every part gets a group at least.

    Raises:
        UsageError: with fewer than three groups.
    """
    labels = sorted({str(label) for _, label in members})
    counts: dict[str, NDArray[np.float64]] = {}
    for group, label in members:
        counts.setdefault(group, np.zeros(len(labels)))[labels.index(str(label))] += 1
    total = np.sum(list(counts.values()), axis=0)
    missing = {part: total * SHARES[part] for part in PARTS}
    names = sorted(counts)
    order = [names[i] for i in np.random.default_rng(seed).permutation(len(names))]
    chosen: dict[str, Part] = {}
    for group in sorted(order, key=lambda g: -counts[g].sum()):
        own = counts[group]
        part = max(PARTS, key=lambda p: float((own * missing[p]).sum() / max(SHARES[p], 1e-9) ** 0.5))
        chosen[group] = part
        missing[part] = missing[part] - own
    for part in PARTS:
        if part not in chosen.values():
            _fill(part, chosen, counts)
    return chosen


def _fill(part: Part, chosen: dict[str, Part], counts: Mapping[str, NDArray[np.float64]]) -> None:
    """Give an empty part the smallest group of the part with the most groups, in place."""
    held = {p: [g for g in chosen if chosen[g] == p] for p in PARTS}
    most = max(PARTS, key=lambda p: len(held[p]))
    if len(held[most]) < 2:
        raise UsageError("Training, validation and test need images of at least three groups; add images.")
    chosen[min(held[most], key=lambda g: float(counts[g].sum()))] = part


def scaled(rgb: NDArray[np.uint8], mask: NDArray[np.bool_], side: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Both with the longest side at most `side`, the aspect kept; a mask of another size is fitted to the image."""
    height, width = rgb.shape[:2]
    factor = min(1.0, side / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    image = rgb if factor == 1 else np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    if mask.shape == image.shape[:2]:
        return image, mask
    return image, cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) >= 0.5


def eroded(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """The mask without its outermost pixels: specks vanish, and points don't lie on doubtful edges."""
    if pixels < 1:
        return mask
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    return cv2.erode(mask.astype(np.uint8), disc, borderType=cv2.BORDER_REPLICATE) > 0


def random_points(
    mask: NDArray[np.bool_], *, count: int, erosion: int, rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Pixel centres ``(x, y)`` inside the eroded mask: one in each region, and anywhere up to `count` in all.

    The mask itself is used where erosion leaves nothing; no points where it is empty.
    """
    area = eroded(mask, erosion)
    area = area if area.any() else mask
    if not area.any():
        return []
    _, regions = cv2.connectedComponents(area.astype(np.uint8), connectivity=4)
    rows, columns = np.nonzero(area)
    order = rng.permutation(len(rows))
    _, first = np.unique(regions[rows[order], columns[order]], return_index=True)
    one_each = order[rng.permutation(first)]
    anywhere = rng.integers(len(rows), size=max(0, count - len(one_each)))
    chosen = np.concatenate([one_each, anywhere])
    return [(float(columns[i]) + 0.5, float(rows[i]) + 0.5) for i in chosen]


def _prepared(source: Source, part: Part, out: Path, plan: Preparation) -> Item:
    rgb = read_rgb(source.image)
    rgb, mask = scaled(rgb, source.mask_of(rgb), plan.side)
    # The name makes the points independent of the order in which files are listed.
    rng = np.random.default_rng([plan.seed, *source.name.encode()])
    points = random_points(mask, count=plan.points, erosion=plan.erosion, rng=rng)
    write_png(out / "images" / f"{source.name}.png", rgb)
    write_png(out / "masks" / f"{source.name}.png", mask.astype(np.uint8) * 255)
    height, width = mask.shape
    return Item(source.name, source.label, source.group, part, tuple(points), width, height)


def find(kind: str, folder: Path, *, per_field: int) -> Found:
    """The images of a data set of a kind in `KINDS`."""
    if kind == "anerbc":
        return find_anerbc(folder, per_field=per_field)
    return find_chula(folder) if kind == "chula" else find_txl(folder)


def described(kind: str, folder: Path) -> str:
    """What a set says about itself in ``about.txt``, else its folder's name and kind."""
    return about(folder) or f"{folder.resolve().name}, {KINDS[kind]}"


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the data set")
    parser.add_argument("--out", type=Path, required=True, help="where images, masks and split.json go")
    parser.add_argument("--kind", choices=sorted(KINDS), default="anerbc")
    parser.add_argument("--describe", help="what tables call these data (default: its about.txt, else its name)")
    parser.add_argument("--side", type=int, default=1024, help="longest side, pixels")
    parser.add_argument("--points", type=int, default=100, help="prompting points per image")
    parser.add_argument("--erosion", type=int, default=2, help="pixels taken off the masks before points are drawn")
    parser.add_argument("--per-field", type=int, default=1, help="12 for AneRBC-II numbered through: images per field")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found = find(args.kind, args.folder, per_field=args.per_field)
    plan = Preparation(args.side, args.points, args.erosion, args.seed)
    prepared = prepare(found, args.out, description=args.describe or described(args.kind, args.folder), plan=plan)
    print("\n".join([*found.notes, summary(prepared)]))
    if found.skipped:
        print(f"{len(found.skipped)} images without a mask were left out, first {found.skipped[0].name}")


def summary(prepared: PreparedSet) -> str:
    """Images and groups of each part."""
    lines = []
    for part in PARTS:
        items = prepared.part(part)
        lines.append(f"{part:11s} {len(items):5d} images in {len({i.group for i in items})} groups")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
