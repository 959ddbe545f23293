"""What two readers call differently, as a table."""

from rbc_desktop.ui.sample.difference_table import DifferenceTable
from rbc_desktop.workflows.sample.rereading import DifferenceLine


def lines(*cells):
    return [DifferenceLine(cell, f"{cell}.png", "normal", "target cell", "") for cell in cells]


def test_what_was_chosen_stays_so_while_it_is_there(qtbot):
    table = DifferenceTable()
    qtbot.addWidget(table)
    table.show_lines(lines(1, 2, 3, 4))
    assert table.chosen == ()
    table.selectRow(1)
    assert table.chosen == (2,)
    table.selectAll()
    table.show_lines(lines(2, 4, 5))
    assert sorted(table.chosen) == [2, 4]
    with qtbot.waitSignal(table.chosen_changed):
        table.show_lines(lines(5))
    assert table.chosen == ()


def test_every_column_shows_its_part(qtbot):
    table = DifferenceTable()
    qtbot.addWidget(table)
    table.show_lines([DifferenceLine(12, "a.png", "normal", "teardrop", "teardrop")])
    model = table.model()
    assert [model.index(0, c).data() for c in range(5)] == ["12", "a.png", "normal", "teardrop", "teardrop"]
