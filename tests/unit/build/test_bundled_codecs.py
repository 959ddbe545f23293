"""The frozen folder holds a few codecs of imagecodecs: they must be enough for every TIFF that is read."""

import hashlib
import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile

from rbc_desktop.reports.exchange.interchange import write_labels
from tests.fakes.report_cases import small_case

ROOT = Path(__file__).resolve().parents[3]

READ = """
import hashlib, importlib.abc, json, pathlib, sys
allowed = set(json.loads(sys.argv[1]))
class OnlyBundled(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith("imagecodecs._") and name not in allowed:
            raise ImportError(name)
sys.meta_path.insert(0, OnlyBundled())
from rbc_desktop.reports.exchange.interchange import write_labels
from rbc_desktop.storage.images.image_reader import read_image
from tests.fakes.report_cases import small_case
pictures = [read_image(pathlib.Path(name)).pixels for name in sys.argv[3:]]
case, _ = small_case()
write_labels(pathlib.Path(sys.argv[2]), case, case.fields[1])
print(json.dumps([hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures]))
print(json.dumps(sorted(name for name in sys.modules if name.startswith("imagecodecs._"))), file=sys.stderr)
"""


@pytest.fixture
def files(tmp_path):
    """One file of each compression, 8 and 16 bits, and packed 12 bits; whole pictures in small tiles."""
    picture = (np.arange(48 * 64 * 3).reshape(48, 64, 3) % 251).astype(np.uint8)
    kinds = {
        **{name: {"compression": name} for name in ("lzw", "zlib", "packbits", "zstd", "lzma", "jpeg")},
        **{f"{name} predicted": {"compression": name, "predictor": True} for name in ("lzw", "zlib", "zstd")},
    }
    paths = []
    for name, options in kinds.items():
        for dtype in (np.uint8, np.uint16):
            if name != "jpeg" or dtype == np.uint8:
                paths.append(tmp_path / f"{name} {np.dtype(dtype).name}.tif")
                tifffile.imwrite(paths[-1], picture.astype(dtype), photometric="rgb", tile=(16, 16), **options)
    paths.append(tmp_path / "packed.tif")
    tifffile.imwrite(paths[-1], picture.astype(np.uint16), photometric="rgb", bitspersample=12)
    return paths


def test_the_bundled_codecs_read_and_write_what_all_of_them_do(files, tmp_path):
    from rbc_desktop.storage.images.image_reader import read_image

    bundled = runpy.run_path(str(ROOT / "build/hooks/hook-imagecodecs.py"))["hiddenimports"]
    answer = subprocess.run(
        [sys.executable, "-c", READ, json.dumps(bundled), str(tmp_path / "bundled.tif"), *map(str, files)],
        capture_output=True, check=True, timeout=60, cwd=ROOT,
    )  # fmt: skip

    expected = [hashlib.sha256(read_image(path).pixels.tobytes()).hexdigest() for path in files]
    assert json.loads(answer.stdout) == expected
    used = json.loads(answer.stderr.splitlines()[-1])
    assert {*used} <= {*bundled}
    case, _ = small_case()
    write_labels(tmp_path / "all.tif", case, case.fields[1])
    assert (tmp_path / "bundled.tif").read_bytes() == (tmp_path / "all.tif").read_bytes()
    assert "imagecodecs._imcd" in used
