"""The ICC profile, as another library reads it."""

import io

import numpy as np
from PIL import Image, ImageCms

from rbc_desktop.reports.pdf.paper.srgb_profile import srgb_profile


def test_it_is_a_display_profile_of_its_own_length():
    data = srgb_profile()
    assert int.from_bytes(data[:4], "big") == len(data)
    assert data[36:40] == b"acsp"
    profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    assert (profile.version, profile.device_class, profile.xcolor_space) == (2.4, "mntr", "RGB ")


def test_colours_are_those_of_srgb():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    colours = np.random.default_rng(1).integers(0, 256, (40, 50, 3), np.uint8)
    picture = Image.fromarray(colours)
    there = ImageCms.profileToProfile(picture, ours, ImageCms.createProfile("sRGB"))
    assert np.abs(np.asarray(there, int) - colours).max() <= 1
    lab = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), "white"), ours, ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert np.asarray(lab)[0, 0, 0] >= 254
