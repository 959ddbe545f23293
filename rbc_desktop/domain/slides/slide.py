"""What is known of a slide: a scanned film that is too large to be decoded as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..fields.calibration import Calibration
from ..fields.regions import Region

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class SlideLevel:
    """One size at which a slide is stored.

    Attributes:
        width, height: pixels of the level.
        downsample: pixels of the slide along a side of one pixel of the level; 1 at full size. Level pixel ``i`` covers
            the slide from ``i × downsample`` to ``(i + 1) × downsample``, so that a place is multiplied by it and
            nothing is added.
    """

    width: int
    height: int
    downsample: float

    @property
    def all(self) -> Region:
        """The whole level, in its own pixels."""
        return Region(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class SlideInfo:
    """A slide without its pixels.

    Attributes:
        path: absolute path.
        levels: from full size down; at least one.
        calibration: the scale that the file states, or None.
        objective: its nominal magnification, or None.
        scanner: maker and model, as far as the file says.
        scanned: when, as ``YYYY-MM-DD`` with a time if there is one, or as the file writes it; "" if it doesn't.
        page, page_count: which of the file's pictures this is and how many it has; more than one are rare.
    """

    path: Path
    levels: tuple[SlideLevel, ...]
    calibration: Calibration | None = None
    objective: float | None = None
    scanner: str = ""
    scanned: str = ""
    page: int = 0
    page_count: int = 1

    @property
    def width(self) -> int:
        """At full size, pixels."""
        return self.levels[0].width

    @property
    def height(self) -> int:
        """At full size, pixels."""
        return self.levels[0].height

    def level_for(self, downsample: float) -> int:
        """The coarsest level whose pixels are at most so many slide pixels wide; full size if none is."""
        fitting = [n for n, level in enumerate(self.levels) if level.downsample <= downsample * (1 + _ROUNDING)]
        return max(fitting, key=lambda n: self.levels[n].downsample, default=0)


@dataclass(frozen=True, slots=True)
class SlideEntry:
    """A slide of a case. Its pixels stay in the file; its regions are fields.

    Attributes:
        id: number within the case, from 1.
        path: absolute path.
        sha256: hex digest of the file's bytes.
        width, height: at full size, pixels.
        page: which of the file's pictures.
        calibration, objective, scanner, scanned: as `SlideInfo`.
    """

    id: int
    path: Path
    sha256: str
    width: int
    height: int
    page: int = 0
    calibration: Calibration | None = None
    objective: float | None = None
    scanner: str = ""
    scanned: str = ""

    @classmethod
    def of(cls, info: SlideInfo, *, number: int, sha256: str) -> SlideEntry:
        """The entry of an open slide."""
        return cls(
            number, info.path, sha256, info.width, info.height, info.page, info.calibration, info.objective,
            info.scanner, info.scanned,
        )  # fmt: skip

    @property
    def all(self) -> Region:
        """The whole slide."""
        return Region(0, 0, self.width, self.height)


def stored_levels(sizes: list[tuple[int, int]]) -> tuple[SlideLevel, ...]:
    """The levels of a slide from their sizes, full size first.

    Writers halve an odd size by leaving out the last pixel or by adding one. The ratio of the sizes would shift places
    by up to a pixel over the slide, so it is taken as the whole number that explains both sides, where there is one.

    Args:
        sizes: width and height of each, pixels.
    """
    width, height = sizes[0]
    return tuple(SlideLevel(w, h, _downsample(width, height, w, h)) for w, h in sizes)


def _downsample(width: int, height: int, w: int, h: int) -> float:
    factor = round((width / w + height / h) / 2)
    whole = factor >= 1 and all(
        full // factor <= part <= -(-full // factor) for full, part in ((width, w), (height, h))
    )
    return float(factor) if whole else (width / w + height / h) / 2
