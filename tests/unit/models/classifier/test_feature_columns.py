"""Which columns a model reads."""

import pytest

from rbc_desktop.imaging.features import GROUPS
from rbc_desktop.models.classifier.feature_columns import feature_columns


def test_feature_columns_follow_the_order_of_the_names():
    columns = feature_columns(["shape", "size"])
    assert list(columns) == sorted(columns)
    assert len(columns) == len(GROUPS["size"]) + len(GROUPS["shape"])


def test_a_group_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="no such group"):
        feature_columns(["size", "no such group"])
