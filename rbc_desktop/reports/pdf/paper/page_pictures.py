"""Pages of a PDF as pictures and as text, by PDFium from the bytes that are written to the file.

PDFium keeps its state for the whole process, so that one thread may call it at a time.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from ....ports import RgbImage

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class PagePicture:
    """One page.

    Attributes:
        pixels: ``(H, W, 3)`` uint8 RGB.
        number: of the page, from 1.
        pages: how many the document has; None while that isn't known.
    """

    pixels: RgbImage
    number: int
    pages: int | None


def draw_page(document: bytes, *, number: int, width: int) -> PagePicture:
    """Draw one page; the nearest one where there is none of this number.

    Args:
        document: a whole PDF.
        number: of the page, from 1.
        width: of the picture, pixels; its height follows.
    """
    import pypdfium2  # 8 MB that only the preview needs

    with _ONE_AT_A_TIME:
        opened = pypdfium2.PdfDocument(document)
        try:
            pages = len(opened)
            number = min(max(1, number), pages)
            page = opened[number - 1]
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
            pixels = np.ascontiguousarray(bitmap.to_numpy()[..., :3], np.uint8).copy()
        finally:
            opened.close()
    pixels.setflags(write=False)
    return PagePicture(pixels, number, pages)


def page_lines(document: bytes) -> list[tuple[str, ...]]:
    """The lines of text of each page, with single spaces; empty ones left out.

    Raises:
        ValueError: when it is no PDF that can be read.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            opened = pypdfium2.PdfDocument(document)
        except pypdfium2.PdfiumError as error:
            raise ValueError("no PDF") from error
        try:
            texts = [page.get_textpage().get_text_bounded() for page in opened]
        finally:
            opened.close()
    lines = ([" ".join(line.split()) for line in text.splitlines()] for text in texts)
    return [tuple(line for line in page if line) for page in lines]
