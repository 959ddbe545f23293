"""The bundled sample smear: draws it and writes it with its truth. Run: ``python -m training.sample``."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

from training.renderer import CellSpec, Kind, RenderedField, draw_scale_bar, render_field, scatter

WIDTH, HEIGHT = 1280, 960
DIAMETER_PX = 60.0
UM_PER_PX = 0.125
SCALE_BAR_UM = 10
SEED = 20240611
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sample"

_CONTENT = {
    Kind.NORMAL: 36,
    Kind.HYPOCHROMIA: 6,
    Kind.TARGET_CELL: 6,
    Kind.TEARDROP: 4,
    Kind.ELLIPTOCYTE: 4,
    Kind.OVALOCYTE: 3,
    Kind.SCHISTOCYTE: 4,
    Kind.SPHEROCYTE: 3,
    Kind.STOMATOCYTE: 2,
    Kind.BURR_CELL: 2,
    Kind.MACROCYTE: 2,
    Kind.MICROCYTE: 3,
    Kind.PLATELET: 9,
}


def sample_specs() -> list[CellSpec]:
    """The cells of the sample: fixed pairs (two overlaps, one touching) and a white cell, the rest scattered."""
    rng = np.random.default_rng(SEED)
    d = DIAMETER_PX
    fixed = [
        CellSpec(Kind.WHITE_CELL, 812, 352, 1.75 * d, 0.4),
        CellSpec(Kind.NORMAL, 318, 262, d, 0.3, 1.02),
        CellSpec(Kind.NORMAL, 318 + 0.66 * d, 262 + 0.36 * d, 0.98 * d, 1.1, 0.97),
        CellSpec(Kind.NORMAL, 1010, 690, 1.02 * d, 2.0),
        CellSpec(Kind.HYPOCHROMIA, 1010 - 0.40 * d, 690 + 0.72 * d, d, 0.2),
        CellSpec(Kind.NORMAL, 520, 742, d, 0.8),
        CellSpec(Kind.NORMAL, 520 + 1.0 * d, 742 - 0.06 * d, 0.99 * d, 1.9, 1.04),
    ]
    keep_free = CellSpec(Kind.NORMAL, WIDTH - 66, HEIGHT - 36, 1.9 * d)
    kinds = [kind for kind, count in _CONTENT.items() for _ in range(count)]
    special = [k for k in kinds if k not in (Kind.NORMAL, Kind.PLATELET)]
    ordinary = [k for k in kinds if k in (Kind.NORMAL, Kind.PLATELET)]
    area = {"width": WIDTH, "height": HEIGHT, "diameter": d, "rng": rng}
    placed = scatter(special, taken=[*fixed, keep_free], gap=0.16, inside=True, **area)
    rest = scatter(ordinary, taken=[*fixed, keep_free, *placed], gap=0.10, **area)
    return [*fixed, *placed, *rest]


def render_sample() -> RenderedField:
    """The sample with its burnt-in scale bar."""
    field = render_field(sample_specs(), width=WIDTH, height=HEIGHT, seed=SEED)
    draw_scale_bar(field.rgb, length_px=round(SCALE_BAR_UM / UM_PER_PX), text=f"{SCALE_BAR_UM} um")
    return field


def truth(field: RenderedField) -> dict[str, object]:
    """What was drawn, for tests: kind, class, centre, half-open box and area of every cell, field pixels."""
    cells = []
    for number, cell in enumerate(field.cells, start=1):
        box, centre = cell.mask.box, cell.mask.centroid
        cells.append(
            {
                "cell": number,
                "kind": cell.spec.kind.value,
                "class": cell.spec.kind.cell_class.value,
                "x": round(centre.x, 2),
                "y": round(centre.y, 2),
                "box": [int(box.x0), int(box.y0), int(box.x1), int(box.y1)],
                "area_px": cell.mask.area,
                "touches_border": cell.mask.touches_border(width=WIDTH, height=HEIGHT),
            }
        )
    return {"image": "sample_smear.png", "width": WIDTH, "height": HEIGHT, "um_per_px": UM_PER_PX, "cells": cells}


def main() -> None:
    """Write the sample image and its truth."""
    field = render_sample()
    FOLDER.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(FOLDER / "sample_smear.png"), field.rgb[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])
    (FOLDER / "sample_truth.json").write_text(json.dumps(truth(field), indent=1) + "\n", encoding="utf-8")
    print(f"{len(field.cells)} cells drawn")


if __name__ == "__main__":
    main()
