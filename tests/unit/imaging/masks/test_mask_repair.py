"""Mending masks, by exact pixels."""

import tracemalloc

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Point
from rbc_desktop.errors import RepairError
from rbc_desktop.imaging.masks import mask_repair
from rbc_desktop.imaging.masks.strokes import polygon, stroke
from tests.fakes.pixel_pictures import mask_of, picture_of, rectangle

FIELD = {"width": 60, "height": 40}


def line(*points):
    return [Point(x, y) for x, y in points]


def disc(x, y, radius, *, width=200, height=200):
    ys, xs = np.mgrid[:height, :width] + 0.5
    return CellMask.from_array((xs - x) ** 2 + (ys - y) ** 2 <= radius**2)


def union_of(masks):
    return CellMask.from_array(np.any(np.stack([m.to_array(width=300, height=300) for m in masks]), axis=0))


def components(mask):
    return cv2.connectedComponents(mask.crop.astype(np.uint8), connectivity=4)[0] - 1


# Knife


def test_a_cut_parts_a_mask_along_the_stroke_and_loses_no_pixel():
    left, right = sorted(mask_repair.cut(rectangle(5, 5, 20, 8), line((15.5, 2), (15.5, 20))), key=lambda m: m.x0)
    assert left.crop.all()
    assert right.crop.all()
    assert (left.x0, left.crop.shape[1] + right.crop.shape[1]) == (5, 20)
    assert right.x0 in (15, 16)


@pytest.mark.parametrize("angle", range(0, 180, 15))
def test_pieces_are_exactly_the_mask_whatever_the_direction(angle):
    mask = disc(50, 50, 20)
    dx, dy = 40 * np.cos(np.radians(angle)), 40 * np.sin(np.radians(angle))
    pieces = mask_repair.cut(mask, line((50 - dx, 50 - dy), (50 + dx, 50 + dy)))
    assert len(pieces) == 2
    assert union_of(pieces).same_as(mask)
    assert pieces[0].intersection_area(pieces[1]) == 0
    assert [components(p) for p in pieces] == [1, 1]
    assert abs(pieces[0].area - pieces[1].area) < 0.1 * mask.area


def test_a_stroke_that_stops_just_short_of_the_edge_still_cuts():
    mask = disc(50, 50, 20)
    pieces = mask_repair.cut(mask, line((50, 33), (50, 67)))
    assert len(pieces) == 2


@pytest.mark.parametrize(
    "points", [((50, 50), (50, 90)), ((0, 5), (90, 5)), ((50, 50),), ((50, 50), (50, 50)), ((45, 50), (55, 50))]
)
def test_a_stroke_that_misses_or_ends_inside_cuts_nothing(points):
    with pytest.raises(RepairError, match="from edge to edge"):
        mask_repair.cut(disc(50, 50, 20), line(*points))


def test_a_crumb_is_no_cell():
    with pytest.raises(RepairError, match="from edge to edge"):
        mask_repair.cut(disc(50, 50, 20), line((30, 31.5), (70, 31.5)))


def test_crumbs_of_a_cut_stay_with_a_piece():
    mask = disc(50, 50, 20)
    wavy = [(50, 20), (50, 34), (54, 30), (54, 28), (58, 28), (58, 36), (50, 38), (50, 80)]
    pieces = mask_repair.cut(mask, line(*wavy))
    assert len(pieces) == 2
    assert union_of(pieces).same_as(mask)


def test_a_stroke_through_both_legs_gives_three_pieces():
    mask = mask_of("\n".join(["#" * 20] * 6 + ["#" * 6 + "." * 8 + "#" * 6] * 10))
    pieces = mask_repair.cut(mask, line((-3, 11), (25, 11)))
    assert len(pieces) == 3
    assert union_of(pieces).same_as(mask)


def test_a_mask_at_the_edge_of_the_image_is_cut_like_any_other():
    pieces = mask_repair.cut(rectangle(0, 0, 20, 8), line((10, -5), (10, 12)))
    assert sorted(p.area for p in pieces) in ([72, 88], [80, 80])


# Merge


def test_halves_of_a_cut_become_the_cell_again():
    mask = disc(50, 50, 20)
    assert mask_repair.merged(mask_repair.cut(mask, line((30, 20), (70, 80)))).same_as(mask)


def test_a_narrow_gap_is_closed():
    merged = mask_repair.merged([rectangle(5, 5, 20, 20), rectangle(28, 5, 20, 20)])
    assert components(merged) == 1
    assert merged.crop[:, [*range(20), *range(23, 43)]].all()
    assert merged.crop[2:-2].all()


def test_cells_that_lie_apart_are_not_merged():
    with pytest.raises(RepairError, match="lie apart"):
        mask_repair.merged([rectangle(5, 5, 20, 20), rectangle(40, 5, 20, 20)])
    with pytest.raises(RepairError, match="two or more"):
        mask_repair.merged([rectangle(5, 5, 20, 20)])


def test_cells_at_the_edge_are_merged_within_the_field():
    merged = mask_repair.merged([rectangle(0, 0, 10, 10), rectangle(0, 11, 10, 10)])
    assert (merged.x0, merged.y0, merged.crop.shape) == (0, 0, (21, 10))


# Brush and eraser


def test_a_stroke_adds_what_it_covers():
    added = mask_repair.brushed(rectangle(5, 5, 10, 10), rectangle(14, 8, 6, 3))
    assert picture_of(added)[2:7] == ["#" * 10 + "....."] + ["#" * 15] * 3 + ["#" * 10 + "....."]


def test_a_loop_of_the_brush_is_filled_but_an_old_hole_stays():
    ring = mask_of("#####\n#...#\n#...#\n#####\n#.###\n#####", x0=10, y0=10)
    handle = mask_of("####\n...#\n...#\n####", x0=14, y0=10)
    added = mask_repair.brushed(ring, handle)
    assert picture_of(added) == ["########", "#...####", "#...####", "########", "#.###...", "#####..."]


def test_a_stroke_elsewhere_or_inside_changes_nothing():
    with pytest.raises(RepairError, match="doesn't touch"):
        mask_repair.brushed(rectangle(5, 5, 10, 10), rectangle(20, 5, 4, 4))
    with pytest.raises(RepairError, match="doesn't touch"):  # corner to corner is no contact
        mask_repair.brushed(rectangle(5, 5, 10, 10), rectangle(15, 15, 4, 4))
    with pytest.raises(RepairError, match="inside the cell"):
        mask_repair.brushed(rectangle(5, 5, 10, 10), rectangle(7, 7, 4, 4))


def test_the_largest_part_is_left_after_erasing():
    left = mask_repair.erased(rectangle(5, 5, 20, 10), rectangle(10, 0, 3, 30)).mask
    assert left.same_as(rectangle(13, 5, 12, 10))


def test_the_eraser_may_leave_a_hole_which_filling_closes():
    holed = mask_repair.erased(rectangle(5, 5, 10, 10), rectangle(8, 8, 3, 3)).mask
    assert holed.area == 91
    assert mask_repair.filled(holed).mask.same_as(rectangle(5, 5, 10, 10))
    with pytest.raises(RepairError, match="no hole"):
        mask_repair.filled(rectangle(5, 5, 10, 10))


def test_erasing_everything_or_nothing_is_refused():
    with pytest.raises(RepairError, match="Del"):
        mask_repair.erased(rectangle(5, 5, 10, 10), rectangle(4, 4, 12, 12))
    with pytest.raises(RepairError, match="Del"):
        mask_repair.erased(rectangle(5, 5, 10, 10), rectangle(4, 4, 10, 12))  # ten pixels are left
    with pytest.raises(RepairError, match="misses"):
        mask_repair.erased(rectangle(5, 5, 10, 10), rectangle(30, 4, 10, 12))


# Drawing anew


def test_a_closed_line_draws_the_whole_cell():
    ring = stroke(
        line(*((30 + 12 * np.cos(a), 20 + 12 * np.sin(a)) for a in np.linspace(0, 6.4, 60))), diameter=3, **FIELD
    )
    cell, lost = mask_repair.drawn(ring)
    assert lost == 0
    assert cell.same_as(disc(30, 20, 13.5, **FIELD))
    assert components(cell) == 1


def test_too_little_is_no_cell():
    for nothing in (None, rectangle(5, 5, 3, 3), stroke(line((5, 5)), diameter=2, **FIELD)):
        with pytest.raises(RepairError, match="too small"):
            mask_repair.drawn(nothing)


def test_the_largest_part_of_an_outline_that_crosses_itself_is_the_cell():
    eight = polygon(line((5, 5), (35, 26), (35, 10), (5, 25)), **FIELD)
    cell, lost = mask_repair.drawn(eight)
    assert components(cell) == 1
    assert cell.area + lost == eight.area
    assert lost > 0


def test_only_pixels_between_the_old_and_the_new_outline_change():
    mask = mask_of("\n".join(["##########", "#.########", *["##########"] * 8]), x0=5, y0=5)
    before = line((5, 5), (15, 5), (15, 15), (5, 15))
    after = line((5, 5), (19, 5), (15, 15), (5, 15))
    moved = mask_repair.redrawn(mask, before, after, **FIELD).mask
    assert moved.crop[1, 1] == np.False_
    assert moved.crop[:, :10].sum() == 99
    assert moved.crop[0].sum() > 13 - 1
    inwards = mask_repair.redrawn(mask, before, line((5, 5), (15, 5), (10, 10), (5, 15)), **FIELD).mask
    assert inwards.area < 99
    with pytest.raises(RepairError, match="farther"):
        mask_repair.redrawn(mask, before, before, **FIELD)
    with pytest.raises(RepairError, match="Del"):
        mask_repair.redrawn(rectangle(5, 5, 10, 10), before, line((5, 5), (6, 5), (6, 6)), **FIELD)


def test_merging_a_whole_field_of_cells_takes_the_memory_of_a_few_fields():
    """One array for each of 1,253 cells were 2.9 GB."""
    cells = [rectangle(x, y, 20, 20) for y in range(0, 400, 20) for x in range(0, 400, 20)]
    tracemalloc.start()
    merged = mask_repair.merged(cells)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert merged.same_as(rectangle(0, 0, 400, 400))
    assert most < 10 * 400 * 400


# By a pixel


def test_growing_adds_the_pixels_beside_and_shrinking_takes_the_rim():
    assert picture_of(mask_repair.grown(rectangle(5, 5, 2, 2), **FIELD).mask) == [".##.", "####", "####", ".##."]
    assert mask_repair.shrunk(rectangle(5, 5, 8, 8), **FIELD).mask.same_as(rectangle(6, 6, 6, 6))


def test_at_the_edge_of_the_field_a_cell_neither_leaves_it_nor_lets_go():
    corner = rectangle(0, 0, 8, 8)
    grown = mask_repair.grown(corner, **FIELD).mask
    assert (grown.x0, grown.y0, grown.crop.shape) == (0, 0, (9, 9))
    assert mask_repair.shrunk(corner, **FIELD).mask.same_as(rectangle(0, 0, 7, 7))
    last = rectangle(52, 32, 8, 8)
    assert mask_repair.shrunk(last, **FIELD).mask.same_as(rectangle(53, 33, 7, 7))
    whole = rectangle(0, 0, 60, 40)
    with pytest.raises(RepairError, match="fills the field"):
        mask_repair.grown(whole, **FIELD)
    with pytest.raises(RepairError, match="Del"):
        mask_repair.shrunk(rectangle(5, 5, 4, 4), **FIELD)


def smoothed_often(mask):
    for _ in range(30):
        mask = mask_repair.smoothed(mask, **FIELD).mask


def test_smoothing_takes_a_staircase_and_keeps_the_size():
    cell = disc(30, 20, 14, **FIELD)
    rough = CellMask.from_array(cell.to_array(**FIELD) | rectangle(43, 19, 6, 1).to_array(**FIELD))
    smooth = mask_repair.smoothed(rough, **FIELD).mask
    assert smooth.box.x1 < 46
    assert smooth.iou(cell) > 0.98
    with pytest.raises(RepairError, match="smooth already"):
        smoothed_often(smooth)


@pytest.mark.parametrize("diameter", [5, 8, 13, 20, 30])
def test_smoothing_leaves_round_cells_of_every_size_alone(diameter):
    """Half of the blurred height lies inside a small disc's rim: smoothing 8 pixels five times left no cell."""
    cell = disc(30, 20, diameter / 2, **FIELD)
    with pytest.raises(RepairError, match="smooth already"):
        mask_repair.smoothed(cell, **FIELD)


def test_smoothing_does_not_pull_a_cell_off_the_edge():
    half = CellMask.from_array(disc(30, 0, 14, **FIELD).to_array(**FIELD) | rectangle(43, 0, 4, 1).to_array(**FIELD))
    smooth = mask_repair.smoothed(half, **FIELD).mask
    assert smooth.y0 == 0
    assert smooth.crop[0].sum() >= 27
    with pytest.raises(RepairError, match="Del"):
        mask_repair.smoothed(rectangle(5, 5, 40, 1), **FIELD)


# Splitting by two clicks


def fused():
    """Two discs that overlap by a sixth of their width, their middles, and a density with a pale line between them."""
    left, right = disc(40, 60, 20), disc(73, 60, 20)
    both = union_of([left, right])
    _, xs = np.mgrid[: both.crop.shape[0], : both.crop.shape[1]]
    darkness = np.where(np.abs(xs + both.x0 + 0.5 - 56.5) < 1.5, 0.1, 0.5).astype(np.float32)
    return left, right, both, darkness


def test_halves_share_the_border_and_hold_exactly_the_cell():
    left, right, both, darkness = fused()
    for first, second in ((left, right), (None, None), (left, None), (both, both)):
        one, two = mask_repair.split(both, (Point(40, 60), first), (Point(73, 60), second), darkness=darkness)
        assert union_of([one, two]).same_as(both)
        assert one.intersection_area(two) == 0
        assert one.contains(Point(40, 60))
        assert two.contains(Point(73, 60))
        assert one.iou(left) > 0.9
        assert two.iou(right) > 0.9
        assert [components(one), components(two)] == [1, 1]


def test_where_the_masks_overlap_the_border_follows_the_pale_line():
    left, right, both, darkness = fused()
    one, two = mask_repair.split(both, (Point(40, 60), left), (Point(73, 60), right), darkness=darkness)
    assert abs(one.box.x1 - 56.5) <= 2.5
    assert abs(two.box.x0 - 56.5) <= 2.5


def test_what_the_model_is_sure_of_is_kept():
    left, right, both, _ = fused()
    noise = np.random.default_rng(1).random(both.crop.shape).astype(np.float32)
    one, two = mask_repair.split(both, (Point(40, 60), left), (Point(73, 60), right), darkness=noise)
    only_left = left.to_array(width=200, height=200) & ~right.to_array(width=200, height=200)
    assert not (two.to_array(width=200, height=200) & only_left).any()
    assert one.area + two.area == both.area


def test_clicks_beside_the_cell_or_on_one_spot_split_nothing():
    left, right, both, darkness = fused()
    with pytest.raises(RepairError, match="each half"):
        mask_repair.split(both, (Point(40, 60), left), (Point(150, 60), right), darkness=darkness)
    with pytest.raises(RepairError, match="too close"):
        mask_repair.split(both, (Point(40, 60), None), (Point(40.1, 60), None), darkness=darkness)


def test_a_cell_at_the_edge_is_split_too():
    both = rectangle(0, 0, 40, 15)
    darkness = np.full((15, 40), 0.5, np.float32)
    one, two = mask_repair.split(both, (Point(8, 7), None), (Point(30, 7), None), darkness=darkness)
    assert one.area + two.area == 600
    assert abs(one.area - 285) < 80


def plain_step(mask, kind, step):
    """Grown, shrunk, smoothed or filled pixel by pixel on the whole field; None where it is refused."""
    old = mask.to_array(**FIELD)
    if kind in ("grown", "shrunk"):
        reach = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if step == 2 or not (x and y)]
        beyond = np.pad(old, 1, mode="edge" if kind == "shrunk" else "constant")
        moved = [beyond[1 + y : 41 + y, 1 + x : 61 + x] for y, x in reach]
        new = np.all(moved, axis=0) if kind == "shrunk" else np.any(moved, axis=0)
    elif kind == "smoothed":
        steps = np.arange(-6, 7)
        kernel = np.exp(-(steps**2) / (2 * mask_repair.SMOOTH_SIGMA_PX**2))
        soft = np.pad(old.astype(float), 6, mode="edge")
        for axis in (0, 1):
            soft = np.apply_along_axis(np.convolve, axis, soft, kernel / kernel.sum(), mode="valid")
        new = soft > 0.5 - mask_repair.SMOOTH_SIGMA_PX / (mask.diameter * np.sqrt(2 * np.pi))
    else:
        outside = np.pad((~old).astype(np.uint8), 1, constant_values=1)
        new = ~np.isin(labels := cv2.connectedComponents(outside, connectivity=8)[1], labels[0, 0])[1:-1, 1:-1]
    if kind in ("shrunk", "smoothed"):
        count, labels = cv2.connectedComponents(new.astype(np.uint8), connectivity=4)
        areas = [np.count_nonzero(labels == n) for n in range(1, count)]
        new = labels == 1 + int(np.argmax(areas)) if max(areas, default=0) >= mask_repair.LEAST_AREA_PX else new & False
    is_refused = not new.any() or (np.array_equal(new, old) and kind != "shrunk")
    return None if is_refused else CellMask.from_array(new)


@pytest.mark.parametrize("kind", ["grown", "shrunk", "smoothed", "filled"])
def test_steps_by_a_pixel_are_those_of_a_plain_reading_of_the_rule(kind):
    """Blobs of all sizes, with holes and in parts, many of them cut by the edges of the field."""
    rng, changed = np.random.default_rng(2), 0
    for _ in range(300):
        noise = cv2.GaussianBlur(rng.normal(size=(40, 60)), (0, 0), float(rng.uniform(1, 4)))
        x, y = rng.integers(-10, 60), rng.integers(-10, 40)
        around = np.hypot(*np.mgrid[-y : 40 - y, -x : 60 - x]) < rng.uniform(3, 25)
        mask = CellMask.from_array((noise > np.quantile(noise, rng.uniform(0.1, 0.6))) & around)
        if mask is None or mask.area < 2:
            continue
        step = int(rng.integers(3))
        more = {"step": step} if kind in ("grown", "shrunk") else {}
        expected = plain_step(mask, kind, step)
        try:
            found = getattr(mask_repair, kind)(mask, **({} if kind == "filled" else FIELD), **more).mask
        except RepairError:
            assert expected is None
        else:
            changed += 1
            assert expected is not None
            assert found.same_as(expected)
    assert changed > 50
