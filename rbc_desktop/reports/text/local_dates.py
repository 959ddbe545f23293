"""Dates as a reader of any country takes them, in the present language: 5 Mar 2026, and times with their zone."""

from __future__ import annotations

from datetime import date, datetime

from ...language import mark, tr
from ..codes import iso_date

_MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip


def local_date(text: str) -> str:
    """What was typed, a date in ISO form as day, month and year; anything else as it is."""
    known = iso_date(text)
    if known.count("-") == 2:
        return _day(date.fromisoformat(known))
    if known.count("-") == 1:
        return f"{tr(_MONTHS[int(known[5:]) - 1])} {known[:4]}"
    return text


def local_time(moment: datetime) -> str:
    """Day and time to the minute, in the zone that it was taken in: 5 Mar 2026, 14:07 (UTC+01:00)."""
    zone = f"{moment:%z}"
    return f"{_day(moment)}, {moment:%H:%M}" + (f" (UTC{zone[:3]}:{zone[3:5]})" if zone else "")


def local_time_of(text: str) -> str:
    """The same of a time in ISO 8601; anything else as it is."""
    try:
        return local_time(datetime.fromisoformat(text))
    except ValueError:
        return text


def _day(day: date) -> str:
    return tr("{day} {month} {year}", day=day.day, month=_MONTHS[day.month - 1], year=day.year)
