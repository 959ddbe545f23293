"""`segment` and `analyze`: the window's engine without a window. Heavy imports wait until a command runs."""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .domain.calibration import Calibration
from .domain.case import Case, Field
from .domain.cell import Cell, CellOrigin
from .domain.files import replace_atomically
from .domain.proposal import Proposal
from .errors import ExportError, RbcError, UsageError
from .models.choice import ModelChoice, load_classifier, load_segmenter

if TYPE_CHECKING:
    from .engine.pipeline import Pipeline, PreparedField
    from .ports import LoadedImage
    from .reports.summary import ReportSummary
    from .storage.prompt_file import PromptedCell

BUNDLED = ModelChoice()
ANALYSE_BATCH = 256
MEDIAN_NEEDS = 5
"""Whole cells below which a field's median diameter says nothing."""


def segment(
    image_path: Path, prompt_path: Path, *, out: Path, calibration: Calibration | None, models: ModelChoice = BUNDLED
) -> int:
    """Write `cells.csv`, a row per prompted cell in the file's order, and `masks.json` (COCO, RLE).

    A cell for which the model finds no mask has a row with its name and no values, and the status is 1.
    """
    from .storage.image_reader import read_image
    from .storage.prompt_file import read_prompts

    prompted = read_prompts(prompt_path)
    image = read_image(image_path)
    _check_prompts(prompted, image, prompt_path)
    folder = _output_folder(out)
    pipeline = build_pipeline(notify=say, models=models)
    prepared = _prepared(pipeline, image, calibration=calibration, remark=say)
    case = Case()
    field_id = _add_field(case, prepared)
    with Progress(len(prompted), unit="cell") as progress:
        for number, cell in enumerate(prompted, start=1):
            proposal = pipeline.propose(prepared, cell.prompts)
            if proposal is not None:
                case.cells[number] = make_cell(number, field_id, proposal, origin="prompt")
            progress.advance()
    _analyse(case, pipeline, prepared, field_id)
    _write_prompted(case, prompted, _summary(case, pipeline), image.path.name, folder)
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
    from .storage.walk import find_images

    images = find_images(paths)
    if not images:
        raise UsageError("There is no image in the given folders; name image files or folders that hold some.")
    folder = _output_folder(out)
    pipeline = build_pipeline(notify=say, models=models)
    case, failed, started = Case(), 0, time.monotonic()
    remarks: list[str] = []
    with Progress(len(images), unit="image") as progress:
        for path in images:
            try:
                for remark in _analyze_image(case, pipeline, path, calibration=calibration):
                    remarks.append(remark)
                    progress.say(remark)
            except RbcError as error:
                failed += 1
                progress.say(error.message)
            progress.advance(path.name)
    if case.fields:
        say("Writing the report…")
        _write_results(case, _summary(case, pipeline, remarks=remarks), folder, formats)
    say(
        f"{len(case.cells)} cells in {len(case.fields)} fields of {len(images) - failed} of {len(images)} images, "
        f"{time.monotonic() - started:.0f} s; results in {folder}"
    )
    return 1 if failed else 0


def build_pipeline(*, notify: Callable[[str], None], models: ModelChoice = BUNDLED) -> Pipeline:
    """The engine with the chosen models; what the user should know about the device goes to `notify`.

    Raises:
        ModelLoadError: when weights are missing, damaged or don't fit.
    """
    from .storage.paths import resource_root

    weights = resource_root() / "weights"
    segmenter, notes = load_segmenter(models, bundled=weights)
    for note in notes:
        notify(note)
    classifier = load_classifier(models, bundled=weights)
    from .engine.pipeline import Pipeline

    return Pipeline(segmenter, classifier)


def make_cell(number: int, field_id: int, proposal: Proposal, *, origin: CellOrigin) -> Cell:
    """The cell that accepting a proposal makes."""
    mask, touches = proposal.mask, proposal.touches_border
    return Cell(number, field_id, mask, proposal.prompts, proposal.score, touches, origin)


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


def _output_folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {out} can't be made; give another one with --out.") from error
    return out


@contextmanager
def _result_file(path: Path) -> Iterator[Path]:
    """A result is complete or not there.

    Raises:
        ExportError: when the disk refuses.
    """
    try:
        with replace_atomically(path) as temporary:
            yield temporary
    except OSError as error:
        raise ExportError(
            f"{path.name} can't be written; close it in other programs or choose another --out."
        ) from error


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


def _analyze_image(case: Case, pipeline: Pipeline, path: Path, *, calibration: Calibration | None) -> Iterator[str]:
    """Add the fields of one file with their cells; sentences about them as they come up."""
    from .storage.image_reader import read_fields

    for image in read_fields(path):
        remarks: list[str] = []
        prepared = _prepared(pipeline, image, calibration=calibration, remark=remarks.append)
        proposals = [proposal for step in pipeline.segment_all(prepared) for proposal in step.found]
        if not proposals:
            remarks.append(pipeline.why_no_cells(prepared))
        _add_cells(case, pipeline, prepared, proposals)
        yield from remarks


def _prepared(
    pipeline: Pipeline, image: LoadedImage, *, calibration: Calibration | None, remark: Callable[[str], None]
) -> PreparedField:
    """The field at the given scale, or at the one that its file states unless the image contradicts it."""
    from .storage.image_reader import missing_part

    missing = missing_part(image)
    if missing is not None:
        remark(missing)
    prepared = pipeline.prepare(image, calibration=calibration or image.calibration)
    doubt = pipeline.scale_doubt(prepared)
    if doubt is None:
        return prepared
    left_aside = calibration is None
    remark(doubt.sentence(image.path.name, left_aside=left_aside))
    return pipeline.prepare(image) if left_aside else prepared


def _add_cells(case: Case, pipeline: Pipeline, prepared: PreparedField, proposals: Sequence[Proposal]) -> None:
    field_id = _add_field(case, prepared)
    for proposal in proposals:
        case.cells[case.next_cell_id] = make_cell(case.next_cell_id, field_id, proposal, origin="segment all")
        case.next_cell_id += 1
    diameters = [2 * math.sqrt(p.mask.area / math.pi) for p in proposals if not p.touches_border]
    median = statistics.median(diameters) if len(diameters) >= MEDIAN_NEEDS else None
    _analyse(case, pipeline, prepared, field_id, median_diameter_px=median)


def _add_field(case: Case, prepared: PreparedField) -> int:
    image, field_id = prepared.image, case.next_field_id
    size = (image.width, image.height)
    case.fields[field_id] = Field(field_id, image.path, image.sha256, *size, prepared.calibration, image.page)
    case.next_field_id += 1
    return field_id


def _analyse(
    case: Case,
    pipeline: Pipeline,
    prepared: PreparedField,
    field_id: int,
    *,
    median_diameter_px: float | None = None,
) -> None:
    cells = case.cells_of(field_id)
    for start in range(0, len(cells), ANALYSE_BATCH):
        batch = cells[start : start + ANALYSE_BATCH]
        for analysis in pipeline.analyse(prepared, batch, median_diameter_px=median_diameter_px):
            case.analyses[analysis.cell_id] = analysis
    for notice in pipeline.take_notices():
        say(notice)


def _summary(case: Case, pipeline: Pipeline, *, remarks: Sequence[str] = ()) -> ReportSummary:
    from .reports.summary import ReportContext, build

    context = ReportContext(
        app_version=__version__,
        generated=datetime.now().astimezone(),
        segmenter=pipeline.segmenter.model_id,
        classifier=pipeline.classifier.model_id if pipeline.classifier else "",
        device=pipeline.segmenter.device,
        remarks=tuple(remarks),
    )
    return build(case, context=context)


def _write_prompted(
    case: Case, prompted: Sequence[PromptedCell], summary: ReportSummary, image_name: str, folder: Path
) -> None:
    from .reports.csv_report import MissingCell, write_cells
    from .reports.interchange import write_coco

    names = {number: cell.name for number, cell in enumerate(prompted, start=1)}
    rows = {row.cell: row for row in summary.rows}
    with _result_file(folder / "cells.csv") as path:
        ordered = [rows.get(number) or MissingCell(image_name, name) for number, name in names.items()]
        write_cells(path, ordered, cell_names=names, segmenter=summary.context.segmenter)
    with _result_file(folder / "masks.json") as path:
        write_coco(path, case, cell_names=names, segmenter=summary.context.segmenter)


def _write_results(case: Case, summary: ReportSummary, folder: Path, formats: Sequence[str]) -> None:
    from .reports.csv_report import write_cells
    from .reports.interchange import write_coco, write_geojson, write_labels
    from .reports.pdf_report import write_pdf
    from .reports.rows import fields_with_cells
    from .storage.image_reader import read_image

    segmenter = summary.context.segmenter
    if "csv" in formats:
        with _result_file(folder / "cells.csv") as path:
            write_cells(path, summary.rows, segmenter=segmenter)
    if "pdf" in formats:
        with _result_file(folder / "report.pdf") as path:
            write_pdf(path, summary, case, pixels=lambda field: read_image(field.path, page=field.page).pixels)
    if "coco" in formats:
        with _result_file(folder / "masks.json") as path:
            write_coco(path, case, segmenter=segmenter)
    for field in fields_with_cells(case):
        name = f"{field.id:03d}_{field.path.stem}"
        if "geojson" in formats:
            with _result_file(folder / f"{name}.geojson") as path:
                write_geojson(path, case, field, segmenter=segmenter)
        if "labels" in formats:
            with _result_file(folder / f"{name}_labels.tif") as path:
                write_labels(path, case, field, segmenter=segmenter)
