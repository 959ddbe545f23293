"""Masks as pictures of characters: ``#`` belongs to it."""

from rbc_desktop.domain.cells.mask import CellMask


def mask_of(picture, *, x0=0, y0=0):
    """The mask that a picture shows; its top left character is field pixel ``(x0, y0)``."""
    rows = [line.strip() for line in picture.strip().splitlines()]
    return CellMask.from_array([[c == "#" for c in row] for row in rows], x0=x0, y0=y0)


def picture_of(mask):
    """The picture of a mask's own box."""
    return ["".join("#" if inside else "." for inside in row) for row in mask.crop.tolist()]


def rectangle(x0, y0, width, height):
    """A mask that fills a rectangle."""
    return mask_of("\n".join(["#" * width] * height), x0=x0, y0=y0)
