"""A prepared set on disk."""

from __future__ import annotations

import pytest

from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import prepared_set
from training.data.sets.prepared_set import load_set


def test_prepared_set_is_read_back_as_written(tmp_path):
    study = prepared_set(tmp_path, points=20)
    again = load_set(study.folder)
    assert again == study
    assert {item.part for item in study.items} == {"train", "validation", "test"}
    for item in study.items:
        mask = study.mask(item)
        assert mask.shape == (item.height, item.width) == study.rgb(item).shape[:2]
        assert len(item.points) == 20
        assert all(mask[int(y), int(x)] for x, y in item.points)
    part_of_group: dict[str, str] = {}
    for item in study.items:
        assert part_of_group.setdefault(item.group, item.part) == item.part


def test_a_folder_that_was_not_prepared_is_refused(tmp_path):
    with pytest.raises(UsageError, match="preparation"):
        load_set(tmp_path)
