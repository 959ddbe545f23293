"""What is said of the sample as a whole, by what could be graded."""

from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.findings import NOTHING, UNGRADED
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.report_cases import CONTEXT, add_cell, disc, measured


def findings(scheme, *, blood_count=None, confirmed=()):
    case = Case()
    case.fields[1] = field = Field(1, Path("/data/a.png"), "f" * 64, 400, 300)
    for _ in range(600):
        add_cell(case, field, disc(50, 50), measurements=measured(), reviewed=CellClass.NORMAL)
    given = {} if blood_count is None else {"blood_count": blood_count}
    case.grading = Grading(read_scheme(bundled_schemes() / f"{scheme}.json"), confirmed, **given)
    return build(case, context=CONTEXT).sample.findings


@pytest.mark.parametrize(
    ("scheme", "given", "said"),
    [
        ("hkimls", {}, UNGRADED),
        ("hkimls", {"blood_count": BloodCount(mcv=90.0, mch=30.0, rdw=13.0)}, NOTHING),
        ("icsh_like", {}, NOTHING),
        ("hkimls", {"confirmed": (("hypochromia", "not graded"),)}, NOTHING),
    ],
    ids=["no blood count", "blood count", "by shares", "a person says so"],
)
def test_no_abnormality_is_said_only_where_something_could_be_graded(scheme, given, said):
    assert findings(scheme, **given)[:1] == (said,)


def test_percentages_alone_have_no_pattern():
    assert findings("percentages") == ()
