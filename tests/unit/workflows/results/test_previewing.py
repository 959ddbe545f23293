"""The report in memory is the report on the disk."""

from dataclasses import replace

import pytest

from rbc_desktop.errors import TaskCancelled
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.workflows.results.exporting import ExportChoice, export
from rbc_desktop.workflows.results.previewing import first_page_of, report_bytes
from rbc_desktop.workflows.results.report_material import ReportMaterial
from tests.fakes.report_cases import CONTEXT, small_case


class Control:
    def __init__(self, checks=1000):
        self.left = checks

    def check(self):
        self.left -= 1
        if self.left < 0:
            raise TaskCancelled

    def progress(self, done, total):
        self.check()


@pytest.fixture(scope="module")
def material():
    case, drawn = small_case()
    return ReportMaterial(case, CONTEXT, lambda _: drawn.rgb)


@pytest.mark.parametrize("short", [True, False])
def test_its_bytes_are_those_of_the_file(material, tmp_path, short):
    options = ReportOptions(short=short)
    choice = ExportChoice(tmp_path, "x", ("pdf",), options)
    (path,) = export(material.case, choice, context=CONTEXT, pixels=material.pixels, control=Control())
    assert report_bytes(material, options, control=Control()) == path.read_bytes()


def test_the_first_page_does_not_say_how_many_follow(material):
    picture = first_page_of(material, ReportOptions(), width=300, control=Control())
    assert picture.pixels.shape[1] == 300
    assert (picture.number, picture.pages) == (1, None)
    assert picture.pixels.min() < 100


@pytest.mark.parametrize("checks", [0, 1, 3])
def test_it_can_be_cancelled(material, checks):
    with pytest.raises(TaskCancelled):
        report_bytes(replace(material), ReportOptions(), control=Control(checks))
