"""One place of a film counts once: of a focus stack one page becomes a field, and what was pictured twice is named."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...domain.case.case import printable
from ...errors import ImageReadError
from ...imaging.fields.same_place import Look, look_of, sharpness_of, shows_same_place
from ...language import tr
from ...ports import LoadedImage

REMEMBERED = 200
"""Pictures that a new one is compared with: copies and second shots come close to each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place that a file shows.

    Attributes:
        image: the page that stands for it.
        pages: how many pages of the file show it.
    """

    image: LoadedImage
    pages: int = 1

    @property
    def text(self) -> str:
        """What the user is told; empty where one page shows it."""
        if self.pages == 1:
            return ""
        name = printable(self.image.path.name)
        return tr(
            "{pages} pages of {name} show the same place; only the sharpest of them, page {page}, counts.",
            pages=self.pages, name=name, page=self.image.page + 1,
        )  # fmt: skip


def places_of(images: Iterable[LoadedImage]) -> Iterator[Place]:
    """Of pages that follow each other and show one place only the sharpest.

    Holds two pages at most. A page that can't be read ends it, after the place before has been handed out.

    Raises:
        ImageReadError: of the page that can't be read.
    """
    best: Place | None = None
    last, detail = None, 0.0
    try:
        for image in images:
            if image.page_count == 1:
                yield Place(image)
                continue
            before, last, sharpness = last, look_of(image.pixels), sharpness_of(image.pixels)
            if best is None or before is None or not shows_same_place(before, last):
                if best is not None:
                    yield best
                best, detail = Place(image), sharpness
            elif sharpness > detail:
                best, detail = Place(image, best.pages + 1), sharpness
            else:
                best = Place(best.image, best.pages + 1)
    except ImageReadError:
        if best is not None:
            yield best
        raise
    if best is not None:
        yield best


@dataclass(slots=True)
class SeenPlaces:
    """The pictures that came last, to tell when a new one shows the place of one of them."""

    _looks: deque[tuple[str, Look]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def meet(self, name: str, look: Look, *, page: int = 0) -> str:
        """Remember a picture; returns what the user is told, empty where it shows a place of its own."""
        name = printable(tr("{name} (page {page})", name=name, page=page + 1) if page else name)
        first = next((known for known, other in self._looks if shows_same_place(look, other)), None)
        self._looks.append((name, look))
        if first is None:
            return ""
        return tr(
            "{name} shows the same place as {first}, so its cells count twice; leave one of both out.",
            name=name, first=first,
        )  # fmt: skip
