"""The state of a report in words."""

import re
from dataclasses import replace

from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.workflows.sample.signing import (
    local_span,
    local_time,
    next_text,
    signature,
    state_text,
    unseen_text,
)

FINAL = SignOff("final", "K. Osei", "approved by", "2026-11-26T11:00:00+05:30", reason="all alike")
AMENDED = replace(FINAL, state="amended", reason="A cell was wrong", version=2)


def test_the_state_says_who_and_which_report():
    assert state_text(()) == "Report 1 is a draft"
    assert state_text((FINAL,)) == "Report 1 is final, approved by K. Osei"
    assert state_text((FINAL, AMENDED)) == "Report 2 is an amendment, not signed yet"
    assert len({next_text(steps) for steps in ((), (FINAL,), (FINAL, AMENDED))}) == 3


def test_a_signature_has_its_time_here_with_the_zone_its_meaning_and_its_reason():
    final = signature(FINAL)
    assert re.fullmatch(r"2026-11-2\d \d\d:\d0:00 UTC[+-]\d\d:\d\d", final.time)
    assert (final.act, final.reason) == ("report 1 approved by K. Osei (final)", "all alike")
    assert signature(AMENDED).act == "report 1 amended by K. Osei"
    fallen = replace(FINAL, state="draft", operator="Bo", reason="Set 1 cell to teardrop", version=2)
    assert signature(fallen).act == "report 2 changed by Bo after it was reviewed, a draft again"
    assert signature(fallen).reason == "Set 1 cell to teardrop"
    assert signature(replace(fallen, operator="")).act.startswith("report 2 changed after it was")
    assert local_time("long ago") == "long ago"


def test_what_is_unseen_is_counted():
    assert unseen_text(0) == "Every cell that needs review has been seen."
    assert unseen_text(1).startswith("1 cell that needs review is unseen")
    assert unseen_text(1200).startswith("1,200 cells that need review are unseen")


def test_a_span_names_the_zone_once_unless_it_changed_in_between():
    same = local_span("2026-11-26T10:00:00+00:00", "2026-11-26T11:00:00+00:00")
    assert [text.count("UTC") for text in same] == [0, 1]
    assert " to ".join(same).startswith(local_time("2026-11-26T10:00:00+00:00").partition(" UTC")[0])
    assert local_span("2026-11-26T10:00:00+00:00", "") == (local_time("2026-11-26T10:00:00+00:00"), "")
