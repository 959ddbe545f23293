"""From composed fields to an amended report in the real window; then `verify` names one change after the other."""

import math
import shutil
import sqlite3

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.geometry import Point
from rbc_desktop.domain.sample.sign_off import LOCKED
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.workflows.fields.gating import REASONS, proposed_reasons, reason_sentence
from tests.e2e.terminal.test_command_line import rbc
from training.renderer import Kind, render_field, scatter
from training.renderer.field import FieldStyle

WAIT_MS = 240_000
FIELDS, BLURRED = 20, 13
WIDTH, HEIGHT, DIAMETER = 300, 230, 40.0
KINDS = [Kind.NORMAL] * 5 + [Kind.TARGET_CELL] * 2 + [Kind.SPHEROCYTE]
PHRASE = "three green cells"
TOO_FEW = "fewer than 200 red cells"


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    """Composed fields, the last one out of focus, and what was drawn in each."""
    folder = tmp_path_factory.mktemp("course")
    paths, drawn = [], {}
    for number in range(1, FIELDS + 1):
        rng = np.random.default_rng(number)
        specs = scatter(KINDS, width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=rng, gap=0.16, inside=True)
        style = FieldStyle(blur=5.0) if number == BLURRED else FieldStyle()
        field = render_field(specs, width=WIDTH, height=HEIGHT, seed=number, style=style)
        path = folder / f"field {number}.png"
        cv2.imwrite(str(path), field.rgb[..., ::-1])
        paths.append(path)
        drawn[path.name] = [(Point(spec.x, spec.y), spec.kind.cell_class) for spec in specs]
    return paths, drawn


class Laboratory:
    """Ada prepares the report, Bo reads again; both at the window, waiting for what is on the screen."""

    def __init__(self, qtbot, window, composed):
        self.qtbot, self.window = qtbot, window
        self.paths, self.drawn = composed
        self.editor = window.services.editor

    @property
    def case(self):
        return self.editor.case

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.window.canvas, key, modifiers)

    def true_class(self, cell_id):
        """What was drawn where the cell lies."""
        cell = self.case.cells[cell_id]
        centre = cell.mask.centroid
        near = min(
            self.drawn[self.case.fields[cell.field_id].name],
            key=lambda d: math.dist((d[0].x, d[0].y), (centre.x, centre.y)),
        )
        return near[1]

    def read_by_key(self, wrong=()):
        """Give the cell in hand its class by its key until the queue is empty."""
        bar, selection = self.window.reviewing, self.window.services.selection
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        while not bar.progress.is_over:
            self.until(lambda: len(selection) == 1)
            cell_id = selection.ids[0]
            cell_class = CellClass.BURR_CELL if cell_id in wrong else self.true_class(cell_id)
            self.until(self.window.action_set[f"class:{cell_class.value}"].isEnabled)
            self.qtbot.keyClicks(self.window.canvas, cell_class.key)
            self.until(lambda cell_id=cell_id: self.case.cells[cell_id].reviewed_class is not None)
            self.until(lambda: self.window.panel.feed.is_settled)
            if selection.ids == (cell_id,) and not bar.progress.is_over:
                self.key(Qt.Key.Key_N)

    def close_case(self, path):
        """Leave the case; its file is whole and free then."""
        files = self.window.services.files
        self.until(lambda: not files.is_busy)
        files.new_case()
        self.until(lambda: not self.case.fields and not path.with_name(f"{path.name}-wal").exists())

    def sample(self, page):
        """The window of the sample at this page, with the present numbers."""
        self.window.sample.open()
        sample = self.window.sample.window
        sample.tabs.setCurrentWidget(getattr(sample, page))
        self.until(lambda: sample._grading.is_current)
        return sample

    def sign(self, state, *, reason=""):
        """Ada signs with her pass phrase."""
        sample, steps = self.sample("signing"), len(self.case.sign_offs)
        page = sample.signing
        page.name.setText("Ada")
        page.reason.setPlainText(reason)
        page.phrase.setText(PHRASE)
        page.buttons[state].click()
        self.until(lambda: len(self.case.sign_offs) > steps)


@pytest.fixture
def laboratory(qtbot, composed):
    window = assembly.build_window(QApplication.instance())
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    window.services.engine.start()
    people = Laboratory(qtbot, window, composed)
    window.services.files.open_paths(people.paths)
    people.until(lambda: len(people.case.fields) == FIELDS and window.presenter.shows_image)
    people.until(lambda: window.status.is_ready)
    yield people
    window.close()
    assembly.close_down(window)


def verified(case, *more):
    """Status and words of `rbc-desktop verify`."""
    result = rbc("verify", case, *more, cwd=case.parent)
    assert "Traceback" not in result.stderr
    return result.returncode, result.stdout


@pytest.mark.timeout(900)  # four minutes on a machine with five times too much to do
def test_the_course_of_a_report(laboratory, tmp_path):
    lab, window, editor = laboratory, laboratory.window, laboratory.editor
    for name, phrase in (("Ada", PHRASE), ("Bo", "")):
        window.operators.controller.add(name)
        if phrase:
            window.operators.controller.set_phrase(name, phrase)
            lab.until(lambda: not window.operators.controller.is_busy)
    _segmented(lab)
    _gated(lab)
    window.action_set["review-bar"].trigger()
    lab.read_by_key()
    counted = [c for c in lab.case.cells.values() if c.reviewed_class is not None]
    assert all(lab.true_class(c.id) == c.reviewed_class for c in counted)
    window.action_set["review-bar"].trigger()
    _read_again(lab)
    _graded(lab)
    lab.sign("final")
    editor.set_current_field(1)
    window.services.selection.set((next(iter(lab.case.cells)),))
    window.reviewing.delete()
    assert window.message_bar.text == LOCKED

    path = tmp_path / "report.rbc"
    window.services.files.save_as(path)
    lab.until(lambda: editor.store.path == path)
    lab.close_case(path)
    status, words = verified(path, "--replay")
    assert status == 0, words
    assert "sealed by Ada with key" in words

    window.services.files.open_paths([path])
    lab.until(lambda: len(lab.case.fields) == FIELDS)
    lab.sign("amended", reason="One cell was looked at again")
    some = next(c.id for c in lab.case.cells.values() if c.reviewed_class is CellClass.NORMAL)
    editor.set_class([some], CellClass.OVALOCYTE)
    lab.sign("final")
    assert [s.state for s in lab.case.sign_offs] == ["final", "amended", "final"]
    lab.close_case(path)
    status, words = verified(path)
    assert status == 0, words
    _each_change_is_named(path, laboratory.paths, tmp_path)


def _segmented(lab):
    window, editor = lab.window, lab.editor
    editor.set_calibration(list(lab.case.fields), Calibration(7.3 / DIAMETER, "typed"))
    ended = []
    window.queue.run_finished.connect(lambda added, cancelled: ended.append(cancelled))
    lab.until(window.action_set["segment-fields"].isEnabled)
    lab.key(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    lab.until(lambda: ended)
    assert ended == [False]
    lab.until(lambda: all(lab.case.prediction_of(c) is not None for c in lab.case.cells.values()))
    lab.until(lambda: window.panel.feed.is_settled)
    assert len(lab.case.cells) > (FIELDS - 1) * len(KINDS) * 0.9


def _gated(lab):
    """The blurred field is proposed to be left out, and no other is."""
    case = lab.case
    blurred = [i for i in case.fields if "it is blurred" in proposed_reasons(case.qualities.get(i))]
    assert [case.fields[i].name for i in blurred] == [f"field {BLURRED}.png"]
    assert "it is blurred" in REASONS.values()
    SampleEditor(lab.editor).leave_out(blurred, reason_sentence(case.fields[blurred[0]], "it is blurred"))
    lab.until(lambda: lab.window.panel.feed.is_settled)


def _read_again(lab):
    """Bo reads a part blindly and calls two cells otherwise; both differences are settled."""
    page = lab.sample("reading").reading
    page.reader.setText("Bo")
    page.share.setValue(40)
    page.begin.click()
    lab.until(lambda: lab.case.is_blind and lab.window.panel.feed.is_settled and lab.window.reviewing.is_reviewing)
    read = list(lab.case.cells)
    assert not any(c.reviewed_class for c in lab.case.cells.values())
    lab.read_by_key(wrong=read[:2])
    lab.window.reading.bar.finish.click()
    (reading,) = lab.case.readings
    assert (reading.done, reading.operator) == (len(read), "Bo")
    wrong = {d.cell for d in reading.differences}
    assert set(read[:2]) <= wrong, "and cells that the classifier called otherwise than drawn, unseen by Ada"
    lab.until(lambda: page.table.model().rowCount() == len(wrong))
    page.table.selectAll()
    page.second.click()
    assert lab.case.readings[0].unsettled == 0
    lab.editor.set_class(read[:2], CellClass.NORMAL)


def _graded(lab):
    sample = lab.sample("grades")
    lab.until(lambda: sample._grading.known.schemes)
    box = sample.grades.scheme
    index = next(i for i in range(box.count()) if box.itemText(i).startswith("ICSH-like"))
    box.activated.emit(index)
    lab.until(lambda: sample._grading.is_current)
    table = sample.grades.table
    assert table.row_texts("target cell")["Remark"].startswith(TOO_FEW)
    assert not sample.grades.confirm_all.isEnabled()
    grade = table.box("target cell")
    grade.activated.emit(grade.findText("3+"))
    lab.until(lambda: dict(lab.case.grading.confirmed) == {"target cell": "3+"})


def _each_change_is_named(path, images, folder):
    entries = read_trail(path).entries
    cell = read_trail(path).case.cells
    first = next(iter(cell))
    other = f"SELECT mask FROM cell WHERE id <> {first} LIMIT 1"
    row = len(entries) - 2
    changes = {
        f"UPDATE cell SET mask = ({other}) WHERE id = {first}": f"Cell {first} isn't",
        f"UPDATE audit SET reason = 'none' WHERE id = {row}": f"Row {row} of the audit trail",
        "UPDATE reading_cell SET second = first": "Second reading 1 isn't",
        "UPDATE sign_off SET operator = 'Bo' WHERE id = 1": "Signature 1 isn't",
    }
    for number, (sql, says) in enumerate(changes.items()):
        copy = folder / f"changed {number}.rbc"
        shutil.copy(path, copy)
        connection = sqlite3.connect(copy)
        connection.execute(sql)
        connection.commit()
        connection.close()
        status, words = verified(copy)
        assert (status, says in words) == (1, True), words
    image = images[1]
    data = bytearray(image.read_bytes())
    data[-20] ^= 1
    image.write_bytes(data)
    status, words = verified(path)
    assert status == 1
    assert any(line.startswith("FAIL  image") and image.name in line for line in words.splitlines()), words
