"""Control films in the window: added, judged, warned of, and what keeps a report from being final."""

import pytest
from PySide6.QtWidgets import QFileDialog

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.laboratory.control_film import Film, KeptFilm
from rbc_desktop.domain.sample.sign_off import state_of
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.laboratory import lab_list
from rbc_desktop.storage.laboratory.control_file import control_file, read_films
from rbc_desktop.ui.look.reason_dialog import ReasonDialog
from tests.fakes.control_films import weeks
from tests.fakes.good_field import GOOD

NOON = 1_772_452_800  # 2026-03-02 12:00 UTC


@pytest.fixture
def day(monkeypatch):
    """Goes to so many days after the first one."""

    def go(number):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(round(NOON + 86_400 * number)))

    go(0)
    return go


@pytest.fixture
def work(image_window, add_cells_to, day):
    """The window with sixty normal cells of today on the microscope Scope 1."""
    editor = image_window.services.editor
    SampleEditor(editor).set_identity(Identity(instrument="Scope 1", sample_id="K 1"))
    cells = add_cells_to(editor, 1, 60, seed=3, predicted_share=1, quality=GOOD)
    editor.set_class([c.id for c in cells], CellClass.NORMAL)
    return image_window


def have(qtbot, window, films):
    """The list holds these films."""
    controls = window.services.controls
    controls._change(lambda _old: tuple(films))
    qtbot.waitUntil(lambda: controls.films == tuple(films), timeout=20_000)


def opened(window):
    window.action_set["control-films"].trigger()
    return window.laboratory.window.films


def test_the_open_case_is_added_left_out_and_counted_again(qtbot, work):
    page = opened(work)
    assert page.instrument.currentText() == "Scope 1"
    assert not page.verdict.isVisible()
    assert page.none.label.text().startswith("No control film yet.")
    page.add.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=20_000)
    (kept,) = read_films(control_file())
    assert (kept.film.name, kept.film.instrument) == ("K 1", "Scope 1")
    page.table.selectRow(0)
    page.leave_out.click()
    dialog = next(d for d in page.findChildren(ReasonDialog) if d.isVisible())
    dialog.reason.setCurrentText("a damaged film")
    dialog.ok.click()
    qtbot.waitUntil(lambda: page.table.item(0, 7).text() == "left out: a damaged film", timeout=20_000)
    assert page.leave_out.text() == "Count again"
    page.leave_out.click()
    qtbot.waitUntil(lambda: page.table.item(0, 7).text() == "", timeout=20_000)


def test_computers_share_the_films_by_a_file(qtbot, work, tmp_path, monkeypatch):
    page, path = opened(work), tmp_path / "films.json"
    have(qtbot, work, weeks())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.exchange.export.click()
    qtbot.waitUntil(lambda: "written to films.json" in page.exchange.said.text(), timeout=20_000)
    have(qtbot, work, [])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page.exchange.import_.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == len(weeks()), timeout=20_000)
    assert read_films(control_file()) == tuple(weeks())


def test_a_list_that_cannot_be_read_is_a_problem_in_any_language(qtbot, work, monkeypatch):
    control_file().write_text("{")
    controls = work.services.controls
    monkeypatch.setattr(lab_list, "_unreadable", lambda _path: "Die Datei kann nicht gelesen werden.")
    controls.add()
    qtbot.waitUntil(lambda: controls.problem == "Die Datei kann nicht gelesen werden.", timeout=20_000)
    assert controls.verdict.kind == "missing"


def test_a_case_with_few_cells_is_no_control_film(qtbot, work):
    page = opened(work)
    work.services.editor.remove_cells(range(1, 30))
    page.add.click()
    qtbot.waitUntil(lambda: "needs 50 measured red cells" in work.laboratory.window.said.text(), timeout=20_000)
    assert not control_file().exists()


def test_charts_and_rules_of_the_chosen_microscope(qtbot, work, day):
    day(22)
    have(qtbot, work, [*weeks(), KeptFilm(Film("f", "Scope 2", "2026-03-02T10:00:00+00:00", {"pallor": 1.0}), "z")])
    page = opened(work)
    assert page._charts.count() == 2
    assert page.verdict.text() == "The control film of Scope 1 of 2026-03-24 is missing."
    assert page.verdict.property("warning")
    page.instrument.setCurrentText("Scope 2")
    assert page._charts.count() == 0
    assert page.table.rowCount() == 1
    page.instrument.setCurrentText("Scope 1")
    page.table.selectRow(3)
    page.anew.click()
    dialog = next(d for d in page.findChildren(ReasonDialog) if d.isVisible())
    dialog.reason.setCurrentText("serviced")
    dialog.ok.click()
    qtbot.waitUntil(lambda: page._charts.count() == 0, timeout=20_000)
    assert page.few.text()


def test_a_missing_film_is_warned_of_and_the_warning_goes_when_it_is_there(qtbot, work, day):
    work.services.settings.update(control_rule="warn")
    qtbot.waitUntil(lambda: "control film of Scope 1" in work.message_bar.text, timeout=20_000)
    assert work.services.controls.lock == ""
    page = opened(work)
    assert "Report › Control films… adds it." in work.message_bar.text
    first = min(analysis.made for analysis in work.services.editor.case.analyses.values())
    day((first.timestamp() - NOON) / 86_400)
    page.add.click()
    qtbot.waitUntil(lambda: not work.message_bar.isVisible(), timeout=20_000)


def signing(qtbot, window):
    window.sample.open()
    page = window.sample.window.signing
    window.sample.window.tabs.setCurrentWidget(page)
    page.name.setText("Ada")
    qtbot.waitUntil(lambda: page.buttons["final"].isEnabled(), timeout=20_000)
    return page


def test_a_lock_refuses_final_and_a_reason_overrides_it_for_all_to_see(qtbot, work):
    work.services.settings.update(control_rule="lock")
    page, editor = signing(qtbot, work), work.services.editor
    page.buttons["reviewed"].click()
    assert state_of(editor.case.sign_offs) == "reviewed", "a review isn't locked"
    qtbot.waitUntil(lambda: page.buttons["final"].isEnabled(), timeout=20_000)
    page.buttons["final"].click()
    assert state_of(editor.case.sign_offs) == "reviewed"
    assert page.hint.text().startswith("The control film of Scope 1 of 2026-03-02 is missing. Mend that before")
    assert work.sample.window.said.text() == "", "it is said once"
    page.reason.setPlainText("emergency at night")
    assert page.hint.text() == ""
    page.buttons["final"].click()
    assert state_of(editor.case.sign_offs) == "final"
    expected = "The control film of Scope 1 of 2026-03-02 is missing. Signed all the same: emergency at night"
    assert editor.case.sign_offs[-1].reason == expected
    assert editor.store.trail(most=1000)[-1].reason == expected


def test_a_film_within_its_limits_locks_nothing(qtbot, work, day):
    day(21)
    have(qtbot, work, weeks())
    work.services.settings.update(control_rule="lock")
    page = signing(qtbot, work)
    page.buttons["reviewed"].click()
    qtbot.waitUntil(lambda: page.buttons["final"].isEnabled(), timeout=20_000)
    page.buttons["final"].click()
    step = work.services.editor.case.sign_offs[-1]
    assert (step.state, step.reason) == ("final", "")
    control = work.writing.sources.material(None).context.control
    assert (control.kind, "2026-03-23" in control.text) == ("fine", True)
    day(30)
    assert work.writing.sources.material(None).context.control == control, "a final report keeps the film of its day"


def test_a_list_that_cannot_be_read_locks_and_is_never_written_over(qtbot, work):
    control_file().write_text("{")
    work.services.settings.update(control_rule="lock")
    opened(work).add.click()
    qtbot.waitUntil(lambda: "can't be read" in work.laboratory.window.said.text(), timeout=20_000)
    assert control_file().read_text() == "{"
    assert "can't be read" in work.services.controls.lock


def test_overrides_are_counted_over_the_recent_cases(qtbot, work):
    work.laboratory.open()
    page = work.laboratory.window.overrides
    page.recent.click()
    qtbot.waitUntil(lambda: page.table.rowCount() > 1, timeout=20_000)
    assert page.said.text() == "1 case was read. 60 cells were seen by a person."
    assert not page.stop.isVisible()
    assert page.table.horizontalHeaderItem(1).text() == "2026-03"
