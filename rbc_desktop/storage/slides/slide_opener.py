"""Opening a slide with the reader that knows its format (`ports.SlideOpener`)."""

from __future__ import annotations

from pathlib import Path

from ...errors import ImageReadError
from ...ports import Slide
from ..image_file import TIFF, check_file
from ..image_limits import damaged
from .pyramid import Pyramid
from .tiff_pyramid import TiffPyramid
from .vendor_pyramid import VendorPyramid, is_vendor_slide


def open_slide(path: Path, *, page: int = 0) -> Slide:
    """Open a slide, or any picture that can be read part by part.

    Args:
        path: the file.
        page: which of its pictures, from 0.

    Raises:
        ImageReadError: when the file is missing, damaged, or of no kind that is read part by part.
    """
    path = path.absolute()
    try:
        magic = check_file(path)
        if page == 0 and is_vendor_slide(path):
            return Pyramid(VendorPyramid(path))
        if magic.startswith(TIFF):
            return Pyramid(TiffPyramid(path, page=page))
    except ImageReadError:
        raise
    except PermissionError as error:
        raise ImageReadError(f"{path.name} can't be read: permission denied; ask its owner for access.") from error
    except Exception as error:  # decoders raise whatever they stumble over
        raise damaged(path) from error
    raise ImageReadError(f"{path.name} is no slide and no tiled TIFF; save it as one to read it part by part.")
