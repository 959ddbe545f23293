"""What can be read on which colour, after WCAG 2.2; colours are sRGB hex such as ``#0B6A94``."""

from __future__ import annotations

from functools import lru_cache

WHITE, BLACK = "#FFFFFF", "#000000"


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=256)
def ink_on(colour: str) -> str:
    """White or black, whichever is easier to read on this colour."""
    return WHITE if contrast(colour, WHITE) >= contrast(colour, BLACK) else BLACK
