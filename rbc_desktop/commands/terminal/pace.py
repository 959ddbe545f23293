"""How fast a long run goes, and how long it still takes."""

from __future__ import annotations

from collections.abc import Sequence

WINDOW = 30
"""Items whose times count: a run may begin with images that it has already, which take no time."""


def pace_text(times: Sequence[float], *, left: int, unit: str) -> str:
    """E.g. "2.4 images/s, 5 min left"; "" while nothing can be said, and at the end only the pace.

    Args:
        times: seconds at which the run began or an item was done; the last `WINDOW` are enough.
        left: items to come.
        unit: what an item is.
    """
    items, seconds = len(times) - 1, times[-1] - times[0] if times else 0.0
    if items < 1 or seconds <= 0:
        return ""
    per_item = seconds / items
    pace = f"{1 / per_item:.1f} {unit}s/s" if per_item < 1 else f"{per_item:.1f} s per {unit}"
    return f"{pace}, {duration_text(left * per_item)} left" if left else pace


def duration_text(seconds: float) -> str:
    """A time in the largest unit that fits: "40 s", "12 min", "3.5 h"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:.1f} h"
