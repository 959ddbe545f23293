"""Draws ``docs/architecture.svg``: ``.venv/bin/python build/layer_picture.py``.

One band per layer, one box per folder or module; numbers mark the way of one click (docs/architecture.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "docs" / "architecture.svg"
WIDTH, MARGIN, LABEL, GAP = 920, 20, 170, 8
BOX_HEIGHT, PADDING, BAND_GAP = 34, 10, 8
INK, MUTED, RULE, BAND, ACCENT = "#1f2d3a", "#5b6975", "#d5dce2", "#f6f8fa", "#0b6a94"

STYLE = f"""
    text {{ font-family: "DejaVu Sans", "Segoe UI", Helvetica, sans-serif; fill: {INK}; font-size: 13px }}
    .band {{ fill: {BAND} }} .box {{ fill: #ffffff; stroke: {RULE} }}
    .layer {{ font-weight: bold }} .note {{ fill: {MUTED}; font-size: 11px }}
    .step {{ fill: {ACCENT} }} .number {{ fill: #ffffff; font-size: 11px; font-weight: bold }}
    .thread {{ fill: none; stroke: {ACCENT}; stroke-dasharray: 5 4 }}
"""


@dataclass(frozen=True)
class Box:
    """A folder or module.

    Attributes:
        name: as in the repository.
        note: what is in it; empty for little boxes.
        steps: numbers on the way of one click.
        weight: share of the line's width.
        threaded: owned by the inference thread.
    """

    name: str
    note: str = ""
    steps: str = ""
    weight: int = 1
    threaded: bool = False


@dataclass(frozen=True)
class Layer:
    """One row of the design, in lines of boxes from top to bottom."""

    name: str
    note: str
    lines: tuple[tuple[Box, ...], ...]


LAYERS = (
    Layer("entry", "puts the parts together", (
        (Box("__main__.py"), Box("cli.py"), Box("commands/", "window · segment · analyze · doctor", weight=3),
         Box("log_file.py")),
    )),
    Layer("windows", "ui/: one folder per place", (
        (Box("window/", "main window, actions, status line"),),
        (Box("cells/", "", "7"), Box("gallery/"), Box("review/"), Box("fields/"), Box("slide/"), Box("recent/")),
        (Box("calibration/"), Box("export/"), Box("sample/"), Box("settings/"), Box("laboratory/"),
         Box("viewing/"), Box("help/")),
        (Box("canvas/", "view, input, tools, drawing", "1 5", weight=2), Box("look/", "theme, icons", weight=1)),
    )),
    Layer("workflows", "what a technician does", (
        (Box("workflows/", "x.py without Qt · x_controller.py with QtCore", "2 5 6 7"),),
    )),
    Layer("working case", "undo stack, signals", ((Box("editing/", "CaseEditor, the one mutator", "6"),),)),
    Layer("services", "don't know each other", (
        (Box("engine/", "threads, jobs", "3", threaded=True), Box("models/", "networks", "4", threaded=True),
         Box("storage/", "files", "6"), Box("reports/", "PDF, CSV …", "7")),
    )),
    Layer("ports", "protocols; tasks", ((Box("ports.py"), Box("background.py")),)),
    Layer("pixels", "pure functions on arrays", ((Box("imaging/", "scale, tiles, proposals, features", "4 7"),),)),
    Layer("facts", "frozen values; small helpers", (
        (Box("domain/", "cell, mask, prompts, case, classes"),),
        (Box("phrases.py"), Box("language.py"), Box("errors.py"), Box("files.py"), Box("byte_cache.py"),
         Box("allocator.py")),
    )),
)  # fmt: skip


def draw() -> str:
    """The picture as SVG."""
    parts, top = [], MARGIN
    for layer in LAYERS:
        height = len(layer.lines) * (BOX_HEIGHT + GAP) - GAP + 2 * PADDING
        parts.append(
            f'<rect class="band" x="{MARGIN}" y="{top}" width="{WIDTH - 2 * MARGIN}" height="{height}" rx="6"/>'
        )
        middle = top + height / 2
        parts.append(_text(MARGIN + 14, middle - 3, layer.name, "layer"))
        parts.append(_text(MARGIN + 14, middle + 13, layer.note, "note"))
        for number, line in enumerate(layer.lines):
            parts += _line(line, top + PADDING + number * (BOX_HEIGHT + GAP))
        top += height + BAND_GAP
    parts.append(f'<rect class="thread" x="{MARGIN + LABEL}" y="{top + 5}" width="24" height="12" rx="3"/>')
    parts.append(_text(MARGIN + LABEL + 32, top + 15, "inference thread: torch and LightGBM live only here", "note"))
    parts += _step(MARGIN + LABEL + 370, top + 11, "1")
    parts.append(_text(MARGIN + LABEL + 386, top + 15, "the way of one click", "note"))
    body = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 30}">\n  <style>{STYLE}  </style>\n'
        f'  <rect width="{WIDTH}" height="{top + 30}" fill="#ffffff"/>\n  {body}\n</svg>\n'
    )


def _line(boxes: tuple[Box, ...], top: float) -> list[str]:
    left, parts = float(MARGIN + LABEL), []
    room = WIDTH - MARGIN - PADDING - left - GAP * (len(boxes) - 1)
    for box in boxes:
        width = room * box.weight / sum(each.weight for each in boxes)
        shape = f'x="{left:.1f}" y="{top}" width="{width:.1f}" height="{BOX_HEIGHT}" rx="4"'
        parts.append(f'<rect class="box" {shape}/>')
        if box.threaded:
            parts.append(f'<rect class="thread" {shape}/>')
        note = f' <tspan class="note" dx="6">{escape(box.note)}</tspan>' if box.note else ""
        parts.append(f'<text x="{left + 12:.1f}" y="{top + 22}">{escape(box.name)}{note}</text>')
        for number, step in enumerate(reversed(box.steps.split())):
            parts += _step(left + width - 14 - 20 * number, top + BOX_HEIGHT / 2, step)
        left += width + GAP
    return parts


def _step(x: float, y: float, number: str) -> list[str]:
    return [
        f'<circle class="step" cx="{x:.1f}" cy="{y:.1f}" r="8"/>',
        f'<text class="number" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{number}</text>',
    ]


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


if __name__ == "__main__":
    FILE.write_text(draw(), encoding="utf-8")
