"""The time of a repeatable run is the one it is told."""

from datetime import UTC, datetime, timedelta

import pytest

from rbc_desktop.domain import clock


def test_source_date_epoch_is_the_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772719620")
    assert clock.now() == datetime(2026, 3, 5, 14, 7, tzinfo=UTC)


@pytest.mark.parametrize("epoch", [None, "", "soon", "1e9", "9" * 30])
def test_without_a_usable_one_it_is_now_in_whole_seconds(monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    told = clock.now()
    assert abs(datetime.now(UTC) - told) < timedelta(minutes=1)
    assert (told.tzinfo, told.microsecond) == (UTC, 0)
