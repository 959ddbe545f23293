"""Composed fields as no microscope here shows them: any hue and level, dark cells among pale ones, strange shapes.

Masks end at half of a cell's density (`training.data.cells.true_cells`). A share of the scenes stays ordinary.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.cells.bank import Bank, Patch
from training.data.cells.cell_shapes import reshaped
from training.data.scenes import appearance, obstacles
from training.data.scenes.composites import (
    Canvas,
    Layout,
    choose_groups,
    compose,
    cut_circle,
    cut_edge,
    place_others,
    place_platelets,
    positions,
    random_background,
    random_diameter,
    random_layout,
    still_seen,
    transformed,
)
from training.data.scenes.scene import STRIDE, Instance, Scene
from training.data.scenes.wide_stains import uneven_gains, wide_stain

ORDINARY = 0.35
"""Share of composites as before, but with exact outlines."""

SMALLEST_SHARE = 0.28
"""Least resolution of a scene, over the model's own: 14 px cells seen at 48 px."""


def compose_any(bank: Bank, *, rng: np.random.Generator, side: int = 256, hard: bool = True) -> Scene:
    """An ordinary or a strange scene; hard: whether an ordinary one may be hard."""
    if rng.random() < ORDINARY:
        return compose(bank, rng=rng, side=side, hard=hard and rng.random() < 0.7)
    return compose_strange(bank, rng=rng, side=side)


def compose_strange(bank: Bank, *, rng: np.random.Generator, side: int = 256) -> Scene:
    """One strange composite of side x side pixels."""
    layout = _layout(rng, side)
    canvas = Canvas(np.zeros((side, side, 3), np.float32), np.zeros((side, side), np.uint8), [], [])
    place_others(canvas, bank, layout, rng)
    canvas.density *= np.float32(np.exp(rng.normal(0, 0.3)))
    groups = [bank.cells[i] for i in choose_groups(bank, rng)]
    vary = replace(appearance.random_variety(rng), gain=0.0)
    odd = rng.choice([0.0, rng.uniform(0, 0.3), rng.uniform(0.5, 1.0)], p=[0.45, 0.35, 0.2])
    spots = positions(canvas, layout, rng)
    for (x, y, attached), gain in zip(spots, uneven_gains(rng, len(spots)), strict=True):
        group = groups[rng.integers(len(groups))]
        patch = group[rng.integers(len(group))]
        if rng.random() < odd:
            patch = reshaped(patch, rng=rng)
        _place(canvas, patch, (x, y), layout, rng, attached=attached, vary=vary, gain=float(gain))
    place_platelets(canvas, bank, layout, rng)
    appearance.add_debris(canvas.density, diameter=layout.diameter, rng=rng)
    obstacles.add_blotches(canvas.density, diameter=layout.diameter, rng=rng)
    obstacles.add_halos(canvas.density, canvas.covered, diameter=layout.diameter, rng=rng)
    image = _photographed(canvas, bank, layout, rng)
    clear = obstacles.draw_text(image, rng=rng)
    rgb = appearance.random_camera(np.clip(image, 0, 255), rng=rng)
    groups_of = [canvas.instances, canvas.others]
    if not clear.all():
        groups_of = still_seen(groups_of, clear)
    edge = rng.random()
    if edge < 0.08:
        groups_of = cut_edge(rgb, groups_of, rng)
    elif edge < 0.16:
        groups_of = cut_circle(rgb, groups_of, rng)
    small = side // STRIDE
    ones, zeros = np.ones((small, small), np.float32), np.zeros((small, small), np.float32)
    return Scene(rgb, groups_of[0], ones, zeros, others=groups_of[1])


def seen_small(scene: Scene, *, rng: np.random.Generator) -> Scene:
    """The scene photographed with so few pixels that cells are 14 to 34 px across."""
    side = scene.rgb.shape[0]
    few = round(side * rng.uniform(SMALLEST_SHARE, 0.7))
    small = cv2.resize(scene.rgb, (few, few), interpolation=cv2.INTER_AREA).astype(np.float32)
    photo = appearance.random_camera(small, rng=rng) if rng.random() < 0.7 else np.clip(small, 0, 255).astype(np.uint8)
    method = cv2.INTER_LINEAR if rng.random() < 0.7 else cv2.INTER_CUBIC
    return replace(scene, rgb=np.asarray(cv2.resize(photo, (side, side), interpolation=method), np.uint8))


def _layout(rng: np.random.Generator, side: int) -> Layout:
    if rng.random() < 0.8:
        return random_layout(rng, side)
    diameter = random_diameter(rng)  # pairs that overlap
    room = (side / diameter) ** 2
    return Layout(diameter, int(room * rng.uniform(0.2, 0.6)) + 2, 0.55, (0.4, 0.95), 0)


def _place(
    canvas: Canvas,
    patch: Patch,
    at: tuple[float, float],
    layout: Layout,
    rng: np.random.Generator,
    *,
    attached: bool,
    vary: appearance.Variety,
    gain: float,
) -> None:
    scale = layout.diameter / patch.diameter * float(np.exp(rng.normal(0, 0.08)))
    put = transformed(patch, *at, scale, canvas.density.shape[0], rng)
    if put is None:
        return
    x, y, density, mask = put
    height, width = mask.shape
    part = np.s_[y : y + height, x : x + width]
    shared = float((mask & (canvas.covered[part] > 0)).sum()) / max(1.0, float(mask.sum()))
    if shared > ((0.75 if layout.rouleaux else 0.6) if attached else 0.05):
        return
    canvas.density[part] += vary.cell(density, diameter=layout.diameter, rng=rng) * gain
    canvas.covered[part] |= mask
    if mask.sum() >= 40:
        canvas.instances.append(Instance(x, y, mask))


def _photographed(canvas: Canvas, bank: Bank, layout: Layout, rng: np.random.Generator) -> NDArray[np.float32]:
    side = canvas.density.shape[0]
    cells = np.zeros((side, side), bool)
    for one in canvas.instances:
        height, width = one.mask.shape
        cells[one.y : one.y + height, one.x : one.x + width] |= one.mask > 0
    if rng.random() < 0.75:
        density = wide_stain(canvas.density, cells, rng=rng)
    else:
        density = appearance.random_stain(canvas.density, rng=rng)
    image = random_background(bank, side, rng) * np.exp(-density)
    image *= appearance.random_shading(side, rng=rng)
    obstacles.add_vignette(image, rng=rng)
    obstacles.add_glare(image, canvas.instances, diameter=layout.diameter, rng=rng)
    appearance.draw_marks(image, rng=rng)
    return image
