"""Every kind of change of a case reaches who listens to all of it."""

import random

import pytest
from PySide6.QtCore import QObject, Slot

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.case_listening import listen
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD


class Heard(QObject):
    def __init__(self):
        super().__init__()
        self.said = []

    @Slot(object)
    def on_content(self, _ids):
        self.said.append("content")

    @Slot()
    def on_sample(self):
        self.said.append("sample")

    @Slot()
    def on_another(self):
        self.said.append("another")


@pytest.fixture
def editor(tmp_path):
    store = CaseFile.create(tmp_path / "case.rbc")
    yield CaseEditor(Case(), store)
    store.close()


def test_each_kind_of_change_is_heard(editor, tmp_path):
    heard, dice = Heard(), random.Random(3)
    listen(editor, content=heard.on_content, sample=heard.on_sample, another=heard.on_another)

    def says(verb):
        heard.said.clear()
        verb()
        return set(heard.said)

    assert says(lambda: editor.add_fields([write_image(tmp_path / "1.png", 1)])) == {"content"}
    assert says(lambda: editor.add_cells(1, [make_proposal(dice)], run=editor.new_run())) == {"content"}
    (cell,) = editor.case.cells.values()
    assert says(lambda: editor.set_analyses([make_analysis(cell, dice)], qualities={1: GOOD})) == {"content"}
    assert says(lambda: editor.set_class((cell.id,), CellClass.NORMAL)) == {"content"}
    assert says(lambda: editor.set_calibration((1,), Calibration(0.1, "typed"))) == {"content"}
    assert says(lambda: editor.remove_cells((cell.id,))) == {"content"}
    assert says(lambda: SampleEditor(editor).set_identity(Identity("S 7"))) == {"sample"}
    assert "another" in says(lambda: editor.replace_case(Case(), editor.store))
