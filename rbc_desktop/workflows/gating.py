"""Which fields count: what measures propose, and the sentence for a field that a person leaves out. Pure."""

from __future__ import annotations

from ..domain.case import Field
from ..domain.field_quality import FieldQuality, Trait, unmet

REASONS: dict[Trait, str] = {
    Trait.SHARPNESS: "it is blurred",
    Trait.THICKNESS: "the film is too thick there",
    Trait.THIN_END: "the film is too thin there",
    Trait.HUE: "its stain is unlike what the models have seen",
    Trait.LEVEL: "its stain is too weak or too strong",
    Trait.EXPOSURE: "it is badly exposed",
    Trait.ILLUMINATION: "its light is uneven",
}
"""Reasons to leave a field out, by the trait that proposes them. Few pixels per cell are no fault of one field."""

OTHER = "a person decided so"


def proposed_reasons(quality: FieldQuality | None) -> list[str]:
    """The reasons that the image's measures give, in the order of the traits; none without measures."""
    return [] if quality is None else [REASONS[f.trait] for f in unmet(quality) if f.trait in REASONS]


def reason_sentence(field: Field, reason: str) -> str:
    """What the report says of a field that is left out."""
    return f"{field.name} is left out of the count: {reason}."


REMOVAL_REASONS = ("belongs to another sample", "photographed twice", "not fit to be read")
"""What is offered where somebody removes a field whose cells a person has classified."""


def removal_question(field: Field, *, seen: int) -> str:
    """What is asked before a field goes of which a person has classified so many cells."""
    cells = "1 cell" if seen == 1 else f"{seen:,} cells"
    return f"A person has classified {cells} of {field.name}. Why is it removed?"
