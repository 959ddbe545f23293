"""Bounds of speed on parts of the application, in processor time; run by ``make bench``, never by ``make test``."""

import gc
import time

from PySide6.QtWidgets import QApplication, QTextBrowser

from rbc_desktop.imaging.features import extract_many
from rbc_desktop.models.classifier import LightGbmClassifier
from rbc_desktop.storage.paths import manual_folder, resource_root
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.help.manual_window import ManualWindow
from rbc_desktop.workflows.cell_columns import RowFilter
from tests.fakes.drawn_cells import drawn_field
from tests.ui.cells.test_panel import DOWN, panel, settle  # noqa: F401
from tests.ui.conftest import add_cells, editor, images, selection, store, theme  # noqa: F401


def test_a_thousand_rows_sort_and_filter_without_a_pause(qtbot, panel, add_cells):  # noqa: F811
    add_cells(1, 1000, seed=4)
    settle(qtbot, panel)
    began = time.thread_time()
    for which in (Column.CIRCULARITY, Column.CLASS, Column.AREA, Column.ID):
        panel.view.sortByColumn(which, DOWN)
    panel.model.set_filter(RowFilter(review_only=True, field_id=1))
    # Five steps; the bound of the design is 50 ms for each.
    assert time.thread_time() - began < 5 * 0.05


def test_no_page_of_the_manual_holds_the_window_up(qtbot, theme):  # noqa: F811
    longest = 0.0

    def step(what, *args):
        nonlocal longest
        began = time.thread_time()
        result = what(*args)
        longest = max(longest, time.thread_time() - began)
        return result

    gc.freeze()  # as the application does once its libraries are in (GuiCollector)
    other = QTextBrowser()  # fonts and Qt's classes, which the main window has loaded long before
    other.setPlainText("Text")
    other.viewport().grab()
    manual = step(ManualWindow, manual_folder(), theme)
    qtbot.addWidget(manual)
    step(manual.open_at)
    while manual.page.is_busy:
        step(QApplication.processEvents)
    for chapter in manual.chapters:
        step(manual.page.show_file, manual_folder() / chapter.file)
        while manual.page.is_busy:
            step(QApplication.processEvents)
        bar = manual.page.verticalScrollBar()
        for value in range(0, bar.maximum() + 1, 100):
            step(bar.setValue, value)
            step(QApplication.processEvents)
    step(manual.page.zoom_in)
    step(QApplication.processEvents)
    gc.unfreeze()
    assert longest < 0.03


def test_a_thousand_cells_are_described_and_classified_in_three_seconds():
    classifier = LightGbmClassifier.load(resource_root() / "weights")
    field, masks = drawn_field()
    thousand = list(masks.values()) * (1000 // len(masks))
    began = time.process_time()
    rows = classifier.classify(extract_many(field, thousand, normal_diameter_px=39.0))
    assert len(rows) == 1000
    assert time.process_time() - began < 3
