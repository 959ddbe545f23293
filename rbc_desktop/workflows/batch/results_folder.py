"""The folder that `analyze` writes to: which results of ours it holds, and the case file that keeps what is done.

`analysis.rbc` is an ordinary case; `analysis.json` beside it says what made it, so that a run that goes on never mixes
results of two versions, models or scales.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ... import __version__
from ...domain.case.case import Case
from ...domain.export_formats import FORMATS
from ...errors import CaseFileError, ExportError, UsageError
from ...files import replace_atomically
from ...language import mark, tr
from ...storage.case.case_file import CaseFile

CASE_NAME, RECORD_NAME = "analysis.rbc", "analysis.json"

RESULTS = (
    "cells.csv", "report.pdf", "masks.json", "sample.csv", "sample.xlsx", "sample_fhir.json", "sample.hl7",
    CASE_NAME, RECORD_NAME,
)  # fmt: skip
"""Files by which results of ours are known; those of single fields are listed in the record."""

_CROPS = Path(FORMATS["crops"].ending).parent
"""The folder of the cells' pictures."""

Mode = Literal["new", "resume", "overwrite"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunMakers:
    """What decides about the numbers of a run, besides the images.

    Attributes:
        segmenter: ``model_id``.
        classifier: ``model_id``, None without one.
        um_per_px: the scale that was given for all images, or None.
        version: of the application.
        image_level: ``model_id``, None without one.
    """

    segmenter: str
    classifier: str | None
    um_per_px: float | None
    version: str = __version__
    image_level: str | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What `analysis.json` holds.

    Attributes:
        makers: of the case; None when unknown.
        files: names of the results that were written.
    """

    makers: RunMakers | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class KeptRun:
    """A run whose results are kept as they come.

    Attributes:
        folder: of the results.
        store: the open case file.
        case: what it held when it was opened.
        renewed: why earlier results are made again; empty when there are none or they are still valid.
    """

    folder: Path
    store: CaseFile
    case: Case
    renewed: str = ""


def refuse_results(folder: Path, *, mode: Mode) -> None:
    """Refuse to overwrite results unasked, before anything slow.

    Raises:
        UsageError: when there are results of ours and the user didn't say what to do with them.
    """
    found = [name for name in RESULTS if (folder / name).exists()]
    if mode == "new" and found:
        raise UsageError(
            tr(
                "{folder} holds results already ({found}); go on with them by --resume, replace them by"
                " --overwrite, or give another folder with --out.",
                folder=folder,
                found=found[0],
            )
        )


def open_run(folder: Path, makers: RunMakers, *, mode: Mode) -> KeptRun:
    """The case file of a run: the one that is there, if the run continues it, else a new one.

    Raises:
        UsageError: when a reviewed case would be replaced.
        CaseFileError: when the case file can't be opened or made.
        ExportError: when the record can't be written.
    """
    path, record, renewed = folder / CASE_NAME, read_record(folder), ""
    present = _present(path, needed=mode != "overwrite")
    if present is not None:
        store, case = present
        renewed = "" if mode == "overwrite" else _what_changed(record.makers, makers)
        if mode == "resume" and not renewed:
            return KeptRun(folder, store, case)
        store.close()
        if any(cell.reviewed_class is not None for cell in case.cells.values()):
            raise UsageError(
                tr(
                    "{name} in {folder} holds reviewed cells and {renewed}; move it away, or give another folder with"
                    " --out.",
                    name=CASE_NAME,
                    folder=folder,
                    renewed=renewed,
                )
                if renewed
                else tr(
                    "{name} in {folder} holds reviewed cells; move it away, or give another folder with --out.",
                    name=CASE_NAME,
                    folder=folder,
                )
            )
    # In this order: a record without its case says nothing wrong, a case without its record is made anew.
    write_record(folder, RunRecord(files=record.files))
    remove_files(folder, (*record.files, *RESULTS) if mode == "overwrite" else ())
    store = CaseFile.create(path)
    write_record(folder, RunRecord(makers, record.files if mode == "resume" else ()))
    return KeptRun(folder, store, Case(), renewed)


def _present(path: Path, *, needed: bool) -> tuple[CaseFile, Case] | None:
    """The case file that is there; None when there is none that is readable and needed."""
    if not path.exists():
        return None
    try:
        return CaseFile.open(path)
    except CaseFileError:
        if needed:
            raise
        return None


def finish_run(folder: Path, written: Iterable[Path]) -> None:
    """Note which results were written, and remove those of an earlier time that no longer belong to the run.

    Raises:
        ExportError: when the record can't be written.
    """
    from ...reports.exchange.cell_crops import remove_crops

    files = list(written)
    record, names = read_record(folder), tuple(path.name for path in files)
    crops = folder / _CROPS
    if crops.exists() and not any(path.parent == crops for path in files):
        remove_crops(crops)
        with contextlib.suppress(OSError):
            crops.rmdir()  # unless something else is in it
    remove_files(folder, set(record.files) - set(names))
    write_record(folder, replace(record, files=names))


def without_results(images: Iterable[Path], folder: Path) -> list[Path]:
    """The images that aren't results of ours: label images lie among them when the folder is searched for images."""
    names = set(read_record(folder).files)
    place = folder.absolute()
    crops = place / _CROPS
    others = [path for path in images if path.name not in names or path.parent != place]
    return [path for path in others if not path.absolute().is_relative_to(crops)]


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Remove results of ours by name, the record and the case excepted."""
    for name in names:
        if Path(name).name == name and name not in (CASE_NAME, RECORD_NAME):
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)


def _what_changed(before: RunMakers | None, now: RunMakers) -> str:
    """What keeps a run from going on, as the middle of a sentence; empty when nothing does."""
    if before is None:
        return tr("it is unknown what made its results")
    words = {
        "version": mark("was made by version {old}"),
        "segmenter": mark("was made with the segmenter {old}"),
        "classifier": mark("was made with the classifier {old}"),
        "um_per_px": mark("was made at {old} µm per pixel"),
        "image_level": mark("was made with {old} as image-level model"),
    }
    for name, text in words.items():
        if (old := getattr(before, name)) != getattr(now, name):
            missing = {"um_per_px": tr("no given"), "image_level": tr("none")}
            return tr(text, old=missing.get(name) if old is None else str(old))
    return ""


def read_record(folder: Path) -> RunRecord:
    """What made the results in a folder; empty when it says nothing that can be read."""
    try:
        stored: Any = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
        files = tuple(name for name in stored["files"] if isinstance(name, str))
        return RunRecord(None if stored["made by"] is None else RunMakers(**stored["made by"]), files)
    except FileNotFoundError:
        return RunRecord()
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        _log.debug("a record of results says nothing: %s", type(error).__name__)
        return RunRecord()


def write_record(folder: Path, record: RunRecord) -> None:
    """Write `analysis.json`.

    Raises:
        ExportError: when the disk refuses.
    """
    document = {"made by": None if record.makers is None else asdict(record.makers), "files": list(record.files)}
    try:
        with replace_atomically(folder / RECORD_NAME) as path:
            path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    except OSError as error:
        raise ExportError(
            tr("{folder} can't be written to; free some space, or give another folder with --out.", folder=folder)
        ) from error
