"""What the preview draws, and what it leaves out when something newer is wanted."""

import pytest

from rbc_desktop.background import TaskRunner
from rbc_desktop.errors import ImageReadError
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.workflows.results.preview_controller import PreviewController, PreviewWish
from rbc_desktop.workflows.results.report_material import ReportMaterial
from tests.fakes.report_cases import CONTEXT, small_case


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def made():
    case, drawn = small_case()
    return ReportMaterial(case, CONTEXT, lambda _: drawn.rgb)


class Preview(PreviewController):
    """Notes what it says."""

    def __init__(self, tasks):
        super().__init__(tasks=tasks, parent=tasks)
        self.pictures, self.said = [], []


@pytest.fixture
def preview(tasks):
    controller = Preview(tasks)
    controller.drawn.connect(controller.pictures.append)
    controller.failed.connect(controller.said.append)
    return controller


def wish(made, *, short=True, width=200, number=1):
    return PreviewWish(ReportOptions(short=short), lambda: made, width=width, number=number)


def done(qtbot, preview):
    qtbot.waitUntil(lambda: not preview.is_working, timeout=60_000)


def test_the_first_page_comes_first_and_then_the_whole(qtbot, preview, made):
    preview.ask(wish(made, short=False))
    done(qtbot, preview)
    assert [(p.number, p.pages is None) for p in preview.pictures] == [(1, True), (1, False)]
    assert preview.document.startswith(b"%PDF")
    preview.turn(number=3, width=260)
    done(qtbot, preview)
    assert preview.pictures[-1].number == 3
    assert preview.pictures[-1].pixels.shape[1] == 260


def test_of_several_wishes_the_last_is_drawn(qtbot, preview, made):
    for width in (100, 120, 140):
        preview.ask(wish(made, width=width))
    done(qtbot, preview)
    assert {p.pixels.shape[1] for p in preview.pictures} == {140}


def test_a_width_that_changes_meanwhile_is_the_one_that_is_drawn(qtbot, preview, made):
    preview.ask(wish(made))
    preview.turn(number=1, width=333)
    done(qtbot, preview)
    assert preview.pictures[-1].pixels.shape[1] == 333


def test_another_page_is_looked_at_while_the_report_changes(qtbot, preview, made):
    preview.ask(wish(made, short=False, number=2))
    done(qtbot, preview)
    assert [p.number for p in preview.pictures] == [2]


def test_after_stopping_nothing_comes(qtbot, preview, made, tasks):
    preview.ask(wish(made))
    preview.stop()
    assert not preview.is_working
    preview.turn(number=2, width=100)
    qtbot.wait(300)  # twice the pause: nothing may come
    assert preview.pictures == []
    assert preview.document is None


def test_an_image_that_has_gone_is_one_sentence(qtbot, preview, made):
    def gone(_field):
        raise ImageReadError("a.png is no longer where it was; locate it.")

    preview.ask(wish(ReportMaterial(made.case, CONTEXT, gone)))
    done(qtbot, preview)
    assert preview.said == ["a.png is no longer where it was; locate it."]
    assert preview.pictures == []
