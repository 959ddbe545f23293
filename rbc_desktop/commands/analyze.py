"""`analyze`: every cell of images and folders. Heavy imports wait until the command runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.calibration import Calibration
from ..domain.case import Field, printable
from ..errors import CaseFileError, RbcError, UsageError
from ..models.choice import ModelChoice
from .terminal import Progress, Uninterrupted, context_of, left_out_text, output_folder, say, tell_notices

if TYPE_CHECKING:
    from ..engine.pipeline import Pipeline
    from ..ports import LoadedImage
    from ..workflows.analysing import CaseWriter
    from ..workflows.results_folder import KeptRun, Mode

CANCELLED = 130


def analyze(
    paths: Sequence[Path],
    *,
    out: Path,
    calibration: Calibration | None,
    formats: Sequence[str] = ("csv", "pdf"),
    models: ModelChoice,
    mode: Mode = "new",
    incomplete: bool = False,
) -> int:
    """Find, measure and classify every cell of every image; one case, one report, one `cells.csv`.

    The cells of each field are in the case file before the next one is begun, so whatever ends the run costs at most
    the image under way. An image that was cut off is taken only when `incomplete` says so.
    """
    from ..storage.walk import find_images, unreadable_text
    from ..workflows.configuring import build_pipeline
    from ..workflows.results_folder import RunMakers, open_run, refuse_results, without_results

    unreadable: list[Path] = []
    images = without_results(find_images(paths, unreadable=unreadable), out)
    for folder in unreadable:
        say(unreadable_text(folder))
    if not images:
        raise UsageError("There is no image in the given folders; name image files or folders that hold some.")
    refuse_results(out, mode=mode)
    folder, started = output_folder(out), time.monotonic()
    pipeline = build_pipeline(notify=say, models=models)
    classifier = pipeline.classifier.model_id if pipeline.classifier else None
    image_level = pipeline.image_level.model_id if pipeline.image_level else None
    scale = calibration.um_per_px if calibration else None
    makers = RunMakers(pipeline.segmenter.model_id, classifier, scale, image_level=image_level)
    run = open_run(folder, makers, mode=mode)
    if run.renewed:
        say(f"All results are made again: what is in {folder} {run.renewed}.")
    batch = _Batch(run, pipeline, calibration, incomplete)
    try:
        try:
            batch.analyse(images)
        finally:
            run.store.close()
        tell_notices(pipeline)
        is_written = _report(run, pipeline, formats)
    except KeyboardInterrupt:
        say("Cancelled. What is done is kept; the same command with --resume continues from there.")
        return CANCELLED
    except CaseFileError as error:
        say(f"{error.message} What is done is kept; the same command with --resume continues from there.")
        return 1
    done, seconds = len(images) - batch.failed, time.monotonic() - started
    say(f"{done} of {len(images)} images, {seconds:.0f} s; results in {folder}")
    return 1 if batch.failed or unreadable or not is_written else 0


@dataclass(slots=True)
class _Batch:
    """The images of one run, one after the other.

    Attributes:
        run: keeps the results.
        pipeline: makes them.
        calibration: given for all images, or None.
        incomplete: whether images that were cut off are taken, too.
        failed: images that could not be analysed, or not wholly.
        known: fields of the case by hash and page of their image.
    """

    run: KeptRun
    pipeline: Pipeline
    calibration: Calibration | None
    incomplete: bool
    failed: int = 0
    known: dict[tuple[str, int], Field] = field(default_factory=dict)

    def analyse(self, images: Sequence[Path]) -> None:
        """All of them.

        Raises:
            CaseFileError: when the case file can't be written; every other failure costs only its image.
        """
        from ..storage.case_rows import forget_encoded
        from ..workflows.analysing import CaseWriter

        case = self.run.case
        writer = CaseWriter(case, self.run.store.apply)
        self.known = {(f.sha256, f.page): f for f in case.fields.values()}
        if case.fields:
            say(f"{len(case.fields)} fields were analysed before; the run continues after them.")
        with Progress(len(images), unit="image") as progress:
            for path in images:
                case.cells.clear()  # they are in the file; the report reads them from there
                case.analyses.clear()
                case.overlaps.clear()
                forget_encoded()
                try:
                    self._analyse_file(path, writer, progress)
                except CaseFileError:
                    raise
                except RbcError as error:
                    self._fail(progress, error.message)
                except Exception as error:  # noqa: BLE001 - whatever one image leads to, the others go on
                    self._fail(progress, _unexpected(path, error))
                progress.advance(printable(path.name))

    def _fail(self, progress: Progress, message: str) -> None:
        self.failed += 1
        progress.say(message)

    def _analyse_file(self, path: Path, writer: CaseWriter, progress: Progress) -> None:
        from ..storage.image_reader import read_fields
        from ..workflows.analysing import analyse_image

        same: Field | None = None
        for image in read_fields(path):
            known = self.known.get((image.sha256, image.page))
            if image.facts.is_incomplete and not self.incomplete:
                self._fail(progress, left_out_text(image.facts))
            elif known is None:
                done = analyse_image(writer, self.pipeline, image, calibration=self.calibration)
                self.known[image.sha256, image.page] = done
                for remark in done.remarks:
                    progress.say(remark.text)
            elif not _is_from(known, image):
                same = known
        if same is not None:
            progress.say(f"{printable(str(path))} is the same picture as {printable(str(same.path))}: counted once.")


def _is_from(known: Field, image: LoadedImage) -> bool:
    """Whether the field was made from this very file, and not from a copy of it or a link to it."""
    return normpath(known.path) == normpath(image.path)


def _unexpected(path: Path, error: Exception) -> str:
    name = printable(path.name)
    if isinstance(error, MemoryError):
        return f"There isn't enough memory to analyse {name}; close other programs or crop it."
    said = (str(error).strip().splitlines() or [""])[0][:200]
    return f"{name} could not be analysed ({type(error).__name__}{f': {said}' if said else ''}); the others go on."


def _report(run: KeptRun, pipeline: Pipeline, formats: Sequence[str]) -> bool:
    """Write the results from the case file; whether all could be."""
    from ..reports.options import ReportOptions
    from ..storage.case_file import CaseFile
    from ..storage.image_reader import read_image
    from ..workflows.exporting import ExportChoice, export
    from ..workflows.reading import PixelSource
    from ..workflows.results_folder import finish_run

    store, case = CaseFile.open(run.store.path)
    head = store.head
    store.close()
    written: list[Path] = []
    is_written = True
    if case.fields:
        say("Writing the report…")
        context, pixels = context_of(pipeline, head=head), PixelSource(read_image)
        plain = tuple(name for name in formats if name != "pdf")
        for chosen in filter(None, (plain, ("pdf",) if "pdf" in formats else ())):  # only the PDF needs the images
            choice = ExportChoice(run.folder, "", chosen, ReportOptions())
            try:
                written += export(case, choice, context=context, pixels=pixels, control=Uninterrupted())
            except RbcError as error:
                is_written = False
                say(error.message)
    finish_run(run.folder, written)
    say(f"{len(case.cells):,} cells in {len(case.fields):,} fields")
    return is_written
