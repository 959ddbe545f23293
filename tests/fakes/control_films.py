"""Control films of a microscope, one a day."""

from datetime import UTC, datetime, timedelta

from rbc_desktop.domain.laboratory.control_film import Film, KeptFilm

FIRST = datetime(2026, 3, 2, 10, tzinfo=UTC)


def film(day, value=7.0, *, instrument="Scope 1", **more):
    """The film of so many days after the first."""
    time = (FIRST + timedelta(days=day)).isoformat()
    return KeptFilm(Film(f"film {day}", instrument, time, {"diameter": value, "pallor": 0.3}), f"case {day}", **more)


def weeks(count=22):
    """As many films as days, around 7 µm."""
    return [film(day, 7 + 0.01 * (day % 3)) for day in range(count)]
