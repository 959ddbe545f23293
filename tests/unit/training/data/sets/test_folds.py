"""Folds of a prepared set."""

from __future__ import annotations

from collections import Counter

import pytest

from rbc_desktop.errors import UsageError
from training.data.sets.folds import are_parted, fold_sets
from training.data.sets.prepared_set import Item, PreparedSet


def a_set(tmp_path, groups):
    """Items of (label, group), in order."""
    items = [Item(f"{n:03d}", label, group, "train", (), 9, 9) for n, (label, group) in enumerate(groups)]
    return PreparedSet(tmp_path, "drawn", True, {"seed": 1}, tuple(items))


def parts(study):
    """Names by part."""
    return {part: [item.name for item in study.part(part)] for part in ("train", "validation", "test")}


def test_ten_images_of_two_groups_make_two_folds_of_five(tmp_path):
    study = a_set(tmp_path, [(0, "healthy 0")] * 5 + [(1, "anaemic 0")] * 5)
    first, second = fold_sets(study, folds=2)
    assert are_parted(study, folds=2)
    for fold in (first, second):
        assert {part: len(names) for part, names in parts(fold).items()} == {"train": 4, "validation": 1, "test": 5}
        assert set(Counter(item.label for item in fold.part("test")).values()) == {2, 3}
    assert sorted(parts(first)["test"] + parts(second)["test"]) == [item.name for item in study.items]


def test_groups_stay_together_where_they_can(tmp_path):
    study = a_set(tmp_path, [(n // 60, f"{n // 60} {n // 10}") for n in range(120)])
    assert not are_parted(study, folds=3)
    folds = fold_sets(study, folds=3)
    tested = Counter(item.name for fold in folds for item in fold.part("test"))
    assert set(tested.values()) == {1}
    assert len(tested) == 120
    for fold in folds:
        part_of = {}
        for item in fold.items:
            assert part_of.setdefault(item.group, item.part) == item.part
        assert Counter(item.label for item in fold.part("test")) == {0: 20, 1: 20}
        assert len(fold.part("validation")) == 20


def test_the_same_set_gives_the_same_folds(tmp_path):
    study = a_set(tmp_path, [(n % 2, f"g{n}") for n in range(30)])
    assert [parts(f) for f in fold_sets(study, folds=3)] == [parts(f) for f in fold_sets(study, folds=3)]


@pytest.mark.parametrize(("images", "folds"), [(10, 1), (5, 2), (0, 2)])
def test_too_few_images_or_folds_are_refused(tmp_path, images, folds):
    with pytest.raises(UsageError, match="folds"):
        fold_sets(a_set(tmp_path, [(0, "g")] * images), folds=folds)
