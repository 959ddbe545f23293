"""Set up everything that running and testing need, from nothing but Python 3.11 with pip.

Makes `.venv`, installs the application and the groups of `requirements.lock` that are asked for into it, and on Debian
checks for the system libraries of Qt and LightGBM: installs them where it may, names them in one line where it may not.

    setup_env.py                 what running and training need
    setup_env.py development     what tests, checks and packaging need, too; `study`: the baselines of training/study
    setup_env.py exe | smoke     also the programs that building or trying the frozen folder calls

Standard library only; running it again costs nothing until the lock changes.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"

EXTRA_GROUPS = ("study", "development")
"""Groups of the lock that are installed when asked for; `run` always is."""

# Library that the dynamic loader must find → Debian package that holds it.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgomp.so.1": "libgomp1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}

# What is done beyond running and testing → program that it calls, or file that it reads → Debian package with it.
PURPOSES = {
    "exe": {
        "strip": "binutils",
        "readelf": "binutils",
        "objdump": "binutils",
        "gcc": "gcc",
        "/usr/include/stdio.h": "libc6-dev",
        "ldd": "libc-bin",
        "xz": "xz-utils",
    },
    "smoke": {
        "Xvfb": "xvfb",
        "xdotool": "xdotool",
        "strace": "strace",
        "unshare": "util-linux",
        "mount": "mount",
        "ldd": "libc-bin",
        "readelf": "binutils",
    },
}


def is_there(need: str) -> bool:
    """Whether a program is on the path, or a file (named with its full path) exists."""
    return Path(need).exists() if need.startswith("/") else shutil.which(need) is not None


def missing_packages(purposes: Sequence[str] = ()) -> list[str]:
    """Debian packages of libraries that the loader does not find, and of what these purposes need; empty elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    needs = {need: package for purpose in purposes for need, package in PURPOSES[purpose].items()}
    missing = [package for need, package in needs.items() if not is_there(need)]
    for library, package in SYSTEM_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return sorted(set(missing))


def apt_get() -> list[str] | None:
    """How to call apt-get without a question, or None when this user may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "apt-get"]
    return None


def ensure_system_packages(purposes: Sequence[str] = ()) -> None:
    """Install what is missing, or stop with the one line that does it.

    Raises:
        SystemExit: when something is missing and this user may not install it.
    """
    packages = missing_packages(purposes)
    if not packages:
        return
    by_hand = f"Missing system packages. Run: sudo apt-get install -y {' '.join(packages)}"
    command = apt_get()
    if command is None:
        raise SystemExit(by_hand)
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, "update", "-qq"], env=environment, check=False)
    install = [*command, "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(install, env=environment, stdout=subprocess.DEVNULL)
    if done.returncode != 0 or missing_packages(purposes):
        raise SystemExit(by_hand)


def venv_python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv() -> None:
    """Create `.venv`; Debian ships Python without ensurepip unless python3-venv is installed, so fall back."""
    if venv_python().exists():
        return
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    subprocess.run([sys.executable, "-m", "pip", "--python", str(venv_python()), "install", "-q", "pip"], check=True)


def pip(*arguments: str) -> None:
    """Run the environment's pip, quietly.

    Raises:
        SystemExit: when it fails; pip has said why.
    """
    command = [str(venv_python()), "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments]
    environment = {**os.environ, "SAM2_BUILD_CUDA": "0", "PYTHONWARNINGS": "ignore"}
    if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
        raise SystemExit("Installing packages failed; check the network connection and run the command again.")


def groups_of(lock: str) -> dict[str, list[str]]:
    """The requirements of each group; a group starts with a line `# [name] …`."""
    groups: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if heading := re.match(r"# \[(\w+)\]", line):
            groups[heading[1]] = []
        elif line and not line.startswith("#"):
            list(groups.values())[-1].append(line)
    return groups


def stamp_of(group: str, requirements: Sequence[str]) -> tuple[Path, str]:
    """The file that says what of a group is installed, and what it must hold.

    The application belongs to the group `run`: its metadata and the place of the checkout count, too.
    """
    text = "\n".join(requirements)
    if group == "run":
        text += (ROOT / "pyproject.toml").read_text(encoding="utf-8") + str(ROOT)
    return VENV / f"installed-{group}.sha256", hashlib.sha256(text.encode()).hexdigest()


def install(group: str, requirements: Sequence[str]) -> None:
    """Install a group of the lock, unless it is installed.

    Raises:
        SystemExit: when pip fails.
    """
    stamp, wanted = stamp_of(group, requirements)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Setting up .venv for '{group}' (run: about two minutes; once)…", flush=True)
    make_venv()
    if group == "run":
        pip("-c", str(LOCK), "setuptools", "wheel")
    pip("--no-build-isolation", "--no-deps", *requirements)
    if group == "run":
        pip("--no-build-isolation", "--no-deps", "-e", ".")
    stamp.write_text(wanted)


def main(wanted: Sequence[str]) -> None:
    """Set up, or do nothing when everything is in place.

    Args:
        wanted: what else the machine is to be ready for, of `EXTRA_GROUPS` and `PURPOSES`.
    """
    if unknown := set(wanted) - set(EXTRA_GROUPS) - set(PURPOSES):
        raise SystemExit(f"Usage: setup_env.py [{' | '.join([*EXTRA_GROUPS, *PURPOSES])}]…; not '{unknown.pop()}'.")
    purposes = [name for name in wanted if name in PURPOSES]
    if sys.version_info[:2] != (3, 11):
        raise SystemExit(f"Python 3.11 is needed, this is {sys.version.split()[0]}. Run: make PYTHON=python3.11")
    ensure_system_packages(purposes)
    for group, requirements in groups_of(LOCK.read_text(encoding="utf-8")).items():
        if group == "run" or group in wanted or (group == "development" and purposes):
            install(group, requirements)


if __name__ == "__main__":
    main(sys.argv[1:])
