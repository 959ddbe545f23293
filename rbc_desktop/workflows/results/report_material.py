"""What a report is made of, and the same without whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ...domain.case.case import Case, Field
from ...domain.case.deidentification import deidentified, model_name
from ...ports import RgbImage
from ...reports.summary.letterhead import Letterhead
from ...reports.summary.summary import ReportContext
from ...storage.laboratory.scheme_file import bundled_schemes
from ..sample.graded_sample import known_schemes


@dataclass(frozen=True, slots=True, eq=False)
class ReportMaterial:
    """What a report is made of.

    Attributes:
        case: a snapshot.
        context: versions and models.
        pixels: gives the decoded pixels of a field.
    """

    case: Case
    context: ReportContext
    pixels: Callable[[Field], RgbImage]


def without_identity(material: ReportMaterial, *, pseudonym: str) -> ReportMaterial:
    """The material of a de-identified report; not for the GUI thread.

    Args:
        material: of the case as it is.
        pseudonym: stands for the number of the sample.
    """
    context, originals, pixels = material.context, material.case.fields, material.pixels
    schemes = known_schemes((bundled_schemes(),)).schemes
    case = deidentified(material.case, pseudonym=pseudonym, year=context.generated.year, schemes=schemes)
    named = replace(
        context,
        segmenter=model_name(context.segmenter),
        classifier=model_name(context.classifier),
        head="",
        letterhead=Letterhead(),
        control=None,
        is_deidentified=True,
    )
    return ReportMaterial(case, named, lambda field: pixels(originals[field.id]))
