"""What the samples of a TIFF page mean, and whether they can be shown at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ...errors import ImageReadError
from ...language import mark, tr
from .pixel_formats import ColourModel, SampleLayout

_DECODED = {1, 5, 7, 8, 32773, 32946, 34925, 34926, 50000}
"""Compressions that tifffile decodes: none, LZW, JPEG, Deflate, PackBits, LZMA, ZSTD."""

LEFT_TO_PILLOW = {2, 3, 4, 6}
"""Fax compressions and JPEG of the old kind."""

_COMPRESSIONS = {
    32809: "ThunderScan", 34661: "JBIG", 34663: "JBIG2", 34712: "JPEG 2000", 33003: "JPEG 2000", 33004: "JPEG 2000",
    33005: "JPEG 2000", 34887: "LERC", 34676: "SGI log", 34677: "SGI log", 34892: mark("lossy JPEG of a raw file"),
    34933: "PNG", 50001: "WebP", 34934: "JPEG XR", 22610: "JPEG XR", 50002: "JPEG XL", 52546: "JPEG XL",
    32895: "IT8", 32908: "Pixar", 32909: "Pixar",
}  # fmt: skip

_DEPTHS = {
    2: mark("signed {bits}-bit"), 3: mark("{bits}-bit floating point"), 5: mark("{bits}-bit complex integer"),
    6: mark("{bits}-bit complex"),
}  # fmt: skip
"""How samples are called that aren't shown, by the tag SampleFormat."""

PHOTOMETRICS: dict[int, ColourModel] = {0: "white is zero", 1: "grey", 2: "rgb", 3: "palette", 5: "cmyk", 6: "ycbcr"}
_PHOTOMETRIC_NAMES = {
    4: mark(
        "a transparency mask"), 8: mark(
            "Lab colours"), 9: mark("Lab colours"), 10: mark("Lab colours"), 32803: mark("a camera's raw data"),
    32844: mark("logarithmic colours"), 32845: mark("logarithmic colours"), 34892: mark("a camera's raw data"),
}  # fmt: skip
JPEG, SEPARATE = 7, 2
"""Values of the tags Compression and PlanarConfiguration."""

JPEG_HEAD, JPEG_PADDING = 4096, 64
"""Bytes of a JPEG stream within which its size stands, and pixels by which it may be larger than its strip or tile."""


def colour_model(page: Any) -> ColourModel:
    """Of the samples that tifffile decodes: its JPEG decoder has made RGB of YCbCr.

    Raises:
        KeyError: for a page that `check_samples` refuses.
    """
    model = PHOTOMETRICS[int(page.photometric)]
    return "rgb" if model == "ycbcr" and int(page.compression) == JPEG else model


def check_samples(path: Path, page: Any) -> None:
    """Refuse a page whose samples are no plain picture.

    Raises:
        ImageReadError: says what they are.
    """
    if not isinstance(page.bitspersample, int):
        raise ImageReadError(
            tr("{name} has channels of different depth; save it with 8 bits per channel and open that.", name=path.name)
        )
    bits, kind = page.bitspersample, int(page.sampleformat or 1)
    if kind not in (1, 4) or bits not in (1, 2, 4, 8, 10, 12, 14, 16):
        depth = _DEPTHS.get(kind, mark("{bits}-bit integer"))
        raise ImageReadError(
            tr(
                "{name} holds {depth} pixels, which can't be shown; save it as unsigned 8- or 16-bit and open that.",
                name=path.name,
                depth=tr(depth, bits=bits),
            )
        )
    colour = PHOTOMETRICS.get(int(page.photometric))
    needed = {"rgb": 3, "ycbcr": 3, "cmyk": 4}.get(colour or "", 1)
    inks = page.tags.get("InkSet")
    odd_inks = colour == "cmyk" and inks is not None and int(inks.value) != 1
    if colour is None or odd_inks or not needed <= page.samplesperpixel <= max(4, needed + 1):
        what = _PHOTOMETRIC_NAMES.get(int(page.photometric)) or mark("{count} channels", count=page.samplesperpixel)
        raise ImageReadError(
            tr(
                "{name} holds {what}, no plain grey or RGB picture; save it as 8- or 16-bit RGB and open that.",
                name=path.name,
                what=tr(what),
            )
        )


def check_compression(path: Path, page: Any) -> None:
    """Refuse a page whose compression nothing here decodes.

    Raises:
        ImageReadError: names it.
    """
    code = int(page.compression)
    deep = page.bitspersample > 8
    if code in _DECODED or (code in LEFT_TO_PILLOW and not deep):
        return
    name = (
        _COMPRESSIONS.get(code)
        or getattr(page.compression, "name", "").replace("_", " ")
        or mark("kind {code}", code=code)
    )
    raise ImageReadError(
        tr(
            "{name} is compressed by {method} inside TIFF, which isn't supported; save it with LZW.",
            name=path.name,
            method=tr(name),
        )
    )


def layout_of(page: Any, *, model: ColourModel) -> SampleLayout:
    """What `pixel_formats.from_layout` needs to know of a page.

    Args:
        page: a `tifffile.TiffPage`.
        model: of its decoded samples.

    Raises:
        ValueError: for a palette image without palette.
    """
    extra = tuple(int(kind) for kind in page.extrasamples or ())
    alpha: Literal["straight", "multiplied"] | None = None
    if extra and extra[0] in (1, 2):
        alpha = "multiplied" if extra[0] == 1 else "straight"
    profile = page.tags.get("InterColorProfile")
    palette = None
    if model == "palette":
        if page.colormap is None:
            raise ValueError("a palette image without palette")
        palette = _palette(page.colormap)
    return SampleLayout(
        model,
        bits=int(page.bitspersample),
        alpha=alpha,
        palette=palette,
        profile=None if profile is None else bytes(profile.value),
        orientation=_orientation(page),
    )


def _palette(colormap: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint8]:
    """``(3, N)`` of 16 bits to ``(N, 3)`` of 8; some programs store 8-bit values unscaled."""
    entries = np.asarray(colormap, np.uint16).T
    return (entries if entries.max(initial=0) < 256 else entries >> 8).astype(np.uint8)


def _orientation(page: Any) -> int:
    tag = page.tags.get("Orientation")
    return 1 if tag is None else int(tag.value)
