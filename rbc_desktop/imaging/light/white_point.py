"""The colour of the light between the cells, for white balance."""

from __future__ import annotations

import numpy as np

from ...domain.fields.regions import RegionReader
from .field_of_view import field_of_view, reduced
from .illumination import light_of


def background_colour(field: RegionReader) -> tuple[float, float, float]:
    """Red, green and blue, 0 to 255, of the background of a field; its median over the field.

    Takes tens of milliseconds for 20 megapixels, so not on the GUI thread.
    """
    small = reduced(field)
    light = light_of(small, view=field_of_view(field, small=small))
    red, green, blue = (float(value) for value in np.median(light.reshape(-1, 3), axis=0))
    return red, green, blue
