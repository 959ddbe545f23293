"""The pages beside the export dialog: real PDFs drawn by PDFium."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.reports.pdf.paper.page_pictures import PagePicture
from rbc_desktop.ui.export.preview_pane import MARGIN, PAGE_RATIO, WORKING, PreviewPane
from rbc_desktop.ui.export.report_export import NO_PDF
from tests.ui.export.test_export_dialog import dialog, work  # noqa: F401


def page(number=1, pages=3):
    return PagePicture(np.full((297, 210, 3), 200, np.uint8), number, pages)


@pytest.fixture
def pane(qtbot):
    shown = PreviewPane()
    qtbot.addWidget(shown)
    shown.resize(400, 600)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def settled(qtbot, dialog):  # noqa: F811
    qtbot.waitUntil(lambda: dialog.preview.said.text() == "" and not dialog.preview.view.is_empty, timeout=30_000)


def test_pages_are_turned_and_nothing_is_turned_past_the_ends(qtbot, pane):
    wanted = []
    pane.wanted.connect(lambda number, width: wanted.append(number))
    pane.show_page(page())
    assert pane.page.text() == "Page 1 of 3"
    assert not pane.previous.isEnabled()
    for _ in range(4):
        qtbot.mouseClick(pane.next, Qt.MouseButton.LeftButton)
    assert wanted == [2, 3]
    pane.show_page(page(3))
    assert not pane.next.isEnabled()


def test_the_first_page_is_there_before_it_is_known_how_many_follow(pane):
    pane.show_page(page(pages=None))
    assert pane.page.text() == ""
    assert pane.said.text() == WORKING
    assert not pane.next.isEnabled()
    pane.show_nothing("The image has gone.")
    assert pane.view.is_empty
    assert pane.said.text() == "The image has gone."


def test_what_is_said_in_a_narrow_pane_is_not_cut_off(qtbot, pane):
    pane.resize(320, 600)
    pane.show_nothing(NO_PDF)
    qtbot.waitUntil(lambda: pane.said.height() >= pane.said.heightForWidth(pane.said.width()) > 0)
    assert pane.said.wordWrap()


def test_a_click_looks_closer_and_asks_for_more_pixels(qtbot, pane):
    pane.show_page(page())
    before = pane.drawn_width
    room = pane.area.viewport().size()
    assert before == pytest.approx(min(room.width(), room.height() / PAGE_RATIO) - 2 * MARGIN, abs=MARGIN)
    wanted = []
    pane.wanted.connect(lambda number, width: wanted.append(width))
    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton)
    assert wanted[-1] > 2 * before
    assert pane.view.height() > 2 * pane.area.viewport().height()
    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton)
    assert pane.drawn_width == before
    assert pane.view.size() == QSize(pane.area.viewport().size())


def test_the_dialog_shows_the_pages_of_what_is_ticked(qtbot, work, dialog):  # noqa: F811
    settled(qtbot, dialog)
    assert dialog.preview.page.text().startswith("Page 1 of ")
    short = dialog.preview._pages
    dialog.parts["short"].setChecked(False)
    assert dialog.preview.said.text() == WORKING
    settled(qtbot, dialog)
    assert dialog.preview._pages > short
    dialog.formats["pdf"].setChecked(False)
    assert dialog.preview.view.is_empty
    assert dialog.preview.said.text() == NO_PDF
    dialog.reject()


def test_it_follows_the_case(qtbot, work, dialog):  # noqa: F811
    settled(qtbot, dialog)
    before = work.dialogs.exporting.preview.document
    SampleEditor(work.services.editor).set_identity(Identity(sample_id="S-42", comment="seen " * 300))
    qtbot.waitUntil(lambda: dialog.preview.said.text() == WORKING)
    settled(qtbot, dialog)
    assert work.dialogs.exporting.preview.document != before
    dialog.reject()
    assert work.dialogs.exporting.preview.document is None
