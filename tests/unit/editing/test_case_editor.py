import random

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import UNDO_LIMIT, CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.editing.selection import Selection
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import Technician, describe, make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD

SIGNALS = (
    "fields_changed",
    "cells_added",
    "cells_removed",
    "cells_changed",
    "analyses_changed",
    "calibration_changed",
    "current_field_changed",
    "file_replaced",
    "case_replaced",
)


@pytest.fixture
def images(tmp_path):
    return [write_image(tmp_path / f"{n}.png", n) for n in range(1, 4)]


@pytest.fixture
def store(tmp_path):
    case_file = CaseFile.create(tmp_path / "case.rbc")
    yield case_file
    case_file.close()


@pytest.fixture
def editor(store):
    return CaseEditor(Case(), store)


@pytest.fixture
def rng():
    return random.Random(3)


@pytest.fixture
def field(editor, images):
    return editor.add_fields(images[:1])[0]


def proposals(rng, count):
    return [make_proposal(rng, cut_share=0) for _ in range(count)]


class Log:
    """What the editor said, in order."""

    def __init__(self, editor):
        self.said = []
        for name in SIGNALS:
            getattr(editor, name).connect(lambda *payload, name=name: self.said.append((name, *payload)))


def test_images_become_fields(editor, images):
    log = Log(editor)
    fields = editor.add_fields(images[:2])
    assert [f.id for f in fields] == [1, 2]
    assert (fields[0].path, fields[0].sha256, fields[0].width) == (images[0].path, images[0].sha256, 200)
    assert editor.current_field == fields[0]
    assert log.said == [("fields_changed", (1, 2)), ("current_field_changed", 1)]
    assert editor.undo_text == "Add 2 images"


def test_an_image_is_in_a_case_once(editor, images):
    first = editor.add_fields([images[0], images[0]])
    assert [f.id for f in first] == [1, 1]
    assert [f.id for f in editor.add_fields([images[1], images[0]])] == [2, 1]
    assert list(editor.case.fields) == [1, 2]


def test_ids_are_never_used_twice(editor, field, images, rng):
    first = editor.add_cell(field.id, make_proposal(rng))
    editor.undo()
    assert editor.add_cell(field.id, make_proposal(rng)).id == first.id + 1
    editor.remove_field(field.id)
    assert editor.add_fields(images[1:2])[0].id == 2


def test_accepted_cell(editor, field, rng):
    log = Log(editor)
    proposal = make_proposal(rng)
    cell = editor.add_cell(field.id, proposal)
    assert editor.case.cells == {1: cell}
    assert cell.mask is proposal.mask
    assert cell.prompts is proposal.prompts
    assert (cell.origin, cell.mask_revision, cell.reviewed_class) == ("prompt", 1, None)
    assert log.said == [("cells_added", (1,))]
    with pytest.raises(KeyError):
        editor.add_cell(99, proposal)


def test_batches_of_one_run_are_one_entry(editor, field, rng):
    run = editor.new_run()
    for size in (3, 2, 4):
        editor.add_cells(field.id, proposals(rng, size), run=run)
    assert editor.undo_text == "Segment all (9 cells)"
    editor.undo()
    assert not editor.case.cells
    editor.redo()
    assert list(editor.case.cells) == list(range(1, 10))
    editor.add_cells(field.id, proposals(rng, 1), run=editor.new_run())
    assert editor.undo_text == "Segment all (1 cell)"
    editor.undo()
    assert len(editor.case.cells) == 9


def test_deleted_cells_come_back_with_everything_and_in_order(editor, field, rng):
    editor.add_cells(field.id, proposals(rng, 5), run=editor.new_run())
    editor.set_class([2, 4], CellClass.TEARDROP)
    editor.set_analyses([make_analysis(c, rng) for c in editor.case.cells.values()])
    before = describe(editor.case)
    log = Log(editor)
    assert editor.remove_cells([4, 2, 2, 77]) == 2
    assert editor.undo_text == "Delete 2 cells"
    assert list(editor.case.cells) == [1, 3, 5]
    assert set(editor.case.analyses) == {1, 3, 5}
    editor.undo()
    assert describe(editor.case) == before
    assert log.said == [("cells_removed", (2, 4)), ("cells_added", (2, 4)), ("analyses_changed", (2, 4))]


def test_removed_field_comes_back_with_its_cells(editor, images, rng):
    editor.add_fields(images)
    for field_id in (1, 2, 3, 2):
        editor.add_cell(field_id, make_proposal(rng))
    editor.set_current_field(2)
    editor.set_analyses([], qualities={1: GOOD, 2: GOOD})
    before = describe(editor.case)
    editor.remove_field(2)
    assert set(editor.case.qualities) == {1}
    assert list(editor.case.fields) == [1, 3]
    assert list(editor.case.cells) == [1, 3]
    assert editor.current_field.id == 3
    editor.undo()
    assert describe(editor.case) == before
    assert editor.current_field.id == 2, "undo shows what it brought back"


def test_the_current_field_is_always_one_of_the_case(editor, images):
    editor.add_fields(images)
    editor.set_current_field(3)
    editor.remove_field(3)
    assert editor.current_field.id == 2
    editor.remove_field(1)
    editor.remove_field(2)
    assert editor.current_field is None
    with pytest.raises(KeyError):
        editor.set_current_field(1)


def test_refined_mask_gets_a_new_revision_and_loses_its_analysis(editor, field, rng):
    cell = editor.add_cell(field.id, make_proposal(rng))
    editor.set_class([cell.id], CellClass.NORMAL)
    editor.set_analyses([make_analysis(editor.case.cells[cell.id], rng)])
    proposal = make_proposal(rng)
    refined = editor.replace_mask(cell.id, proposal)
    assert refined.mask_revision == 2
    assert refined.mask is proposal.mask
    assert refined.reviewed_class is CellClass.NORMAL
    assert not editor.case.analyses
    editor.undo()
    assert editor.case.cells[cell.id].mask is cell.mask
    assert editor.case.analyses[cell.id].mask_revision == 1, "the analysis came back with its mask"


def test_an_analysis_for_an_undone_mask_never_fits_the_next_one(editor, field, rng):
    cell = editor.add_cell(field.id, make_proposal(rng))
    undone = editor.replace_mask(cell.id, make_proposal(rng))
    under_way = make_analysis(undone, rng)
    editor.undo()
    assert editor.set_analyses([under_way]) == 0
    after = editor.replace_mask(cell.id, make_proposal(rng))
    assert after.mask_revision == 3
    assert editor.set_analyses([under_way]) == 0
    assert not editor.case.analyses


def test_an_analysis_that_arrives_while_its_mask_is_undone_is_there_after_redo(editor, field, rng):
    cell = editor.add_cell(field.id, make_proposal(rng))
    editor.undo()
    analysis = make_analysis(cell, rng)
    assert editor.set_analyses([analysis]) == 0
    editor.redo()
    assert editor.case.analyses == {cell.id: analysis}


def test_analyses_are_not_on_the_undo_stack(editor, field, rng):
    cell = editor.add_cell(field.id, make_proposal(rng))
    log = Log(editor)
    assert editor.set_analyses([make_analysis(cell, rng)]) == 1
    assert log.said == [("analyses_changed", (1,))]
    assert editor.undo_text == "Add cell"


def test_classes_and_confirmation(editor, field, rng):
    editor.add_cells(field.id, proposals(rng, 4), run=editor.new_run())
    analyses = [make_analysis(c, random.Random(5)) for c in editor.case.cells.values()]
    assert all(a.prediction for a in analyses)
    editor.set_analyses(analyses[:3])
    assert editor.set_class([1, 2], CellClass.BURR_CELL) == 2
    assert editor.undo_text == "Set 2 cells to burr cell"
    assert editor.set_class([2], CellClass.BURR_CELL) == 0, "nothing to do leaves no entry"
    assert editor.undo_text == "Set 2 cells to burr cell"
    assert editor.confirm([1, 2, 3, 4]) == 1, "1 and 2 are reviewed, 4 has no prediction"
    assert editor.case.cells[3].reviewed_class is analyses[2].prediction.best
    assert editor.case.cells[1].reviewed_class is CellClass.BURR_CELL
    editor.undo()
    assert editor.case.cells[3].reviewed_class is None
    assert editor.set_class([1, 2, 3], None) == 2
    assert {c.reviewed_class for c in editor.case.cells.values()} == {None}
    editor.undo()
    assert editor.case.cells[2].reviewed_class is CellClass.BURR_CELL
    assert set(editor.case.analyses) == {1, 2, 3}, "a review keeps the analysis"


def test_calibration(editor, images):
    editor.add_fields(images)
    log = Log(editor)
    scale = Calibration.from_line(length_um=10, length_px=80)
    editor.set_calibration([1, 3], scale)
    assert editor.undo_text == "Calibrate 2 fields"
    assert [f.calibration for f in editor.case.fields.values()] == [scale, None, scale]
    assert log.said == [("fields_changed", (1, 3)), ("calibration_changed", (1, 3))]
    editor.set_calibration([1, 3], scale)
    editor.undo()
    assert [f.calibration for f in editor.case.fields.values()] == [None] * 3
    with pytest.raises(KeyError):
        editor.set_calibration([9], scale)


def test_identity(editor):
    SampleEditor(editor).set_identity(Identity(sample_id="S-1"))
    SampleEditor(editor).set_identity(Identity(sample_id="S-1"))
    assert editor.case.identity == Identity(sample_id="S-1")
    editor.undo()
    assert editor.case.identity == Identity()
    assert not editor.can_undo


def test_undo_stops_at_both_ends(editor, field):
    assert editor.can_undo
    assert editor.undo()
    assert not editor.undo()
    assert editor.redo()
    assert not editor.redo()
    assert not editor.can_redo


def test_undo_has_a_limit(editor, field, rng):
    for n in range(UNDO_LIMIT + 20):
        SampleEditor(editor).set_identity(Identity(sample_id=str(n)))
    assert sum(iter(editor.undo, False)) == UNDO_LIMIT
    assert editor.case.identity.sample_id == "19"


def test_another_case_starts_afresh(editor, field, store, rng, tmp_path):
    editor.add_cell(field.id, make_proposal(rng))
    other = CaseFile.create(tmp_path / "other.rbc")
    log = Log(editor)
    assert editor.replace_case(Case(), other) is store
    assert log.said == [("file_replaced",), ("case_replaced",), ("current_field_changed", None)]
    assert not editor.can_undo
    assert not editor.case.cells
    other.close()


class FullDisk:
    """A case file whose disk is full from now on."""

    def apply(self, change, *, act=None):
        raise CaseFileError("The disk is full.")

    def close(self):
        pass


def test_a_refusing_disk_leaves_memory_and_history_as_they_were(editor, field, images, rng):
    cell = editor.add_cell(field.id, make_proposal(rng))
    editor.set_class([cell.id], CellClass.NORMAL)
    editor.undo()
    before, texts = describe(editor.case), (editor.undo_text, editor.redo_text)
    log = Log(editor)
    editor._store = FullDisk()
    for verb in (
        lambda: editor.add_fields(images),
        lambda: editor.remove_field(field.id),
        lambda: editor.add_cell(field.id, make_proposal(rng)),
        lambda: editor.remove_cells([cell.id]),
        lambda: editor.replace_mask(cell.id, make_proposal(rng)),
        lambda: editor.set_class([cell.id], CellClass.TEARDROP),
        lambda: editor.set_calibration([field.id], Calibration(0.1, "typed")),
        lambda: SampleEditor(editor).set_identity(Identity(sample_id="x")),
        lambda: editor.set_analyses([make_analysis(cell, rng)]),
        editor.undo,
        editor.redo,
    ):
        with pytest.raises(CaseFileError):
            verb()
        assert describe(editor.case) == before
        assert (editor.undo_text, editor.redo_text) == texts
    assert log.said == []


@pytest.mark.parametrize("seed", range(6))
def test_after_any_work_the_file_holds_what_memory_holds(tmp_path, images, seed):
    store = CaseFile.create(tmp_path / "work.rbc")
    editor = CaseEditor(Case(), store)
    technician = Technician(editor, images, seed)
    done = []
    for step in range(120):
        done.append(technician.act())
        if step % 30 == 29:
            now = describe(editor.case)
            store.close()
            store, case = CaseFile.open(tmp_path / "work.rbc")
            assert describe(case) == now, done
            editor._store = store
    store.close()


@pytest.mark.parametrize("seed", range(4))
def test_undo_all_then_redo_all_gives_the_same_case(tmp_path, images, seed):
    store = CaseFile.create(tmp_path / "work.rbc")
    editor = CaseEditor(Case(), store)
    technician = Technician(editor, images, seed)
    for _ in range(80):
        technician.act()
    while editor.redo():
        pass
    before = describe(editor.case)
    while editor.undo():
        pass
    assert not editor.case.fields
    assert not editor.case.cells
    while editor.redo():
        pass
    assert describe(editor.case) == before
    store.close()


# Selection


@pytest.fixture
def selection(editor, field, rng):
    editor.add_cells(field.id, proposals(rng, 6), run=editor.new_run())
    return Selection(editor)


def test_selection(selection):
    said = []
    selection.changed.connect(said.append)
    selection.set([3, 1, 99])
    selection.extend([1, 5])
    selection.toggle(3)
    selection.toggle(2)
    selection.toggle(2)
    selection.set([1, 5])
    assert said == [(3, 1), (3, 1, 5), (1, 5), (1, 5, 2), (1, 5)]
    assert selection.ids == (1, 5)
    assert selection.current == 5
    assert 5 in selection
    assert 3 not in selection
    assert len(selection) == 2


def test_selection_follows_the_case(selection, editor, tmp_path):
    selection.set([1, 2, 3])
    editor.remove_cells([2])
    assert selection.ids == (1, 3)
    other = CaseFile.create(tmp_path / "other.rbc")
    editor.replace_case(Case(), other)
    assert selection.ids == ()
    assert selection.current is None
    other.close()
