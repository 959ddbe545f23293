"""Where the images of a case lie, and which of these places the user has confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ..domain.case import Case
from ..errors import UnconfirmedImageError
from ..ports import ImageReader, LoadedImage


def unconfirmed_images(
    case: Case, absolute: Collection[int], *, folder: Path, confirmed: Collection[Path]
) -> frozenset[Path]:
    """Unconfirmed places that a case names by an absolute path, outside its own folder.

    Reading there could tell another computer who the user is (a network share), or read what isn't meant to be read.

    Args:
        case: as opened.
        absolute: ids of the fields whose image is named by an absolute path.
        folder: of the case file; what lies below it is fine.
        confirmed: folders from which the user has opened images on this computer.
    """
    trusted = [folder, *confirmed]
    paths = {case.fields[i].path for i in absolute if i in case.fields}
    return frozenset(path for path in paths if not any(path.is_relative_to(place) for place in trusted))


class AskingReader:
    """Reads images (`ports.ImageReader`), except at places that the open case names and the user has not confirmed.

    Args:
        reader: decodes one image.
    """

    def __init__(self, reader: ImageReader) -> None:
        self._reader = reader
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

    def __call__(self, path: Path, *, page: int = 0) -> LoadedImage:
        if path in self._unconfirmed:
            raise UnconfirmedImageError(
                f"{path.name} is said to lie at {path.parent}, outside the folder of the case; locate it."
            )
        return self._reader(path, page=page)
