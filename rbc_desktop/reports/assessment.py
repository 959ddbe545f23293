"""What the fields of a case let be seen, in words for window and report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..domain.assessability import NO_CALIBRATION, withheld_classes
from ..domain.case import Case, Field
from ..domain.field_quality import FieldQuality, is_unlike_training, quality_facts, unmet
from ..domain.taxonomy import CellClass

_NAMED = 3
"""Fields that are named in a sentence; of more the number is said."""


def withheld_on(case: Case, field: Field) -> dict[str, list[CellClass]]:
    """The classes that can't be told on a field for want of what its image shows, by reason.

    The want of a calibration isn't among them: `summary` says that of the case.
    """
    reasons: dict[str, list[CellClass]] = {}
    withheld = withheld_classes(calibration=field.calibration, quality=case.qualities.get(field.id))
    for cell_class, reason in withheld.items():
        if reason != NO_CALIBRATION:
            reasons.setdefault(reason, []).append(cell_class)
    return reasons


def untold_classes(case: Case, field_ids: Iterable[int]) -> frozenset[CellClass]:
    """The classes that none of these fields lets be told, for want of a calibration or of what their images show."""
    fields = (case.fields[i] for i in field_ids)
    withheld = [set(withheld_classes(calibration=f.calibration, quality=case.qualities.get(f.id))) for f in fields]
    return frozenset(set.intersection(*withheld)) if withheld else frozenset()


def withheld_sentences(case: Case, field: Field) -> list[str]:
    """One sentence for each reason for which classes are withheld on a field."""
    return [
        f"Not told here: {', '.join(c.value for c in classes)}; {reason}."
        for reason, classes in withheld_on(case, field).items()
    ]


def withheld_notices(case: Case, names: dict[int, str]) -> list[str]:
    """The classes that are withheld, each set of them once, with their fields and the reason of the first.

    Args:
        case: the case.
        names: of its fields, by id.
    """
    groups: dict[tuple[CellClass, ...], list[tuple[int, str]]] = {}
    for field in case.fields.values():
        for reason, classes in withheld_on(case, field).items():
            groups.setdefault(tuple(classes), []).append((field.id, reason))
    notices = []
    for together, found in groups.items():
        where = _where([names[i] for i, _ in found], total=len(case.fields))
        limits = "" if len(found) == len(case.fields) else "; the shares of these classes are lower limits"
        text = ", ".join(c.value for c in together)
        notices.append(f"Not assessable {where}: {text}, because {found[0][1]}{limits}.")
    return notices


def stain_notices(case: Case, names: dict[int, str]) -> list[str]:
    """Fields whose stain is unlike everything that the classifier has seen."""
    far = [i for i, quality in case.qualities.items() if i in case.fields and is_unlike_training(quality)]
    if not far:
        return []
    where = _where([names[i] for i in far], total=len(case.fields))
    return [f"The stain {where} is far from what the classifier has seen: its probabilities promise too much there."]


def quality_lines(quality: FieldQuality) -> list[str]:
    """Every trait with its value and, where it isn't as it should be, a sentence."""
    return [
        f"{fact.trait.value}: {fact.text}" + ("" if fact.is_met and fact.is_known else f" – {fact.sentence}")
        for fact in quality_facts(quality)
    ]


def quality_text(quality: FieldQuality | None) -> str:
    """What a field shows otherwise than it should, in sentences; empty where all is well or nothing is known."""
    return "" if quality is None else " ".join(fact.sentence for fact in unmet(quality))


def _where(names: Sequence[str], *, total: int) -> str:
    if len(names) == total:
        return "in this field" if total == 1 else "in any field"
    if len(names) <= _NAMED:
        return f"in {', '.join(names)}"
    return f"in {len(names):,} of {total:,} fields"
