"""Dates that nobody reads the other way round."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rbc_desktop.reports.text.local_dates import local_date, local_time, local_time_of


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2026-03-05", "5 Mar 2026"), ("2026-12-31", "31 Dec 2026"), ("2026-05", "May 2026"), ("2026", "2026"),
        ("5.3.2026", "5.3.2026"), ("2026-02-30", "2026-02-30"), ("", ""), ("2026-03-05 08:15", "2026-03-05 08:15"),
    ],
)  # fmt: skip
def test_dates(typed, shown):
    assert local_date(typed) == shown


def test_times_keep_their_zone():
    there = timezone(timedelta(hours=-3, minutes=-30))
    assert local_time(datetime(2026, 3, 5, 14, 7, tzinfo=UTC)) == "5 Mar 2026, 14:07 (UTC+00:00)"
    assert local_time(datetime(2026, 1, 1, 0, 0, tzinfo=there)) == "1 Jan 2026, 00:00 (UTC-03:30)"
    assert local_time_of("2026-11-26T10:00:00+01:00") == "26 Nov 2026, 10:00 (UTC+01:00)"
    assert local_time_of("some day") == "some day"
