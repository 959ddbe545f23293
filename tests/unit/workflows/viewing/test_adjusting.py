"""Which field is shown with which adjustment."""

from rbc_desktop.domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment
from rbc_desktop.workflows.viewing.adjusting import Adjustments

BRIGHT, WARM = PictureAdjustment(brightness=30), PictureAdjustment(warmth=20)


def test_a_field_has_its_own_or_what_all_have():
    kept = Adjustments().with_common(BRIGHT).with_own(2, WARM)
    assert (kept.of(1), kept.of(2), kept.of(None)) == (BRIGHT, WARM, NEUTRAL)


def test_what_is_said_of_all_holds_for_those_with_their_own_too():
    kept = Adjustments().with_own(2, WARM).with_common(BRIGHT)
    assert kept.of(2) == BRIGHT


def test_one_field_may_be_shown_as_taken_while_the_others_are_adjusted():
    kept = Adjustments().with_common(BRIGHT).with_own(2, NEUTRAL)
    assert (kept.of(2), kept.of(3)) == (NEUTRAL, BRIGHT)
