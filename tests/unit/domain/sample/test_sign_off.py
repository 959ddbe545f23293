"""What a step of the state is refused with, and what a signature says of a lock that was overridden."""

from rbc_desktop.domain.sample.sign_off import reason_with, refusal


def test_a_lock_asks_for_a_reason_before_the_report_is_final_and_for_nothing_else():
    asked = {"operator": "Ada", "unseen": 0, "lock": "The film is missing."}
    assert refusal((), "reviewed", reason="", **asked) == ""
    assert refusal((), "final", reason=" ", **asked).startswith("The film is missing. Mend that before")
    assert refusal((), "final", reason="at night", **asked) == ""
    assert reason_with("The film is missing.", " at night ") == "The film is missing. Signed all the same: at night"
    assert reason_with("", " two cells are debris ") == "two cells are debris"
