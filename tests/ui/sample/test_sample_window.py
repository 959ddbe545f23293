"""The window of the sample over a real case: typed, confirmed, signed, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.case.step_names import MEASURE_AND_CLASSIFY
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.sign_off import LOCKED
from rbc_desktop.ui.look.reason_dialog import ReasonDialog
from tests.fakes.good_field import GOOD


@pytest.fixture
def shown(qtbot, image_window, add_cells_to):
    """The window with a calibrated field of 240 cells, sixty of them target cells, the rest normal but for the last."""
    editor = image_window.services.editor
    add_cells_to(editor, 1, 240, seed=3, predicted_share=1, quality=GOOD)
    editor.set_calibration([1], Calibration(0.2, "typed"))
    editor.set_class(range(1, 61), CellClass.TARGET_CELL)
    editor.set_class(range(61, 240), CellClass.NORMAL)
    image_window.action_set["sample"].trigger()
    qtbot.waitUntil(lambda: bool(image_window.sample.window._grading.known.schemes), timeout=20_000)
    current(qtbot, image_window.sample.window)
    return image_window


@pytest.fixture
def sample(shown):
    return shown.sample.window


@pytest.fixture
def editor(shown):
    return shown.services.editor


def current(qtbot, sample):
    qtbot.waitUntil(lambda: sample._grading.is_current, timeout=20_000)


def choose(qtbot, sample, title="ICSH-like, version 2"):
    box = sample.grades.scheme
    index = next(i for i in range(box.count()) if box.itemText(i) == title)
    box.activated.emit(index)
    current(qtbot, sample)


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def leave(qtbot, field, *, into):
    """As Tab does: the window manager of the tests gives no window the focus by itself."""
    into.setFocus()
    if QApplication.focusWidget() is None:  # pragma: no cover - a platform without focus
        field.left.emit()
    qtbot.wait(0)


def test_a_detail_is_kept_as_one_step_when_its_field_is_left(qtbot, sample, editor):
    sample.activateWindow()
    qtbot.waitUntil(sample.isActiveWindow)
    fields = sample.details.fields
    type_into(qtbot, fields["sample_id"], "S-42 ")
    assert editor.case.identity.sample_id == ""
    leave(qtbot, fields["sample_id"], into=fields["comment"])
    assert editor.case.identity == Identity(sample_id="S-42")
    qtbot.keyClicks(fields["comment"], "first")
    qtbot.keyClick(fields["comment"], Qt.Key.Key_Return)
    qtbot.keyClicks(fields["comment"], "second")
    leave(qtbot, fields["comment"], into=fields["stain"])
    assert editor.case.identity.comment == "first\nsecond"
    editor.undo()
    assert editor.case.identity == Identity(sample_id="S-42")
    assert fields["comment"].typed == ""
    editor.undo()
    assert fields["sample_id"].text() == ""
    assert fields["birth_date"].placeholderText() == "yyyy-mm-dd"
    assert set(fields) == set(Identity.__dataclass_fields__)


def test_what_is_being_typed_is_kept_when_the_window_closes(sample, editor):
    sample.details.fields["comment"].insertPlainText("half")
    sample.close()
    assert editor.case.identity.comment == "half"


def test_what_is_usual_is_offered_to_the_next_case(qtbot, shown, sample, editor):
    sample._grading.set_detail("laboratory", "Lab 3")
    sample._grading.set_detail("patient", "Anna")
    assert sample.details.usual.isHidden()
    shown.services.files.new_case()
    qtbot.waitUntil(lambda: not editor.case.fields, timeout=20_000)
    assert sample.details.fields["patient"].text() == ""
    assert not sample.details.usual.isHidden()
    sample.details.usual.click()
    assert editor.case.identity == Identity(laboratory="Lab 3")
    assert sample.details.usual.isHidden()


def test_lines_grades_and_findings_follow_the_case(qtbot, sample, editor):
    choose(qtbot, sample)
    table = sample.grades.table
    row = table.row_texts("target cell")
    assert (row["n"], row["%"]) == ("60", "25.0") if row["n"] == "60" else row["n"] == "61"
    assert row["Suggested"].startswith("3+ (borderline 2+")
    assert "verify against the primary source" in sample.grades.note.text()
    assert "Target cells" in sample.grades.findings.text()
    assert "not a diagnosis" in sample.grades.findings.text()
    editor.set_class(range(1, 241), CellClass.NORMAL)
    current(qtbot, sample)
    assert table.row_texts("target cell")["n"] == "0"
    assert "Target cells" not in sample.grades.findings.text()
    editor.set_calibration([1], None)
    current(qtbot, sample)
    assert table.row_texts("microcyte")["Remark"].startswith("not assessable")
    assert table.box("microcyte") is None
    assert not table.item(1, 0).flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_grade_is_confirmed_by_a_person_only_and_an_override_shows_both(qtbot, sample, editor):
    choose(qtbot, sample)
    table = sample.grades.table
    assert editor.case.grading.confirmed == ()
    box = table.box("target cell")
    box.activated.emit(box.findText("2+"))
    current(qtbot, sample)
    assert editor.case.grading.confirmed == (("target cell", "2+"),)
    assert table.row_texts("target cell")["Remark"] == "a person's grade; suggested was 3+"
    assert table.box("target cell") is box, "a box isn't pulled away under the mouse"
    sample.grades.confirm_all.click()
    assert dict(editor.case.grading.confirmed)["target cell"] == "2+"
    assert len(editor.case.grading.confirmed) > 5
    current(qtbot, sample)
    assert not sample.grades.confirm_all.isEnabled()
    editor.undo()
    assert editor.case.grading.confirmed == (("target cell", "2+"),)
    table.box("target cell").activated.emit(0)
    assert editor.case.grading.confirmed == (("target cell", "2+"),), "first it asks why"
    dialog = sample.grades.findChild(ReasonDialog)
    assert not dialog.ok.isEnabled()
    dialog.reject()
    assert table.box("target cell").currentText() == "2+"
    table.box("target cell").activated.emit(box.findText("3+"))
    dialog = next(d for d in sample.grades.findChildren(ReasonDialog) if d.isVisible())
    dialog.reason.setEditText("  counted 200 more ")
    dialog.ok.click()
    assert editor.case.grading.confirmed == (("target cell", "3+"),)
    row = editor.store.trail(most=1000)[-1]
    assert (row.action, row.reason) == ("Grade target cell: 3+", "counted 200 more")


def test_another_scheme_takes_the_confirmed_grades_back_as_one_step(qtbot, sample, editor):
    choose(qtbot, sample)
    sample._grading.confirm("target cell", "2+")
    choose(qtbot, sample, "HKIMLS size and colour, version 1")
    assert editor.case.grading.confirmed == ()
    editor.undo()
    assert editor.case.grading.confirmed == (("target cell", "2+"),)


def test_values_of_the_blood_count_are_checked_and_grade(qtbot, sample, editor):
    choose(qtbot, sample, "HKIMLS size and colour, version 1")
    sample.tabs.setCurrentWidget(sample.blood_count)
    field = sample.blood_count.fields["mcv"]
    field.setText("725")
    field.setModified(True)
    sample.blood_count.keep()
    assert editor.case.grading.blood_count.mcv is None
    assert "MCV 725 fL isn't possible" in sample.said.text()
    assert field.text() == "725", "it stays to be corrected"
    field.setText("68,5")
    field.setModified(True)
    sample.blood_count.keep()
    assert editor.case.grading.blood_count.mcv == 68.5
    assert (field.text(), sample.said.text()) == ("68.5", "")
    current(qtbot, sample)
    row = sample.grades.table.row_texts("microcyte")
    assert (row["Suggested"], row["Remark"]) == ("2+", "graded by the blood count: MCV 68.5")
    editor.undo()
    assert field.text() == ""


def test_signing_counts_what_is_unseen_asks_for_a_reason_and_locks(qtbot, shown, sample, editor):
    sample.tabs.setCurrentWidget(sample.signing)
    page = sample.signing
    page.name.setText("K. Osei")
    assert page.unseen.text().startswith("1 cell that needs review is unseen")
    page.buttons["final"].click()
    assert editor.case.sign_offs == ()
    assert "1 cell that needs review is still unseen" in page.hint.text()
    assert sample.said.text() == "", "it is said beside the buttons, and once"
    editor.set_class([240], CellClass.NORMAL)
    current(qtbot, sample)
    page.buttons["reviewed"].click()
    current(qtbot, sample)
    assert page.state.text() == "Report 1 is reviewed, reviewed by K. Osei"
    assert page.meaning.currentText() == "approved by"
    page.buttons["final"].click()
    current(qtbot, sample)
    assert page.state.text() == "Report 1 is final, approved by K. Osei"
    assert not sample.final_bar.isHidden()
    assert not shown.sample.bar.isHidden()
    assert all(field.isReadOnly() for field in sample.details.fields.values())
    assert not editor.can_undo
    assert page.list.text().count("K. Osei") == 2
    assert not sample._grading.set_detail("patient", "Anna")
    assert sample.said.text() == LOCKED
    page.buttons["amended"].click()
    assert page.hint.text() == "Say what is changed and why; the report carries it."
    assert sample.said.text() == ""
    page.reason.setPlainText("Cell 3 was wrong")
    page.buttons["amended"].click()
    assert page.state.text() == "Report 2 is an amendment, not signed yet"
    assert sample.final_bar.isHidden()
    assert page.list.text().splitlines()[1] == "Cell 3 was wrong"
    assert sample._grading.set_detail("patient", "Anna")


def test_the_trail_is_read_in_the_background_newest_first_and_can_be_searched(qtbot, shown, sample, editor):
    sample.tabs.setCurrentWidget(sample.trail)
    page = sample.trail
    qtbot.waitUntil(lambda: page.head.text() == editor.store.head[:16], timeout=20_000)
    count = page.model.count
    assert page.person.count() == 2, "everybody, and nobody's name"
    editor.operator = "Bo"
    sample._grading.set_detail("patient", "Anna Müller")
    qtbot.waitUntil(lambda: page.model.count == count + 1, timeout=20_000)
    first = [page.model.index(0, place).data() for place in range(page.model.columnCount())]
    assert first[3:] == ["Edit sample details", None, "Patient: – → Anna Müller"]
    page.search.setText("müller edit")
    assert page.model.rowCount() == 1
    own = sum(row.action == MEASURE_AND_CLASSIFY for row in editor.store.trail(most=1000))
    assert own
    assert page.said.text().startswith(f"1 of {count + 1} steps; {own} of the program's own")
    page.search.setText("nobody did this")
    qtbot.waitUntil(lambda: page.none.label.isVisibleTo(page.table))
    page.search.clear()
    qtbot.waitUntil(lambda: not page.none.label.isVisibleTo(page.table))
    assert page.model.rowCount() == count + 1 - own
    page.kind.setCurrentText("All steps")
    assert (page.model.rowCount(), page.said.text()) == (count + 1, f"{count + 1} of {count + 1} steps")
    page.person.setCurrentText("Bo")
    assert page.model.rowCount() == 1
    page.kind.setCurrentText("Outlines")
    assert page.model.rowCount() == 0
    editor.remove_cells([1])
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=20_000)
    assert page.person.currentText() == "Bo", "who is chosen stays so while lines come"
    shown.services.files.new_case()
    qtbot.waitUntil(lambda: page.model.count == 1, timeout=20_000)


def test_columns_of_the_trail_are_as_wide_as_what_they_say(qtbot, sample, editor, add_cells_to):
    for seed in range(3):
        add_cells_to(editor, 1, 2, seed=seed, analysed=False)
    sample.tabs.setCurrentWidget(sample.trail)
    page = sample.trail
    qtbot.waitUntil(lambda: page.head.text() == editor.store.head[:16], timeout=20_000)
    letters, header = page.table.fontMetrics(), page.table.horizontalHeader()
    assert any("batches" in page.model.index(row, 3).data() for row in range(page.model.rowCount()))
    for place in (0, 1, 3):
        widest = max(
            letters.horizontalAdvance(page.model.index(row, place).data()) for row in range(page.model.rowCount())
        )
        assert page.table.columnWidth(place) >= widest
    assert page.table.columnWidth(4) == header.sectionSizeHint(4), "nobody gave a reason"
    page.table.setColumnWidth(2, 300)
    count = page.model.count
    sample._grading.set_detail("patient", "Anna Müller")
    qtbot.waitUntil(lambda: page.model.count == count + 1, timeout=20_000)
    assert page.table.columnWidth(2) == 300, "what somebody dragged stays"
