"""Score methods on the test part: ``python -m training.study.method_scores --set DIR --runs DIR --out DIR``.

Scores Otsu, SAM 2 as it is, and every trained model found in the folder of runs; prints the comparison table of all
results in the folder (those of image labels too).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tqdm import tqdm

from rbc_desktop.imaging.light.illumination import optical_density
from training.command import command
from training.data.sets.fields import fill_holes
from training.data.sets.prepared_set import Item, PreparedSet, limited, load_set, write_png
from training.loop import BEST
from training.segmenter.fitting.promptable import Promptable, exported, open_promptable, predict_field
from training.study.baseline_networks import NETWORKS, NetworkName, build_network, predict_probability
from training.study.metrics import mask_scores, mean_scores, probability_scores
from training.study.results import MaskResult, load_results, save_mask_result, table

Predict = Callable[[NDArray[np.uint8], Sequence[tuple[float, float]]], NDArray[np.generic]]
"""From a field (H, W, 3) uint8 and its prompting points to a mask (H, W) bool or probabilities (H, W) float32."""

TITLES: dict[str, str] = {
    "otsu": "Otsu",
    "otsu-flat": "Otsu, illumination flattened",
    "unet": "U-Net",
    "linknet": "LinkNet",
    "attention-unet": "Attention U-Net",
    "sam2-untouched": "SAM 2 compact, not fine-tuned",
    "sam2-finetuned": "SAM 2 compact, fine-tuned",
    "sam2-official-untouched": "SAM 2.1 official, not fine-tuned",
    "sam2-official-finetuned": "SAM 2.1 official, fine-tuned",
}
EXAMPLES = 4
"""Images whose masks are kept for the report."""

HOLE_SHARE = 0.01
"""Pallors are holes of a thresholded mask; enclosed background larger than this share of the field is none."""

PROMPTED = "prompted at the prepared points, which lie inside the true masks"


@dataclass(frozen=True)
class Method:
    """A row of the table."""

    key: str
    predict: Predict
    note: str = ""


def otsu(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """What is darker than Otsu's threshold of the green channel, holes filled, (H, W) bool."""
    green = np.ascontiguousarray(rgb[..., 1])
    _, mask = cv2.threshold(green, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return fill_holes(mask, largest=int(HOLE_SHARE * mask.size))


def otsu_flattened(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Otsu on the green optical density against the local background, holes filled, (H, W) bool."""
    levels = np.clip(optical_density(rgb)[..., 1] * 160 + 16, 0, 255).astype(np.uint8)
    _, mask = cv2.threshold(levels, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return fill_holes(mask, largest=int(HOLE_SHARE * mask.size))


def prompted(key: str, model: Promptable) -> Method:
    """A SAM 2 as a method."""
    return Method(key, lambda rgb, points: predict_field(model, rgb, points), PROMPTED)


def trained_network(name: NetworkName, folder: Path, *, device: torch.device) -> Method:
    """A trained baseline as a method."""
    network = build_network(name)
    network.load_state_dict(load_file(folder / BEST))
    network.to(device).eval()
    return Method(name, lambda rgb, _points: predict_probability(network, rgb))


OTSU = (Method("otsu", lambda rgb, _points: otsu(rgb)), Method("otsu-flat", lambda rgb, _points: otsu_flattened(rgb)))


def measure(method: Method, study: PreparedSet, items: Sequence[Item], *, examples: Path | None = None) -> MaskResult:
    """Mean scores over images; the masks of a few go to a folder of examples."""
    each, start = [], time.monotonic()
    shown = example_names(items)
    for item in tqdm(items, desc=method.key, mininterval=5):
        found, truth = method.predict(study.rgb(item), item.points), study.mask(item)
        plain = found.dtype == bool
        each.append(mask_scores(found, truth) if plain else probability_scores(found.astype(np.float32), truth))
        if examples is not None and item.name in shown:
            mask = found if plain else found >= 0.5
            write_png(examples / method.key / f"{item.name}.png", mask.astype(np.uint8) * 255)
    seconds = (time.monotonic() - start) / max(1, len(items))
    title = TITLES[method.key]
    return MaskResult(method.key, title, study.description, len(items), mean_scores(each), seconds, method.note)


def example_names(items: Sequence[Item]) -> list[str]:
    """The images that the report shows, evenly taken from all."""
    return [item.name for item in limited(items, EXAMPLES)]


def methods(
    runs: Path, *, device: torch.device, checkpoint: str | None = None
) -> list[tuple[str, Callable[[], Method]]]:
    """Every method that can be scored, by key; networks are opened only when called."""
    listed: list[tuple[str, Callable[[], Method]]] = [(m.key, lambda m=m: m) for m in OTSU]
    models = {"sam2-untouched": "bundled"}
    for key in ("sam2-finetuned", "sam2-official-finetuned"):
        weights = exported(runs / key / "weights")
        if weights is not None:
            models[key] = weights
    if checkpoint is not None:
        models["sam2-official-untouched"] = checkpoint
    listed += [(k, lambda k=k, m=m: prompted(k, open_promptable(m, device=device))) for k, m in models.items()]
    for name in NETWORKS:
        if (runs / name / BEST).exists():
            listed.append((name, lambda name=name: trained_network(name, runs / name, device=device)))
    return listed


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="a prepared folder")
    parser.add_argument("--runs", type=Path, required=True, help="folder with a folder for each trained model")
    parser.add_argument("--out", type=Path, required=True, help="folder of results")
    parser.add_argument("--checkpoint", help="an official SAM 2.1 checkpoint to score as it is")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    study = load_set(args.set)
    items = study.part("test")
    for _, make in methods(args.runs, device=torch.device(args.device), checkpoint=args.checkpoint):
        save_mask_result(args.out, measure(make(), study, items, examples=args.out / "examples"))
    print(table(load_results(args.out)))


if __name__ == "__main__":
    main()
