"""Image files for the smoke run."""

from pathlib import Path

import numpy as np
import smoke_pictures as pictures

from rbc_desktop.storage.images.image_reader import read_image

ROOT = Path(__file__).resolve().parents[4]


def test_the_pictures_of_the_smoke_run_are_pieces_of_the_sample(tmp_path):
    sample = read_image(ROOT / "resources/sample/sample_smear.png").pixels
    piece = sample[pictures.PIECE].astype(int)
    files = pictures.write_pictures(tmp_path / "pictures", sample)
    read = {file.name: read_image(file).pixels for file in files}
    assert {file.suffix for file in files} == {".tif", ".webp", ".gif", ".heic"}
    for name, pixels in read.items():
        difference = np.abs(pixels - piece)
        assert difference.max() == 0 if name in pictures.LOSSLESS else difference.mean() < 5, name
