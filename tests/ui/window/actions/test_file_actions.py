"""Opening, refusing, replacing, saving and finding again, in the real window over real files."""

import gc
import shutil
import threading
import weakref
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.safekeeping import autosave
from rbc_desktop.turns import is_quiet
from rbc_desktop.ui.window.frame.drop_frame import dropped_paths
from rbc_desktop.workflows.cases import opening
from tests.fakes.casework import describe, make_proposal, write_image


def settle(qtbot, window):
    """Until nothing is being opened or decoded."""
    files, images = window.services.files, window.services.images
    qtbot.waitUntil(lambda: not files.is_busy and not images.is_loading and is_quiet(), timeout=20_000)


@pytest.fixture
def open_paths(qtbot, window):
    """Opens files and waits."""

    def open_them(*paths):
        window.services.files.open_paths([Path(p) for p in paths])
        settle(qtbot, window)

    return open_them


def fields(window):
    return [field.name for field in window.services.editor.case.fields.values()]


def test_an_image_becomes_a_field_and_is_shown(window, open_paths, pictures):
    open_paths(pictures[0])
    assert fields(window) == ["smear 1.png"]
    assert window.host.shown is window.canvas
    assert window.windowTitle() == "smear 1.png – Unsaved case – RBC Desktop"
    assert not window.strip_dock.isVisible(), "a strip for one image would only take room"


def test_several_images_become_fields_of_one_case(window, open_paths, pictures):
    open_paths(*pictures)
    assert fields(window) == ["smear 1.png", "smear 2.png", "smear 10.png"]
    assert window.services.editor.current_field.name == "smear 1.png"
    assert window.strip_dock.isVisible()
    assert window.strip.list.count() == 3
    assert window.services.editor.undo_text == "Add 3 images"


def test_folders_are_walked_in_natural_order(window, open_paths, pictures):
    open_paths(pictures[0].parent)
    assert fields(window) == ["smear 1.png", "smear 2.png", "smear 10.png"]


def test_choosing_a_field_in_the_strip_shows_it(qtbot, window, open_paths, pictures):
    open_paths(*pictures)
    window.strip.list.setCurrentRow(2)
    settle(qtbot, window)
    assert window.services.editor.current_field.name == "smear 10.png"
    assert window.canvas.field_id == window.services.editor.current_field.id


def broken_files(folder):
    """Files that are no images, with what they are."""
    good = cv2.imencode(".png", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
    made = {
        "empty.png": b"",
        "cut.png": good[: len(good) // 2],
        "text.png": b"not an image at all",
        "small.png": cv2.imencode(".png", np.zeros((3, 3, 3), np.uint8))[1].tobytes(),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made] + [folder / "missing.png"]


def test_a_file_that_is_no_image_gives_one_sentence_and_leaves_the_case(window, open_paths, pictures, tmp_path):
    open_paths(pictures[0])
    before = describe(window.services.editor.case)
    for path in broken_files(tmp_path):
        open_paths(path)
        assert window.message_bar.level == "error"
        assert path.name in window.message_bar.text
        assert window.message_bar.text.endswith(".")
        assert describe(window.services.editor.case) == before
        assert window.host.shown is window.canvas


def test_the_good_ones_among_bad_files_are_opened(window, open_paths, pictures, tmp_path):
    open_paths(pictures[0], tmp_path / "missing.png", pictures[1], tmp_path / "gone.png")
    assert fields(window) == ["smear 1.png", "smear 2.png"]
    assert "missing.png" in window.message_bar.text
    assert "1 more" in window.message_bar.text


def test_a_folder_without_images_is_named_and_says_what_to_do(window, open_paths, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    open_paths(tmp_path / "one")
    assert window.message_bar.text == "one holds no image; open another folder, or the images themselves."
    open_paths(tmp_path / "one", tmp_path / "two")
    assert window.message_bar.text.startswith("None of these folders holds an image; open others")


def test_the_same_image_is_not_added_twice(window, open_paths, pictures):
    open_paths(pictures[0])
    open_paths(pictures[0])
    assert fields(window) == ["smear 1.png"]
    assert "already" in window.message_bar.text


def test_dropped_files_are_opened(qtbot, window, pictures):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pictures[0])), QUrl("https://example.org/no.png")])
    assert dropped_paths(mime) == [pictures[0]]
    how = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *how))
    settle(qtbot, window)
    assert fields(window) == ["smear 1.png"]


def test_the_first_start_opens_the_sample_and_the_second_does_not(qtbot, window):
    window.services.files.start([])
    settle(qtbot, window)
    assert fields(window) == ["sample_smear.png"]
    assert window.services.settings.value.sample_shown


def test_an_own_image_does_not_join_the_sample(qtbot, window, open_paths, pictures):
    window.services.files.open_sample()
    settle(qtbot, window)
    sample_case = window.services.editor.store.path
    open_paths(pictures[0])
    assert fields(window) == ["smear 1.png"]
    qtbot.waitUntil(lambda: not sample_case.exists())


def test_work_on_the_sample_is_kept(qtbot, window, open_paths, pictures):
    import random

    window.services.files.open_sample()
    settle(qtbot, window)
    editor = window.services.editor
    editor.add_cell(editor.current_field.id, make_proposal(random.Random(1)))
    sample_case = editor.store.path
    open_paths(pictures[0])
    assert fields(window) == ["smear 1.png"]
    qtbot.waitUntil(lambda: _can_open(sample_case))


def _can_open(path):
    try:
        store, case = CaseFile.open(path)
    except Exception:  # noqa: BLE001  (the window lets go of it in the background)
        return False
    store.close()
    return len(case.cells) == 1


def test_a_new_case_is_empty_and_the_old_one_can_be_opened_again(qtbot, window, open_paths, pictures):
    open_paths(pictures[0])
    old = window.services.editor.store.path
    window.services.files.new_case()
    settle(qtbot, window)
    assert fields(window) == []
    assert window.host.shown is window.host.welcome
    qtbot.waitUntil(lambda: window.services.tasks is not None and _is_free(old))
    open_paths(old)
    assert fields(window) == ["smear 1.png"]


def _is_free(path):
    try:
        CaseFile.open(path)[0].close()
    except Exception:  # noqa: BLE001
        return False
    return True


def test_a_saved_case_comes_back_with_its_work(qtbot, window, open_paths, pictures, tmp_path):
    import random

    open_paths(*pictures[:2])
    editor = window.services.editor
    unsaved = editor.store.path
    editor.add_cell(1, make_proposal(random.Random(1)))
    editor.set_calibration((1,), Calibration(0.1, "typed"))
    window.services.files.save_as(tmp_path / "patient 7")
    settle(qtbot, window)
    saved = tmp_path / "patient 7.rbc"
    assert saved.exists()
    assert not unsaved.exists()
    assert "patient 7" in window.windowTitle()
    editor.add_cell(1, make_proposal(random.Random(2)))  # goes to the named file at once
    before = describe(editor.case)
    window.services.files.new_case()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: _is_free(saved))
    open_paths(saved)
    assert describe(editor.case) == before
    assert window.services.settings.value.last_folder == str(tmp_path)
    assert window.canvas.field_id == 1


def test_a_case_can_be_opened_again_while_it_is_still_closing(qtbot, window, open_paths, pictures, monkeypatch):
    open_paths(pictures[0])
    left = window.services.editor.store
    may_close, close = threading.Event(), CaseFile.close

    def slow_close(store, **given):
        if store is left:
            may_close.wait(10)
        close(store, **given)

    monkeypatch.setattr(CaseFile, "close", slow_close)
    window.services.files.new_case()
    qtbot.waitUntil(lambda: not window.services.files.is_busy and not fields(window))
    window.services.files.open_paths([left.path])
    window.services.tasks.submit(may_close.set)
    settle(qtbot, window)
    assert fields(window) == ["smear 1.png"]


def test_a_file_that_is_no_case_leaves_the_open_one(window, open_paths, pictures, tmp_path):
    open_paths(pictures[0])
    (tmp_path / "bad.rbc").write_bytes(b"SQLite format 3\0 but not really")
    open_paths(tmp_path / "bad.rbc")
    assert window.message_bar.level == "error"
    assert fields(window) == ["smear 1.png"]


def test_a_missing_image_is_asked_for_and_found_again(qtbot, window, open_paths, pictures, tmp_path):
    open_paths(*pictures[:2])
    window.services.files.save_as(tmp_path / "case.rbc")
    settle(qtbot, window)
    window.services.files.new_case()
    settle(qtbot, window)
    moved = tmp_path / "moved.png"
    shutil.move(pictures[0], moved)
    write_image(pictures[1], 77)  # another picture under the old name
    qtbot.waitUntil(lambda: _is_free(tmp_path / "case.rbc"))
    open_paths(tmp_path / "case.rbc")
    qtbot.waitUntil(lambda: len(window.services.images.problems) == 2)
    assert window.host.shown is window.host.notice
    assert "smear 1.png" in window.host.notice.text.text()
    assert "changed" in window.services.images.problems[2]
    window.services.moved.relocate(1, pictures[1])
    settle(qtbot, window)
    assert window.message_bar.level == "error"
    assert window.host.shown is window.host.notice
    window.services.moved.relocate(1, moved)
    settle(qtbot, window)
    assert window.host.shown is window.canvas
    assert window.services.editor.case.fields[1].path == moved


def test_what_was_open_is_offered_at_the_next_start(qtbot, window, open_paths, pictures):
    open_paths(pictures[0])
    path = window.services.editor.store.path
    window.services.files.close()
    assert autosave.left_over() == path


def test_opening_can_be_cancelled(qtbot, window, pictures):
    window.services.files.open_paths(pictures)
    window.services.files.cancel()
    settle(qtbot, window)
    # Either it was faster than the cancel or nothing was opened; half of it never is.
    assert len(fields(window)) in (0, 3)


def test_opening_a_case_can_be_cancelled_to_the_last(qtbot, window, open_paths, pictures, tmp_path, monkeypatch):
    open_paths(pictures[0])
    other = tmp_path / "other.rbc"
    CaseFile.create(other).close()
    before, files = window.services.editor.case, window.services.files

    def cancelled(case, *, check):
        files.cancel()
        check()
        pytest.fail("it went on")

    monkeypatch.setattr(opening, "all_columns", cancelled)
    files.open_paths([other])
    qtbot.waitUntil(lambda: not files.is_busy)
    assert window.services.editor.case is before
    monkeypatch.undo()
    open_paths(other)  # it is neither locked nor shunned
    assert window.services.editor.store.path == other


def test_a_second_file_waits_for_the_first(qtbot, window, pictures):
    window.services.files.open_paths(pictures[:1])
    window.services.files.open_paths(pictures[1:2])
    assert "wait" in window.message_bar.text
    settle(qtbot, window)
    assert fields(window) == ["smear 1.png"]


def test_removed_fields_leave_memory_and_come_back_with_undo(qtbot, window, open_paths, pictures):
    open_paths(*pictures)
    images, editor = window.services.images, window.services.editor
    qtbot.waitUntil(lambda: all(images.get(i) is not None for i in editor.case.fields))
    gone, shown = list(editor.case.fields)[1:], next(iter(editor.case.fields))
    pixels = [weakref.ref(images.pixels(i)) for i in gone]
    for field_id in gone:
        editor.remove_field(field_id)
    qtbot.waitUntil(lambda: all(images.get(i) is None and images.thumbnail(i) is None for i in gone))
    qtbot.waitUntil(lambda: gc.collect() >= 0 and not any(reference() is not None for reference in pixels))
    assert images.get(shown) is not None
    editor.undo()
    editor.undo()
    qtbot.waitUntil(lambda: all(images.thumbnail(i) is not None for i in gone))


def test_the_pixels_of_the_last_field_leave_memory_with_it(qtbot, window, open_paths, pictures):
    open_paths(pictures[0])
    images, editor = window.services.images, window.services.editor
    [field_id] = editor.case.fields
    qtbot.waitUntil(lambda: images.get(field_id) is not None)
    pixels = weakref.ref(images.pixels(field_id))
    editor.remove_field(field_id)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and pixels() is None)


def test_an_image_that_was_cut_off_is_added_only_when_one_says_so(qtbot, window, open_paths, tmp_path):
    whole = write_image(tmp_path / "whole.jpg", 3).path
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(whole.read_bytes()[: int(0.6 * whole.stat().st_size)] + b"\xff\xd9")
    editor, bar = window.services.editor, window.message_bar
    open_paths(cut)
    assert "of cut.jpg is there, so it was not added;" in bar.text
    assert not editor.case.fields
    assert bar.level == "warning"
    qtbot.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    settle(qtbot, window)
    assert bar.text == ""
    assert editor.case.fields[1].remarks[0].text.startswith("Only about ")
    open_paths(cut, whole)
    assert fields(window) == ["cut.jpg", "whole.jpg"]
    assert "of cut.jpg is there" in bar.text
    window.services.notices.info("Something else.")
    window.services.notices.answer()
    assert not window.services.files.is_busy, "the choice went with its sentence"
