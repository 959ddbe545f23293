"""The laboratory's list of control films; what a file says is checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...domain.laboratory.control_film import MEASURES, Film, KeptFilm, day_of
from ..paths import settings_file
from .lab_list import ListKind, read_list, write_list

KIND = ListKind("rbc-desktop control films", most=5_000)
"""As many are ten years of one microscope and more."""

LONGEST_TEXT = 500


def control_file() -> Path:
    """Where this computer keeps its list: beside the settings."""
    return settings_file().with_name("control_films.json")


def read_films(path: Path) -> tuple[KeptFilm, ...]:
    """The films on a list.

    Raises:
        UnreadableListError: when any of it can't be read: a film that is passed over would move the limits.
    """
    return read_list(KIND, path, entry_of=_film)


def write_films(films: Sequence[KeptFilm], path: Path, *, shared: bool = False) -> None:
    """Write a list so that `read_films` gives it back; `shared`: for other computers.

    Raises:
        LabListError: when the file can't be written, or there are too many.
    """
    write_list(KIND, [_entry(kept) for kept in films], path, shared=shared)


def _entry(kept: KeptFilm) -> dict[str, Any]:
    film = kept.film
    entry: dict[str, Any] = {"case": kept.case, "name": film.name, "instrument": film.instrument, "time": film.time}
    entry |= {"values": dict(film.values), "operator": kept.operator}
    return entry | {name: text for name in ("left_out", "anew") if (text := getattr(kept, name))}


def _film(entry: dict[str, Any]) -> KeptFilm:
    texts = {name: entry.get(name, "") for name in ("case", "name", "instrument", "time", "operator")}
    texts |= {name: entry.get(name, "") for name in ("left_out", "anew")}
    if not all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in texts.values()):
        raise ValueError("no text")
    day_of(texts["time"])
    values = {name: float(value) for name, value in entry["values"].items() if name in MEASURES}
    if not values or not all(map(math.isfinite, values.values())):
        raise ValueError("no values")
    film = Film(texts["name"], texts["instrument"], texts["time"], values)
    return KeptFilm(film, texts["case"], texts["operator"], texts["left_out"], texts["anew"])
