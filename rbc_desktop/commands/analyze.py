"""`segment` and `analyze`: the window's engine without a window. Heavy imports wait until a command runs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..domain.calibration import Calibration
from ..domain.case import Case
from ..domain.changes import PutAnalyses, PutCells
from ..errors import ExportError, RbcError, UsageError
from ..models.choice import ModelChoice, load_classifier, load_segmenter

if TYPE_CHECKING:
    from ..engine.pipeline import Pipeline
    from ..ports import LoadedImage
    from ..reports.summary import ReportContext, ReportSummary
    from ..storage.prompt_file import PromptedCell

BUNDLED = ModelChoice()


def segment(
    image_path: Path, prompt_path: Path, *, out: Path, calibration: Calibration | None, models: ModelChoice = BUNDLED
) -> int:
    """Write `cells.csv`, a row per prompted cell in the file's order, and `masks.json` (COCO, RLE).

    A cell for which the model finds no mask has a row with its name and no values, and the status is 1.
    """
    from ..reports.summary import build
    from ..storage.image_reader import read_image
    from ..storage.prompt_file import read_prompts
    from ..workflows.analysing import CaseWriter, analyses

    prompted = read_prompts(prompt_path)
    image = read_image(image_path)
    _check_prompts(prompted, image, prompt_path)
    folder = _output_folder(out)
    pipeline = build_pipeline(notify=say, models=models)
    prepared = pipeline.prepare(image, calibration=calibration or image.calibration)
    case = Case()
    writer = CaseWriter(case)
    field = writer.add_field(image.facts, calibration=prepared.calibration)
    with Progress(len(prompted), unit="cell") as progress:
        for number, cell in enumerate(prompted, start=1):
            proposal = pipeline.propose(prepared, cell.prompts)
            if proposal is not None:
                writer.put(PutCells((proposal.as_cell(number, field_id=field.id, origin="prompt"),)))
            progress.advance()
    writer.put(PutAnalyses(tuple(analyses(pipeline, prepared, case.cells_of(field.id), median_px=None))))
    _tell_notices(pipeline)
    summary = build(case, context=_context(pipeline))
    _write_prompted(case, prompted, summary, image.path.name, folder)
    missing = [cell.name for number, cell in enumerate(prompted, start=1) if number not in case.cells]
    if missing:
        say(f"No mask was found for cell {', '.join(missing)}; move the point onto the cell.")
    return 1 if missing else 0


def analyze(
    paths: Sequence[Path],
    *,
    out: Path,
    calibration: Calibration | None,
    formats: Sequence[str] = ("csv", "pdf"),
    models: ModelChoice = BUNDLED,
) -> int:
    """Find, measure and classify every cell of every image; one case, one report, one `cells.csv`."""
    from ..reports.options import ReportOptions
    from ..storage.image_reader import read_image
    from ..storage.walk import find_images
    from ..workflows.analysing import CaseWriter, analyse_image
    from ..workflows.exporting import ExportChoice, export
    from ..workflows.reading import PixelSource

    images = find_images(paths)
    if not images:
        raise UsageError("There is no image in the given folders; name image files or folders that hold some.")
    folder = _output_folder(out)
    pipeline = build_pipeline(notify=say, models=models)
    case, failed, started = Case(), 0, time.monotonic()
    writer = CaseWriter(case)
    with Progress(len(images), unit="image") as progress:
        for path in images:
            try:
                image = read_image(path)
                analyse_image(writer, pipeline, image, calibration=calibration or image.calibration)
            except RbcError as error:
                failed += 1
                progress.say(error.message)
            progress.advance(path.name)
    _tell_notices(pipeline)
    if case.fields:
        say("Writing the report…")
        choice = ExportChoice(folder, "", tuple(formats), ReportOptions())
        export(case, choice, context=_context(pipeline), pixels=PixelSource(read_image), control=Uninterrupted())
    say(
        f"{len(case.cells)} cells in {len(case.fields)} of {len(images)} images, "
        f"{time.monotonic() - started:.0f} s; results in {folder}"
    )
    return 1 if failed else 0


def build_pipeline(*, notify: Callable[[str], None], models: ModelChoice = BUNDLED) -> Pipeline:
    """The engine with the chosen models; what the user should know about the device goes to `notify`.

    Raises:
        ModelLoadError: when weights are missing, damaged or don't fit.
    """
    from ..storage.paths import resource_root

    weights = resource_root() / "weights"
    segmenter, notes = load_segmenter(models, bundled=weights)
    for note in notes:
        notify(note)
    classifier = load_classifier(models, bundled=weights)
    from ..engine.pipeline import Pipeline

    return Pipeline(segmenter, classifier)


def say(message: str) -> None:
    """A sentence for the user, on stderr."""
    print(message, file=sys.stderr, flush=True)


class Progress:
    """A bar on a terminal, a line an item elsewhere; always on stderr."""

    def __init__(self, total: int, *, unit: str) -> None:
        self._total, self._done = total, 0
        self._bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit=unit, file=sys.stderr, leave=False)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, name: str = "") -> None:
        """One item is done."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()
        elif name:
            say(f"{self._done}/{self._total} {name}")

    def say(self, message: str) -> None:
        """A sentence between the items."""
        if self._bar is not None:
            self._bar.write(message, file=sys.stderr)
        else:
            say(message)


class Uninterrupted:
    """Nobody waits with a button to cancel (`ports.TaskControl`)."""

    def check(self) -> None:
        """Go on."""

    def progress(self, done: int, total: int) -> None:
        """Go on."""


def _output_folder(out: Path) -> Path:
    from ..workflows.exporting import make_folder

    try:
        make_folder(out)
    except ExportError as error:
        raise UsageError(f"The folder {out} can't be made; give another one with --out.") from error
    return out


def _check_prompts(prompted: Sequence[PromptedCell], image: LoadedImage, path: Path) -> None:
    """Refuse a prompt file that belongs to another image.

    Raises:
        UsageError: when a cell is marked outside the image.
    """
    for cell in prompted:
        anchor = cell.prompts.anchor
        if not (0 <= anchor.x < image.width and 0 <= anchor.y < image.height):
            raise UsageError(
                f"{path.name} marks cell {cell.name} at ({anchor.x:g}, {anchor.y:g}), outside the "
                f"{image.width}×{image.height} image; give positions in pixels of this image."
            )


def _tell_notices(pipeline: Pipeline) -> None:
    for notice in pipeline.take_notices():
        say(notice)


def _context(pipeline: Pipeline) -> ReportContext:
    from ..reports.summary import ReportContext

    return ReportContext(
        app_version=__version__,
        generated=datetime.now().astimezone(),
        segmenter=pipeline.segmenter.model_id,
        classifier=pipeline.classifier.model_id if pipeline.classifier else "",
        device=pipeline.segmenter.device,
    )


def _write_prompted(
    case: Case, prompted: Sequence[PromptedCell], summary: ReportSummary, image_name: str, folder: Path
) -> None:
    from ..reports.csv_report import MissingCell, write_cells
    from ..reports.interchange import write_coco
    from ..workflows.exporting import result_file

    names = {number: cell.name for number, cell in enumerate(prompted, start=1)}
    rows = {row.cell: row for row in summary.rows}
    with result_file(folder / "cells.csv") as path:
        ordered = [rows.get(number) or MissingCell(image_name, name) for number, name in names.items()]
        write_cells(path, ordered, cell_names=names, segmenter=summary.context.segmenter)
    with result_file(folder / "masks.json") as path:
        write_coco(path, case, cell_names=names, segmenter=summary.context.segmenter)
