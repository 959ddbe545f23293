"""`segment`: the cells that a prompt file marks. Heavy imports wait until the command runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.case.case import Case
from ..domain.case.changes import PutAnalyses, PutCells, PutQualities
from ..domain.fields.calibration import Calibration
from ..errors import ImageReadError, UsageError
from ..language import tr
from ..models.choice.choice import ModelChoice
from .terminal.terminal import Progress, context_of, output_folder, say, tell_notices

if TYPE_CHECKING:
    from ..ports import LoadedImage
    from ..reports.summary.summary import ReportSummary
    from ..storage.images.prompt_file import PromptedCell


def segment(
    image_path: Path,
    prompt_path: Path,
    *,
    out: Path,
    calibration: Calibration | None,
    models: ModelChoice,
    incomplete: bool = False,
) -> int:
    """Write `cells.csv`, one row per prompted cell in the file's order, and `masks.json` (COCO, RLE).

    A cell for which the model finds no mask has a row with its name and no values, and the status is 1. An image
    that was cut off is taken only when `incomplete` says so.
    """
    from ..reports.summary.summary import build
    from ..storage.images.image_reader import read_image
    from ..storage.images.prompt_file import read_prompts
    from ..workflows.analysis.analysing import CaseWriter, analyses, scaled_field
    from ..workflows.batch.file_analysis import left_out_text
    from ..workflows.configuring import ModelsAtWork, build_pipeline

    prompted = read_prompts(prompt_path)
    image = read_image(image_path)
    if image.facts.is_incomplete and not incomplete:
        raise ImageReadError(left_out_text(image.facts))
    check_prompts(prompted, image, prompt_path)
    folder = output_folder(out)
    pipeline = build_pipeline(notify=say, models=models)
    prepared, remarks = scaled_field(pipeline, image, calibration=calibration)
    for remark in remarks:
        say(remark.text)
    case = Case()
    writer = CaseWriter(case)
    field = writer.add_field(image.facts, calibration=prepared.calibration)
    with Progress(len(prompted), unit="cell") as progress:
        for number, cell in enumerate(prompted, start=1):
            proposal = pipeline.propose(prepared, cell.prompts)
            if proposal is not None:
                writer.put(PutCells((proposal.as_cell(number, field_id=field.id, origin="prompt"),)))
            progress.advance()
    writer.put(PutQualities(((field.id, pipeline.quality(prepared)),)))
    writer.put(PutAnalyses(tuple(analyses(pipeline, prepared, case.cells_of(field.id), median_px=None))))
    tell_notices(pipeline)
    summary = build(case, context=context_of(ModelsAtWork.of(pipeline)))
    _write_prompted(case, prompted, summary, image.path.name, folder)
    missing = [cell.name for number, cell in enumerate(prompted, start=1) if number not in case.cells]
    if missing:
        say(f"No mask was found for cell {', '.join(missing)}; move the point onto the cell.")
    return 1 if missing else 0


def check_prompts(prompted: Sequence[PromptedCell], image: LoadedImage, path: Path) -> None:
    """Refuse a prompt file that belongs to another image.

    Raises:
        UsageError: when a cell is marked outside the image.
    """
    for cell in prompted:
        anchor = cell.prompts.anchor
        if not (0 <= anchor.x < image.width and 0 <= anchor.y < image.height):
            raise UsageError(
                tr(
                    "{name} marks cell {cell} at ({x:g}, {y:g}), outside the {width}×{height} image; give"
                    " positions in pixels of this image.",
                    name=path.name,
                    cell=cell.name,
                    x=anchor.x,
                    y=anchor.y,
                    width=image.width,
                    height=image.height,
                )
            )


def _write_prompted(
    case: Case, prompted: Sequence[PromptedCell], summary: ReportSummary, image_name: str, folder: Path
) -> None:
    from ..reports.exchange.interchange import write_coco
    from ..reports.tables.csv_report import MissingCell, write_cells
    from ..workflows.result_files import result_file

    names = {number: cell.name for number, cell in enumerate(prompted, start=1)}
    rows = {row.cell: row for row in summary.rows}
    with result_file(folder / "cells.csv") as path:
        ordered = [rows.get(number) or MissingCell(image_name, name) for number, name in names.items()]
        write_cells(path, ordered, cell_names=names, app_version=summary.context.app_version)
    with result_file(folder / "masks.json") as path:
        write_coco(path, case, cell_names=names, app_version=summary.context.app_version)
