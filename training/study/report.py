"""The report of a study as one HTML file: ``python -m training.study.report --set DIR --runs DIR --results DIR``.

Tables, training curves, confusion, calibration, and examples with contours. Nothing is loaded from elsewhere.
"""

from __future__ import annotations

import argparse
import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from training.command import command
from training.data.sets.preparation import summary
from training.data.sets.prepared_set import LABEL_NAMES, Item, PreparedSet, limited, load_set, read_grey
from training.loop import LOG, read_log
from training.study.method_scores import EXAMPLES, TITLES
from training.study.results import load_results, table
from training.study.svg import Line, calibration_chart, confusion_table, line_chart

TRUTH_COLOUR, MODEL_COLOUR = (0, 190, 120), (240, 90, 0)
EXAMPLE_WIDTH, CONTOUR_PX = 540, 2
"""Pixels; shown at half the width."""

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #222; margin: 2rem auto; max-width: 1180px; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ddd; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; margin: 1rem 0; }
th, td { padding: .25rem .55rem; border-bottom: 1px solid #e5e5e5; text-align: left; }
td.number { text-align: right; }
th:nth-last-child(-n+3), td:nth-last-child(-n+3) { background: #f7f7f7; }
.confusion td, .confusion th { background: none; } .confusion td { text-align: center; min-width: 4rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
.row { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: flex-start; } figure { margin: 0; }
svg text { font: 11px system-ui, sans-serif; fill: #555; } figcaption { font-size: 13px; color: #444; }
.key { margin-right: 1rem; white-space: nowrap; } .key i { display: inline-block; width: .8rem; height: .8rem;
 margin-right: .3rem; border-radius: 2px; } .note { color: #555; } pre { background: #f6f6f6; padding: .6rem; }
"""


def write_report(study: PreparedSet, *, runs: Path, results: Path, path: Path) -> Path:
    """Write the report of everything in a folder of results."""
    rows = load_results(results)
    parts = [
        f"<h1>Study: {escape(study.description)}</h1>",
        '<p class="note">For Research Use Only. Not for use in diagnostic procedures.</p>',
        f"<pre>{escape(summary(study))}</pre>",
        "<h2>Comparison</h2>",
        _tables(table(rows)),
        _notes(rows),
        _curves(runs),
        _labels([row for row in rows if row["kind"] == "labels"]),
        _examples(study, results / "examples", [row for row in rows if row["kind"] == "masks"]),
    ]
    body = "\n".join(part for part in parts if part)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Study</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>\n",
        encoding="utf-8",
    )
    return path


def with_contours(
    rgb: NDArray[np.uint8], masks: Sequence[tuple[NDArray[np.bool_], tuple[int, int, int]]]
) -> NDArray[np.uint8]:
    """The field with the outlines of masks (H, W) bool in their colours."""
    out = rgb.copy()
    for mask, colour in masks:
        contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(out, contours, -1, colour, CONTOUR_PX, cv2.LINE_AA)
    return out


def _tables(markdown: str) -> str:
    """The tables of `results.table` as HTML; what isn't a table becomes a paragraph."""
    parts = []
    for block in markdown.split("\n\n"):
        lines = block.splitlines()
        if not block.startswith("|"):
            parts.append(f'<p class="note">{escape(block)}</p>')
            continue
        cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
        head = "".join(f"<th>{escape(c)}</th>" for c in cells[0])
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in cells[2:])
        parts.append(f"<table><tr>{head}</tr>{body}</table>")
    return "\n".join(parts)


def _cell(text: str) -> str:
    number = text == "–" or text.replace(".", "", 1).isdigit()
    return f'<td class="number">{text}</td>' if number else f"<td>{escape(text)}</td>"


def _notes(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = [
        "<li>"
        + escape("; ".join(filter(None, [row["title"], f"{row['seconds']:.2f} s an image", row["note"]])))
        + "</li>"
        for row in rows
        if row["kind"] == "masks"
    ]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _curves(runs: Path) -> str:
    logs = {TITLES[key]: read_log(runs / key) for key in TITLES if (runs / key / LOG).exists()}
    if not logs:
        return ""
    charts = [
        line_chart([Line(n, [(r["step"], r[value]) for r in rows]) for n, rows in logs.items()], x="step", y=title)
        for value, title in (("iou", "validation IoU"), ("loss", "training loss"))
    ]
    note = "SAM 2 is validated by clicks on crops, the networks by whole fields. Of several folds, the first is shown."
    return f'<h2>Training</h2><div class="row">{"".join(charts)}</div><p class="note">{note}</p>'


def _labels(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    tables = [confusion_table(LABEL_NAMES, r["scores"]["confusion"], title=r["title"]) for r in rows]
    lines = [Line(r["title"], [(p, right) for p, right, _ in r["scores"]["calibration"]]) for r in rows]
    return f'<h2>Healthy or anaemic</h2><div class="row">{"".join(tables)}{calibration_chart(lines)}</div>'


def _examples(study: PreparedSet, folder: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    parts = []
    kept = {path.stem for row in rows for path in (folder / row["key"]).glob("*.png")}
    for item in limited([item for item in study.part("test") if item.name in kept], EXAMPLES):
        figures = [_example(study, item, folder / row["key"] / f"{item.name}.png", row["title"]) for row in rows]
        label = "" if item.label is None else f", {LABEL_NAMES[item.label]}"
        if any(figures):
            parts.append(f'<h3>{escape(item.name)}{label}</h3><div class="row">{"".join(figures)}</div>')
    if not parts:
        return ""
    keys = "".join(
        f'<span class="key"><i style="background:rgb{colour}"></i>{name}</span>'
        for name, colour in (("true outline", TRUTH_COLOUR), ("method's outline", MODEL_COLOUR))
    )
    return f"<h2>Examples</h2><p>{keys}</p>{''.join(parts)}"


def _example(study: PreparedSet, item: Item, mask: Path, title: str) -> str:
    if not mask.exists():
        return ""
    rgb = study.rgb(item)
    size = (EXAMPLE_WIDTH, round(rgb.shape[0] * EXAMPLE_WIDTH / rgb.shape[1]))
    truth, found = (
        cv2.resize(m.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        for m in (study.mask(item), read_grey(mask) > 127)
    )
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    image = with_contours(small, [(truth, TRUTH_COLOUR), (found, MODEL_COLOUR)])
    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])
    source = base64.b64encode(data.tobytes()).decode("ascii")
    picture = f'<img width="{EXAMPLE_WIDTH // 2}" src="data:image/jpeg;base64,{source}" alt="">'
    return f"<figure>{picture}<figcaption>{escape(title)}</figcaption></figure>"


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="the prepared folder")
    parser.add_argument("--runs", type=Path, required=True, help="folder with a folder for each trained model")
    parser.add_argument("--results", type=Path, required=True, help="folder of results")
    parser.add_argument("--out", type=Path, help="the file (default: report.html beside the results)")
    args = parser.parse_args()
    path = args.out or args.results.parent / "report.html"
    print(write_report(load_set(args.set), runs=args.runs, results=args.results, path=path))


if __name__ == "__main__":
    main()
