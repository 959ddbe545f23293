"""The AppDir of a folder with the layout of the frozen one, and what its check finds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import make_appimage
import pytest

DESKTOP = Path(__file__).resolve().parents[4] / "build" / "desktop"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="AppImages are for Linux")


@pytest.fixture
def folder(tmp_path):
    """Programs that say which of them was started, and with what."""
    place = tmp_path / "dist" / "rbc-desktop"
    (place / "_internal").mkdir(parents=True)
    (place / "_internal" / "library.so.1").write_bytes(b"code")
    (place / "_internal" / "library.so").symlink_to("library.so.1")
    for name in ("rbc-desktop", "rbc-desktop-cli"):
        (place / name).write_text(f'#!/bin/sh\necho {name} "$@"\n')
        (place / name).chmod(0o755)
    shutil.copytree(DESKTOP, place / "desktop")
    return place


@pytest.fixture
def app_dir(folder, tmp_path):
    return make_appimage.make_app_dir(folder, tmp_path / "RBC_Desktop.AppDir")


def started(app_dir, *arguments):
    return subprocess.run([app_dir / "AppRun", *arguments], capture_output=True, text=True, check=True).stdout.strip()


def test_a_complete_app_dir_has_no_problems(app_dir):
    assert list(make_appimage.problems(app_dir)) == []
    entry = (app_dir / "rbc-desktop.desktop").read_text(encoding="utf-8")
    assert "Exec=rbc-desktop %F\n" in entry
    assert "TryExec" not in entry
    assert (app_dir / "usr/lib/rbc-desktop/_internal/library.so").is_symlink()


def test_app_run_starts_the_window_or_a_command_from_anywhere(app_dir, tmp_path):
    assert started(app_dir, "a b.png") == "rbc-desktop a b.png"
    assert started(app_dir, "analyze", "x", "--out", "y") == "rbc-desktop-cli analyze x --out y"
    link = tmp_path / "elsewhere"
    link.symlink_to(app_dir / "AppRun")
    assert subprocess.run([link], capture_output=True, text=True, check=True).stdout.strip() == "rbc-desktop"


def test_making_it_again_replaces_the_old_one(folder, app_dir):
    (app_dir / "left over").write_text("x")
    make_appimage.make_app_dir(folder, app_dir)
    assert not (app_dir / "left over").exists()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda d: (d / "AppRun").chmod(0o644), "AppRun can't be started"),
        (lambda d: (d / ".DirIcon").unlink(), "no .DirIcon"),
        (lambda d: [path.unlink() for path in d.glob("rbc-desktop.[ps]*g")], "no icon called rbc-desktop"),
        (lambda d: (d / "out").symlink_to("/etc/passwd"), "out leads out of the AppDir"),
        (
            lambda d: (d / "rbc-desktop.desktop").write_text("Exec=/usr/bin/x\nIcon=rbc-desktop\n"),
            "must start rbc-desktop",
        ),
    ],
)
def test_what_is_missing_is_named(app_dir, spoil, sentence):
    if os.geteuid() == 0 and "AppRun" in sentence:
        (app_dir / "AppRun").unlink()  # for root every file with one bit can be started
    else:
        spoil(app_dir)
    assert any(sentence in problem for problem in make_appimage.problems(app_dir))


@pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="needs mksquashfs")
def test_runtime_and_squashed_folder_become_one_file(app_dir, tmp_path):
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"runtime")
    image = make_appimage.squash(app_dir, runtime=runtime, target=tmp_path / "x.AppImage")
    data = image.read_bytes()
    assert data.startswith(b"runtimehsqs")
    assert os.access(image, os.X_OK)
    command = [
        "unsquashfs",
        "-quiet",
        "-no-progress",
        "-offset",
        str(len(b"runtime")),
        "-dest",
        tmp_path / "out",
        image,
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert list(make_appimage.problems(tmp_path / "out")) == []
    assert started(tmp_path / "out", "doctor") == "rbc-desktop-cli doctor"
