"""Finding the images of a case that were moved: by name first, then by hash, in a folder that the user chose."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from ...domain.case.case import Field
from ...domain.fields.found_image import FoundImage
from ...domain.slides.slide import SlideEntry
from ...errors import ImageReadError
from ...language import plural, tr
from ...ports import TaskControl
from ...storage.digest import known_digest
from ...storage.images.image_fingerprint import fingerprint, sides
from ...storage.images.image_places import AskingReader
from ...storage.images.walk import images_below, unreadable_text
from .reading import ReadField, read_field

MOST_FILES = 5_000
"""Images of a folder that are looked at; a case has tens, and somebody may choose the root of an archive."""


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """What a search has found.

    Attributes:
        found: each image that was found, once per field.
        missing: how many images are still missing.
        cut_short: the folder holds more images than are looked at.
        read: the image that the user pointed to, decoded; None where they chose a folder.
    """

    found: tuple[FoundImage, ...]
    missing: int
    cut_short: bool = False
    read: ReadField | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The fields of a case, and what is known of their images.

    Attributes:
        fields: all of them.
        doubtful: ids of those whose image could not be shown.
        reader: decodes images, and knows the places that may not be touched.
        slides: of the case; fields can be regions of them.
    """

    fields: tuple[Field, ...]
    doubtful: frozenset[int]
    reader: AskingReader
    slides: tuple[SlideEntry, ...] = ()

    def missing(self, control: TaskControl) -> list[Field]:
        """The fields whose image is not in its place: gone, changed, or at a place that may not be touched."""
        return [field for field in self.fields if not self._is_there(field, control)]

    def _is_there(self, field: Field, control: TaskControl) -> bool:
        control.check()
        if self.reader.asks_for(field.path) or not field.path.is_file():
            return False
        if field.id not in self.doubtful:
            return True
        if field.region is not None:  # of a slide, which has many fields and takes long to read
            with contextlib.suppress(OSError):
                return known_digest(field.path, check=control.check) == field.sha256
            return False
        return fingerprint(field.path, sizes=_sizes([field]), check=control.check) == field.sha256


def locate_image(path: Path, *, field_id: int, wanted: Wanted, control: TaskControl) -> Located:
    """Read the image that a field had, and find the other missing ones in the same folder.

    Raises:
        ImageReadError: when it can't be read, or isn't that image.
    """
    path = path.absolute()
    field = next(field for field in wanted.fields if field.id == field_id)
    read = read_field(wanted.reader, path, page=field.page, region=field.region)
    if read.facts.sha256 != field.sha256:
        raise ImageReadError(
            tr("{name} is not the image that {name2} was; choose another.", name=path.name, name2=field.name)
        )
    missing = [other for other in wanted.missing(control) if other.id != field_id]
    pages = [field, *(other for other in missing if other.sha256 == field.sha256)]  # of the same file
    here = tuple(FoundImage(page.id, path, page.sha256) for page in pages)
    missing = [other for other in missing if other.sha256 != field.sha256]
    beside = takewhile(lambda image: image.parent == path.parent, images_below(path.parent, []))  # its own come first
    rest = _search(path.parent, missing, beside, wanted.slides, control)
    return Located((*here, *rest.found), rest.missing, rest.cut_short, read)


def locate_folder(folder: Path, *, wanted: Wanted, control: TaskControl) -> Located:
    """Find the missing images of a case in a folder and the folders below it.

    Raises:
        ImageReadError: when the folder can't be listed.
    """
    folder = folder.absolute()
    refused: list[Path] = []
    located = _search(folder, wanted.missing(control), images_below(folder, refused), wanted.slides, control)
    if folder in refused:
        raise ImageReadError(unreadable_text(folder))
    return located


def _search(
    folder: Path, missing: Sequence[Field], images: Iterable[Path], slides: Sequence[SlideEntry], control: TaskControl
) -> Located:
    if not missing:
        return Located((), 0)
    files: list[Path] = []
    for image in islice(images, MOST_FILES + 1):
        control.check()
        files.append(image)
    named = [folder / field.path.name for field in missing]  # whatever their ending
    candidates = by_name_first([*named, *files[:MOST_FILES]], missing=missing)
    found = match(candidates, missing=missing, slides=slides, control=control)
    return Located(found, len(missing) - len(found), len(files) > MOST_FILES)


def by_name_first(paths: Iterable[Path], *, missing: Iterable[Field]) -> list[Path]:
    """Each path once: those that are called like a missing image, then the others, each in the order given."""
    names = {_name(field.path) for field in missing}
    return sorted(dict.fromkeys(paths), key=lambda path: _name(path) not in names)


def match(
    candidates: Sequence[Path],
    *,
    missing: Iterable[Field],
    slides: Sequence[SlideEntry] = (),
    control: TaskControl,
) -> tuple[FoundImage, ...]:
    """The first candidate with the hash of each missing image; no further one is read when all are found.

    Args:
        candidates: files, the likely ones first.
        missing: fields; the pages of one file, or the regions of one slide, find the same file.
        slides: of the case.
        control: progress and cancel.
    """
    left: dict[str, list[Field]] = {}
    for field in missing:
        left.setdefault(field.sha256, []).append(field)
    found: list[FoundImage] = []
    for done, path in enumerate(candidates):
        if not left:
            break
        control.progress(done, len(candidates))
        sizes = _sizes(field for fields in left.values() for field in fields)
        large = {(slide.page, slide.width, slide.height) for slide in slides if slide.sha256 in left}
        digest = fingerprint(path, sizes=sizes, slides=large, check=control.check)
        found += [FoundImage(field.id, path, digest) for field in left.pop(digest, [])]
    return tuple(found)


def located_text(located: Located) -> str:
    """The sentence about a search, "" where the one image that was missing is on the screen now."""
    count, missing = len(located.found), located.missing
    if not missing:
        if count:
            shown = count == 1 and located.read is not None
            return "" if shown else plural("{count} image found.", "{count} images found.", count)
        return tr("No image of this case is missing.")
    if located.cut_short:
        return plural(
            "{count} image found; {missing:,} still missing. The folder holds more than {most:,} images; choose one"
            " further down.",
            "{count} images found; {missing:,} still missing. The folder holds more than {most:,} images; choose one"
            " further down.",
            count, missing=missing, most=MOST_FILES,
        )  # fmt: skip
    if not count:
        return plural(
            "None of {count} missing image is there; choose another folder.",
            "None of {count} missing images is there; choose another folder.",
            missing,
        )
    return plural(
        "{count} image found; {missing:,} still missing. Locate a folder that holds the rest.",
        "{count} images found; {missing:,} still missing. Locate a folder that holds the rest.",
        count, missing=missing,
    )  # fmt: skip


def _sizes(fields: Iterable[Field]) -> Collection[tuple[int, int]]:
    """Of those that are whole images, as `sides`."""
    return {sides(field.width, field.height) for field in fields if field.region is None}


def _name(path: Path) -> str:
    return os.fspath(path.name).casefold()
