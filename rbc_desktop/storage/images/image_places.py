"""Where the images of a case lie, and which of these places the user has confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ...domain.case.case import Case
from ...domain.fields.regions import Region
from ...errors import UnconfirmedImageError
from ...language import tr
from ...ports import ImageReader, LoadedImage, Slide, SlideOpener
from ..slides.slide_opener import find_slide, open_slide


def unconfirmed_images(
    case: Case, absolute: Collection[Path], *, folder: Path, confirmed: Collection[Path]
) -> frozenset[Path]:
    """Unconfirmed places that a case names by an absolute path, outside its own folder.

    Reading there could tell another computer who the user is (a network share), or read what isn't meant to be read.

    Args:
        case: as opened.
        absolute: files that the case file names by an absolute path.
        folder: of the case file; what lies below it is fine.
        confirmed: folders from which the user has opened images on this computer.
    """
    trusted = [folder, *confirmed]
    named = {f.path for f in case.fields.values()} | {s.path for s in case.slides.values()}
    paths = named & set(absolute)
    return frozenset(path for path in paths if not any(path.is_relative_to(place) for place in trusted))


class AskingReader:
    """Reads images (`ports.ImageReader`), except at places that the open case names and the user has not confirmed.

    Args:
        reader: decodes one image.
        opener: opens one slide.
    """

    def __init__(self, reader: ImageReader, opener: SlideOpener = open_slide) -> None:
        self._reader, self._opener = reader, opener
        self._unconfirmed: frozenset[Path] = frozenset()

    def ask_for(self, paths: Iterable[Path]) -> None:
        """From now on these places, and no others, are not touched."""
        self._unconfirmed = frozenset(paths)

    def asks_for(self, path: Path) -> bool:
        """Whether this place is not touched before the user confirms it."""
        return path in self._unconfirmed

    def confirm(self, paths: Iterable[Path]) -> None:
        """The user has chosen these files."""
        self._unconfirmed -= frozenset(paths)

    def __call__(self, path: Path, *, page: int = 0, region: Region | None = None) -> LoadedImage:
        self._ask(path)
        return self._reader(path, page=page) if region is None else self._reader(path, page=page, region=region)

    def open_slide(self, path: Path, *, page: int = 0) -> Slide:
        """Open a slide (`ports.SlideOpener`) on the same terms."""
        self._ask(path)
        return self._opener(path, page=page)

    def find_slide(self, path: Path) -> Slide | None:
        """Open a file if it is a slide (`slide_opener.find_slide`), on the same terms."""
        self._ask(path)
        return find_slide(path)

    def _ask(self, path: Path) -> None:
        if path in self._unconfirmed:
            raise UnconfirmedImageError(
                tr(
                    "{name} is said to lie at {folder}, outside the folder of the case; locate it.",
                    name=path.name,
                    folder=path.parent,
                )
            )
