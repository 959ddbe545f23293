"""Which field of a case is shown with which adjustment: for the session only, no case and no report knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment


@dataclass(frozen=True, slots=True)
class Adjustments:
    """One adjustment for all fields, and those of fields that have their own.

    Attributes:
        common: of every field without its own.
        own: by field id.
    """

    common: PictureAdjustment = NEUTRAL
    own: Mapping[int, PictureAdjustment] = field(default_factory=dict)

    def of(self, field_id: int | None) -> PictureAdjustment:
        """How this field is shown; no field is shown as it was taken."""
        return NEUTRAL if field_id is None else self.own.get(field_id, self.common)

    def with_own(self, field_id: int, adjustment: PictureAdjustment) -> Adjustments:
        """One field is shown like this, the others as before."""
        return replace(self, own={**self.own, field_id: adjustment})

    def with_common(self, adjustment: PictureAdjustment) -> Adjustments:
        """Every field is shown like this."""
        return Adjustments(common=adjustment)
