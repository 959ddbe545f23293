"""Draws ``docs/architecture.svg``: ``.venv/bin/python build/pictures/layer_picture.py``.

One band per layer, one box per folder or module, from top to bottom by rank; numbers mark the way of one click
(docs/architecture.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs" / "architecture.svg"
WIDTH, MARGIN, LABEL, GAP = 920, 20, 170, 8
BOX_HEIGHT, PADDING, BAND_GAP, TITLE = 34, 10, 8, 92
INK, MUTED, RULE, BAND, ACCENT = "#1f2d3a", "#5b6975", "#d5dce2", "#f6f8fa", "#0b6a94"

STYLE = f"""
    text {{ font-family: "DejaVu Sans", "Segoe UI", Helvetica, sans-serif; fill: {INK}; font-size: 13px }}
    .band {{ fill: {BAND} }} .box {{ fill: #ffffff; stroke: {RULE} }} .inner {{ fill: {BAND}; stroke: {RULE} }}
    .layer {{ font-weight: bold }} .note {{ fill: {MUTED}; font-size: 11px }}
    .step {{ fill: {ACCENT} }} .number {{ fill: #ffffff; font-size: 11px; font-weight: bold }}
    .thread {{ fill: none; stroke: {ACCENT}; stroke-dasharray: 5 4 }}
"""


@dataclass(frozen=True)
class Box:
    """A folder or module.

    Attributes:
        name: as in the repository, below the folder of its line.
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
class Line:
    """Boxes side by side.

    Attributes:
        boxes: from left to right.
        folder: they lie in it; empty for boxes of the package itself.
        is_framed: they are drawn in a box of that folder; else the layer is named after it.
    """

    boxes: tuple[Box, ...]
    folder: str = ""
    is_framed: bool = False


@dataclass(frozen=True)
class Layer:
    """One row of the design, in lines from top to bottom."""

    name: str
    note: str
    lines: tuple[Line, ...]


LAYERS = (
    Layer("entry", "puts the parts together", (
        Line((Box("__main__.py"), Box("cli.py"), Box("commands/", "window · segment · analyze · doctor", weight=3),
              Box("log_file.py"))),
    )),
    Layer("ui/", "a folder per place", (
        Line((Box("window/", "main window; frame, actions, status, views, dialogs"),), "ui/"),
        Line((Box("cells/", "", "7"), Box("gallery/"), Box("review/"), Box("fields/"), Box("slide/"),
              Box("recent/")), "ui/"),
        Line((Box("calibration/"), Box("export/"), Box("sample/"), Box("settings/"), Box("laboratory/"),
              Box("viewing/"), Box("help/")), "ui/"),
        Line((Box("canvas/", "picture, overlay, tools", "1 2 5", weight=2), Box("look/", "theme, icons")), "ui/"),
    )),
    Layer("workflows/", "what a technician does", (
        Line((Box("results/", "exports, preview"), Box("control/", "control films, studies")), "workflows/"),
        Line((Box("fields/", "queue, scale"), Box("batch/", "many images"),
              Box("sample/", "grades, signatures")), "workflows/"),
        Line((Box("analysis/", "", "7"), Box("outlines/", "", "2 5 6"), Box("viewing/"), Box("laboratory/"),
              Box("verification/")), "workflows/"),
        Line((Box("cases/", "opened, listed"),), "workflows/"),
        Line((Box("review/", "rows of cells, gallery"), Box("slides/"), Box("relearning/")), "workflows/"),
        Line((Box("notices.py"), Box("key_map.py"), Box("result_files.py"), Box("configuring.py"),
              Box("configuring_controller.py", weight=2)), "workflows/"),
    )),
    Layer("working case", "undo stack, signals", (Line((Box("editing/", "CaseEditor, the one mutator", "6"),)),)),
    Layer("services", "don't know each other", (
        Line((Box("engine/", "the inference thread: jobs, tiles, what is computed ahead", "3", threaded=True),)),
        Line((Box("choice/"), Box("relearning/"), Box("classifier/", "", "7", threaded=True),
              Box("segmenter/", "", "4", threaded=True)), "models/", is_framed=True),
        Line((Box("safekeeping/", weight=5), Box("case/", "", "6", weight=4), Box("images/", weight=4),
              Box("slides/", weight=4), Box("formats/", weight=4), Box("laboratory/", weight=5)),
             "storage/", is_framed=True),
        Line((Box("exchange/"), Box("pdf/"), Box("tables/"), Box("summary/", "rows, counts", "7", weight=2),
              Box("text/")), "reports/", is_framed=True),
    )),
    Layer("ports", "protocols; tasks", (Line((Box("ports.py"), Box("background.py"), Box("turns.py"))),)),
    Layer("pixels", "pure functions on arrays", (
        Line((Box("masks/", "tiles, proposals", "4", weight=12), Box("fields/", "scale, quality", weight=9),
              Box("features/", "", "7", weight=8), Box("cells/", "", weight=4), Box("light/", weight=4)),
             "imaging/", is_framed=True),
    )),
    Layer("facts", "frozen values; helpers", (
        Line((Box("laboratory/", weight=5), Box("case/", "", "6", weight=4), Box("cells/", weight=3),
              Box("sample/", weight=4), Box("classes/", weight=4), Box("slides/", weight=3),
              Box("fields/", weight=3)), "domain/", is_framed=True),
        Line((Box("phrases.py"), Box("language.py"), Box("errors.py"), Box("files.py"), Box("byte_cache.py"),
              Box("allocator.py"))),
    )),
)  # fmt: skip


def box_paths() -> set[str]:
    """What has a box, as paths below the package; a folder ends with a slash."""
    lines = [line for layer in LAYERS for line in layer.lines]
    return {f"{line.folder}{box.name}" for line in lines for box in line.boxes}


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


def _line(line: Line, top: float) -> list[str]:
    left, right, parts = float(MARGIN + LABEL), WIDTH - MARGIN - PADDING, []
    height, below = BOX_HEIGHT, top
    if line.is_framed:
        parts.append(_rectangle("box", left, top, right - left, BOX_HEIGHT))
        parts.append(_text(left + 12, top + 22, line.folder))
        left, right, height, below = left + TITLE, right - 4, BOX_HEIGHT - 8, top + 4
    room = right - left - GAP * (len(line.boxes) - 1)
    for box in line.boxes:
        width = room * box.weight / sum(each.weight for each in line.boxes)
        parts.append(_rectangle("inner" if line.is_framed else "box", left, below, width, height))
        if box.threaded:
            parts.append(_rectangle("thread", left, below, width, height))
        note = f' <tspan class="note" dx="6">{escape(box.note)}</tspan>' if box.note else ""
        parts.append(f'<text x="{left + 12:.1f}" y="{top + 22}">{escape(box.name)}{note}</text>')
        for number, step in enumerate(reversed(box.steps.split())):
            parts += _step(left + width - 14 - 20 * number, top + BOX_HEIGHT / 2, step)
        left += width + GAP
    return parts


def _rectangle(kind: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="4"/>'


def _step(x: float, y: float, number: str) -> list[str]:
    return [
        f'<circle class="step" cx="{x:.1f}" cy="{y:.1f}" r="8"/>',
        f'<text class="number" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{number}</text>',
    ]


def _text(x: float, y: float, text: str, kind: str = "name") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


if __name__ == "__main__":
    FILE.write_text(draw(), encoding="utf-8")
