"""Runs programs as on a technician's computer: no network, no Python, no checkout, a folder that is read-only.

Linux only. Namespaces of the kernel make it so: a network with only a loop device that is down, and a view of the disk
in which the folder lies elsewhere, as a read-only mount (root ignores modes, so those would prove nothing), and Python
and the checkout look empty. strace notes each socket that a program asks for and each program that it starts.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smoke_checks import SmokeError

PROOF = """
if touch "$1/written" 2>/dev/null; then echo "the folder can be written to"; fi
if [ "$(wc -l </proc/net/dev)" -gt 3 ] || [ "$(wc -l </proc/net/route)" -gt 1 ]; then echo "there is a network"; fi
shift
for path in "$@"; do
    if [ -d "$path" ]; then [ -z "$(ls -A "$path")" ] || echo "$path is there"
    elif [ -s "$path" ]; then echo "$path is there"; fi
done
"""
"""Run inside; prints what is not as it should be. `/proc/net/dev` has two lines of heading and the loop device."""


def pythons() -> tuple[Path, ...]:
    """Programs and standard libraries of every Python of this computer that a frozen program could fall back on."""
    prefixes = {Path(sys.base_prefix), Path("/usr"), Path("/usr/local")}
    found = {path.resolve() for prefix in prefixes for path in prefix.glob("bin/python*")}
    found |= {path.resolve() for prefix in prefixes for path in prefix.glob("lib/python*")}
    return tuple(sorted(found))


@dataclass(frozen=True)
class Sandbox:
    """A folder as the programs in it see it.

    Attributes:
        folder: where it really is.
        place: where the programs find it; an existing empty folder.
        home: the user's folder, where they start.
        hidden: folders and files that look empty.
    """

    folder: Path
    place: Path
    home: Path
    hidden: tuple[Path, ...]

    def run_in(self, command: list[str]) -> list[str]:
        """The command that runs this one in the sandbox; the exit status is the same."""
        quoted = {name: shlex.quote(str(getattr(self, name))) for name in ("folder", "place", "home")}
        lines = [
            "set -e",
            f"mount --bind {quoted['folder']} {quoted['place']}",
            f"mount -o remount,bind,ro {quoted['place']}",
        ]
        for path in self.hidden:
            hide = "mount -t tmpfs -o ro tmpfs" if path.is_dir() else "mount --bind /dev/null"
            lines.append(f"{hide} {shlex.quote(str(path))}")
        lines += [f"cd {quoted['home']}", 'exec "$@"']
        user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
        return ["unshare", *user, "--net", "--mount", "sh", "-c", "\n".join(lines), "sandbox", *command]

    def program(
        self, name: str, *arguments: str, trace: Path, environment: Mapping[str, str] | None = None
    ) -> list[str]:
        """The command that runs a program of the folder with HOME and these variables only, traced to a file."""
        variables = {"HOME": str(self.home), **(environment or {})}
        strace = ["/usr/bin/strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=socket,execve"]
        set_up = ["env", "-i", *(f"{key}={value}" for key, value in variables.items())]
        return self.run_in([*set_up, *strace, "-o", str(trace), str(self.place / name), *arguments])

    def prove(self) -> None:
        """Check that the sandbox keeps what it promises.

        Raises:
            SmokeError: when it doesn't, or when this user may not make one.
        """
        paths = [str(path) for path in (self.place, *self.hidden)]
        done = subprocess.run(self.run_in(["sh", "-c", PROOF, "proof", *paths]), capture_output=True, text=True)
        if done.returncode != 0:
            raise SmokeError(f"no sandbox can be made here; be root or allow user namespaces: {done.stderr.strip()}")
        if done.stdout:
            raise SmokeError(f"the sandbox leaks: {done.stdout.strip().splitlines()[0]}")
