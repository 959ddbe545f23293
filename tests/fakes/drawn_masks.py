"""Masks of round cells in a small field."""

import numpy as np


def disc(*, centre=(10, 10), radius=5, size=24):
    ys, xs = np.mgrid[:size, :size]
    return (xs + 0.5 - centre[0]) ** 2 + (ys + 0.5 - centre[1]) ** 2 <= radius**2
