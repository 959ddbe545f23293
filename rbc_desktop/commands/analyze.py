"""`analyze`: every cell of images and folders. Heavy imports wait until the command runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..domain.calibration import Calibration
from ..domain.case import Case
from ..errors import RbcError, UsageError
from ..models.choice import ModelChoice
from .terminal import Progress, Uninterrupted, context_of, output_folder, say, tell_notices


def analyze(
    paths: Sequence[Path],
    *,
    out: Path,
    calibration: Calibration | None,
    formats: Sequence[str] = ("csv", "pdf"),
    models: ModelChoice,
) -> int:
    """Find, measure and classify every cell of every image; one case, one report, one `cells.csv`."""
    from ..reports.options import ReportOptions
    from ..storage.image_reader import read_fields, read_image
    from ..storage.walk import find_images
    from ..workflows.analysing import CaseWriter, analyse_image
    from ..workflows.configuring import build_pipeline
    from ..workflows.exporting import ExportChoice, export
    from ..workflows.reading import PixelSource

    images = find_images(paths)
    if not images:
        raise UsageError("There is no image in the given folders; name image files or folders that hold some.")
    folder = output_folder(out)
    pipeline = build_pipeline(notify=say, models=models)
    case, failed, started = Case(), 0, time.monotonic()
    writer = CaseWriter(case)
    remarks: list[str] = []
    with Progress(len(images), unit="image") as progress:
        for path in images:
            try:
                for image in read_fields(path):
                    for remark in analyse_image(writer, pipeline, image, calibration=calibration):
                        remarks.append(remark)
                        progress.say(remark)
            except RbcError as error:
                failed += 1
                progress.say(error.message)
            progress.advance(path.name)
    tell_notices(pipeline)
    if case.fields:
        say("Writing the report…")
        choice = ExportChoice(folder, "", tuple(formats), ReportOptions())
        context = replace(context_of(pipeline), remarks=tuple(remarks))
        export(case, choice, context=context, pixels=PixelSource(read_image), control=Uninterrupted())
    say(
        f"{len(case.cells)} cells in {len(case.fields)} fields of {len(images) - failed} of {len(images)} images, "
        f"{time.monotonic() - started:.0f} s; results in {folder}"
    )
    return 1 if failed else 0
