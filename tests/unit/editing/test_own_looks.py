import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.own_looks import looks_for
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
REPAINTED = replace(SICKLE, code="Sk", colour="#008695", key="Alt+1")


@pytest.fixture
def editor(qapp, tmp_path):
    """A case of two cells, the second of which a classifier calls a sickle."""
    store = CaseFile.create(tmp_path / "work.rbc")
    made = CaseEditor(Case(), store)
    rng = random.Random(3)
    [field] = made.add_fields([write_image(tmp_path / "a.png", 1).facts])
    cells = made.add_cells(field.id, [make_proposal(rng, cut_share=0) for _ in range(2)], run=made.new_run())
    analysis = make_analysis(cells[1], rng)
    assert analysis.prediction is not None
    shares = {SICKLE: 0.9, CellClass.NORMAL: 0.1}
    made.set_analyses([replace(analysis, prediction=replace(analysis.prediction, probabilities=shares))])
    yield made
    store.close()


def looks(editor):
    [proposed] = [c for c in editor.case.analyses[2].prediction.probabilities if c.is_own]
    return [c.colour for c in (editor.case.cells[1].reviewed_class, proposed) if c is not None]


def test_another_look_is_seen_at_once_and_after_undo_and_redo(editor, qtbot):
    editor.set_class((1,), SICKLE)
    assert looks(editor) == ["#7F3C8D"] * 2
    told = []
    editor.cells_changed.connect(told.append)
    editor.analyses_changed.connect(told.append)
    editor.looks.show((REPAINTED,))
    assert looks(editor) == ["#008695"] * 2
    assert told == [(1,), (2,)]
    assert editor.undo_text == "Set 1 cell to sickle", "how a class looks is no step"
    editor.undo()
    editor.redo()
    assert looks(editor) == ["#008695"] * 2
    editor.looks.show((REPAINTED,))
    assert told[2:] == [(1,), (1,)], "nothing is told where nothing changes"


def test_what_a_class_counts_as_in_a_case_stays(editor):
    editor.looks.show((SICKLE,))
    editor.set_class((1,), SICKLE)
    editor.looks.show((replace(REPAINTED, is_red=False),))
    assert editor.case.cells[1].reviewed_class.is_red
    assert looks(editor) == ["#008695"] * 2


def test_a_class_from_elsewhere_has_no_key_here():
    shown = looks_for((), {"sickle": SICKLE})
    assert (shown["sickle"].key, shown["sickle"].colour) == ("", SICKLE.colour)


def test_another_case_is_shown_as_this_laboratory_has_it(editor, tmp_path):
    editor.set_class((1,), SICKLE)
    editor.store.close()
    store, case = CaseFile.open(tmp_path / "work.rbc")
    editor.looks.show((REPAINTED,))
    editor.replace_case(case, store)
    assert looks(editor) == ["#008695"] * 2
    store.close()
