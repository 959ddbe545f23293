"""What a reader sees in a PDF report, apart from the time at which it was written."""

from __future__ import annotations

from pathlib import Path

import pypdf


def pictures_of(path: Path) -> list[bytes]:
    """The bytes of every picture, in the order of the pages."""
    return [image.data for page in pypdf.PdfReader(path).pages for image in page.images]
