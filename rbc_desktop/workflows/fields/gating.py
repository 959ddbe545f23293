"""Which fields count: what measures propose, and the sentence for a field that a person leaves out. Pure."""

from __future__ import annotations

from ...domain.case.case import Field
from ...domain.fields.field_quality import FieldQuality, Trait, unmet
from ...language import mark, plural
from ...phrases import template

REASONS: dict[Trait, str] = {
    Trait.SHARPNESS: mark("it is blurred"),
    Trait.THICKNESS: mark("the film is too thick there"),
    Trait.THIN_END: mark("the film is too thin there"),
    Trait.HUE: mark("its stain is unlike what the models have seen"),
    Trait.LEVEL: mark("its stain is too weak or too strong"),
    Trait.EXPOSURE: mark("it is badly exposed"),
    Trait.ILLUMINATION: mark("its light is uneven"),
}
"""Reasons to leave a field out, by the trait that proposes them. Few pixels per cell are no fault of one field."""

OTHER = mark("a person decided so")

_LEFT_OUT = template("{name} is left out of the count: {reason}.")


def proposed_reasons(quality: FieldQuality | None) -> list[str]:
    """The reasons that the image's measures give, in the order of the traits; none without measures."""
    return [] if quality is None else [REASONS[f.trait] for f in unmet(quality) if f.trait in REASONS]


def reason_sentence(field: Field, reason: str) -> str:
    """What the report says of a field that is left out; to be `told`."""
    return _LEFT_OUT(name=field.name, reason=reason)


REMOVAL_REASONS = (mark("belongs to another sample"), mark("photographed twice"), mark("not fit to be read"))
"""What is offered where somebody removes a field whose cells a person has classified."""


def removal_question(field: Field, *, seen: int) -> str:
    """What is asked before a field goes of which a person has classified so many cells."""
    return plural(
        "A person has classified {count} cell of {name}. Why is it removed?",
        "A person has classified {count} cells of {name}. Why is it removed?",
        seen, name=field.name,
    )  # fmt: skip
