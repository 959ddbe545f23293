"""A reviewed case becomes a normal sample, stands beside the band of all, and leaves the list again."""

import pytest
from PySide6.QtWidgets import QFileDialog

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.laboratory.reference_band import LEVELS, MEASURES, SIZE, ReferenceSample
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.laboratory.reference_file import read_samples, reference_file
from rbc_desktop.ui.sample.band_chart import BandChart
from tests.fakes.good_field import GOOD

PROFILE = tuple(5.0 + level for level in LEVELS)


@pytest.fixture
def work(qtbot, image_window, add_cells_to):
    """The window with 120 normal cells on a calibrated field, and the page of the normal samples."""
    editor = image_window.services.editor
    editor.set_calibration([1], Calibration(0.19, "typed"))
    cells = add_cells_to(editor, 1, 120, seed=3, predicted_share=1, quality=GOOD)
    editor.set_class([c.id for c in cells], CellClass.NORMAL)
    image_window.sample.open()
    sample = image_window.sample.window
    sample.tabs.setCurrentWidget(sample.reference)
    qtbot.waitUntil(lambda: bool(image_window.services.references.present.profiles), timeout=20_000)
    return image_window


def have(qtbot, window, count):
    """The list holds so many samples, all the same."""
    profiles = dict.fromkeys(MEASURES, PROFILE)
    made = tuple(ReferenceSample(f"{n}", "2026-03-01", "Ada", 200, profiles) for n in range(count))
    window.services.references._change(lambda _old: made)
    qtbot.waitUntil(lambda: len(window.services.references.samples) == count, timeout=20_000)


def test_only_a_reviewed_case_becomes_a_normal_sample_and_leaves_again(qtbot, work):
    page, said = work.sample.window.reference, work.sample.window.said
    assert "no band yet, 0 of the 39 normal samples" in page.said.text()
    page.add.click()
    qtbot.waitUntil(lambda: "Only a reviewed or final case" in said.text(), timeout=20_000)
    assert not reference_file().exists()
    SampleEditor(work.services.editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    page.add.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=20_000)
    (sample,) = read_samples(reference_file())
    assert sample.cells == 120
    assert set(sample.profiles) == set(MEASURES)
    assert page.table.item(0, 3).text() == "yes"
    assert not page.add.isEnabled(), "it is on the list already"
    page.table.selectRow(0)
    page.remove.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 0, timeout=20_000)
    assert page.add.isEnabled()
    assert read_samples(reference_file()) == ()


def test_without_a_calibration_size_stays_out(qtbot, work):
    work.services.editor.set_calibration([1], None)
    qtbot.waitUntil(lambda: SIZE not in work.services.references.present.profiles, timeout=20_000)
    assert "Size: not every field has a calibration" in work.sample.window.reference.said.text()


def test_enough_samples_make_a_band_for_window_and_report(qtbot, work):
    page = work.sample.window.reference
    have(qtbot, work, 38)
    assert work.services.references.reference.bands == {}
    assert "38 normal samples. A band needs 39." in page.count.text()
    have(qtbot, work, 40)
    assert "band of 40 normal samples, a narrow basis" in page.said.text()
    assert work.writing.sources.material(None).context.reference == work.services.references.reference
    have(qtbot, work, 0)
    assert work.writing.sources.material(None).context.reference is None


def test_a_list_that_cannot_be_read_is_said_and_never_written_over(qtbot, work):
    reference_file().write_text("{")
    SampleEditor(work.services.editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    work.sample.window.reference.add.click()
    qtbot.waitUntil(lambda: "can't be read" in work.sample.window.said.text(), timeout=20_000)
    assert reference_file().read_text() == "{"


def test_an_empty_chart_says_why(qtbot, work):
    page = work.sample.window.reference
    chart = page.charts[SIZE]
    assert chart._missing == "No band yet (0 of 39)"
    have(qtbot, work, 40)
    assert chart._missing == ""
    work.services.editor.set_calibration([1], None)
    qtbot.waitUntil(lambda: SIZE not in work.services.references.present.profiles, timeout=20_000)
    assert chart._missing.startswith("No size: not every field has a calibration")
    lines = page.said.text().splitlines()
    assert [line[0] for line in lines] == [line[0].upper() for line in lines]


def test_computers_share_the_list_by_a_file(qtbot, work, tmp_path, monkeypatch):
    page, path = work.sample.window.reference, tmp_path / "normal samples.json"
    exchange = page.exchange
    assert not exchange.export.isEnabled()
    have(qtbot, work, 3)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    exchange.export.click()
    qtbot.waitUntil(lambda: exchange.said.text() == "The list is written to normal samples.json.", timeout=20_000)
    have(qtbot, work, 1)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    exchange.import_.click()
    qtbot.waitUntil(lambda: exchange.said.text() == "2 entries were added to the list.", timeout=20_000)
    assert (page.table.rowCount(), len(read_samples(reference_file()))) == (3, 3)
    exchange.import_.click()
    qtbot.waitUntil(lambda: "on the list already" in exchange.said.text(), timeout=20_000)
    path.write_text(path.read_text().replace("200", "201"))
    exchange.import_.click()
    said = work.sample.window.said
    qtbot.waitUntil(lambda: "isn't as it was exported" in said.text(), timeout=20_000)
    assert len(read_samples(reference_file())) == 3


def test_the_chart_draws_what_is_outside_as_a_square_in_the_colour_of_errors(qtbot, theme):
    chart = BandChart("diameter / µm", theme=theme)
    qtbot.addWidget(chart)
    chart.resize(400, 140)
    band = tuple((value - 0.2, value + 0.2) for value in PROFILE)
    chart.show_values((*PROFILE[:6], PROFILE[6] + 1), band, said="outside")
    picture = chart.grab().toImage()
    tokens = theme.tokens
    at = chart.place(6, PROFILE[6] + 1).toPoint()
    assert picture.pixelColor(at).name().upper() == tokens.error
    assert picture.pixelColor(chart.place(2, PROFILE[2]).toPoint()).name().upper() == tokens.text
    assert chart.accessibleDescription() == "outside"
    chart.show_values(None, None, said="nothing")
    assert chart.grab().toImage() != picture
