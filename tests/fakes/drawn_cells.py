"""A small field of drawn cells with exact masks; run as a script it rewrites the golden feature vectors.

``python tests/fakes/drawn_cells.py`` after a deliberate change of the features, together with a new
`FEATURE_VERSION` and newly trained boosters.
"""

from pathlib import Path

import cv2
import numpy as np

from rbc_desktop.domain.cells.mask import CellMask

GOLDEN = Path(__file__).parents[1] / "unit" / "imaging" / "golden_features.npz"
SIZE = (300, 400)
KINDS = {
    # name: centre x, centre y, radius as a function of the angle, pallor depth, pallor radius
    "normal": (60, 60, lambda a: 20 + 0 * a, 0.6, 0.45),
    "dense": (150, 60, lambda a: 17 + 0 * a, 0.0, 0.4),
    "oval": (240, 60, lambda a: 18 / np.sqrt(1 - 0.6 * np.cos(a - 0.6) ** 2), 0.4, 0.4),
    "burr": (330, 60, lambda a: 19 + 1.6 * np.cos(14 * a), 0.4, 0.4),
    "tail": (60, 160, lambda a: 15 + 16 * np.exp(-((np.angle(np.exp(1j * (a - 0.9))) / 0.35) ** 2)), 0.4, 0.4),
    "fragment": (150, 160, lambda a: np.minimum(13, 6 / np.maximum(np.cos(a - 2), 1e-3)), 0.0, 0.4),
    "pale": (240, 160, lambda a: 20 + 0 * a, 0.9, 0.7),
    "small": (330, 160, lambda a: 15 + 0 * a, 0.5, 0.45),
    "large": (70, 245, lambda a: 26 + 0 * a, 0.4, 0.4),
    "target": (160, 245, lambda a: 21 + 0 * a, -1.0, 0.5),
}


def drawn_field(*, lamp=(205, 190, 198), gain=1.0, scale=1.0, turns=0):
    """RGB field and masks by name. lamp: background colour; gain: of the optical density; turns: quarter turns."""
    height, width = (round(side * scale) for side in SIZE)
    ys, xs = np.mgrid[:height, :width]
    density = np.zeros((height, width))
    masks = {}
    for name, (cx, cy, outline, depth, inner) in KINDS.items():
        dx, dy = (xs + 0.5) / scale - cx, (ys + 0.5) / scale - cy
        relative = np.hypot(dx, dy) / outline(np.arctan2(dy, dx))
        cell = relative < 1
        density[cell] = (0.35 * _profile(relative, depth, inner))[cell]
        masks[name] = CellMask.from_array(np.rot90(cell, turns))
    density = cv2.GaussianBlur(density, (0, 0), 0.8 * scale)
    shading = 1 + 0.05 * (xs / width - 0.5)
    channels = [
        level * shading * np.exp(-gain * share * density) for level, share in zip(lamp, (0.6, 1.3, 1.1), strict=True)
    ]
    rgb = np.clip(np.stack(channels, axis=2).round(), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(rgb, turns)), masks


def _profile(relative, depth, inner):
    if depth < 0:  # a spot inside a pale ring
        return 1 - 0.7 * np.exp(-(((relative - inner) / 0.15) ** 2))
    return 1 - depth * np.exp(-((relative / inner) ** 4))


if __name__ == "__main__":
    from rbc_desktop.imaging.features import FEATURE_VERSION, extract_many, names_hash

    field, cells = drawn_field()
    vectors = extract_many(field, list(cells.values()), normal_diameter_px=39.0)
    np.savez_compressed(GOLDEN, vectors=vectors, version=FEATURE_VERSION, names=names_hash())
