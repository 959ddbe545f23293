"""Make an AppImage of the frozen folder: the AppDir, its check, and one file where a runtime is given.

    .venv/bin/python build/bundle/make_appimage.py [--folder dist/rbc-desktop] [--runtime runtime-x86_64]

The AppDir is made and checked here. It is squashed into one file only with `--runtime`, the start program of AppImage's
type 2 (https://github.com/AppImage/type2-runtime), and `mksquashfs`. Squashing was tried with another file in the
place of the runtime, which can't be fetched without a network: no AppImage was ever started.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from make_exe import NAME, ROOT, archive_name

PROGRAM_PLACE = Path("usr", "lib", NAME)
APP_RUN = f"""#!/bin/sh
# What an AppImage starts: the window, or with one of the commands the program without it.
here=$(dirname "$(readlink -f "$0")")
case "${{1:-}}" in
    segment | analyze | watch | verify | doctor) exec "$here/{PROGRAM_PLACE}/{NAME}-cli" "$@" ;;
    *) exec "$here/{PROGRAM_PLACE}/{NAME}" "$@" ;;
esac
"""


def desktop_entry(text: str) -> str:
    """The entry of the Linux folder as an AppImage has it: it names the program, wherever that is."""
    lines = (line for line in text.splitlines() if not line.startswith("TryExec="))
    return "\n".join(f"Exec={NAME} %F" if line.startswith("Exec=") else line for line in lines) + "\n"


def make_app_dir(folder: Path, target: Path) -> Path:
    """Lay the frozen folder out as an AppDir; files are linked, not copied, where the file system allows.

    Args:
        folder: the frozen folder.
        target: the AppDir; an earlier one is replaced.

    Raises:
        OSError: when it can't be written.
    """
    shutil.rmtree(target, ignore_errors=True)
    (target / PROGRAM_PLACE).parent.mkdir(parents=True)
    shutil.copytree(folder, target / PROGRAM_PLACE, symlinks=True, copy_function=_link)
    desktop = folder / "desktop"
    icon = _icon(desktop)
    shutil.copyfile(icon, target / f"{NAME}{icon.suffix}")
    (target / ".DirIcon").symlink_to(f"{NAME}{icon.suffix}")
    entry = desktop_entry((desktop / f"{NAME}.desktop").read_text(encoding="utf-8"))
    (target / f"{NAME}.desktop").write_text(entry, encoding="utf-8")
    run = target / "AppRun"
    run.write_text(APP_RUN, encoding="utf-8")
    run.chmod(0o755)
    return target


def _icon(desktop: Path) -> Path:
    """The picture of 256 pixels, else the largest, else the drawing."""
    pictures = sorted(desktop.rglob("*.png"), key=lambda path: ("256" in str(path), path.stat().st_size))
    drawings = sorted(path for path in desktop.rglob("*.svg") if "case" not in path.name)
    return next(iter(reversed(pictures)), None) or drawings[0]


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
    return target


def problems(app_dir: Path) -> Iterator[str]:
    """What an AppDir lacks, one sentence each; nothing when it is complete."""
    entry = app_dir / f"{NAME}.desktop"
    values = dict(line.split("=", 1) for line in entry.read_text(encoding="utf-8").splitlines() if "=" in line)
    if values.get("Exec", "").split() != [NAME, "%F"] or "TryExec" in values:
        yield f"{entry.name} must start {NAME}, not '{values.get('Exec')}'"
    icon = values.get("Icon", "")
    if not any((app_dir / f"{icon}{ending}").is_file() for ending in (".png", ".svg")):
        yield f"there is no icon called {icon}"
    if not (app_dir / ".DirIcon").exists():
        yield "there is no .DirIcon"
    for program in ("AppRun", PROGRAM_PLACE / NAME, PROGRAM_PLACE / f"{NAME}-cli"):
        if not os.access(app_dir / program, os.X_OK):
            yield f"{program} can't be started"
    for path in app_dir.rglob("*"):
        if path.is_symlink() and not path.resolve().is_relative_to(app_dir.resolve()):
            yield f"{path.relative_to(app_dir)} leads out of the AppDir"


def squash(app_dir: Path, *, runtime: Path, target: Path) -> Path:
    """One file: the runtime, and behind it the AppDir as a squashed file system.

    Raises:
        subprocess.CalledProcessError: when mksquashfs fails.
        OSError: when it isn't there, or the file can't be written.
    """
    packed = target.with_suffix(".squashfs")
    packed.unlink(missing_ok=True)
    command = ["mksquashfs", str(app_dir), str(packed), "-root-owned", "-noappend", "-no-progress", "-comp", "zstd"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with target.open("wb") as file:
        for part in (runtime, packed):
            with part.open("rb") as source:
                shutil.copyfileobj(source, file)
    target.chmod(0o755)
    packed.unlink()
    return target


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / NAME, help="the frozen folder")
    parser.add_argument("--runtime", type=Path, help="AppImage's type 2 runtime; without it nothing is squashed")
    args = parser.parse_args()
    if not (args.folder / "_internal").is_dir():
        print(f"There is no frozen folder at {args.folder}; run make exe.")
        return 1
    app_dir = make_app_dir(args.folder, args.folder.with_name("RBC_Desktop.AppDir"))
    found = list(problems(app_dir))
    for problem in found:
        print(problem)
    if found:
        return 1
    said = subprocess.run([app_dir / "AppRun", "--version"], capture_output=True, text=True)
    if said.returncode:
        print(f"The program in {app_dir} doesn't start: {said.stderr.strip()[-500:]}")
        return 1
    print(f"{app_dir}: complete, {said.stdout.strip()}")
    if args.runtime is None:
        print("Not squashed: give AppImage's runtime with --runtime.")
        return 0
    image = squash(app_dir, runtime=args.runtime, target=args.folder.with_name(f"{archive_name()}.AppImage"))
    print(f"{image.stat().st_size / 1e6:.1f} MB  {image.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
