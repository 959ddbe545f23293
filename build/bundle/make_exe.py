"""Build the frozen folder and its archive: PyInstaller, strip, what lies beside the programs, checksums, archive.

Run by `make exe` with the environment's Python. `--no-archive` leaves out the last step, which takes the longest.
"""

from __future__ import annotations

import argparse
import os
import py_compile
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from blas_stand_in import replace_blas
from codec_stand_ins import replace_codecs
from fixed_files import files_in, write_checksums, write_tar_xz, write_zip
from size_table import size_table

sys.path.append(str(Path(__file__).resolve().parents[1]))

from setup_env import missing_packages

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
WORK = ROOT / ".pyi"
NAME = "rbc-desktop"

STRIPPED = (
    "torch/lib/libtorch_cpu.so",
    "torch/lib/libtorch_python.so",
    "libpython3*.so.*",
    "pypdfium2_raw/libpdfium.so",
    "python3*/lib-dynload/*.so",
    "imagecodecs/*.so",
    "nacl/_sodium*.so",
    "PIL/_imaging.*.so",
    "pycocotools/_mask*.so",
    "scipy/optimize/_highspy/_core*.so",
)
"""Symbol tables and what debuggers read: 136 MB in these alone. The others gain little, and libraries that were patched
when their wheels were made can break under strip."""


def commit_time() -> int:
    """Seconds since 1970 of the commit that is built, so that its files carry the same time wherever it is built."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    shown = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return int(shown.stdout) if shown.returncode == 0 else 0


def run_pyinstaller(target: Path, work: Path, timestamp: int) -> Path:
    """Run the spec; returns the new folder.

    Raises:
        SystemExit: when it fails; PyInstaller has said why.
    """
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN"]
    command += ["--workpath", str(work), "--distpath", str(target), str(ROOT / "rbc_desktop.spec")]
    # A fixed hash seed orders sets alike, the time goes into the file headers.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(timestamp)}
    if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
        raise SystemExit("PyInstaller failed; its last lines say why.")
    return target / NAME


def strip_symbols(internal: Path) -> None:
    """Remove the symbol tables that make up most of the avoidable size."""
    libraries = [str(path) for pattern in STRIPPED for path in sorted(internal.glob(pattern))]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)


def compile_sources(internal: Path) -> None:
    """Compile the modules that are shipped as source text, so that no start has to.

    Checked against nothing: the folder may be read-only, and time stamps change when it is copied.
    """
    for source in sorted(internal.rglob("*.py")):
        py_compile.compile(
            str(source),
            dfile=source.relative_to(internal).as_posix(),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def add_companions(folder: Path) -> None:
    """What the technician finds beside the programs: a short text, the licence and the desktop integration."""
    shutil.copy(BUILD / "README.txt", folder / "README.txt")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    if sys.platform.startswith("linux"):
        shutil.copytree(BUILD / "desktop", folder / "desktop")


def describe_parts(folder: Path) -> None:
    """Versions, hashes and licences of everything inside, for the About box and the bill of materials."""
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bundled_parts.py")), str(folder)], cwd=ROOT, check=True
    )


def set_modes_and_times(folder: Path, timestamp: int) -> None:
    """One time stamp, and modes that don't depend on the builder's umask."""
    for path in files_in(folder):
        file = folder / path
        if not file.is_symlink():
            file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
            os.utime(file, (timestamp, timestamp))


def put_in_place(new: Path, place: Path) -> None:
    """Replace the folder of an earlier build by renaming, so that there is never half of one."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def archive_name() -> str:
    """Name of the archive without its suffix: product, version, system and processor."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    variant = "-cuda" if os.environ.get("RBC_DESKTOP_TORCH") == "cuda" else ""
    return f"{NAME}-{version}-{sysconfig.get_platform()}{variant}"


def write_archive(folder: Path, timestamp: int) -> Path:
    """Pack the folder beside itself; returns the archive, which is complete or not there."""
    write, ending = (write_zip, "zip") if sys.platform == "win32" else (write_tar_xz, "tar.xz")
    archive = folder.with_name(f"{archive_name()}.{ending}")
    partial = archive.with_name(f".{archive.name}.partial")
    write(folder, partial, timestamp=timestamp)
    partial.replace(archive)
    return archive


def main() -> None:
    """Build, report the sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--distpath", type=Path, default=ROOT / "dist", help="where the folder and archive go")
    parser.add_argument("--workpath", type=Path, default=WORK / "work", help="where PyInstaller keeps its files")
    parser.add_argument("--no-archive", action="store_true", help="make the folder only")
    args = parser.parse_args()
    if missing := missing_packages(["exe"]):
        raise SystemExit(f"Missing build tools. Run: sudo apt-get install -y {' '.join(missing)}")
    timestamp = commit_time()
    dist = args.distpath.resolve()
    folder = run_pyinstaller(dist / ".new", args.workpath.resolve(), timestamp)
    internal = folder / "_internal"
    if sys.platform.startswith("linux"):
        strip_symbols(internal)
        replace_codecs(internal, args.workpath.resolve())
        replace_blas(internal, args.workpath.resolve())
    compile_sources(internal)
    add_companions(folder)
    describe_parts(folder)
    set_modes_and_times(folder, timestamp)
    write_checksums(folder)
    os.utime(folder / "SHA256SUMS", (timestamp, timestamp))
    put_in_place(folder, dist / NAME)
    if sys.platform == "darwin":
        put_in_place(dist / ".new" / "RBC Desktop.app", dist / "RBC Desktop.app")
    shutil.rmtree(dist / ".new", ignore_errors=True)
    print(size_table(dist / NAME))
    if not args.no_archive:
        archive = write_archive(dist / NAME, timestamp)
        print(f"{archive.stat().st_size / 1e6:8.1f} MB  {archive.name}")


if __name__ == "__main__":
    main()
