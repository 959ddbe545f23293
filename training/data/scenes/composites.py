"""Fields composed from real cells: exact masks, hidden edges included.

In transmitted light optical densities add, so a field is background x exp(-sum of densities).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.masks.tiles import padding_colour
from training.data.cells.bank import DENSITY_STEP, Bank, Patch
from training.data.scenes import appearance
from training.data.scenes.scene import STRIDE, Instance, Scene


@dataclass(frozen=True)
class Layout:
    """How a composite is filled.

    Attributes:
        diameter: target cell diameter, pixels.
        count: cells to place.
        attached: share of them placed against an earlier one.
        reach: centre distance of those over the sum of radii.
        chains: rows of cells.
        rouleaux: whether those lie on each other like coins.
    """

    diameter: float
    count: int
    attached: float
    reach: tuple[float, float]
    chains: int
    rouleaux: bool = False


def random_diameter(rng: np.random.Generator, *, hard: bool = True) -> float:
    """Typical cell diameter in pixels: mostly about 48, often anything from 24 to 90.

    Args:
        hard: at times far off, as where the scale of a field was measured wrongly.
    """
    kind = rng.random()
    if kind < 0.6:
        return float(np.clip(48 * np.exp(rng.normal(0, 0.13)), 24, 90))
    low, high = (16, 130) if hard and kind > 0.93 else (24, 90)
    return float(np.exp(rng.uniform(math.log(low), math.log(high))))


def random_layout(rng: np.random.Generator, side: int, *, hard: bool = True, diameter: float | None = None) -> Layout:
    """From nearly empty to crowded, with cells of any diameter unless it is given."""
    diameter = random_diameter(rng, hard=hard) if diameter is None else diameter
    room = (side / diameter) ** 2
    mode = rng.random()
    if mode < 0.2:
        return Layout(diameter, int(room * rng.uniform(0.1, 0.5)) + 1, 0.15, (0.7, 1.05), 0)
    if mode < 0.6:
        return Layout(diameter, int(room * rng.uniform(0.4, 0.9)) + 2, 0.5, (0.55, 1.05), 0)
    if mode < 0.85:
        return Layout(diameter, int(room * rng.uniform(0.8, 1.3)) + 2, 0.6, (0.6, 1.0), 0)
    count = int(room * rng.uniform(0.3, 0.9)) + 2
    return Layout(diameter, count, 0.3, (0.5, 1.0), int(rng.integers(1, 4)), hard and rng.random() < 0.5)


@dataclass
class Canvas:
    """A field in the making: density (S, S, 3), where cells are, red cells, and white cells with platelets."""

    density: NDArray[np.float32]
    covered: NDArray[np.uint8]
    instances: list[Instance]
    others: list[Instance]


def compose(
    bank: Bank, *, rng: np.random.Generator, side: int = 256, hard: bool = True, diameter: float | None = None
) -> Scene:
    """One composite of side x side pixels, with cells of any diameter unless it is given.

    hard: with rouleaux, cells stained and focused unlike each other, platelets on cells, debris, round
    views and magnifications far off; without: the plain composites on which versions are compared.
    """
    layout = random_layout(rng, side, hard=hard, diameter=diameter)
    canvas = Canvas(np.zeros((side, side, 3), np.float32), np.zeros((side, side), np.uint8), [], [])
    place_others(canvas, bank, layout, rng)
    groups = [bank.cells[i] for i in choose_groups(bank, rng)]
    vary = appearance.random_variety(rng) if hard else appearance.ALIKE
    for x, y, attached in positions(canvas, layout, rng):
        group = groups[rng.integers(len(groups))]
        _place_cell(canvas, group[rng.integers(len(group))], x, y, layout, rng, attached, vary)
    if hard:
        place_platelets(canvas, bank, layout, rng)
        appearance.add_debris(canvas.density, diameter=layout.diameter, rng=rng)
    density = appearance.random_stain(canvas.density, rng=rng)
    image = random_background(bank, side, rng) * np.exp(-density)
    image *= appearance.random_shading(side, rng=rng)
    appearance.draw_marks(image, rng=rng)
    rgb = appearance.random_camera(np.clip(image, 0, 255), rng=rng)
    edge = rng.random()
    if edge < 0.1:
        canvas.instances, canvas.others = cut_edge(rgb, [canvas.instances, canvas.others], rng)
    elif hard and edge < 0.13:
        canvas.instances, canvas.others = cut_circle(rgb, [canvas.instances, canvas.others], rng)
    small = side // STRIDE
    ones, zeros = np.ones((small, small), np.float32), np.zeros((small, small), np.float32)
    return Scene(rgb, canvas.instances, ones, zeros, others=canvas.others)


def cut_edge(rgb: NDArray[np.uint8], groups: list[list[Instance]], rng: np.random.Generator) -> list[list[Instance]]:
    """Let the field end within the scene, filled as the application fills its tiles (in place)."""
    side = rgb.shape[0]
    left, top = (int(rng.uniform(0, side / 3)) * (rng.random() < 0.6) for _ in range(2))
    right, bottom = (side - int(rng.uniform(0, side / 3)) * (rng.random() < 0.6) for _ in range(2))
    colour = padding_colour(rgb[top:bottom, left:right])
    rgb[:top], rgb[bottom:], rgb[:, :left], rgb[:, right:] = colour, colour, colour, colour
    visible = np.zeros((side, side), np.uint8)
    visible[top:bottom, left:right] = 1
    return still_seen(groups, visible)


def cut_circle(rgb: NDArray[np.uint8], groups: list[list[Instance]], rng: np.random.Generator) -> list[list[Instance]]:
    """Let the dark rim of an eyepiece's round view cover a part of the scene (in place)."""
    side = rgb.shape[0]
    radius = side * rng.uniform(1.0, 4.0)
    angle = rng.uniform(0, 2 * math.pi)
    away = radius - side * rng.uniform(0.1, 0.45)
    centre = np.array([side / 2 + away * math.cos(angle), side / 2 + away * math.sin(angle)])
    visible = np.zeros((side, side), np.uint8)
    cv2.circle(visible, (round(centre[0]), round(centre[1])), round(radius), 1, cv2.FILLED)
    share = cv2.GaussianBlur(visible.astype(np.float32), (0, 0), rng.uniform(0.5, 4))[..., None]
    rim = rng.uniform(0, 40)
    rgb[:] = (rgb * share + rim * (1 - share)).astype(np.uint8)
    return still_seen(groups, visible)


def still_seen(groups: list[list[Instance]], visible: NDArray[np.uint8]) -> list[list[Instance]]:
    """The parts of the masks where visible (S, S) 0/1 is 1, without those of which hardly anything is left."""
    kept: list[list[Instance]] = []
    for group in groups:
        kept.append([])
        for cell in group:
            height, width = cell.mask.shape
            mask = cell.mask & visible[cell.y : cell.y + height, cell.x : cell.x + width]
            if mask.sum() >= 40:
                kept[-1].append(Instance(cell.x, cell.y, mask, cell.exact))
    return kept


def choose_groups(bank: Bank, rng: np.random.Generator) -> list[int]:
    """Fields whose cells go into a composite: one or a few, each source equally often."""
    sources = sorted({group[0].source for group in bank.cells})
    source = sources[rng.integers(len(sources))]
    candidates = [i for i, group in enumerate(bank.cells) if group[0].source == source]
    number = int(rng.integers(1, 4)) if source != "txl" else int(rng.integers(3, 8))
    return [int(candidates[rng.integers(len(candidates))]) for _ in range(number)]


def positions(canvas: Canvas, layout: Layout, rng: np.random.Generator) -> list[tuple[float, float, bool]]:
    """Centres to fill, in order; attached ones lean on an earlier one."""
    side = canvas.density.shape[0]
    radius = layout.diameter / 2
    out: list[tuple[float, float, bool]] = []
    for _ in range(layout.chains):
        x, y, angle = rng.uniform(0, side), rng.uniform(0, side), rng.uniform(0, 2 * math.pi)
        step = layout.diameter * (rng.uniform(0.28, 0.45) if layout.rouleaux else rng.uniform(0.35, 0.8))
        for _ in range(int(rng.integers(3, 8))):
            out.append((x, y, True))
            angle += rng.normal(0, 0.1 if layout.rouleaux else 0.2)
            x, y = x + step * math.cos(angle), y + step * math.sin(angle)
    for _ in range(layout.count):
        for _ in range(6):
            attached = bool(out) and rng.random() < layout.attached
            if attached:
                bx, by, _ = out[rng.integers(len(out))]
                distance = layout.diameter * rng.uniform(*layout.reach)
                angle = rng.uniform(0, 2 * math.pi)
                x, y = bx + distance * math.cos(angle), by + distance * math.sin(angle)
            else:
                x, y = rng.uniform(-radius / 2, side + radius / 2, 2)
            inside = -radius < x < side + radius and -radius < y < side + radius
            least = layout.diameter * (layout.reach[0] if attached else 1.02)
            near = min((math.hypot(x - a, y - b) for a, b, _ in out), default=1e9)
            if inside and near >= least * 0.98:
                out.append((x, y, attached))
                break
    return out


def _place_cell(
    canvas: Canvas,
    patch: Patch,
    x: float,
    y: float,
    layout: Layout,
    rng: np.random.Generator,
    attached: bool,
    vary: appearance.Variety,
) -> None:
    scale = layout.diameter / patch.diameter * float(np.exp(rng.normal(0, 0.06)))
    put = transformed(patch, x, y, scale, canvas.density.shape[0], rng)
    if put is None:
        return
    x0, y0, density, mask = put
    height, width = mask.shape
    view = canvas.covered[y0 : y0 + height, x0 : x0 + width]
    shared = float((mask & (view > 0)).sum()) / max(1.0, float(mask.sum()))
    if shared > ((0.75 if layout.rouleaux else 0.6) if attached else 0.05):
        return
    canvas.density[y0 : y0 + height, x0 : x0 + width] += vary.cell(density, diameter=layout.diameter, rng=rng)
    view |= mask
    if mask.sum() >= 40:
        canvas.instances.append(Instance(x0, y0, mask))


def place_others(canvas: Canvas, bank: Bank, layout: Layout, rng: np.random.Generator) -> None:
    """White cells and platelets first; red cells avoid or overlap them slightly."""
    if not bank.others or rng.random() > 0.45:
        return
    side = canvas.density.shape[0]
    for _ in range(int(rng.integers(1, 4))):
        patch = bank.others[rng.integers(len(bank.others))]
        x, y = rng.uniform(0, side, 2)
        put = transformed(patch, x, y, layout.diameter / patch.diameter, side, rng)
        if put is None:
            continue
        x0, y0, density, mask = put
        height, width = mask.shape
        canvas.density[y0 : y0 + height, x0 : x0 + width] += density
        canvas.covered[y0 : y0 + height, x0 : x0 + width] |= mask
        if mask.sum() >= 60:
            canvas.others.append(Instance(x0, y0, mask, exact=False))


def place_platelets(canvas: Canvas, bank: Bank, layout: Layout, rng: np.random.Generator) -> None:
    """Sometimes platelets on red cells: they belong to the cell that they lie on."""
    small = [o for o in bank.others if o.mask.size < (0.6 * o.diameter) ** 2]
    if not small or not canvas.instances or rng.random() > 0.15:
        return
    side = canvas.density.shape[0]
    for _ in range(int(rng.integers(1, 4))):
        cell = canvas.instances[rng.integers(len(canvas.instances))]
        patch = small[rng.integers(len(small))]
        x = cell.x + cell.mask.shape[1] * rng.uniform(0.2, 0.8)
        y = cell.y + cell.mask.shape[0] * rng.uniform(0.2, 0.8)
        put = transformed(patch, x, y, layout.diameter / patch.diameter, side, rng)
        if put is not None:
            x0, y0, density, mask = put
            canvas.density[y0 : y0 + mask.shape[0], x0 : x0 + mask.shape[1]] += density


def transformed(
    patch: Patch, x: float, y: float, scale: float, side: int, rng: np.random.Generator
) -> tuple[int, int, NDArray[np.float32], NDArray[np.uint8]] | None:
    """Rotate, flip, stretch and scale a patch to centre (x, y); its part within the scene."""
    height, width = patch.mask.shape
    angle, stretch = rng.uniform(0, 2 * math.pi), float(np.exp(rng.normal(0, 0.05)))
    first = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turn = rng.uniform(0, math.pi)
    second = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    flip = np.diag([1.0 if rng.random() < 0.5 else -1.0, 1.0])
    linear = scale * first @ np.diag([stretch, 1 / stretch]) @ second @ flip
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]
    reach = np.abs(corners @ linear.T).max(0)
    x0, y0 = max(0, math.floor(x - reach[0])), max(0, math.floor(y - reach[1]))
    x1, y1 = min(side, math.ceil(x + reach[0])), min(side, math.ceil(y + reach[1]))
    if x1 - x0 < 4 or y1 - y0 < 4:
        return None
    offset = np.array([x - x0, y - y0]) - linear @ [width / 2, height / 2]
    affine = np.concatenate([linear, offset[:, None]], axis=1)
    size = (x1 - x0, y1 - y0)
    mask = cv2.warpAffine(patch.mask, affine, size, flags=cv2.INTER_LINEAR) > 127
    if not mask.any():
        return None
    density = cv2.warpAffine(patch.density, affine, size, flags=cv2.INTER_LINEAR)
    return x0, y0, density.astype(np.float32) * DENSITY_STEP, mask.astype(np.uint8)


def random_background(bank: Bank, side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A background (side, side, 3): plain, or of a real field, 0..255."""
    if rng.random() < 0.5:
        return appearance.random_light(side, rng=rng)
    light = bank.backgrounds[rng.integers(len(bank.backgrounds))]
    out = cv2.resize(light, (side, side), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.clip(out * np.exp(rng.normal(0, 0.15) + rng.normal(0, 0.05, 3)), 50, 253).astype(np.float32)
