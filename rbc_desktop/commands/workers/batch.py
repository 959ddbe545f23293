"""Many images into one case and its reports: what `analyze` does once and `watch` again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.case.case import Field, printable
from ...domain.case.step_names import GRADE_BY
from ...domain.fields.calibration import Calibration
from ...errors import RbcError, SchemeError, UsageError
from ...language import plural, tr
from ...workflows.analysis.analysing import CaseWriter, FieldFindings, write_findings, write_slide
from ...workflows.batch.file_analysis import FileFailure, FileRemark, KnownImage, SlideSurvey
from ...workflows.cases.same_places import SeenPlaces
from ..terminal.terminal import Progress, Uninterrupted, context_of, say
from .analysts import Notice, PartDone

if TYPE_CHECKING:
    from ...domain.sample.grading import Scheme
    from ...workflows.batch.file_analysis import ImageKey
    from ...workflows.batch.results_folder import KeptRun, Mode
    from ...workflows.configuring import ModelsAtWork
    from ..terminal.result_choice import Results
    from .analysts import Analyst, AnalystEvent


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a batch ended.

    Attributes:
        failed: images that could not be analysed, or not wholly.
        is_written: whether every report could be written.
    """

    failed: int
    is_written: bool


def analyse_into(
    folder: Path,
    images: Sequence[Path],
    *,
    analyst: Analyst,
    calibration: Calibration | None,
    results: Results,
    mode: Mode,
) -> Outcome:
    """Analyse images into the case of a results folder, then write the reports.

    The cells of each field are in the case file before the next one is written, so whatever ends the run costs at most
    what is under way.

    Raises:
        UsageError: when a reviewed case would be replaced, or a final one graded by another scheme, or there is none
            in the file.
        CaseFileError: when the case file can't be written; what is done is kept.
        RbcError: when no model can work any more; what is done is kept.
    """
    from ...workflows.batch.results_folder import RunMakers, open_run

    scheme = read_scheme_of(results)
    models, scale = analyst.models, calibration.um_per_px if calibration else None
    makers = RunMakers(models.segmenter, models.classifier, scale, image_level=models.image_level)
    run = open_run(folder, makers, mode=mode)
    if run.renewed:
        say(tr("All results are made again: what is in {folder} {renewed}.", folder=folder, renewed=run.renewed))
    batch = _Batch(run)
    try:
        if scheme is not None:
            _grade_by(run, scheme)
        batch.analyse(images, analyst)
    finally:
        run.store.close()
    for notice in batch.notices:
        say(notice)
    return Outcome(batch.failed, _report(run, models, results))


def read_scheme_of(results: Results) -> Scheme | None:
    """The scheme that the results are graded by, if any.

    Raises:
        UsageError: when it can't be read.
    """
    from ...storage.laboratory.scheme_file import read_scheme

    try:
        return None if results.scheme is None else read_scheme(results.scheme)
    except SchemeError as error:
        raise UsageError(error.message) from error


def _grade_by(run: KeptRun, scheme: Scheme) -> None:
    """Grade the case of a run by this scheme from now on.

    Raises:
        UsageError: when the case is final.
    """
    from ...domain.case.audit_trail import Act
    from ...domain.case.changes import PutGrading
    from ...domain.sample.sign_off import is_locked
    from ...workflows.sample.graded_sample import with_scheme

    grading = with_scheme(run.case.grading, scheme)
    if grading == run.case.grading:
        return
    if is_locked(run.case.sign_offs):
        raise UsageError(
            tr("The case is final and graded by another scheme; leave --scheme out, or give another --out.")
        )
    run.store.apply(PutGrading(grading), act=Act(GRADE_BY(name=scheme.name)))
    run.case.grading = grading


@dataclass(slots=True)
class _Batch:
    """The images of one run, one after the other.

    Attributes:
        run: keeps the results.
        failed: images that could not be analysed, or not wholly.
        known: fields of the case by hash and page of their image.
        notices: what the models had to say, each once, in order.
        same: of which field the file in hand is another copy.
        cells: of the region in hand.
        failures: sentences about the file in hand, each once, with how often.
        seen: the places that the images of this run show.
    """

    run: KeptRun
    failed: int = 0
    known: dict[ImageKey, Field] = field(default_factory=dict)
    notices: dict[str, None] = field(default_factory=dict)
    same: Field | None = None
    cells: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    seen: SeenPlaces = field(default_factory=SeenPlaces)

    def analyse(self, images: Sequence[Path], analyst: Analyst) -> None:
        """All of them.

        Raises:
            CaseFileError: when the case file can't be written.
            RbcError: when no model can work any more; every other failure costs only its image.
        """
        case = self.run.case
        writer = CaseWriter(case, self.run.store.apply)
        self.known = {f.picture: f for f in case.fields.values()}
        if case.fields:
            say(tr("{fields} fields were analysed before; the run continues after them.", fields=len(case.fields)))
        self._forget_cells()
        with Progress(len(images), unit="image") as progress:
            for number, event in analyst.analyse(images, known=self.known):
                if event is None:
                    self._end_file(images[number], progress)
                elif isinstance(event, PartDone):
                    progress.advance_part(printable(images[number].name), cells=self.cells)
                    self.cells = 0
                else:
                    self._take(event, writer, progress)

    def _take(self, event: AnalystEvent, writer: CaseWriter, progress: Progress) -> None:
        """Keep what was found. A copy may have been analysed beside its original: the first in order counts."""
        match event:
            case FieldFindings():
                self._keep(event, writer, progress)
            case KnownImage():
                self._meet(event.key, event.path)
            case SlideSurvey():
                write_slide(writer, event.entry)
                progress.divide(len(event.parts))
            case FileFailure():
                self.failures[event.message] += 1
                if self.failures[event.message] == 1:
                    progress.say(event.message)
            case FileRemark():
                progress.say(event.message)
            case Notice():
                self.notices[event.text] = None

    def _keep(self, found: FieldFindings, writer: CaseWriter, progress: Progress) -> None:
        key = found.field.picture
        if key in self.known:
            self._meet(key, found.field.path)
            return
        self.known[key] = done = write_findings(writer, found)
        self.cells += len(found.cells)
        self._forget_cells()
        for remark in done.remarks:
            progress.say(remark.text)
        if found.look is not None and (again := self.seen.meet(done.name, found.look, page=done.page)):
            progress.say(again)

    def _meet(self, key: ImageKey, path: Path) -> None:
        """A picture comes again: from the file that its field was made from, or from a copy of it or a link to it."""
        known = self.known[key]
        if normpath(known.path) != normpath(path):
            self.same = known

    def _end_file(self, path: Path, progress: Progress) -> None:
        if self.same is not None:
            first = printable(str(self.same.path))
            progress.say(
                tr("{name} is the same picture as {first}: counted once.", name=printable(str(path)), first=first)
            )
            self.same = None
        if self.failures:
            self.failed += 1
            if (regions := self.failures.total()) > 1 and progress.parts:
                text = tr(
                    "{failed:,} of {regions:,} regions of {name} failed; --resume tries them again.",
                    failed=regions, regions=progress.parts, name=printable(path.name),
                )  # fmt: skip
                progress.say(text)
            self.failures.clear()
        progress.advance(printable(path.name))

    def _forget_cells(self) -> None:
        """They are in the file; the report reads them from there."""
        from ...storage.case.rows.case_rows import forget_encoded

        case = self.run.case
        case.cells.clear()
        case.analyses.clear()
        case.overlaps.clear()
        forget_encoded()


def _report(run: KeptRun, models: ModelsAtWork, results: Results) -> bool:
    """Write the results from the case file; whether all could be."""
    from ...domain.export_formats import FORMATS
    from ...reports.summary.options import ReportOptions
    from ...storage.case.case_file import CaseFile
    from ...storage.images.image_reader import read_image
    from ...workflows.batch.results_folder import finish_run
    from ...workflows.cases.reading import PixelSource
    from ...workflows.results.exporting import ExportChoice, export

    store, case = CaseFile.open(run.store.path)
    head = store.head
    store.close()
    written: list[Path] = []
    is_written = True
    if case.fields:
        say(tr("Writing the report…"))
        context, pixels = context_of(models, head=head), PixelSource(read_image)
        plain = tuple(key for key in results.formats if not FORMATS[key].reads_images)
        pictured = [(key,) for key in results.formats if FORMATS[key].reads_images]  # an image may have gone since
        for chosen in filter(None, (plain, *pictured)):
            choice = ExportChoice(run.folder, "", chosen, ReportOptions(), deidentified=results.deidentified)
            try:
                written += export(case, choice, context=context, pixels=pixels, control=Uninterrupted(), tell=say)
            except RbcError as error:
                is_written = False
                say(error.message)
    finish_run(run.folder, written)
    cells = plural("{count} cell", "{count} cells", len(case.cells))
    say(tr("{cells} {where}", cells=cells, where=plural("in {count} field", "in {count} fields", len(case.fields))))
    return is_written
