"""What can be opened: the kinds of images and slides, as users call them, with the endings of their files."""

from __future__ import annotations

from ..language import tr

PICTURES: dict[str, tuple[str, ...]] = {
    "PNG": (".png",), "JPEG": (".jpg", ".jpeg", ".jpe"), "BMP": (".bmp", ".dib"), "TIFF": (".tif", ".tiff"),
    "WebP": (".webp",), "GIF": (".gif",), "HEIC": (".heic", ".heif"),
}  # fmt: skip
SLIDES: dict[str, tuple[str, ...]] = {
    "SVS": (".svs",), "NDPI": (".ndpi", ".vms", ".vmu"), "MRXS": (".mrxs",), "SCN": (".scn",), "BIF": (".bif",),
    "SVSLIDE": (".svslide",), "DICOM": (), "OME-TIFF": (".ome.tif",),
}  # fmt: skip
"""Of a slide in DICOM each level is a file of its own, so that one of them has to be named: it has no ending here."""

WITH_AN_EXTRA: dict[str, tuple[str, ...]] = {"CZI": (".czi",), "VSI": (".vsi",)}
"""Read where the libraries for them were installed beside the program; not promised to everybody."""

IMAGE_SUFFIXES = frozenset(
    ending
    for kind in (*PICTURES.values(), *SLIDES.values(), *WITH_AN_EXTRA.values())
    for ending in kind
    if ending.count(".") == 1
)
"""File endings that are taken from folders; a file named by the user is opened whatever its ending."""


def kinds_text() -> str:
    """All kinds, for a sentence: “PNG, JPEG …; slides: SVS, NDPI …”."""
    return tr("{pictures}; slides: {slides}", pictures=", ".join(PICTURES), slides=", ".join(SLIDES))
