"""Results on disk, and the comparison table beside the published numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.data.sets.prepared_set import LABEL_NAMES
from training.study.metrics import LabelScores, MaskScores

PUBLISHED_MASKS: Mapping[str, tuple[str, float, float]] = {
    "otsu": ("Otsu", 0.8383, 0.9120),
    "otsu-flat": ("Otsu", 0.8383, 0.9120),
    "unet": ("U-Net", 0.8916, 0.9414),
    "linknet": ("LinkNet", 0.9083, 0.9497),
    "attention-unet": ("Attention U-Net", 0.9665, 0.9829),
    "sam2-finetuned": ("SAM2 fine-tuned", 0.9265, 0.9634),
    "sam2-official-finetuned": ("SAM2 fine-tuned", 0.9265, 0.9634),
}
"""Method, IoU and Dice that were published on AneRBC."""

PUBLISHED_LABELS: Mapping[str, tuple[str, float, float]] = {
    "hog": ("HOG + LightGBM", 0.77, 0.78),
    "mask-tree": ("mask features + tree", 0.76, 0.75),
    "table-tree": ("mask features + tree", 0.76, 0.75),
}
"""Method, accuracy and F1 that were published on AneRBC."""


@dataclass(frozen=True)
class MaskResult:
    """A segmentation method on the test part of a set."""

    key: str
    title: str
    data: str
    images: int
    scores: MaskScores
    seconds: float
    note: str = ""


def save_mask_result(folder: Path, result: MaskResult) -> None:
    """Write one method's result."""
    _write(folder / f"{result.key}.json", {"kind": "masks", **asdict(result)})


def values_of(rows: Sequence[Mapping[str, Any]], *, prefix: str) -> dict[str, float]:
    """Every number of `load_results` by name: ``PREFIX_KEY_SCORE``, with the number of images."""
    values: dict[str, float] = {}
    for row in rows:
        name, scores = f"{prefix}_{row['key'].replace('-', '_')}", row["scores"]
        plain = {score: value for score, value in scores.items() if isinstance(value, float)}
        images = row["images"] if row["kind"] == "masks" else sum(map(sum, scores["confusion"]))
        values |= {f"{name}_{score}": value for score, value in {**plain, "images": images}.items()}
    return values


def pooled(rows: Sequence[Mapping[str, Any]]) -> MaskResult:
    """One method's results on the folds of a set (as `load_results` reads them) as one: means over all images."""
    images = [row["images"] for row in rows]

    def mean(values: Sequence[float | None]) -> float | None:
        if None in values:
            return None
        return float(np.average(np.array(values, np.float64), weights=images))

    first = rows[0]
    scores = MaskScores(**{name: mean([row["scores"][name] for row in rows]) for name in first["scores"]})
    seconds = float(np.average([row["seconds"] for row in rows], weights=images))
    return MaskResult(first["key"], first["title"], first["data"], sum(images), scores, seconds, first["note"])


def save_labels(folder: Path, key: str, title: str, data: str, scores: LabelScores) -> None:
    """Write the result of an image-level method."""
    _write(
        folder / f"{key}.json", {"kind": "labels", "key": key, "title": title, "data": data, "scores": asdict(scores)}
    )


def load_results(folder: Path) -> list[dict[str, Any]]:
    """All results of a folder, in the order of `ORDER`."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return sorted(rows, key=lambda row: ORDER.index(row["key"]))


ORDER = (
    "otsu", "otsu-flat", "sam2-untouched", "sam2-finetuned", "sam2-official-untouched", "sam2-official-finetuned",
    "unet", "linknet", "attention-unet", "hog", "mask-tree", "table-tree", "table-lightgbm",
)  # fmt: skip


def table(results: Sequence[Mapping[str, Any]]) -> str:
    """The study's comparison as Markdown: measured here, and beside it what was published on AneRBC."""
    masks = [row for row in results if row["kind"] == "masks"]
    labels = [row for row in results if row["kind"] == "labels"]
    parts = []
    if masks:
        parts.append(_segmentation(masks))
    if labels:
        parts.append(_labels(labels))
    parts += [f"Measured on: {text}" for text in sorted({row["data"] for row in results})]
    parts.append(
        "Published: on AneRBC (600 / 100 / 300 images). The two sides were measured on different images and can't be "
        "set off against each other; only rows of one side compare."
    )
    return "\n\n".join(parts)


def _segmentation(rows: Sequence[Mapping[str, Any]]) -> str:
    head = ["red-cell masks", "IoU", "Dice", "accuracy", "precision", "recall", "specificity", "loss", "images",
            "published", "IoU", "Dice"]  # fmt: skip
    body = []
    for row in rows:
        scores = row["scores"]
        numbers = [scores[n] for n in ("iou", "dice", "accuracy", "precision", "recall", "specificity", "loss")]
        body.append(
            [row["title"], *map(_number, numbers), str(row["images"]), *_published(PUBLISHED_MASKS, row["key"])]
        )
    return _markdown(head, body)


def _labels(rows: Sequence[Mapping[str, Any]]) -> str:
    head = ["healthy or anaemic", "accuracy", "macro F1", "precision", "recall", *(f"F1 {n}" for n in LABEL_NAMES),
            "calibration error", "images", "published", "accuracy", "F1"]  # fmt: skip
    body = []
    for row in rows:
        scores = row["scores"]
        each = [c["f1"] for c in scores["classes"]]
        numbers = [scores["accuracy"], scores["f1"], scores["precision"], scores["recall"], *each]
        images = sum(map(sum, scores["confusion"]))
        body.append([row["title"], *map(_number, [*numbers, scores["calibration_error"]]), str(images),
                     *_published(PUBLISHED_LABELS, row["key"])])  # fmt: skip
    return _markdown(head, body)


def _published(table: Mapping[str, tuple[str, float, float]], key: str) -> list[str]:
    if key not in table:
        return ["–", "–", "–"]
    name, *values = table[key]
    return [name, *(f"{v:.4f}" if table is PUBLISHED_MASKS else f"{v:.2f}" for v in values)]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [head, ["-" * w for w in widths], *rows]
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines)


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
