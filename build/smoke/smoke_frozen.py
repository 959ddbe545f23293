"""Tries the frozen folder as on a technician's computer; prints one line per step, a failure included.

Usage: smoke_frozen.py [FOLDER]; without one, dist/rbc-desktop. Run by `make smoke` with the environment's Python.

Every program runs from a path with blanks and letters outside ASCII, in a fresh home, in an empty environment, and in a
sandbox (`sandbox.py`): no network, no Python, a read-only folder. The commands' files must equal those of the source,
byte for byte; the window is worked in from outside (`smoke_window.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bundle"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # before a dependency's `training`

import cv2
import numpy as np
import smoke_checks as checks
from fixed_files import CHECKSUMS, checksum_lines, files_in
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sandbox import Sandbox, pythons
from smoke_checks import SmokeError
from smoke_lessons import write_lessons
from smoke_pictures import LOSSLESS, SLIDE_REGION, write_pictures, write_slide
from smoke_window import ManualPage, Pixels, Screen, cells_in, retrain, running, work

from rbc_desktop.ui.help.manual_text import read_chapters

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path("resources") / "sample" / "sample_smear.png"
MANUAL = Path("docs") / "manual"
BILL = "sbom.cdx.json"
LICENCES = "licences.txt"
COMPANIONS = ("README.txt", "LICENSE.txt", "desktop/install.sh", "desktop/uninstall.sh")
FORMATS = "csv,pdf,coco,geojson,labels"
LIMIT_BYTES = 870_000_000
COMMAND_S = 300
RETRAIN_KEY = "F12"
SETTINGS = Path(".config") / "rbc-desktop" / "settings.json"
REPEATABLE = {"SOURCE_DATE_EPOCH": "1800000000"}
"""Gives commands their time, so that files of two runs can be the same."""


class Smoke:
    """One run over a folder; `scratch` takes everything that comes of it."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder, self.scratch = folder, scratch
        self.place = scratch / "Labor für Hämatologie" / "RBC Désktop"
        self.home = scratch / "Zoë Müller"
        for path in (self.place, self.home):
            path.mkdir(parents=True)
        hidden = [ROOT, *pythons()]
        if not folder.is_relative_to(ROOT):
            hidden.append(folder)
        self.sandbox = Sandbox(folder, self.place, self.home, tuple(hidden))

    # Steps, in order

    def folder_is_whole(self) -> str:
        """Checksums and size."""
        if checksum_lines(self.folder) != (self.folder / CHECKSUMS).read_text(encoding="utf-8"):
            raise SmokeError(f"the files are not those of {CHECKSUMS}")
        size = sum((self.folder / path).lstat().st_size for path in files_in(self.folder))
        if size > LIMIT_BYTES:
            raise SmokeError(f"the folder has {size / 1e6:.1f} MB, more than {LIMIT_BYTES / 1e6:.0f}")
        return f"{size / 1e6:.1f} MB, checksums right"

    def companions_are_there(self) -> str:
        """Texts for the technician, licences with the bill of materials, and the manual of this source."""
        internal = self.folder / "_internal"
        bill, page = (path.read_text(encoding="utf-8") for path in (self.folder / BILL, internal / LICENCES))
        parts = checks.check_bill(bill, page)
        needed = [self.folder / name for name in COMPANIONS]
        if missing := [path.name for path in needed if not path.is_file() or not path.stat().st_size]:
            raise SmokeError(f"{missing[0]} is missing")
        chapters = [str(path.relative_to(ROOT / MANUAL)) for path in (ROOT / MANUAL).rglob("*.md")]
        if difference := checks.differences(internal / MANUAL, ROOT / MANUAL, chapters):
            raise SmokeError(f"the manual is not that of the source: {difference}")
        return f"bill of materials and licences of {parts} parts, manual with {len(chapters)} pages"

    def libraries_are_inside(self) -> str:
        """What the loader finds for every library and program, as the start program sets it up."""
        files = [path for path in files_in(self.folder) if ".so" in path.name or path.parent == Path()]
        code = [self.folder / path for path in files if _is_elf(self.folder / path)]
        environment = {**os.environ, "LD_LIBRARY_PATH": str(self.folder / "_internal")}
        done = subprocess.run(["ldd", *map(str, code)], env=environment, capture_output=True, text=True)
        if foreign := checks.foreign_libraries(done.stdout, self.folder):
            raise SmokeError(f"libraries are missing in the folder: {', '.join(sorted(foreign))}")
        needs = subprocess.run(["readelf", "-V", *map(str, code)], capture_output=True, text=True).stdout
        glibc = checks.needed_glibc(needs)
        return f"{len(code)} files ask only for each other and for what every desktop has, with glibc {glibc} or later"

    def sandbox_is_tight(self) -> str:
        """What the rest relies on."""
        self.sandbox.prove()
        return f"read-only at {self.place}; no network, no Python, no checkout"

    def doctor(self) -> str:
        """The program's own check."""
        found = json.loads(self._command("doctor", "--json"))
        if not found["ok"]:
            raise SmokeError(f"doctor says: {[check for check in found['checks'] if not check['ok']]}")
        return f"{found['device']}, one click: {found['sample_area_px']} px, {found['sample_class']}"

    def analyze(self) -> str:
        """Frozen and source on the sample: same files, and reports that say what they must."""
        frozen, source = self.scratch / "analyze frozen", self.scratch / "analyze source"
        options = ("--formats", FORMATS, "--out")
        self._command("analyze", str(self._frozen_sample), *options, str(frozen))
        self._source("analyze", str(ROOT / SAMPLE), *options, str(source))
        self.cells = checks.check_csv(frozen / "cells.csv", cells=_masks(source))
        _check_pdf(frozen / "report.pdf", rows=self.cells)
        return f"{len(self.cells)} cells in CSV and PDF; {_same(frozen, source)}"

    def pictures(self) -> str:
        """TIFF, WebP, GIF and HEIC: every codec that was taken along is there and gives what the source gives."""
        files = write_pictures(self.home / "Mikroskop & Handy", self._sample[..., ::-1])
        frozen, source = self.scratch / "pictures frozen", self.scratch / "pictures source"
        options = (str(files[0].parent), "--formats", FORMATS, "--out")
        self._command("analyze", *options, str(frozen))
        self._source("analyze", *options, str(source))
        rows = checks.check_csv(frozen / "cells.csv", cells=_masks(source))
        checks.check_pictures(rows, pictures=[file.name for file in files], alike=LOSSLESS)
        _check_pdf(frozen / "report.pdf", rows=rows)
        return f"{len(rows)} cells in {', '.join(file.name for file in files)}; {_same(frozen, source)}"

    def workers(self) -> str:
        """The same files in two processes of the frozen program: one result, that of one process of the source."""
        frozen = self.scratch / "workers frozen"
        folder = str(self.home / "Mikroskop & Handy")
        self._command("analyze", folder, "--workers", "2", "--formats", FORMATS, "--out", str(frozen))
        calls = (self.scratch / "analyze.trace").read_text(encoding="utf-8")
        if (started := checks.runs_of_itself(calls, self.place / "rbc-desktop-cli")) < 3:
            raise SmokeError(f"analyze --workers 2 ran in {started} processes")
        return f"two worker processes; {_same(frozen, self.scratch / 'pictures source')}"

    def slide(self) -> str:
        """A region of a slide in a scanner's format: OpenSlide is there and gives what it gives in the source."""
        path = write_slide(self.home / "Ausstrich.svs", self._sample[..., ::-1])
        frozen, source = self.scratch / "slide frozen", self.scratch / "slide source"
        regions = self.home / "regions.csv"
        regions.write_text("x,y,width,height\n" + ",".join(map(str, SLIDE_REGION)) + "\n", encoding="utf-8")
        options = (str(path), "--regions", str(regions), "--formats", "csv,coco", "--out")
        self._command("analyze", *options, str(frozen))
        self._source("analyze", *options, str(source))
        rows = checks.check_csv(frozen / "cells.csv", cells=_masks(source))
        return f"{len(rows)} cells in {rows[0]['image']}; {_same(frozen, source)}"

    def segment(self) -> str:
        """Frozen and source with prompts, a point in every cell."""
        frozen, source = self.scratch / "segment frozen", self.scratch / "segment source"
        prompts = self.scratch / "prompts.csv"
        lines = [f"{c['cell']},{c['x']},{c['y']},1" for c in self.cells]
        prompts.write_text("\n".join(["cell,x,y,label", *lines, ""]), encoding="utf-8")
        options = ("--prompts", str(prompts), "--um-per-px", "0.125", "--out")
        self._command("segment", str(self._frozen_sample), *options, str(frozen))
        self._source("segment", str(ROOT / SAMPLE), *options, str(source))
        return (
            f"{len(checks.check_csv(frozen / 'cells.csv', cells=len(lines)))} prompted cells; {_same(frozen, source)}"
        )

    def window(self) -> str:
        """A session of a technician."""
        trace, output = self.scratch / "window.trace", self.scratch / "window.txt"
        files = [chapter.file for chapter in read_chapters(ROOT / MANUAL)]
        page = ManualPage(files.index("calibration.md"), _pixels(ROOT / "docs" / "images" / "calibration-line.png"))
        with Screen() as screen:
            command = self.sandbox.program("rbc-desktop", trace=trace, environment=window_environment(screen.display))
            with running(command, output) as program:
                try:
                    work(program, screen, home=self.home, field=self._sample, cells=self.cells, page=page)
                except SmokeError as error:
                    (self.scratch / "window.png").write_bytes(cv2.imencode(".png", screen.picture())[1].tobytes())
                    said = checks.complaint("\n".join(path.read_text("utf-8") for path in (output, *self._logs())))
                    raise SmokeError(f"{error}; it says: {said}" if said else str(error)) from error
        self._judge("the window", trace, output, *self._logs())
        _check_pdf(self.home / "sample_smear_report.pdf", rows=self.cells)
        checks.check_csv(self.home / "sample_smear_cells.csv", cells=len(self.cells))
        (case_file,) = self.home.rglob("*.rbc")
        if (kept := cells_in(case_file).get("cell")) != len(self.cells):
            raise SmokeError(f"the closed case file holds {kept} cells instead of {len(self.cells)}")
        return f"sample, click, Segment all with {len(self.cells)} cells, PDF and CSV, manual, closed with status 0"

    def retraining(self) -> str:
        """A technician's session over a reviewed case: the classifier learns in a process of the frozen program."""
        case = write_lessons(self.home / "Lehrfälle")
        settings = self.home / SETTINGS  # the action has no key by itself
        known = json.loads(settings.read_text(encoding="utf-8")) if settings.exists() else {}
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps({**known, "keys": [f"retrain\t{RETRAIN_KEY}"]}), encoding="utf-8")
        trace, output = self.scratch / "retraining.trace", self.scratch / "retraining.txt"
        with Screen() as screen:
            environment = window_environment(screen.display)
            command = self.sandbox.program("rbc-desktop", str(case), trace=trace, environment=environment)
            with running(command, output) as program:
                try:
                    retrain(program, screen, home=self.home, case=case, key=RETRAIN_KEY)
                except SmokeError:
                    (self.scratch / "window.png").write_bytes(cv2.imencode(".png", screen.picture())[1].tobytes())
                    raise
        self._judge("the window", trace, output, *self._logs())
        started = checks.runs_of_itself(trace.read_text(encoding="utf-8"), self.place / "rbc-desktop")
        if started < 2:
            raise SmokeError("the classifier learnt in the window's own process")
        (manifest,) = self.home.rglob("classifiers/*/manifest.json")
        entry = json.loads(manifest.read_text(encoding="utf-8"))["classifier"]
        return f"{entry['name']} {entry['version']}, learnt in a process of its own"

    # Running

    @property
    def _sample(self) -> Pixels:
        return _pixels(ROOT / SAMPLE)

    def _logs(self) -> list[Path]:
        return sorted(self.home.rglob("*.log"))

    @property
    def _frozen_sample(self) -> Path:
        return self.place / "_internal" / SAMPLE

    def _command(self, *arguments: str) -> str:
        """Standard output of the frozen console program, which must end with status 0 and say nothing bad."""
        trace, output = self.scratch / f"{arguments[0]}.trace", self.scratch / f"{arguments[0]}.txt"
        command = self.sandbox.program("rbc-desktop-cli", *arguments, trace=trace, environment=REPEATABLE)
        with output.open("w", encoding="utf-8") as errors:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, text=True, timeout=COMMAND_S)
        self._judge(arguments[0], trace, output)
        if done.returncode != 0:
            last = output.read_text(encoding="utf-8").strip().splitlines()[-1:]
            raise SmokeError(f"{arguments[0]} ended with status {done.returncode}: {' '.join(last) or 'no words'}")
        return done.stdout

    def _judge(self, what: str, trace: Path, *texts: Path) -> None:
        """Check what no program may do or say.

        Raises:
            SmokeError: when it did.
        """
        for text in texts:
            if line := checks.complaint(text.read_text(encoding="utf-8")):
                raise SmokeError(f"{what} says: {line}")
        calls = trace.read_text(encoding="utf-8")
        if attempts := checks.network_attempts(calls):
            raise SmokeError(f"{what} asked for the network: {attempts[0]}")
        own = f"{self.place}/"
        if others := [path for path in checks.programs_started(calls) if not path.startswith(own)]:
            raise SmokeError(f"{what} started another program: {others[0]}")

    def _source(self, *arguments: str) -> None:
        """The same command from the source."""
        done = subprocess.run(
            [sys.executable, "-m", "rbc_desktop", *arguments],
            cwd=ROOT,
            env={**os.environ, **REPEATABLE},
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
        )
        if done.returncode != 0:
            raise SmokeError(f"{arguments[0]} from source ended with status {done.returncode}: {done.stderr.strip()}")


def window_environment(display: str) -> dict[str, str]:
    """The screen, and that there is no desktop bus: without a word on it Qt's bus library tries to start one."""
    return {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


def _pixels(path: Path) -> Pixels:
    """``(H, W, 3)`` BGR."""
    return np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _masks(folder: Path) -> int:
    """How many cells a COCO file holds."""
    return len(json.loads((folder / "masks.json").read_text(encoding="utf-8"))["annotations"])


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _check_pdf(path: Path, *, rows: Sequence[Mapping[str, str]]) -> None:
    """Check a report on the cells of these rows of `cells.csv`."""
    counted = sum(row["counted"] == "true" for row in rows)
    texts = [page.extract_text() for page in PdfReader(path).pages]
    checks.check_pdf_text(path.name, texts, cells=len(rows), counted=counted)


def _same(frozen: Path, source: Path) -> str:
    """That all result files are the same, but for the PDF and the case, which say where and when they were made.

    Raises:
        SmokeError: when they aren't.
    """
    names = sorted(path.name for path in source.iterdir() if path.suffix not in (".pdf", ".rbc"))
    if difference := checks.differences(frozen, source, names):
        raise SmokeError(f"frozen and source give different results: {difference}")
    return f"{len(names)} files equal those of the source"


def main() -> int:
    """Run every step; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "dist" / "rbc-desktop")
    folder = parser.parse_args().folder.resolve()
    if not (folder / "_internal").is_dir():
        print(f"smoke: FAILED: there is no frozen folder at {folder}; run make exe")
        return 1
    scratch = Path(tempfile.mkdtemp(prefix="rbc-smoke-"))
    smoke = Smoke(folder, scratch)
    steps = (
        smoke.folder_is_whole, smoke.companions_are_there, smoke.libraries_are_inside, smoke.sandbox_is_tight,
        smoke.doctor, smoke.analyze, smoke.pictures, smoke.workers, smoke.slide, smoke.segment, smoke.window,
        smoke.retraining,
    )  # fmt: skip
    for step in steps:
        name, begin = step.__name__.replace("_", " "), time.monotonic()
        try:
            result = step()
        except (SmokeError, OSError, ValueError, LookupError, PyPdfError, subprocess.SubprocessError) as error:
            print(f"smoke: {name} FAILED: {error} (everything that came of it: {scratch})")
            return 1
        print(f"smoke: {name}: {result} ({time.monotonic() - begin:.0f} s)", flush=True)
    shutil.rmtree(scratch)
    print("smoke: all is well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
