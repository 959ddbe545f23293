"""Reviewed cells of cases as what a classifier learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...domain.case.case import Case
from ...domain.classes.taxonomy import CellClass
from ...errors import RelearnError
from ...language import plural
from ...models.relearning.lab_fields import LabCell, LabField, groups_of
from ...models.relearning.learning_needs import check_enough
from ...reports.exchange.training_fields import case_hash, field_hash, training_fields
from ...storage.case.case_trail import read_case
from ...storage.images.image_places import unconfirmed_images


@dataclass(frozen=True, slots=True)
class LabCase:
    """What a case offers.

    Attributes:
        name: of its file, or what stands for the open case.
        fields: those with reviewed cells that count.
        passed_over: fields whose image lies where nobody has confirmed it.
    """

    name: str
    fields: tuple[LabField, ...]
    passed_over: int = 0

    @property
    def text(self) -> str:
        """What a list says of it."""
        reviewed = sum(len(field.reviewed) for field in self.fields)
        cells = plural("{count} reviewed cell", "{count} reviewed cells", reviewed)
        text = plural(
            "{name}: {cells} in {count} field", "{name}: {cells} in {count} fields", len(self.fields),
            name=self.name, cells=cells,
        )  # fmt: skip
        if not self.passed_over:
            return text
        return plural(
            "{text}; {count} field left out, open the case and locate the images",
            "{text}; {count} fields left out, open the case and locate the images",
            self.passed_over, text=text,
        )  # fmt: skip


def lab_case(case: Case, *, name: str, unconfirmed: frozenset[Path] = frozenset()) -> LabCase:
    """What a case offers.

    Args:
        case: the case.
        name: what a list calls it.
        unconfirmed: images that may not be read.
    """
    offered = [field for field in training_fields(case) if not field.left_out]
    fields = []
    for field in offered:
        if field.path in unconfirmed:
            continue
        cells = tuple(LabCell(c.mask, c.reviewed_class, c.touches_border) for c in case.cells_of(field.id))
        scale = None if field.calibration is None else field.calibration.um_per_px
        fields.append(
            LabField(
                field.path, case_hash(case), field_hash(field), scale, cells, field.page, field.sha256, field.region
            )
        )
    return LabCase(name, tuple(fields), len(offered) - len(fields))


def read_lab_case(path: Path, *, confirmed: Sequence[str] = ()) -> LabCase:
    """What a case file offers; nothing in it is changed.

    Raises:
        CaseFileError: when it can't be read.
    """
    case, absolute = read_case(path)
    places = unconfirmed_images(
        case, absolute, folder=path.absolute().parent, confirmed=[Path(place) for place in confirmed]
    )
    return lab_case(case, name=path.name, unconfirmed=places)


def joined(cases: Sequence[LabCase]) -> tuple[LabField, ...]:
    """The fields of all cases; one that several have counts as the last one has it."""
    fields = {field.field: field for case in cases for field in case.fields}
    return tuple(fields.values())


def reviewed_counts(fields: Sequence[LabField]) -> Counter[CellClass]:
    """Reviewed cells by class."""
    classes = (cell.reviewed_class for field in fields for cell in field.reviewed)
    return Counter(c for c in classes if c is not None)


def too_little(fields: Sequence[LabField]) -> str:
    """Why nothing can be learnt from these fields, as a sentence; "" where something can."""
    try:
        check_enough(reviewed_counts(fields), groups=len(set(groups_of(fields))))
    except RelearnError as error:
        return error.message
    return ""
