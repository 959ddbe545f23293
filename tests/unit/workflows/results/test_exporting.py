"""Exports say how far they are, and stop at a word; what is written is complete."""

import gc

import pytest

from rbc_desktop.errors import TaskCancelled
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.rows import CellRow, each_row
from rbc_desktop.workflows.results import exporting
from rbc_desktop.workflows.results.exporting import ExportChoice, contents_text, export
from tests.fakes.report_cases import CONTEXT, small_case


class Control:
    """Remembers the progress; cancels once it was asked so often."""

    def __init__(self, *, asked=10_000):
        self.steps, self.left = [], asked

    def check(self):
        self.left -= 1
        if self.left < 0:
            raise TaskCancelled

    def progress(self, done, total):
        self.steps.append((done, total))
        self.check()


@pytest.fixture(scope="module")
def case():
    return small_case()[0]


def exported(case, folder, control, *, formats=("csv", "coco")):
    choice = ExportChoice(folder, "x", formats, ReportOptions())
    return export(case, choice, context=CONTEXT, pixels=lambda _: pytest.fail("no pixels"), control=control)


def test_the_rows_of_every_field_are_a_step_and_every_file_is_one(case, tmp_path):
    for formats in (("csv", "coco"), ("csv", "coco", "summary")):
        control = Control()
        paths = exported(case, tmp_path / formats[-1], control, formats=formats)
        total = len(case.fields) + len(paths) - ("summary" not in formats)
        assert sorted(set(control.steps)) == [(step, total) for step in range(total)]
        assert control.steps == sorted(control.steps)
        assert all(path.stat().st_size for path in paths)


def test_a_table_of_cells_alone_is_written_row_by_row(case, tmp_path, monkeypatch):
    together = exported(case, tmp_path / "with", Control(), formats=("csv", "summary"))[0].read_bytes()
    monkeypatch.setattr(exporting, "build", lambda *_, **__: pytest.fail("all rows at once"))
    there_are = lambda: sum(type(each) is CellRow for each in gc.get_objects())  # noqa: E731
    rows, before, seen = each_row, there_are(), []

    def watched(*args, **named):
        for row in rows(*args, **named):
            seen.append(there_are() - before)
            yield row

    monkeypatch.setattr(exporting, "each_row", watched)
    assert exported(case, tmp_path / "alone", Control(), formats=("csv",))[0].read_bytes() == together
    assert len(seen) == len(case.cells)
    assert max(seen) <= 3


def test_it_stops_wherever_it_is_cancelled_and_leaves_no_half_file(case, tmp_path):
    whole = Control()
    expected = {path.name: path.read_bytes() for path in exported(case, tmp_path / "whole", whole)}
    asked = 10_000 - whole.left
    assert asked > len(whole.steps)  # also within the table of cells
    for number in range(asked):
        folder = tmp_path / str(number)
        with pytest.raises(TaskCancelled):
            exported(case, folder, Control(asked=number))
        for path in folder.iterdir():
            assert path.read_bytes() == expected[path.name]


def test_contents_are_counted_without_a_cell_being_made(case):
    waiting = sum(cell.is_counted and cell.reviewed_class is None for cell in case.cells.values())
    assert f"{waiting:,} unconfirmed" in contents_text(case)
    left = sum(not cell.is_counted and cell.reviewed_class is None for cell in case.cells.values())
    assert left
    assert contents_text(case).endswith(f", {left:,} not counted"), "nobody takes them for confirmed ones"
