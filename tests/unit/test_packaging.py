"""The frozen folder: what stays out, checksums, archives that repeat, the codecs' stand-ins, sizes."""

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from rbc_desktop.cli import commands_only

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "build"))

import bundle_contents  # noqa: E402
import codec_stand_ins  # noqa: E402
import fixed_files  # noqa: E402
import setup_env  # noqa: E402
import size_table  # noqa: E402


@pytest.mark.parametrize(
    ("path", "dropped"),
    [
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6\\Qt\\qml\\builtins.qmltypes", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", False),
        ("numpy/tests/test_ctypeslib.pyc", True),
        ("resources/weights/segmenter.safetensors", False),
        ("torch/testing/_comparison.pyc", False),
    ],
)
def test_dropped_paths(path, dropped):
    assert bundle_contents.is_dropped(path) is dropped


def test_kept_entries_are_sorted():
    entries = [("b", "/b", "DATA"), ("skimage/data/cell.png", "/c", "DATA"), ("a", "/a", "DATA")]
    assert bundle_contents.kept(entries) == [("a", "/a", "DATA"), ("b", "/b", "DATA")]


def test_libraries_stay_only_while_something_is_linked_to_them():
    imports = {"/x.so": ["libone.so.1"], "/one": ["libtwo.so"], "/gtk": ["libpango.so"], "/py": ["libm.so"]}
    entries = [
        ("y.cpython-311.so", "/y.so", "EXTENSION"),  # a module at the top, which Python imports
        ("pkg/x.so", "/x.so", "EXTENSION"),
        ("libone.so.1", "pkg.libs/libone.so.1", "SYMLINK"),
        ("pkg.libs/libone.so.1", "/one", "BINARY"),
        ("libtwo.so", "/two", "BINARY"),
        ("libgtk.so", "/gtk", "BINARY"),
        ("libpango.so", "/pango", "BINARY"),
        ("libpython3.11.so.1.0", "/py", "BINARY"),
        ("resources/data.bin", "/data", "DATA"),
    ]
    names = [entry[0] for entry in bundle_contents.reached(entries, lambda source: imports.get(source, []))]
    assert names == [
        "y.cpython-311.so", "pkg/x.so", "libone.so.1", "pkg.libs/libone.so.1", "libtwo.so", "libpython3.11.so.1.0",
        "resources/data.bin",
    ]  # fmt: skip


def test_what_only_other_groups_bring_along_is_excluded():
    lock = "# [run] a\none==1\n\n# [study] b\nTwo.x==2\n\n# [development] c\nthree==3\n"
    installed = {
        "one": ["one"],
        "two": ["two-x"],
        "both": ["one", "three"],
        "three": ["three"],
        "_3": ["Two_X", "three"],
    }
    assert bundle_contents.modules_of_others(lock, installed=installed) == ["_3", "three", "two"]
    real = bundle_contents.modules_of_others(setup_env.LOCK.read_text(encoding="utf-8"))
    assert {"monai", "pytest", "defusedxml"} <= set(real)


def test_nothing_that_the_application_imports_is_excluded():
    excluded = set(bundle_contents.EXCLUDED_MODULES)
    excluded |= set(bundle_contents.modules_of_others(setup_env.LOCK.read_text(encoding="utf-8")))
    for path in (ROOT / "rbc_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                parts = name.split(".")
                taken = excluded & {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
                assert not taken, f"{path.name} imports {name}"


@pytest.mark.parametrize(
    ("wanted", "cuda", "words"),
    [("cpu", None, None), ("cuda", "13.0", None), ("cuda", None, "no CUDA"), ("cpu", "13.0", "13.0"), ("x", None, "x")],
)  # fmt: skip
def test_variant(wanted, cuda, words):
    problem = bundle_contents.variant_problem(wanted, cuda)
    assert problem is None if words is None else words in problem


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "one" / "rbc-desktop"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "café.txt").write_bytes(b"coffee")
    (folder / "start").write_bytes(b"#!/bin/sh\n")
    (folder / "start").chmod(0o755)
    return folder


def _twin(folder: Path, tmp_path: Path) -> Path:
    """The same files made in another order, at another time, by someone with another umask."""
    twin = tmp_path / "two" / "rbc-desktop"
    shutil.copytree(folder, twin)
    (twin / "b" / "café.txt").chmod(0o600)
    os.utime(twin / "start", (1, 1))
    return twin


def test_checksums_list_every_file_sorted(folder):
    fixed_files.write_checksums(folder)
    fixed_files.write_checksums(folder)  # its own file is not in it
    expected = [
        f"{hashlib.sha256(b'coffee').hexdigest()}  b/café.txt",
        f"{hashlib.sha256(b'#!/bin/sh' + bytes([10])).hexdigest()}  start",
    ]
    assert (folder / "SHA256SUMS").read_bytes() == ("\n".join(expected) + "\n").encode()


@pytest.mark.skipif(shutil.which("xz") is None, reason="needs xz")
def test_tar_repeats_and_unpacks(folder, tmp_path):
    archives = [tmp_path / "one.tar.xz", tmp_path / "two.tar.xz"]
    for source, archive in zip((folder, _twin(folder, tmp_path)), archives, strict=True):
        fixed_files.write_tar_xz(source, archive, timestamp=1_700_000_000)
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with tarfile.open(archives[0]) as tar:
        entries = {entry.name: entry for entry in tar.getmembers()}
        assert list(entries) == ["rbc-desktop/b/café.txt", "rbc-desktop/start"]
        assert {entry.mode for entry in entries.values()} == {0o644, 0o755}
        assert all(entry.mtime == 1_700_000_000 and entry.uid == 0 and not entry.uname for entry in entries.values())
        assert tar.extractfile("rbc-desktop/b/café.txt").read() == b"coffee"


def test_zip_repeats_and_unpacks(folder, tmp_path):
    archives = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for source, archive in zip((folder, _twin(folder, tmp_path)), archives, strict=True):
        fixed_files.write_zip(source, archive, timestamp=0)
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as pack:
        assert pack.namelist() == ["rbc-desktop/b/café.txt", "rbc-desktop/start"]
        assert pack.read("rbc-desktop/b/café.txt") == b"coffee"


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


def test_sizes_add_up():
    sizes = {"_internal/torch/lib/libtorch_cpu.so": 300, "_internal/torch/x.pyc": 5, "rbc-desktop": 1, "_internal/y": 2}
    parts = size_table.part_sizes(sizes)
    assert [part[0] for part in parts] == [300, 5, 2, 1]
    assert all(why for _, _, why in parts)


def test_console_program_knows_the_commands_but_no_window(capsys):
    assert commands_only([]) == 2
    assert "segment" in capsys.readouterr().out
    with pytest.raises(SystemExit) as wrong:
        commands_only(["image.png"])
    assert wrong.value.code == 2
