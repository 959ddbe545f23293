"""What a laboratory puts at the top of its reports: some lines of text, and a logo."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from ...errors import ExportError
from ...language import tr

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
LOGO_PX = 1000
"""Longest side of the logo in the report: 560 dots an inch at the size that it is printed in."""
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The laboratory's own.

    Attributes:
        text: name, address, telephone; a line each.
        logo: file of the logo, None without one.
    """

    text: str = ""
    logo: Path | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are printed."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())[:MOST_LINES]


def read_logo(path: Path) -> tuple[bytes, int, int]:
    """The logo on white as PNG without metadata, its width and height in pixels.

    Raises:
        ExportError: when it is no picture, or too large a one.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too many bytes")
        with Image.open(path, formats=("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            picture = opened.convert("RGBA")
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ExportError(
            tr("The logo {name} can't be read; choose another picture in the settings, or none.", name=path.name)
        ) from error
    picture.thumbnail((LOGO_PX, LOGO_PX))
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))  # a soft mask would be transparency
    written = io.BytesIO()
    flat.save(written, "PNG")
    return written.getvalue(), flat.width, flat.height
