"""Masks as one-bit PNG images."""

from __future__ import annotations

import cv2
import numpy as np

from ..domain.arrays import BoolArray

_PARAMETERS = (cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 1)


def encode_mask(crop: BoolArray) -> bytes:
    """PNG bytes of a bool array ``(h, w)``, white where True."""
    done, data = cv2.imencode(".png", crop.view(np.uint8) * np.uint8(255), _PARAMETERS)
    if not done:
        raise ValueError("the mask can't be encoded")
    return data.tobytes()


def decode_mask(data: bytes) -> BoolArray:
    """The bool array ``(h, w)`` of PNG bytes.

    Raises:
        ValueError: when the bytes are no PNG image.
    """
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise ValueError("a mask can't be decoded")
    return np.asarray(image >= 128)
