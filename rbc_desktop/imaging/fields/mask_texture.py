"""How finely a mask divides a field: features of its grey-level co-occurrence, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...domain.arrays import BoolArray

WHITE = 255.0


@dataclass(frozen=True, slots=True)
class MaskTexture:
    """Co-occurrence (Haralick 1973) of a mask's levels 0 and 255 one pixel to the right, symmetric.

    Attributes:
        contrast: mean squared difference of neighbours, 0 to 255².
        correlation: of neighbours, -1 to 1; 1 for an even mask.
        energy: root of the sum of squared shares, 0 to 1.
        homogeneity: mean of 1 / (1 + squared difference), 0 to 1.
    """

    contrast: float
    correlation: float
    energy: float
    homogeneity: float


def mask_texture(mask: BoolArray) -> MaskTexture:
    """The texture of a mask ``(H, W)`` bool, at least two pixels wide; the values of scikit-image's `graycoprops`."""
    left, right = mask[:, :-1], mask[:, 1:]
    pairs = left.size
    both = np.count_nonzero(left & right) / pairs
    one = np.count_nonzero(left ^ right) / pairs
    none = 1 - both - one
    inside = both + one / 2  # share of cell pixels among all members of pairs
    variance = inside * (1 - inside)
    return MaskTexture(
        contrast=WHITE**2 * one,
        correlation=1 - one / (2 * variance) if variance > 0 else 1.0,
        energy=float(np.sqrt(both**2 + none**2 + one**2 / 2)),
        homogeneity=both + none + one / (1 + WHITE**2),
    )
