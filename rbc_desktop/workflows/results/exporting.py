"""Writing a report's files; each is complete or not there.

ReportLab and the interchange formats are imported by the first export: no start waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ... import __version__
from ...domain import clock
from ...domain.case.case import Case, Field, Identity
from ...domain.export_formats import FORMATS, ExportFormat
from ...domain.laboratory.control_film import Verdict
from ...domain.laboratory.reference_band import Reference
from ...domain.wording import cells_text, fields_text
from ...errors import ExportError
from ...language import tr
from ...ports import RgbImage, TaskControl
from ...reports.summary.letterhead import Letterhead
from ...reports.summary.options import ReportOptions
from ...reports.summary.rows import CellRow, each_row, fields_with_cells
from ...reports.summary.summary import ReportContext, ReportSummary, build
from ...reports.tables.csv_report import write_cells
from ...storage.laboratory.settings import Settings
from ..result_files import result_file, result_folder
from .report_material import ReportMaterial, without_identity
from .slide_annotations import annotated_slides, why_no_annotations, write_slide_annotations

SAMPLE_FORMATS = ("summary", "xlsx", "fhir", "hl7")
"""Those that say what the sample is graded, not what each cell is."""

SUMMED_UP = ("pdf", *SAMPLE_FORMATS)
"""Those that need the rows of all cells at once; without them a table of cells is written row by row."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What to write.

    Attributes:
        folder: where; made if it does not exist.
        name: how every file begins; empty for names without a beginning.
        formats: keys of `FORMATS`.
        pdf: what goes into the PDF.
        deidentified: nothing that is written names or dates the sample; `name` is its pseudonym then.
    """

    folder: Path
    name: str
    formats: tuple[str, ...]
    pdf: ReportOptions
    deidentified: bool = False

    @property
    def pseudonym(self) -> str | None:
        """Of the sample in a de-identified export, else None."""
        return self.name if self.deidentified else None


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of an export; `field_id` for formats that write one per field."""

    path: Path
    format: str
    field_id: int | None = None


def report_context(
    *, segmenter: str, classifier: str, device: str, head: str = "", settings: Settings | None = None,
    control: Verdict | None = None, reference: Reference | None = None,
) -> ReportContext:  # fmt: skip
    """What a report made now says besides the case: this version, these models, the head of the audit trail.

    The settings give the laboratory's letterhead, its control films the verdict.
    """
    logo = settings.report_logo if settings else ""
    letterhead = Letterhead(settings.report_header if settings else "", Path(logo) if logo else None)
    return ReportContext(
        app_version=__version__,
        generated=clock.now().astimezone(),
        segmenter=segmenter,
        classifier=classifier,
        device=device,
        head=head,
        letterhead=letterhead,
        control=control,
        reference=reference,
    )


def contents_text(case: Case) -> str:
    """What a report of the case holds, e.g. “18 fields, 1,289 cells, 258 unconfirmed, 90 not counted”."""
    waiting = case.unconfirmed
    uncounted = len(case.cells) - waiting - case.reviewed  # cut by the edge, or in a field that is left out
    text = tr(
        "{fields}, {cells}, {waiting:,} unconfirmed",
        fields=fields_text(len(case.fields)), cells=cells_text(len(case.cells)), waiting=waiting,
    )  # fmt: skip
    return tr("{contents}, {cells:,} not counted", contents=text, cells=uncounted) if uncounted else text


def identity_text(identity: Identity) -> str:
    """The sample on one line, for a dialog: number, patient, laboratory; says so when nothing is filled in."""
    parts = (identity.sample_id, identity.accession, identity.patient, identity.laboratory)
    return " · ".join(" ".join(part.split()) for part in parts if part.strip()) or tr(
        "No details yet; all are optional."
    )


def planned_files(case: Case, choice: ExportChoice, *, slides: Collection[int] = ()) -> list[PlannedFile]:
    """The files that an export writes, in order.

    Args:
        case: what is exported.
        choice: what and where.
        slides: the first field of each slide that takes annotations (`slide_annotations.annotated_slides`).
    """
    start = f"{choice.name}_" if choice.name else ""
    chosen = [one for key, one in FORMATS.items() if key in choice.formats]
    files, per_field = [], fields_with_cells(case)
    for one in sorted(chosen, key=lambda one: one.per_field):
        fields: list[Field] | list[None] = [None]
        if one.per_field or one.per_slide:
            fields = per_field if one.per_field else [case.fields[number] for number in slides]
        files += [_planned(one, field, choice, start) for field in fields]
    return files


def _planned(one: ExportFormat, field: Field | None, choice: ExportChoice, start: str) -> PlannedFile:
    stem = "" if field is None else _field_stem(field, choice)
    return PlannedFile(choice.folder / f"{start}{stem}{one.ending}", one.key, None if field is None else field.id)


def _field_stem(field: Field, choice: ExportChoice) -> str:
    return f"{field.id:03d}" if choice.deidentified else f"{field.id:03d}_{field.path.stem}"


def make_folder(folder: Path) -> None:
    """Make the folder for the results, unless it is there.

    Raises:
        ExportError: when it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(tr("The folder {folder} can't be made; choose another one.", folder=folder)) from error


def export(
    case: Case,
    choice: ExportChoice,
    *,
    context: ReportContext,
    pixels: Callable[[Field], RgbImage],
    control: TaskControl,
    tell: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write everything that was chosen; returns the files.

    Args:
        case: a snapshot.
        choice: what and where.
        context: versions and models.
        pixels: decoded pixels of a field.
        control: progress and cancel; files that are complete stay.
        tell: hears in a sentence what isn't as it should be in a file that was written; on the thread that writes.

    Raises:
        ExportError: when the folder or a file can't be written.
        ImageReadError: when the PDF needs an image that has gone or changed.
    """
    make_folder(choice.folder)
    slides = annotated_slides(case) if "dicom" in choice.formats and not choice.deidentified else ()
    if "dicom" in choice.formats and (why := why_no_annotations(slides, deidentified=choice.deidentified)):
        raise ExportError(why)
    if choice.pseudonym is not None:
        made_of = without_identity(ReportMaterial(case, context, pixels), pseudonym=choice.pseudonym)
        case, context, pixels = made_of.case, made_of.context, made_of.pixels
    files = planned_files(case, choice, slides=slides)
    images = len(case.fields) + 2
    steps_of = {key: images for key, one in FORMATS.items() if one.reads_images}
    is_summed_up = any(file.format in SUMMED_UP for file in files)
    if not is_summed_up:
        steps_of["csv"] = max(1, len(case.fields))
    done = len(case.fields) if is_summed_up else 0  # first the rows of their cells are made
    total = done + sum(steps_of.get(file.format, 1) for file in files)
    begins = _Steps(control, done=0, total=total).show
    summary = build(case, context=context, begins=begins) if is_summed_up else None
    for file in files:
        control.progress(done, total)
        steps = _Steps(control, done=done, total=total)
        if file.format in ("training", "crops"):
            _write_folder(file, case, pixels=pixels, progress=steps.show)
        else:
            with result_file(file.path) as path:
                if file.format == "csv":
                    rows = each_row(case, begins=steps.show) if summary is None else summary.rows
                    write_cells(path, _watched(rows, control), app_version=context.app_version)
                elif summary is None or file.format not in SUMMED_UP:
                    _write_other(file, path, case=case, context=context)
                elif file.format == "pdf":
                    show = partial(steps.show_share, size=images)
                    _write_pdf(path, summary, case, pixels=pixels, options=choice.pdf, progress=show, tell=tell)
                else:
                    _write_sample(file.format, path, summary)
                control.check()
        done += steps_of.get(file.format, 1)
    return [file.path for file in files]


def _write_pdf(
    path: Path,
    summary: ReportSummary,
    case: Case,
    *,
    pixels: Callable[[Field], RgbImage],
    options: ReportOptions,
    progress: Callable[[int, int], None],
    tell: Callable[[str], None] | None,
) -> None:
    from ...reports.pdf.paper.print_problem import print_problem
    from ...reports.pdf.pdf_report import write_pdf

    write_pdf(path, summary, case, pixels=pixels, options=options, progress=progress)
    if tell is not None and (problem := print_problem(summary)):
        tell(problem)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Progress within one file, told as progress of all."""

    control: TaskControl
    done: int
    total: int

    def show(self, step: int) -> None:
        self.control.progress(self.done + step, self.total)

    def show_share(self, step: int, steps: int, *, size: int) -> None:
        self.show(step * size // max(1, steps))


def _write_other(file: PlannedFile, path: Path, *, case: Case, context: ReportContext) -> None:
    from ...reports.exchange.interchange import write_coco, write_geojson, write_labels

    if file.format == "coco":
        write_coco(path, case, app_version=context.app_version)
    elif file.field_id is not None:
        field = case.fields[file.field_id]
        if file.format == "dicom":
            write_slide_annotations(path, case, field, context=context)
        elif file.format == "geojson":
            write_geojson(path, case, field, app_version=context.app_version)
        else:
            write_labels(path, case, field)


def _watched(rows: Iterable[CellRow], control: TaskControl) -> Iterator[CellRow]:
    """The rows, as long as somebody waits for them."""
    for place, row in enumerate(rows):
        if place % 1000 == 0:
            control.check()
        yield row


def _write_sample(kind: str, path: Path, summary: ReportSummary) -> None:
    if kind == "summary":
        from ...reports.tables.summary_csv import write_summary

        write_summary(path, summary)
    elif kind == "xlsx":
        from ...reports.tables.xlsx_report import write_xlsx

        write_xlsx(path, summary)
    elif kind == "fhir":
        from ...reports.exchange.fhir_bundle import write_fhir

        write_fhir(path, summary)
    else:
        from ...reports.exchange.hl7_message import write_hl7

        write_hl7(path, summary)


def _write_folder(
    file: PlannedFile,
    case: Case,
    *,
    pixels: Callable[[Field], RgbImage],
    progress: Callable[[int], None],
) -> None:
    from ...reports.exchange.cell_crops import remove_crops, write_crops
    from ...reports.exchange.training_set import write_training_set

    folder = file.path.parent
    if file.format == "crops":
        with result_folder(folder, clear=remove_crops) as part:
            write_crops(part, case, pixels=pixels, progress=progress)
    else:
        with result_folder(folder) as part:
            write_training_set(part, case, pixels=pixels, progress=progress)
