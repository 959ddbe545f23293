"""Compose a set of AneRBC's layout from real cells: ``python -m training.study.composed_set --out DIR``.

AneRBC itself isn't always at hand. These fields have its folders, its two labels and exact masks, and every step runs
on them as on the real set. The classes of the cells decide the label and nothing else: light, stain, crowding, camera
and magnification of both are drawn from the same distributions by `training.data.scenes.composites`.

Scores on it compare methods with each other. They aren't scores on patients.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import UsageError
from rbc_desktop.imaging.light.illumination import background, optical_density
from training.classifier.split import block_of
from training.command import command
from training.data.cells.bank import Bank, Patch, cut_cells, cut_others, other_layer
from training.data.scenes.composites import compose
from training.data.scenes.scene import Scene
from training.data.sets.fields import DATA, above_threshold, list_fields, load_field
from training.data.sets.labelled_fields import CHULA_CLASSES, LabelledField, labelled_fields
from training.data.sets.prepared_set import ANAEMIC, HEALTHY, write_png
from training.data.sets.public_sets import ABOUT_FILE, GROUPS_FILE

FOLDERS = {HEALTHY: "Healthy_individuals", ANAEMIC: "Anemic_individuals"}
POOLS = 10
"""Chula's fields are parted into so many pools, a field here takes its cells from one of them, and pools are the
groups of the split: no cell occurs both in training and in test."""

DESCRIPTION = "a composed set of AneRBC's layout (real cells of Chula RBC-12, exact masks; not AneRBC)"

NORMAL_SHARE = {HEALTHY: (0.78, 0.97), ANAEMIC: (0.25, 0.78)}
OTHERS: Mapping[int, Mapping[CellClass, float]] = {
    HEALTHY: {
        CellClass.OVALOCYTE: 3,
        CellClass.MACROCYTE: 2,
        CellClass.MICROCYTE: 2,
        CellClass.STOMATOCYTE: 2,
        CellClass.BURR_CELL: 2,
        CellClass.TARGET_CELL: 1,
        CellClass.SPHEROCYTE: 1,
    },
    ANAEMIC: {
        CellClass.HYPOCHROMIA: 6,
        CellClass.MICROCYTE: 4,
        CellClass.TARGET_CELL: 4,
        CellClass.SCHISTOCYTE: 2,
        CellClass.TEARDROP: 2,
        CellClass.OVALOCYTE: 2,
        CellClass.MACROCYTE: 1,
    },
}
"""Classes beside the normal ones and their odds. Elliptocytes stay out: Chula has them in one kind of field only."""

PATCHES_A_FIELD = 200
OTHER_FIELDS_A_POOL = 6


@dataclass(frozen=True)
class Pool:
    """Cut-outs of one pool by class; white cells and platelets; backgrounds (64, 64, 3) uint8."""

    number: int
    cells: dict[CellClass, list[Patch]]
    others: list[Patch]
    backgrounds: list[NDArray[np.uint8]]


def compose_set(out: Path, *, images: int, size: tuple[int, int], seed: int = 1, pools: int = POOLS) -> None:
    """Write the set: `images` fields of `size` (width, height), half of them healthy, with masks, reports and groups.

    Raises:
        UsageError: when Chula RBC-12 isn't there.
    """
    fields = labelled_fields()
    if not fields:
        raise UsageError("Composing needs the labelled fields of Chula RBC-12 in ../shared/data; they aren't there.")
    bar = tqdm(total=images, desc="compose", mininterval=5)
    groups: list[tuple[str, str]] = []
    blocks = block_of(np.array([field.number for field in fields]))
    parted = part_fields(fields, blocks.tolist(), pools, seed=seed)
    for number, members in enumerate(parted):
        pool = load_pool(number, members)
        rng = np.random.default_rng([seed, number])
        for index in range(number * images // pools, (number + 1) * images // pools):
            label = (HEALTHY, ANAEMIC)[index % 2]
            mix = class_mix(label, list(pool.cells), rng=rng)
            scene = compose(bank_of(pool, mix, rng=rng), rng=rng, side=max(size), hard=False)
            groups.append((_write(out, index // 2 + 1, label, scene, mix, size), f"pool {number}"))
            bar.update()
    bar.close()
    with (out / GROUPS_FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("image", "group"), *groups])
    (out / ABOUT_FILE).write_text(f"{DESCRIPTION}, {images} fields of {size[0]} x {size[1]} px\n", encoding="utf-8")


def part_fields(
    fields: Sequence[LabelledField], block: Sequence[int], pools: int, *, seed: int
) -> list[list[LabelledField]]:
    """Blocks of fields dealt out to pools, those with many normal cells first, so that every pool has some.

    block: number of the block of each field.
    """
    blocks: dict[int, list[LabelledField]] = {}
    for field, number in zip(fields, block, strict=True):
        blocks.setdefault(number, []).append(field)
    normal = CHULA_CLASSES.index(CellClass.NORMAL)
    shuffled = [sorted(blocks)[i] for i in np.random.default_rng(seed).permutation(len(blocks))]
    order = sorted(shuffled, key=lambda b: -min(40, sum(int((f.classes == normal).sum()) for f in blocks[b])))
    return [[f for b in order[number::pools] for f in blocks[b]] for number in range(pools)]


def load_pool(number: int, fields: Sequence[LabelledField]) -> Pool:
    """Cut the labelled clean cells of some Chula fields, and white cells and platelets of a few TXL-PBC fields."""
    cells: dict[CellClass, list[Patch]] = {}
    backgrounds = []
    for labelled in fields:
        field = load_field("chula", labelled.path)
        if field is None:
            continue
        light = background(field.rgb)
        density = optical_density(field.rgb, light)
        above = above_threshold(density, excluded=np.zeros(field.cover.shape, bool))
        backgrounds.append(cv2.resize(light, (64, 64)).astype(np.uint8))
        height, width = field.cells.shape
        for (x, y), kind in zip(labelled.points, labelled.classes, strict=True):
            own = field.cells[min(int(y), height - 1), min(int(x), width - 1)]
            if own:
                alone = replace(field, cells=(field.cells == own).astype(np.int16))
                cells.setdefault(CHULA_CLASSES[kind], []).extend(cut_cells(alone, density, above))
    return Pool(number, cells, _others(number), backgrounds)


def class_mix(label: int, available: Sequence[CellClass], *, rng: np.random.Generator) -> dict[CellClass, float]:
    """Share of each class in a field of a label, of those that the pool has."""
    normal = float(rng.uniform(*NORMAL_SHARE[label]))
    odds = {kind: weight for kind, weight in OTHERS[label].items() if kind in available}
    drawn = rng.dirichlet(np.array(list(odds.values()), float))
    return {CellClass.NORMAL: normal, **{k: float((1 - normal) * d) for k, d in zip(odds, drawn, strict=True)}}


def bank_of(pool: Pool, mix: Mapping[CellClass, float], *, rng: np.random.Generator) -> Bank:
    """A bank whose cells follow the mix."""
    kinds = list(mix)
    shares = np.array([mix[k] for k in kinds])
    chosen = rng.choice(len(kinds), size=PATCHES_A_FIELD, p=shares / shares.sum())
    patches = [pool.cells[kinds[c]][rng.integers(len(pool.cells[kinds[c]]))] for c in chosen]
    return Bank([], [patches], pool.others, pool.backgrounds)


def red_mask(scene: Scene) -> NDArray[np.bool_]:
    """(S, S) bool: covered by a red cell."""
    mask = np.zeros(scene.rgb.shape[:2], bool)
    for cell in scene.instances:
        height, width = cell.mask.shape
        mask[cell.y : cell.y + height, cell.x : cell.x + width] |= cell.mask > 0
    return mask


def _others(number: int) -> list[Patch]:
    paths = [(s, p) for s, p in list_fields() if s == "txl"][number::POOLS]
    patches: list[Patch] = []
    for source, path in paths[:: max(1, len(paths) // OTHER_FIELDS_A_POOL)]:
        field = load_field(source, path)
        if field is not None:
            density = optical_density(field.rgb, background(field.rgb))
            patches += cut_others(field, density, other_layer(field, density))
    return patches


def _write(
    out: Path, number: int, label: int, scene: Scene, mix: Mapping[CellClass, float], size: tuple[int, int]
) -> str:
    """Write image, mask, coloured cut-out and morphology report; returns the image's file name."""
    width, height = size
    folder, stem = out / FOLDERS[label], f"{number:04d}_{'h' if label == HEALTHY else 'a'}"
    rgb, mask = scene.rgb[:height, :width], red_mask(scene)[:height, :width]
    write_png(folder / "Original_images" / f"{stem}.png", rgb)
    write_png(folder / "Binary_segmented" / f"{stem}.png", mask.astype(np.uint8) * 255)
    write_png(folder / "RGB_segmented" / f"{stem}.png", rgb * mask[..., None])
    report = folder / "Morphology_reports" / f"{stem}.txt"
    report.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{kind.value}: {100 * share:.0f} %" for kind, share in sorted(mix.items(), key=lambda m: -m[1])]
    report.write_text("Composed field; cells drawn in these shares:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return f"{stem}.png"


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="where the two folders go")
    parser.add_argument("--images", type=int, default=1000, help="fields, half of them healthy")
    parser.add_argument("--width", type=int, default=1224)
    parser.add_argument("--height", type=int, default=960)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    compose_set(args.out, images=args.images, size=(args.width, args.height), seed=args.seed)
    print(f"{args.images} fields in {args.out.name}, from the data in {DATA.name}")


if __name__ == "__main__":
    main()
