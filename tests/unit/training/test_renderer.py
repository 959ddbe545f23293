"""The renderer draws what it says it draws."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.light.illumination import optical_density
from training.renderer import CellSpec, FieldStyle, Kind, render_field, scatter


@pytest.fixture(scope="module")
def every_kind():
    kinds = list(Kind)
    specs = [CellSpec(k, 60 + 90 * (i % 5), 60 + 90 * (i // 5), 48, 0.3 * i) for i, k in enumerate(kinds)]
    return render_field(specs, width=470, height=310, seed=3)


def test_the_same_seed_draws_the_same_field(every_kind):
    again = render_field([c.spec for c in every_kind.cells], width=470, height=310, seed=3)
    assert np.array_equal(again.rgb, every_kind.rgb)
    assert all(a.mask.same_as(b.mask) for a, b in zip(again.cells, every_kind.cells, strict=True))


def test_masks_have_the_asked_diameter(every_kind):
    for cell in every_kind.cells:
        diameter = 2 * np.sqrt(cell.mask.area / np.pi)
        assert diameter == pytest.approx(cell.spec.diameter, abs=0.6), cell.spec.kind


def test_masks_cover_the_density_and_nothing_else(every_kind):
    density = optical_density(every_kind.rgb)[..., 1]
    covered = np.zeros(density.shape, bool)
    for cell in every_kind.cells:
        covered |= cell.mask.to_array(width=470, height=310)
    assert (density[covered] > 0.06).mean() > 0.97
    assert (density[~cv2.dilate(covered.astype(np.uint8), np.ones((5, 5))).astype(bool)] < 0.06).mean() > 0.97


def test_overlapping_densities_add():
    style = FieldStyle(noise=0.0, specks=0, blur=0.3, gradient=0.0)
    cells = [CellSpec(Kind.SPHEROCYTE, 60, 60, 60), CellSpec(Kind.SPHEROCYTE, 92, 60, 60)]
    field = render_field(cells, width=160, height=120, seed=1, style=style)
    one, two = (c.mask.to_array(width=160, height=120) for c in field.cells)
    density = -np.log(field.rgb[..., 1] / np.median(field.rgb[:10, :10, 1]))
    inner = cv2.erode((one & two).astype(np.uint8), np.ones((7, 7))).astype(bool)
    alone = np.median(density[one & ~two]) + np.median(density[two & ~one])
    assert np.median(density[inner]) == pytest.approx(alone, rel=0.08)


def test_pallor_follows_the_kind(every_kind):
    density = optical_density(every_kind.rgb)[..., 1]

    def core_over_rim(kind: Kind) -> float:
        mask = next(c.mask for c in every_kind.cells if c.spec.kind is kind).to_array(width=470, height=310)
        depth = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5)
        depth /= depth.max()
        return float(density[depth > 0.75].mean() / density[(depth > 0.2) & (depth < 0.45)].mean())

    assert core_over_rim(Kind.HYPOCHROMIA) < core_over_rim(Kind.NORMAL) < core_over_rim(Kind.SPHEROCYTE)
    assert core_over_rim(Kind.SPHEROCYTE) > 0.9
    assert core_over_rim(Kind.HYPOCHROMIA) < 0.45


def test_scattered_cells_do_not_touch():
    rng = np.random.default_rng(5)
    specs = scatter([Kind.NORMAL] * 12 + [Kind.TEARDROP] * 3, width=420, height=320, diameter=40, rng=rng)
    assert len(specs) == 15
    masks = [c.mask for c in render_field(specs, width=420, height=320, seed=5).cells]
    assert all(a.intersection_area(b) == 0 for i, a in enumerate(masks) for b in masks[:i])
