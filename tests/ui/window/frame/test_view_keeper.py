"""A case that is opened again shows the field, the filter and the selection that were shown."""

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.storage.case.case_file import CaseFile


def test_a_case_comes_back_as_it_was_left(qtbot, window, pictures, add_cells_to, tmp_path):
    services, panel = window.services, window.panel
    editor, files = services.editor, services.files
    files.open_paths(pictures)
    qtbot.waitUntil(lambda: len(editor.case.fields) == 3 and not files.is_busy)
    cells = add_cells_to(editor, 2, 6)
    editor.set_class([c.id for c in cells[:3]], CellClass.TARGET_CELL)
    saved = tmp_path / "work.rbc"
    files.save_as(saved)
    qtbot.waitUntil(lambda: not files.is_busy)
    model = window.strip.list.model()
    model.moveRow(model.index(-1, 0), 2, model.index(-1, 0), 0)
    editor.set_current_field(2)
    qtbot.waitUntil(lambda: window.canvas.field_id == 2 and panel.feed.is_settled)
    panel.scope_box.setCurrentIndex(1)
    panel.show_class(CellClass.TARGET_CELL)
    services.selection.set([cells[1].id, cells[0].id])
    order = window.strip.order
    files.new_case()
    qtbot.waitUntil(lambda: not editor.case.fields and not files.is_busy)
    assert panel.chosen_class is None
    qtbot.waitUntil(lambda: not services.tasks._tasks)  # the file is closed

    files.open_paths([saved])
    qtbot.waitUntil(lambda: bool(editor.case.fields) and not files.is_busy)
    assert editor.current_field.id == 2
    assert window.strip.order == order == (3, 1, 2)
    assert panel.chosen_class is CellClass.TARGET_CELL
    assert panel.scope_box.currentIndex() == 1
    assert services.selection.ids == (cells[1].id, cells[0].id)
    qtbot.waitUntil(lambda: window.canvas.field_id == 2)
    qtbot.waitUntil(lambda: panel.feed.is_settled)
    assert services.selection.ids == (cells[1].id, cells[0].id)


def test_it_is_kept_a_moment_after_it_changed_and_at_the_end(qtbot, window, pictures):
    editor, files = window.services.editor, window.services.files
    files.open_paths(pictures)
    qtbot.waitUntil(lambda: len(editor.case.fields) == 3 and not files.is_busy)
    editor.set_current_field(3)
    qtbot.waitUntil(lambda: editor.store.view.field == 3)
    editor.set_current_field(2)
    path = editor.store.path
    files.close()
    store, _ = CaseFile.open(path)
    assert store.view.field == 2
    store.close()
