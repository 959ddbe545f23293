"""Get official SAM 2.1 checkpoints: ``python build/fetch_weights.py SIZE [SIZE …] --out FOLDER``.

For whoever wants the large models instead of the bundled one; the application itself never connects to anything.
A file is written beside its name until it is complete and its SHA-256 is the pinned one; a download that broke off goes
on where it stopped. Choose the file in the application under Edit > Settings, Segmenter. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path

SOURCE = "https://dl.fbaipublicfiles.com/segment_anything_2/092824/"
"""Where the authors publish them (README of github.com/facebookresearch/sam2)."""


@dataclass(frozen=True)
class Checkpoint:
    """One file. sha256: hex digest of its bytes; size: bytes."""

    name: str
    sha256: str
    size: int


# The authors state no hashes. micro_sam/v2/util.py of github.com/computational-cell-analytics/micro-sam pins these for
# the same addresses; sizes and the same hashes are the Git LFS object ids of the copies in
# huggingface.co/camenduru/sam2-1-hiera at commit cdd35a4.
CHECKPOINTS = {
    "tiny": Checkpoint(
        "sam2.1_hiera_tiny.pt", "7402e0d864fa82708a20fbd15bc84245c2f26dff0eb43a4b5b93452deb34be69", 156_008_466
    ),
    "small": Checkpoint(
        "sam2.1_hiera_small.pt", "6d1aa6f30de5c92224f8172114de081d104bbd23dd9dc5c58996f0cad5dc4d38", 184_416_285
    ),
    "base-plus": Checkpoint(
        "sam2.1_hiera_base_plus.pt", "a2345aede8715ab1d5d31b4a509fb160c5a4af1970f199d9054ccfb746c004c5", 323_606_802
    ),
    "large": Checkpoint(
        "sam2.1_hiera_large.pt", "2647878d5dfa5098f2f8649825738a9345572bae2d4350a2468587ece47dd318", 898_083_611
    ),
}

PIECE = 1 << 20
TIMEOUT_S = 30

Progress = Callable[[int, int], None]
"""Bytes that are there, and bytes in all."""


class FetchError(Exception):
    """One sentence that says what to do."""


def fetch(checkpoint: Checkpoint, folder: Path, *, source: str, progress: Progress) -> Path:
    """The complete, checked file in `folder`; nothing is downloaded when it is there already.

    Raises:
        FetchError: when it can't be had, or is another file than the pinned one.
    """
    path = folder / checkpoint.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _check(path, checkpoint, advice="Move it away and run this again.")
            return path
        part = path.with_name(f"{path.name}.part")
        _download(checkpoint, part, source.rstrip("/") + "/" + checkpoint.name, progress)
        try:
            _check(part, checkpoint, advice="It was removed; run this again, or ask whoever runs the source.")
        except FetchError:
            part.unlink()
            raise
        part.replace(path)
    except OSError as error:
        raise FetchError(f"{folder} can't be written to ({error.strerror}); choose another one with --out.") from error
    return path


def _download(checkpoint: Checkpoint, part: Path, url: str, progress: Progress) -> None:
    """Append what is missing of the file to `part`."""
    have = part.stat().st_size if part.exists() else 0
    if have == checkpoint.size:
        return
    if have > checkpoint.size:
        part.unlink()
        have = 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            goes_on = answer.status == 206
            _receive(answer, part, start=have if goes_on else 0, size=checkpoint.size, progress=progress)
    except urllib.error.HTTPError as error:
        raise FetchError(
            f"{url} answers {error.code} {error.reason}; check the address given with --source."
        ) from error
    except urllib.error.URLError as error:
        raise FetchError(f"{url} can't be reached ({error.reason}); check the network or the address.") from error
    except (HTTPException, TimeoutError, ConnectionError) as error:
        raise FetchError(_broke_off(checkpoint, part)) from error
    if part.stat().st_size < checkpoint.size:
        raise FetchError(_broke_off(checkpoint, part))


def _receive(answer: HTTPResponse, part: Path, *, start: int, size: int, progress: Progress) -> None:
    with part.open("ab" if start else "wb") as file:
        done = start
        while piece := answer.read(PIECE):
            file.write(piece)
            done += len(piece)
            if done > size:
                return  # another file; the hash will say so
            progress(done, size)


def _broke_off(checkpoint: Checkpoint, part: Path) -> str:
    have = part.stat().st_size if part.exists() else 0
    return f"{checkpoint.name} broke off at {have:,} of {checkpoint.size:,} bytes; run this again to resume."


def _check(path: Path, checkpoint: Checkpoint, *, advice: str) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != checkpoint.sha256:
        raise FetchError(
            f"{path.name} is not the published file: its SHA-256 is {found}, expected is {checkpoint.sha256}. {advice}"
        )


def _line(name: str) -> Progress:
    """Progress as one line on a terminal, and silence elsewhere."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{name}  {done / 1e6:7.1f} of {total / 1e6:.1f} MB", end=end, file=sys.stderr, flush=True)

    return show


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="+", choices=CHECKPOINTS, metavar="SIZE", help=", ".join(CHECKPOINTS))
    parser.add_argument("--out", type=Path, default=Path("weights"), metavar="FOLDER", help="default: weights")
    parser.add_argument("--source", default=SOURCE, metavar="URL", help="folder of a mirror; the hashes stay pinned")
    args = parser.parse_args()
    for size in args.sizes:
        checkpoint = CHECKPOINTS[size]
        try:
            path = fetch(checkpoint, args.out, source=args.source, progress=_line(checkpoint.name))
        except FetchError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"{path}  {checkpoint.sha256}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
