"""A field beside the one that is worked on: of the same case, or of another one that is only read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...domain.case.case import Case, Field
from ...domain.geometry import Point
from ...ports import ImageReader
from ...storage.case.case_reading import read_case
from ...storage.images.image_places import AskingReader, unconfirmed_images
from ..cases.reading import ReadField, read_field_of


@dataclass(frozen=True, slots=True)
class Side:
    """Which field is shown beside.

    Attributes:
        field_id: in its case.
        is_own: of the case that is worked on; else of the one that was opened beside it.
    """

    field_id: int
    is_own: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class OtherCase:
    """A case that is only looked at.

    Attributes:
        name: of its file, without the ending.
        case: what is in it.
        reader: reads its images, except at places that nobody has confirmed.
    """

    name: str
    case: Case
    reader: AskingReader


def read_other(path: Path, *, reader: ImageReader, confirmed: Sequence[str] = ()) -> OtherCase:
    """Read a case to look at it.

    Args:
        path: of its file.
        reader: decodes one image.
        confirmed: folders from which the user has opened images on this computer.

    Raises:
        CaseFileError: when it can't be read, or is open in a window.
    """
    read = read_case(path)
    asking = AskingReader(reader)
    places = [Path(name) for name in confirmed]
    asking.ask_for(unconfirmed_images(read.case, read.absolute, folder=read.path.parent, confirmed=places))
    return OtherCase(read.path.stem, read.case, asking)


def read_other_field(other: OtherCase, field: Field) -> ReadField:
    """Read the image of a field of that case.

    Raises:
        ImageReadError: when it can't be read or isn't the image that the case was made with.
    """
    return read_field_of(other.reader, field)


def first_side(fields: Sequence[int], current: int | None) -> Side | None:
    """What is shown beside at first: the field after the one in view, else the one before; None with no other."""
    if current is None or current not in fields:
        return Side(fields[0]) if fields else None
    place = list(fields).index(current)
    others = [*fields[place + 1 :], *reversed(fields[:place])]
    return Side(others[0]) if others else None


def matching_scale(scale: float, *, um_per_px: float | None, other_um_per_px: float | None) -> float:
    """At which scale another field shows the same length equally long.

    Args:
        scale: logical pixels of the screen per pixel of the field.
        um_per_px: of that field, None without a scale.
        other_um_per_px: of the other field.

    Returns:
        Logical pixels per pixel of the other field; by pixels where a scale is missing.
    """
    if um_per_px is None or other_um_per_px is None:
        return scale
    return scale * other_um_per_px / um_per_px


def moved_along(centre: Point, *, before: Point, after: Point, factor: float) -> Point:
    """Where the middle of the other field goes when that of the first one went from `before` to `after`.

    Args:
        centre: of the other field, its pixels.
        before, after: of the first field, its pixels.
        factor: pixels of the other field per pixel of the first one.
    """
    return Point(centre.x + factor * (after.x - before.x), centre.y + factor * (after.y - before.y))
