"""What the fields of a case let be seen, in words for window and report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ...domain.case.case import Case, Field
from ...domain.classes.assessability import NO_CALIBRATION, withheld_classes
from ...domain.classes.taxonomy import CellClass
from ...domain.fields.field_quality import FieldQuality, is_unlike_training, quality_facts, unmet
from ...language import mark
from ...phrases import joined

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
    """One sentence for each reason for which classes are withheld on a field; to be `told`."""
    return [
        mark("Not told here: {classes}; {reason}.", classes=joined(", ", (c.value for c in classes)), reason=reason)
        for reason, classes in withheld_on(case, field).items()
    ]


def withheld_notices(case: Case, names: dict[int, str]) -> list[str]:
    """The classes that are withheld, each set of them once, with their fields and the reason of the first; to be told.

    Args:
        case: the case.
        names: of its fields, by id.
    """
    groups: dict[tuple[CellClass, ...], list[tuple[int, str]]] = {}
    for field in case.fields.values():
        for reason, classes in withheld_on(case, field).items():
            groups.setdefault(tuple(classes), []).append((field.id, reason))
    notices: list[str] = []
    for together, found in groups.items():
        said = {
            "where": _where([names[i] for i, _ in found], total=len(case.fields)),
            "classes": joined(", ", (c.value for c in together)),
            "reason": found[0][1],
        }
        if len(found) == len(case.fields):
            notices.append(mark("Not assessable {where}: {classes}, because {reason}.", **said))
        else:
            text = mark(
                "Not assessable {where}: {classes}, because {reason}; the shares of these classes are lower limits."
            )
            notices.append(mark(text, **said))
    return notices


def stain_notices(case: Case, names: dict[int, str]) -> list[str]:
    """Fields whose stain is unlike everything that the classifier has seen; to be `told`."""
    far = [i for i, quality in case.qualities.items() if i in case.fields and is_unlike_training(quality)]
    if not far:
        return []
    where = _where([names[i] for i in far], total=len(case.fields))
    text = mark("The stain {where} is far from what the classifier has seen: its probabilities promise too much there.")
    return [mark(text, where=where)]


def quality_lines(quality: FieldQuality) -> list[str]:
    """Every trait with its value and, where it isn't as it should be, a sentence; to be `told`."""
    return [
        mark("{trait}: {value}", trait=mark(fact.trait.value), value=fact.text)
        if fact.is_met and fact.is_known
        else mark(
            "{trait}: {value} – {sentence}", trait=mark(fact.trait.value), value=fact.text, sentence=fact.sentence
        )
        for fact in quality_facts(quality)
    ]


@lru_cache(256)  # asked for every row of the table
def quality_text(quality: FieldQuality | None) -> str:
    """What a field shows otherwise than it should, in sentences; empty where all is well or nothing is known.

    To be `told`.
    """
    return "" if quality is None else joined(" ", (fact.sentence for fact in unmet(quality)))


def _where(names: Sequence[str], *, total: int) -> str:
    if len(names) == total:
        return mark("in this field") if total == 1 else mark("in any field")
    if len(names) <= _NAMED:
        return mark("in {names}", names=", ".join(names))
    return mark("in {count:,} of {total:,} fields", count=len(names), total=total)
