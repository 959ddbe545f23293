"""Works in the frozen window as a technician would, with mouse and keyboard, and judges by what comes of it.

The window runs on a screen of its own (Xvfb). Nothing in the application knows of this: what it did is read from the
window's title, the picture on the screen, the case file and the exported files.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from smoke_checks import SmokeError

POLL_S = 0.1
PATCH_PX = 72
SURE = 0.97
"""Correlation from which a piece of the field counts as found on the screen."""

Pixels = npt.NDArray[np.uint8]


class Screen:
    """A screen of its own, with mouse and keyboard; use as a context manager."""

    def __init__(self, *, width: int = 1600, height: int = 1000) -> None:
        self._size = f"{width}x{height}x24"

    def __enter__(self) -> Screen:
        self._folder = tempfile.TemporaryDirectory()
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", self._size, "-nolisten", "tcp"]
        command += ["-fbdir", self._folder.name]
        self._server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()  # written when the server answers; empty when it ended
        if not number:
            raise SmokeError("Xvfb gave no screen")
        self.display = f":{number}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    def xdotool(self, *arguments: str) -> str:
        """Its output; empty when it fails, as it does while there is no such window."""
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(["xdotool", *arguments], env=environment, capture_output=True, text=True).stdout.strip()

    def focus(self, title: str) -> bool:
        """Give the keyboard to the visible window whose title matches; False when there is none."""
        windows = self.xdotool("search", "--onlyvisible", "--name", title).split()
        if windows:
            self.xdotool("windowfocus", "--sync", windows[0])
        return bool(windows)

    def press(self, key: str) -> None:
        """Press a key, named as xdotool does."""
        self.xdotool("key", "--clearmodifiers", key)

    def click(self, x: int, y: int) -> None:
        """Click there with the left button."""
        self.xdotool("mousemove", "--sync", str(x), str(y), "click", "1")

    def picture(self) -> Pixels:
        """What is on the screen, ``(height, width, 3)`` BGR."""
        return read_xwd((Path(self._folder.name) / "Xvfb_screen0").read_bytes())


def read_xwd(data: bytes) -> Pixels:
    """The ``(height, width, 3)`` BGR pixels of an X window dump with 32 bits per pixel, low byte first.

    Raises:
        ValueError: for another kind.
    """
    header = np.frombuffer(data, ">u4", count=25)
    size, width, height, low_first, bits, line, colours = (int(header[i]) for i in (0, 4, 5, 7, 11, 12, 19))
    if (low_first, bits) != (0, 32):
        raise ValueError(f"the screen has {bits} bits per pixel in byte order {low_first}")
    rows = np.frombuffer(data, np.uint8, count=height * line, offset=size + 12 * colours).reshape(height, line)
    return rows[:, : 4 * width].reshape(height, width, 4)[:, :, :3]


def find(picture: Pixels, patch: Pixels) -> tuple[int, int] | None:
    """Middle ``(x, y)`` of the only place in a picture that looks like the patch; both BGR of the same scale."""
    _, score, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(picture, patch, cv2.TM_CCOEFF_NORMED))
    return (x + patch.shape[1] // 2, y + patch.shape[0] // 2) if score >= SURE else None


def cells_in(case_file: Path) -> dict[str, int]:
    """How many fields, cells and predictions a case file that is open in the application holds now.

    The application keeps the file to itself, so this reads a copy of it with its journal, as after a power cut. Empty
    while the copy is torn or the file isn't there.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(OSError, sqlite3.DatabaseError):
        for ending in ("", "-wal"):
            source = case_file.with_name(case_file.name + ending)
            if source.exists():
                shutil.copy(source, Path(folder) / f"case{ending}")
        with contextlib.closing(sqlite3.connect(Path(folder) / "case")) as case:
            tables = ("field", "cell", "prediction")
            return {table: case.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    return {}


@dataclass(frozen=True)
class Running:
    """The program under way."""

    process: subprocess.Popen[str]

    def until(self, what: str, met: Callable[[], bool], *, seconds: float = 120) -> None:
        """Wait for a condition.

        Raises:
            SmokeError: when it isn't met in time, or the program ends before.
        """
        end = time.monotonic() + seconds
        while not met():
            if (status := self.process.poll()) is not None:
                raise SmokeError(f"the window ended with status {status} before {what}")
            if time.monotonic() > end:
                raise SmokeError(f"in the window, not within {seconds:g} s: {what}")
            time.sleep(POLL_S)


@contextlib.contextmanager
def running(command: Sequence[str], output: Path) -> Iterator[Running]:
    """Start a program, its output to a file; whatever happens, nothing of it stays."""
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, text=True, start_new_session=True)
        try:
            yield Running(process)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass(frozen=True)
class ManualPage:
    """A page of the manual.

    Attributes:
        turns: how many pages it is behind the index.
        picture: ``(H, W, 3)`` BGR, near its top.
    """

    turns: int
    picture: Pixels


def patch_around(field: Pixels, cell: Mapping[str, str]) -> Pixels:
    """The piece of a field around a cell of its `cells.csv`."""
    x, y = round(float(cell["x"])) - PATCH_PX // 2, round(float(cell["y"])) - PATCH_PX // 2
    return field[y : y + PATCH_PX, x : x + PATCH_PX]


def nearest_to_centre(cells: Sequence[Mapping[str, str]], field: Pixels) -> Mapping[str, str]:
    """The whole cell that is surely in view at full size."""
    height, width = field.shape[:2]
    whole = [cell for cell in cells if cell["touches_border"] == "false"]
    return min(whole, key=lambda c: (float(c["x"]) - width / 2) ** 2 + (float(c["y"]) - height / 2) ** 2)


def read_manual(program: Running, screen: Screen, page: ManualPage) -> None:
    """Open the manual and turn to a page.

    Raises:
        SmokeError: when it isn't shown.
    """
    screen.press("F1")
    program.until("F1 opens the manual", lambda: screen.focus("^Manual"))
    for _ in range(page.turns):
        screen.press("ctrl+Next")
    height, width = (size // 4 for size in page.picture.shape[:2])
    patch = page.picture[height:-height, width:-width]
    program.until("Ctrl+PgDown turns to the picture", lambda: find(screen.picture(), patch) is not None)


def leave(program: Running, screen: Screen) -> None:
    """End the program with its key.

    Raises:
        SmokeError: when it doesn't end, or with another status than 0.
    """
    screen.press("ctrl+q")
    try:
        status = program.process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        raise SmokeError("in the window, not within 60 s: Ctrl+Q ends the program") from None
    if status != 0:
        raise SmokeError(f"the window ended with status {status} after Ctrl+Q")


def work(
    program: Running,
    screen: Screen,
    *,
    home: Path,
    field: Pixels,
    cells: Sequence[Mapping[str, str]],
    page: ManualPage,
) -> None:
    """One session in a fresh home: the sample opens, a click, Segment all, an export, the manual, the end.

    Args:
        program: the window, just started.
        screen: where it is.
        home: the user's folder.
        field: the sample, ``(H, W, 3)`` BGR.
        cells: rows of the `cells.csv` that is right for it.
        page: what the manual is opened at.

    Raises:
        SmokeError: when something doesn't come about.
    """
    main, dialog = r"^sample_smear\.png", "^Export report"

    def case_holds(**counts: int) -> bool:
        found = [cells_in(path) for path in home.rglob("*.rbc")]
        return any(counts.items() <= case.items() for case in found)

    program.until("the sample is in the window's title", lambda: screen.focus(main))
    program.until("the sample is in the case file", lambda: case_holds(field=1, cell=0))

    at: list[tuple[int, int]] = []
    patch = patch_around(field, nearest_to_centre(cells, field))

    def in_view() -> bool:
        screen.press("ctrl+1")  # one pixel of the field on one of the screen
        at.extend(found for found in [find(screen.picture(), patch)] if found)
        return bool(at)

    program.until("the sample is drawn on the screen", in_view)
    screen.click(*at[0])
    screen.press("Return")
    program.until("a click on a cell and Enter put it into the case file", lambda: case_holds(cell=1))
    screen.press("F5")
    count = len(cells)
    program.until(f"F5 (Segment all) gives {count} classified cells", lambda: case_holds(cell=count, prediction=count))
    screen.press("ctrl+e")
    program.until("Ctrl+E shows the export dialog", lambda: screen.focus(dialog))
    screen.press("Return")
    files = [home / "sample_smear_report.pdf", home / "sample_smear_cells.csv"]
    program.until("Enter writes PDF and CSV", lambda: all(file.exists() for file in files))
    program.until("the export dialog closes", lambda: not screen.focus(dialog))
    screen.focus(main)
    read_manual(program, screen, page)
    screen.focus(main)
    leave(program, screen)


def forked() -> list[int]:
    """Ids of the processes that frozen programs have started of themselves to work for them."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if b"--multiprocessing-fork" in words and words[0].endswith(b"rbc-desktop"):
                found.append(int(entry.name))
    return found


def retrain(program: Running, screen: Screen, *, home: Path, case: Path, key: str) -> None:
    """One session over a reviewed case: the classifier learns from it in a process of its own, the end.

    Args:
        program: the window, just started with the case.
        screen: where it is.
        home: the user's folder.
        case: what is learnt from.
        key: that the settings give *Retrain the classifier*.

    Raises:
        SmokeError: when something doesn't come about.
    """
    main, dialog = case.stem, "^Retrain the classifier"

    def made() -> list[Path]:
        return [*home.rglob("classifiers/*/manifest.json")]

    program.until("the case is in the window's title", lambda: screen.focus(main))

    screen.press(key)
    program.until(f"{key} shows the dialog", lambda: screen.focus(dialog))
    screen.press("Return")
    program.until("Return has a classifier learnt", lambda: bool(made()), seconds=600)
    program.until("the process that learnt ends", lambda: not forked(), seconds=120)
    screen.focus(dialog)
    screen.press("Escape")
    program.until("Esc closes the dialog", lambda: not screen.focus(dialog))
    screen.focus(main)
    leave(program, screen)
