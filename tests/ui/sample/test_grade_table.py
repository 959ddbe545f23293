"""The graded lines as a table."""

from rbc_desktop.reports.summary.grades import GradeLine
from rbc_desktop.ui.sample.grade_table import GradeTable

REMARK = "told in 6 of 10 fields; 0.0 to 100.0 % by field, interval widened"


def test_rows_are_as_high_as_a_remark_takes_now_and_not_when_they_came(qtbot):
    table = GradeTable()
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.show()
    table.show_lines(
        [GradeLine("normal", (), 1, 1), GradeLine("spherocyte", (), 1, 1, remark=REMARK)], None, locked=False
    )
    plain, narrow = table.rowHeight(0), table.rowHeight(1)
    assert narrow > plain
    table.resize(1400, 300)
    qtbot.waitUntil(lambda: table.rowHeight(1) < narrow)
    assert table.rowHeight(1) == plain
