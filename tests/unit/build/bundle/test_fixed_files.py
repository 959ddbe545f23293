"""Checksums, and archives that repeat."""

import hashlib
import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import fixed_files
import pytest


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
