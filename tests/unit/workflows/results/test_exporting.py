"""Exports say how far they are, and stop at a word; what is written is complete."""

import pytest

from rbc_desktop.errors import TaskCancelled
from rbc_desktop.reports.summary.options import ReportOptions
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


def exported(case, folder, control):
    choice = ExportChoice(folder, "x", ("csv", "coco"), ReportOptions())
    return export(case, choice, context=CONTEXT, pixels=lambda _: pytest.fail("no pixels"), control=control)


def test_the_rows_of_every_field_are_a_step_and_every_file_is_one(case, tmp_path):
    control = Control()
    paths = exported(case, tmp_path, control)
    total = len(case.fields) + len(paths)
    assert control.steps == [(step, total) for step in range(total)]
    assert all(path.stat().st_size for path in paths)


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
