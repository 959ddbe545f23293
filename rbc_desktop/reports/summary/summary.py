"""The content of a report as one value; table, charts, CSV and PDF all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ... import RESEARCH_USE_ONLY
from ...domain.case.case import Case, Field, Identity, distinct_names
from ...domain.classes.own_classes import is_called, never_proposed
from ...domain.fields.calibration import PLAUSIBLE_UM_PER_PX, Calibration
from ...domain.laboratory.control_film import Verdict
from ...domain.laboratory.reference_band import Reference
from ...domain.statistics import wilson_interval
from ...language import mark, mark_plural
from ...phrases import told
from .assessment import quality_text, stain_notices, withheld_notices
from .counts import ClassCount, class_counts
from .letterhead import Letterhead
from .manual_look import manual_look
from .rows import CellRow, remarks_on, row_for, rows_of, segmenters_of
from .sample_summary import SampleSummary, sample_summary
from .sizes import SizeSummary, size_summary

__all__ = ["RUO_LINE", "CellRow", "FieldSummary", "ReportContext", "ReportSummary", "build", "row_for"]

RUO_LINE = RESEARCH_USE_ONLY
"""Exact text of 21 CFR 809.10(c)(2)(i)."""

NOT_ASSESSED = (
    mark("polychromasia"), mark("sickle cells"), mark("acanthocytes"), mark("bite cells"), mark("blister cells"),
    mark("irregularly contracted cells"), mark("oval macrocytes"), mark("inclusions"), mark("parasites"),
    mark("rouleaux and agglutination"), mark("dimorphism"), mark("nucleated red cells"),
)  # fmt: skip
"""What the bundled classifier has no class for, one thing each: never to be read as absent."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the case itself doesn't know.

    Attributes:
        app_version: version of the application.
        generated: when the report is made, with its time zone.
        segmenter, classifier: ``model_id`` of the loaded models, empty when none is loaded.
        device: where they run, e.g. ``cpu``.
        head: of the case's audit trail, "" where there is none.
        is_deidentified: nothing that is written may name or date the sample finer than by the year.
        letterhead: of the laboratory, on the PDF.
        control: what the control films say of the microscope, None where the laboratory doesn't ask.
        reference: what the laboratory's normal samples say, None where it has none.
    """

    app_version: str
    generated: datetime
    segmenter: str = ""
    classifier: str = ""
    device: str = ""
    head: str = ""
    is_deidentified: bool = False
    letterhead: Letterhead = Letterhead()  # noqa: RUF009
    control: Verdict | None = None
    reference: Reference | None = None

    @property
    def made_text(self) -> str:
        """When it is made, ISO 8601."""
        return f"{self.generated:%Y}" if self.is_deidentified else self.generated.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class FieldSummary:
    """One field of the case.

    `cells` is the number of cells in it; `calibration` says scale and source in words, `quality` what its image shows
    otherwise than it should, `counts` whether no person left it out.
    """

    id: int
    name: str
    sha256: str
    page: int
    width: int
    height: int
    um_per_px: float | None
    calibration: str
    cells: int
    quality: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """Everything a report says; its sentences are English, and `told` where a person reads them.

    Attributes:
        rows: one per cell, field by field.
        counts: one per class that occurs; see `counts.class_counts`.
        red_cells: classified red cells, the denominator of all shares.
        not_red_cells, unclassified, not_assessable, left_out: the other cells, the last cut by the edge or in a field
            left out, those before of a class that their field doesn't let be told; the five add up to ``len(rows)``.
        reviewed, needs_review: how many of all cells.
        edge_counted: how many cells count because a person says so, although the edge cuts them.
        counting_rule: which cells count, in one sentence.
        segmenters: models that drew the outlines; several when a case was continued with another one.
        classifiers: models that made the predictions; several when a case was continued after an update.
        notices: sentences that limit what the numbers mean.
        not_assessed: what neither person nor model looked for.
        sample: the sample as a whole: grades, findings, signatures.
        image_levels: name of each field with an image-level reading, and that.
        suggested_reviewed, overridden: reviewed cells for which the classifier had a suggestion, and those of them that
            got another class.
        manual_look: why a person should look at the film; see `manual_look`.
    """

    identity: Identity
    context: ReportContext
    fields: tuple[FieldSummary, ...]
    rows: tuple[CellRow, ...]
    counts: tuple[ClassCount, ...]
    red_cells: int
    not_red_cells: int
    unclassified: int
    not_assessable: int
    reviewed: int
    needs_review: int
    left_out: int
    edge_counted: int
    counting_rule: str
    segmenters: tuple[str, ...]
    sizes: SizeSummary
    classifiers: tuple[str, ...]
    notices: tuple[str, ...]
    not_assessed: tuple[str, ...]
    sample: SampleSummary
    image_levels: tuple[tuple[str, str], ...] = ()
    suggested_reviewed: int = 0
    overridden: int = 0
    manual_look: tuple[str, ...] = ()

    @property
    def override_text(self) -> str:
        """How often persons chose another class than the classifier; empty while they have chosen none."""
        if not self.suggested_reviewed:
            return ""
        low, high = wilson_interval(self.overridden, self.suggested_reviewed)
        share = 100 * self.overridden / self.suggested_reviewed
        return mark(
            "{overridden:,} of {count:,} reviewed cells got another class than suggested:"
            " {share:.1f} % ({low:.1f} – {high:.1f})",
            overridden=self.overridden, count=self.suggested_reviewed, share=share, low=100 * low, high=100 * high,
        )  # fmt: skip


def build(case: Case, *, context: ReportContext, begins: Callable[[int], object] = lambda _: None) -> ReportSummary:
    """Everything that a report of this case says; a pure function of its arguments.

    Args:
        case: what is reported.
        context: what is said besides.
        begins: as of `rows.rows_of`, which takes most of the time.
    """
    rows = rows_of(case, begins=begins)
    counts, sizes = class_counts(rows), size_summary(rows)
    counted = [row for row in rows if row.counted]
    not_red = sum(row.cell_class is not None and not row.cell_class.is_red for row in counted)
    unseen = sum(bool(row.not_assessable) for row in counted)
    unclassified = sum(row.cell_class is None for row in counted) - unseen
    names = distinct_names(case.fields.values())
    fields = tuple(_field_summary(case, f, names[f.id]) for f in case.fields.values())
    left_out, edge_counted = len(rows) - len(counted), sum(r.touches_border for r in counted)
    judged = [r for r in rows if r.reviewed and r.predicted_class is not None]
    sample = sample_summary(case, rows, sizes=sizes)
    cut = left_out - sum(bool(r.field_left_out) for r in rows)
    return ReportSummary(
        identity=case.identity,
        context=context,
        fields=fields,
        rows=rows,
        counts=counts,
        red_cells=len(counted) - not_red - unclassified - unseen,
        not_red_cells=not_red,
        unclassified=unclassified,
        not_assessable=unseen,
        reviewed=sum(r.reviewed for r in rows),
        needs_review=sum(r.needs_review for r in rows),
        left_out=left_out,
        edge_counted=edge_counted,
        counting_rule=counting_rule(left_out=cut, edge_counted=edge_counted),
        segmenters=segmenters_of(rows),
        sizes=sizes,
        classifiers=_classifiers(case, context),
        notices=(
            *(remark.text for field in case.fields.values() for remark in remarks_on(case, field)),
            *([context.control.text] if context.control is not None and context.control.is_problem else []),
            *_scale_notices(case),
            *_cell_notices(unclassified, unseen),
            *withheld_notices(case, names),
            *stain_notices(case, names),
            *_stale_notices(case),
            *_own_class_notices(case),
            *_model_notices(rows),
        ),
        not_assessed=_not_assessed(case, counts),
        sample=sample,
        suggested_reviewed=len(judged),
        overridden=sum(r.cell_class != r.predicted_class for r in judged),
        manual_look=manual_look(case, rows, sample.grades),
        image_levels=tuple((names[f.id], said) for f in case.fields.values() if (said := f.remark("image level"))),
    )


_SOURCES = {
    "typed": mark("typed"), "line": mark("line drawn"), "file": mark("stated by the file"),
    "command line": mark("command line"), "preset": mark("preset"),
}  # fmt: skip


def describe_calibration(calibration: Calibration | None) -> str:
    """Scale and source in words, to be `told`."""
    if calibration is None:
        return mark("not calibrated")
    scale, source = calibration.um_per_px, _SOURCES[calibration.source]
    if not calibration.detail:
        return mark("{scale:.4g} µm/px, {source}", scale=scale, source=source)
    return mark("{scale:.4g} µm/px, {source} ({detail})", scale=scale, source=source, detail=calibration.detail)


def _field_summary(case: Case, field: Field, name: str) -> FieldSummary:
    return FieldSummary(
        id=field.id,
        name=name,
        sha256=field.sha256,
        page=field.page,
        width=field.width,
        height=field.height,
        um_per_px=field.calibration.um_per_px if field.calibration else None,
        calibration=describe_calibration(field.calibration),
        cells=len(case.cells_of(field.id)),
        quality=quality_text(case.qualities.get(field.id)),
        counts=not field.left_out,
    )


def _classifiers(case: Case, context: ReportContext) -> tuple[str, ...]:
    made = (p.model for cell in case.cells.values() if (p := case.prediction_of(cell)) is not None)
    names = tuple(dict.fromkeys(made))
    return names or ((context.classifier,) if context.classifier else ())


def _uncalibrated(case: Case) -> list[Field]:
    return [f for f in case.fields.values() if f.calibration is None]


def _scale_notices(case: Case) -> list[str]:
    notices: list[str] = []
    missing = _uncalibrated(case)
    if missing and len(missing) == len(case.fields):
        notices.append(
            mark("Not calibrated: sizes are in pixels, and no cell is called micro- or macrocyte by the classifier.")
        )
    elif missing:
        text = mark(
            "{missing} of {fields} fields are not calibrated: there the classifier calls no cell micro- or macrocyte,"
            " so their shares are lower limits; sizes of all fields together are in pixels."
        )
        notices.append(mark(text, missing=len(missing), fields=len(case.fields)))
    low, high = PLAUSIBLE_UM_PER_PX
    odd = [f for f in case.fields.values() if f.calibration is not None and not f.calibration.is_plausible]
    if odd:
        text = mark("Calibration outside the usual {low:.2f}–{high:.2f} µm/px: {names}.")
        notices.append(mark(text, low=low, high=high, names=", ".join(f.name for f in odd)))
    return notices


def counting_rule(*, left_out: int, edge_counted: int) -> str:
    """Which cells are counted, and how many the rule leaves out or a person put back; to be `told`."""
    without = mark_plural(" ({count} cell left out)", " ({count} cells left out)", left_out) if left_out else ""
    back = mark_plural(
        ", except {count} cell that a person counts all the same",
        ", except {count} cells that a person counts all the same",
        edge_counted,
    )
    text = mark(
        "Cells that lie wholly in the image; a cell cut by its edge has no class, share or size{without}{back}."
    )
    return mark(text, without=without, back=back if edge_counted else "")


def _cell_notices(unclassified: int, unseen: int) -> list[str]:
    notices: list[str] = []
    if unclassified:
        notices.append(
            mark_plural(
                "{count} cell without a class: not among the red cells that the shares refer to.",
                "{count} cells without a class: not among the red cells that the shares refer to.",
                unclassified,
            )
        )
    if unseen:
        notices.append(
            mark_plural(
                "{count} cell not assessable, because their field doesn't let their class be told: not among the red"
                " cells that the shares refer to.",
                "{count} cells not assessable, because their field doesn't let their class be told: not among the red"
                " cells that the shares refer to.",
                unseen,
            )
        )
    return notices


def _stale_notices(case: Case) -> list[str]:
    """Suggestions that were made before their field got the scale that it has now."""
    stale = 0
    for cell in case.cells.values():
        analysis, calibration = case.analysis_of(cell), case.fields[cell.field_id].calibration
        scale = None if calibration is None else calibration.um_per_px
        unreviewed = cell.reviewed_class is None and analysis is not None and analysis.prediction is not None
        stale += unreviewed and analysis is not None and analysis.um_per_px != scale
    if not stale:
        return []
    return [
        mark_plural(
            "{count} cell classified at another scale than the field has now: their classes may be wrong.",
            "{count} cells classified at another scale than the field has now: their classes may be wrong.",
            stale,
        )
    ]


def _own_class_notices(case: Case) -> list[str]:
    """Own classes that no classifier of the case knows: unreviewed cells of theirs count as something else."""
    used = {cell.reviewed_class for cell in case.cells.values() if cell.reviewed_class is not None}
    own = [c for c in used if c.is_own]
    made = (p for cell in case.cells.values() if own and (p := case.prediction_of(cell)) is not None)
    sentence = never_proposed(own, {c for prediction in made for c in prediction.probabilities})
    return [sentence] if sentence else []


def _model_notices(rows: Iterable[CellRow]) -> list[str]:
    """Classes that several classifiers suggested don't compare well, unless a person confirmed them."""
    names = list(dict.fromkeys(r.classifier for r in rows if r.classifier and not r.reviewed))
    if len(names) < 2:
        return []
    return [mark("Several classifiers suggested the unreviewed classes: {names}.", names=", ".join(names))]


def cells_text(count: int) -> str:
    """``1 cell`` or ``1,234 cells``; to be `told`."""
    return mark_plural("{count} cell", "{count} cells", count)


def _not_assessed(case: Case, counts: Sequence[ClassCount]) -> tuple[str, ...]:
    """What nobody looked for; of what is counted in an own class the notes say who did."""
    own = [c.cell_class for c in counts if c.count and c.cell_class is not None and c.cell_class.is_own]
    unseen = (each for each in NOT_ASSESSED if not any(is_called(c, each) or is_called(c, told(each)) for c in own))
    unscaled = _uncalibrated(case)
    is_unscaled = unscaled and len(unscaled) == len(case.fields)  # of some without a scale a notice tells
    sizes = (mark("microcytes and macrocytes (not calibrated)"),) if is_unscaled else ()
    return (*sizes, *unseen)
