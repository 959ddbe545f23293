"""Where tiles come, and what lies under a point."""

import numpy as np
import pytest

from rbc_desktop.domain.case.stored_claims import NO_CLASS
from rbc_desktop.domain.classes.assessability import NOT_ASSESSABLE
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.summary.rows import CUT_BY_THE_EDGE, UNCLASSIFIED
from rbc_desktop.workflows.review.cell_columns import LAYOUT, place_of
from rbc_desktop.workflows.review.gallery import (
    SORT_NAMES,
    GridLayout,
    arranged,
    common_window,
    is_calibrated,
    sizes,
    successor,
)

NORMAL, TARGET = place_of(CellClass.NORMAL), place_of(CellClass.TARGET_CELL)


def cells(count=400, *, seed=1, fields=3):
    rng = np.random.default_rng(seed)
    made = np.zeros(count, LAYOUT)
    made["cell"] = np.arange(1, count + 1)
    made["field"] = rng.integers(1, fields + 1, count)
    made["cell_class"] = rng.choice([NO_CLASS, NORMAL, TARGET], count)
    made["counted"] = rng.random(count) < 0.9
    made["not_assessable"] = (made["cell_class"] == NO_CLASS) & (rng.random(count) < 0.5)
    for name in ("sureness", "circularity", "pallor"):
        made[name] = np.where(rng.random(count) < 0.1, np.nan, rng.random(count))
    made["x1"], made["y1"] = rng.integers(20, 60, count), rng.integers(20, 60, count)
    made["um_per_px"] = np.nan
    return made


@pytest.mark.parametrize("sort", SORT_NAMES)
@pytest.mark.parametrize("by_class", [True, False])
def test_every_cell_has_one_tile_in_its_group_and_the_groups_are_in_order(sort, by_class):
    table = cells()
    made = arranged(table, sort=sort, by_class=by_class, fields=(3, 1, 2))
    assert sorted(made.ids.tolist()) == table["cell"].tolist()
    assert table["cell"][made.rows].tolist() == made.ids.tolist()
    names = [group.name for group in made.groups]
    assert names == (["normal", "target cell", UNCLASSIFIED, NOT_ASSESSABLE, CUT_BY_THE_EDGE] if by_class else [""])
    assert sum(group.count for group in made.groups) == len(table)
    start = 0
    for group in made.groups:
        rows = table[made.rows[start : start + group.count]]
        start += group.count
        if group.cell_class is not None:
            assert set(rows["cell_class"]) == {place_of(group.cell_class)}
            assert rows["counted"].all()


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("least sure", lambda t: t["sureness"]), ("circularity", lambda t: t["circularity"]),
        ("pallor", lambda t: -t["pallor"]), ("size", lambda t: -sizes(t)),
        ("field", lambda t: np.array([{3: 0, 1: 1, 2: 2}[f] for f in t["field"].tolist()], float)),
    ],
)  # fmt: skip
def test_tiles_are_sorted_and_the_unknown_comes_last(sort, value):
    table = cells()
    table["counted"] = True
    made = arranged(table, sort=sort, by_class=False, fields=(3, 1, 2))
    ordered = value(table[made.rows])
    known = ordered[~np.isnan(ordered)]
    assert np.isnan(ordered[len(known) :]).all()
    assert (np.diff(known) >= 0).all()


def test_similar_ones_come_first():
    table = cells(50)
    distances = np.random.default_rng(2).random(50).astype(np.float32)
    made = arranged(table, sort="similarity", by_class=False, fields=(1, 2, 3), distances=distances)
    assert made.rows.tolist() == np.argsort(distances).tolist()


@pytest.mark.parametrize("sort", ["size", "circularity", "pallor", "least sure"])
def test_halves_of_cells_come_after_whole_ones_whatever_their_shape(sort):
    table = cells(60)
    table["counted"][::3] = False
    table["field_left_out"][1::7] = True
    made = arranged(table, sort=sort, by_class=False, fields=(1, 2, 3))
    counts = (table["counted"] & ~table["field_left_out"])[made.rows]
    assert (np.diff(counts.astype(int)) <= 0).all()
    assert [group.count for group in made.groups] == [60]


def test_the_next_cell_takes_the_place_of_one_that_goes_to_another_group():
    table = cells(40)
    table["counted"], table["field_left_out"], table["not_assessable"] = True, False, False
    table["cell_class"] = np.repeat([0, 3], 20)

    def tiles():
        return arranged(table, sort="field", by_class=True, fields=(1, 2, 3))

    before = tiles()
    first = before.ids[:20].tolist()
    table["cell_class"][np.isin(table["cell"], first[4:6])] = 3
    after = tiles()
    assert successor(before, after, cell=first[4], without=first[4:6]) == first[6]
    assert successor(before, after, cell=first[4], without=first[4:]) == first[3]
    assert successor(before, after, cell=first[4], without=first) is None
    assert successor(before, after, cell=first[7], without=()) is None, "it has not gone"
    assert successor(before, after, cell=-1, without=()) is None


def test_an_empty_gallery_has_no_group():
    made = arranged(cells(0), sort="size", by_class=True, fields=())
    assert (len(made.ids), made.groups) == (0, ())
    layout = GridLayout.plan((), width=300, pitch=50, header=20)
    assert (layout.count, layout.height) == (0, 0)
    assert list(layout.between(0, 500)) == []
    assert layout.index_at(5, 5) is None


def test_one_scale_holds_nearly_every_cell_whole_and_is_in_micrometres_where_it_can():
    table = cells()
    assert not is_calibrated(table)
    window = common_window(table)
    assert np.mean(sizes(table) * 1.25 <= window) > 0.9
    assert common_window(np.concatenate([table, table[:3]])) == window, "steps, so that pictures stay"
    table["um_per_px"] = np.where(table["field"] == 1, 0.2, 0.1)
    assert is_calibrated(table)
    assert common_window(table) < window / 4


COUNTS = [(7, 1, 12), (1,), (5, 5, 5, 5), (100,), (3, 40)]


@pytest.mark.parametrize("counts", COUNTS)
@pytest.mark.parametrize(("width", "pitch", "header"), [(260, 50, 20), (40, 50, 0), (800, 64, 28)])
def test_positions_and_tiles_are_each_others_inverse(counts, width, pitch, header):
    layout = GridLayout.plan(counts, width=width, pitch=pitch, header=header)
    seen = set()
    for index in range(layout.count):
        x, y = layout.place_of(index)
        seen.add((x, y))
        assert layout.index_at(x, y) == index == layout.index_at(x + pitch - 1, y + pitch - 1)
        assert index in layout.row_at(y + 3)
        assert x + pitch <= max(width, pitch)
        assert y + pitch <= layout.height
    assert len(seen) == layout.count == sum(counts)


@pytest.mark.parametrize("counts", COUNTS)
def test_what_shows_between_two_heights_is_found_as_by_looking_at_each(counts):
    layout, pitch = GridLayout.plan(counts, width=260, pitch=50, header=20), 50
    rng = np.random.default_rng(4)
    for _ in range(200):
        top = int(rng.integers(-60, layout.height + 60))
        bottom = top + int(rng.integers(1, 300))
        edges = [layout.place_of(i)[1] for i in range(layout.count)]
        visible = [i for i, edge in enumerate(edges) if top < edge + pitch and edge < bottom]
        assert list(layout.between(top, bottom)) == visible
        left, right = sorted(rng.integers(0, 260, 2).tolist())
        boxed = [i for i in visible if layout.place_of(i)[0] <= right and left < layout.place_of(i)[0] + pitch]
        assert layout.in_box(left, top, right, bottom - 1) == boxed


def test_headings_belong_to_their_group():
    layout = GridLayout.plan((7, 1), width=260, pitch=50, header=20)
    assert [layout.heading_at(y) for y in (0, 19, 20, 119, 120, 139, 140, 500)] == [0, 0, None, None, 1, 1, None, None]
    assert [layout.group_at(y) for y in (-1, 0, 119, 120, 189, 190)] == [None, 0, 0, 1, 1, None]


def test_arrows_move_to_the_tile_beside_above_and_below_over_headings():
    layout = GridLayout.plan((7, 2, 8), width=260, pitch=50, header=20)  # 5 per row: 5+2, 2, 5+3
    assert layout.beside(0, across=1) == 1
    assert layout.beside(0, across=-1) == 0
    assert layout.beside(16, across=1) == 16
    assert layout.beside(1, down=1) == 6
    assert layout.beside(4, down=1) == 6, "the row below is shorter"
    assert layout.beside(6, down=1) == 8
    assert layout.beside(8, down=-1) == 6
    assert layout.beside(8, down=1) == 10
    assert layout.beside(10, down=-1) == 8
    assert layout.beside(2, down=-1) == 2
    assert layout.beside(15, down=1) == 15
