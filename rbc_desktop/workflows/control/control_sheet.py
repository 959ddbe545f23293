"""A microscope's control films as the window and a PDF show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ... import __version__
from ...domain.laboratory.control_film import (
    MEASURES,
    KeptFilm,
    charts_of,
    films_of,
    instruments_of,
    value_text,
)
from ...domain.laboratory.operator import plain_name
from ...language import mark, tr
from ..result_files import result_file
from ..sample.signing import local_time
from .controlling import Overrides

RULE_TEXTS = {
    "off": mark("Only shown here"),
    "warn": mark("A warning, in the window and in the report"),
    "lock": mark("A warning, and no report is final without a reason"),
}
"""What the laboratory may want, see `ControlRule`."""


@dataclass(frozen=True, slots=True)
class FilmLine:
    """One film as a line of the list; texts, and what they are about."""

    kept: KeptFilm
    time: str
    name: str
    values: tuple[str, ...]
    rules: str
    note: str


def film_lines(films: Sequence[KeptFilm], instrument: str) -> list[FilmLine]:
    """Every film of a microscope, newest first, with the rules that it breaks."""
    charts = charts_of(films_of(films, instrument))
    broken: dict[str, list[str]] = {}
    for measure, chart in charts.items():
        for point in chart.points:
            if point.broken:
                broken.setdefault(point.time, []).append(f"{tr(measure)} {', '.join(point.broken)}")
    own = [k for k in films if plain_name(k.film.instrument) == plain_name(instrument)]
    lines = []
    for kept in sorted(own, key=lambda k: k.film.time, reverse=True):
        known = kept.film.values
        values = tuple(value_text(m, known[m]) if m in known else "" for m in MEASURES)
        notes = (
            tr("left out: {reason}", reason=kept.left_out) if kept.left_out else "",
            tr("limits anew: {reason}", reason=kept.anew) if kept.anew else "",
        )
        rules = "" if kept.left_out else "; ".join(broken.get(kept.film.time, ()))
        note = "; ".join(filter(None, notes))
        lines.append(FilmLine(kept, local_time(kept.film.time)[:16], kept.film.name, values, rules, note))
    return lines


def write_charts(films: Sequence[KeptFilm], overrides: Sequence[Overrides], path: Path) -> None:
    """Write the charts of all microscopes and the override rates as a PDF, as the command `control` does.

    Raises:
        ExportError: when it can't be written.
    """
    from ...reports.pdf.control_report import ControlLine, MonthLine, write_control_pdf

    lines, few = [], []
    for instrument in instruments_of(films):
        charts = charts_of(films_of(films, instrument))
        lines += [ControlLine(instrument, measure, MEASURES[measure], chart) for measure, chart in charts.items()]
        few += [] if charts else [instrument]
    months = [MonthLine(o.month, o.predicted, o.seen, o.overruled) for o in overrides]
    with result_file(path) as part:
        write_control_pdf(part, lines, months, few=few, app_version=__version__)
