"""The stand-ins of the video codecs."""

import shutil
import subprocess
import sys

import codec_stand_ins
import pytest

READELF = """
   12: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND av_malloc@LIBAVUTIL_60 (9)
   13: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND av_free@LIBAVUTIL_60 (9)
   14: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND memcpy@GLIBC_2.14 (3)
   15: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND avifDecoderCreate
   16: 00000000000a1230    42 FUNC    GLOBAL DEFAULT   12 av_own@LIBAVUTIL_60 (9)
"""


def test_wanted_codec_symbols():
    assert codec_stand_ins.wanted_symbols(READELF) == {"LIBAVUTIL_60": ["av_free", "av_malloc"]}


@pytest.mark.skipif(shutil.which("gcc") is None or not sys.platform.startswith("linux"), reason="needs gcc on Linux")
def test_stand_in_loads_with_its_version_and_says_why_it_ends(tmp_path):
    names = ["av_free", "av_malloc"]
    (tmp_path / "x.c").write_text(codec_stand_ins.stand_in_source(names))
    (tmp_path / "x.map").write_text(codec_stand_ins.version_script("LIBAVUTIL_60", names))
    codec_stand_ins.compile_stand_in(tmp_path / "x.c", tmp_path / "x.map", tmp_path / "libx.so")
    calling = f"import ctypes; ctypes.CDLL({str(tmp_path / 'libx.so')!r}).av_malloc()"
    done = subprocess.run([sys.executable, "-c", calling], capture_output=True, text=True)
    assert done.returncode != 0
    assert "Video codecs are not part" in done.stderr
