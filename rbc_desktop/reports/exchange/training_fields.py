"""Which fields of a case something can be learnt from, and what stands for them where nobody is named."""

from __future__ import annotations

import hashlib

from ...domain.case.case import Case, Field


def training_fields(case: Case) -> list[Field]:
    """The fields with at least one reviewed cell; without one there is nothing to learn from a field."""
    reviewed = {cell.field_id for cell in case.cells.values() if cell.reviewed_class is not None}
    return [field for field in case.fields.values() if field.id in reviewed]


def case_hash(case: Case) -> str:
    """The same for later exports of the case, as long as its first field stays."""
    first = min(case.fields.values(), key=lambda field: field.id)
    return short_hash(f"case {first.sha256 or case.identity.sample_id} {first.page}")


def field_hash(field: Field, *, code: str = "") -> str:
    """The same for the same image wherever it lies; of a field without a hash, for the same field of `code`."""
    part = "" if field.region is None else f" {field.region}"
    return short_hash(f"{field.sha256 or code} {field.page if field.sha256 else field.id}{part}")


def short_hash(text: str) -> str:
    """What stands for something that must be known again, and nothing else."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
