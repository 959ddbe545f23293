"""Small charts as inline SVG: lines, a square of counts, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 420, 240
LEFT, RIGHT, TOP, BOTTOM = 46, 24, 18, 36
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000")
"""Okabe and Ito's palette, told apart by colour-blind readers too."""

DASHES = ("", "6 3", "2 2", "8 3 2 3")


@dataclass(frozen=True)
class Line:
    """A named series of points."""

    name: str
    points: Sequence[tuple[float, float]]


def line_chart(
    lines: Sequence[Line],
    *,
    x: str,
    y: str,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
) -> str:
    """Lines with dots on common axes; x, y: what the axes show."""
    drawn = [line for line in lines if line.points]
    if not drawn:
        return ""
    xs = [px for line in drawn for px, _ in line.points]
    ys = [py for line in drawn for _, py in line.points]
    frame = _Frame(x_range or (min(0.0, *xs), max(xs)), y_range or (min(ys), max(ys)))
    parts = [frame.axes(x, y)]
    for number, line in enumerate(drawn):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number // len(COLOURS) % len(DASHES)]
        path = " ".join(f"{frame.x(px):.1f},{frame.y(py):.1f}" for px, py in line.points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-dasharray="{dash}"/>'
        )
        parts += [
            f'<circle cx="{frame.x(px):.1f}" cy="{frame.y(py):.1f}" r="2.2" fill="{colour}"/>' for px, py in line.points
        ]
    legend = "".join(
        f'<span class="key"><i style="background:{COLOURS[i % len(COLOURS)]}"></i>{escape(line.name)}</span>'
        for i, line in enumerate(drawn)
    )
    return f"<figure>{_svg(''.join(parts))}<figcaption>{legend}</figcaption></figure>"


def calibration_chart(lines: Sequence[Line]) -> str:
    """Share that is right over the probability that was claimed; on the diagonal both agree."""
    diagonal = Line("as claimed", [(0.5, 0.5), (1.0, 1.0)])
    return line_chart([*lines, diagonal], x="claimed probability", y="share right", x_range=(0.5, 1), y_range=(0, 1))


def confusion_table(names: Sequence[str], counts: Sequence[Sequence[int]], *, title: str) -> str:
    """Rows truth, columns answer, shaded by the share of the row."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = []
    for name, row in zip(names, counts, strict=True):
        total = max(1, sum(row))
        cells = "".join(f'<td style="background:rgba(0,114,178,{0.75 * v / total:.2f})">{v}</td>' for v in row)
        rows.append(f"<tr><th>{escape(name)}</th>{cells}</tr>")
    corner = "truth ↓ answer →"
    top = f"<caption>{escape(title)}</caption><tr><th>{corner}</th>{head}</tr>"
    return f'<table class="confusion">{top}{"".join(rows)}</table>'


class _Frame:
    """From values to pixels."""

    def __init__(self, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
        self._x0, self._x1 = x_range if x_range[0] < x_range[1] else (x_range[0] - 1, x_range[0] + 1)
        self._y0, self._y1 = y_range if y_range[0] < y_range[1] else (y_range[0] - 0.1, y_range[0] + 0.1)

    def x(self, value: float) -> float:
        return LEFT + (value - self._x0) / (self._x1 - self._x0) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (value - self._y0) / (self._y1 - self._y0) * (HEIGHT - TOP - BOTTOM)

    def axes(self, x: str, y: str) -> str:
        """Grid, numbers and names of the axes."""
        parts = []
        for step in range(5):
            value = self._y0 + (self._y1 - self._y0) * step / 4
            height = self.y(value)
            parts.append(
                f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#ddd"/>'
                f'<text x="{LEFT - 5}" y="{height + 4:.1f}" text-anchor="end">{value:.2f}</text>'
            )
            across = self._x0 + (self._x1 - self._x0) * step / 4
            text = f"{across:.0f}" if self._x1 - self._x0 > 4 else f"{across:.2f}"
            parts.append(
                f'<text x="{self.x(across):.1f}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{text}</text>'
            )
        parts.append(f'<text x="{(LEFT + WIDTH) / 2:.0f}" y="{HEIGHT - 5}" text-anchor="middle">{escape(x)}</text>')
        parts.append(f'<text x="{LEFT}" y="{TOP - 7}" text-anchor="start">{escape(y)}</text>')
        return "".join(parts)


def _svg(inside: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">{inside}</svg>'
