"""The time, for whatever writes it down: one place, so that a run can be repeated byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the time, with its time zone."""


def now() -> datetime:
    """The time in UTC, in whole seconds; the one that ``SOURCE_DATE_EPOCH`` names where it is set.

    https://reproducible-builds.org/specs/source-date-epoch/; a value that is no number of seconds is passed over.
    """
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return datetime.now(UTC).replace(microsecond=0)
