"""The gallery in the window: what it shows, choosing, dragging and confirming, all by mouse and keys."""

import itertools
import random

import pytest
from PySide6.QtCore import QPoint, Qt

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.reports.summary.rows import CUT_BY_THE_EDGE
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.ui.gallery.class_bins import LEAST_PX, ClassBins
from rbc_desktop.ui.gallery.gallery_pane import NO_CELLS
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.ui.cut_off import cut_off

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def gallery(qtbot, window, tmp_path):
    """The window with the gallery of one field of thirty cells in three classes; a second field has ten."""
    paths = [tmp_path / f"smear {n}.png" for n in (1, 2)]
    for number, path in enumerate(paths):
        write_image(path, number)
    window.resize(1300, 900)
    window.services.files.open_paths(paths)
    qtbot.waitUntil(lambda: window.presenter.shows_image and not window.services.files.is_busy, timeout=20_000)
    rng, editor = random.Random(2), window.services.editor
    editor.set_calibration(editor.case.fields, Calibration(0.19, "typed"))  # without a scale no size can be told
    for field_id, count in ((1, 30), (2, 10)):
        made = editor.add_cells(field_id, [make_proposal(rng, cut_share=0) for _ in range(count)], run=editor.new_run())
        editor.set_analyses([make_analysis(cell, rng, predicted_share=1) for cell in made])
    editor.set_class(range(1, 13), CellClass.NORMAL)
    editor.set_class(range(13, 21), CellClass.TARGET_CELL)
    settle(qtbot, window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_G)
    settle(qtbot, window)
    return window


def settle(qtbot, window):
    pane = window.gallery.pane
    qtbot.waitUntil(
        lambda: window.panel.feed.is_settled and not window._state_timer.isActive() and not pane._soon.isActive()
        and not pane.view._wish.isActive() and not pane.pictures.is_busy,
        timeout=20_000,
    )  # fmt: skip


def view_of(window):
    return window.gallery.pane.view


def centre(window, cell_id):
    view = view_of(window)
    view.reveal(view.index_of(cell_id))
    return view.rect_of(view.index_of(cell_id)).center()


def click(qtbot, window, cell_id, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(view_of(window).viewport(), LEFT, modifier, centre(window, cell_id))
    settle(qtbot, window)


def drag(qtbot, window, start, end):
    port = view_of(window).viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    for step in (0.3, 0.7, 1.0):
        qtbot.mouseMove(port, start + (end - start) * step)
    qtbot.mouseRelease(port, LEFT, pos=end)
    settle(qtbot, window)


def groups(window):
    view = view_of(window)
    return {g.name: set(view.group_ids(n)) for n, g in enumerate(view.arrangement.groups)}


def reviewed(window):
    return {i: c.reviewed_class for i, c in window.services.editor.case.cells.items() if c.reviewed_class is not None}


def test_g_shows_the_cells_of_the_table_by_class_with_their_pictures(qtbot, gallery):
    view = view_of(gallery)
    assert gallery.gallery.is_in_the_middle
    assert groups(gallery)["normal"] >= set(range(1, 13))
    assert groups(gallery)["target cell"] >= set(range(13, 21))
    assert set(view.arrangement.ids.tolist()) == set(range(1, 31))
    for index in view.visible:
        picture = gallery.gallery.pane.pictures.get(view.id_at(index))
        assert picture is not None
        assert picture.image.width() == view.painter.side * view.devicePixelRatioF()
    assert gallery.gallery.pane.pictures.nbytes > 0
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert not gallery.gallery.is_in_the_middle
    assert gallery.middle.currentWidget() is gallery.host


def test_all_fields_are_shown_when_the_table_shows_them_and_unread_ones_are_read(qtbot, gallery):
    gallery.services.images._images.discard(2)
    gallery.panel.scope_box.setCurrentIndex(1)
    settle(qtbot, gallery)
    view = view_of(gallery)
    assert set(view.arrangement.ids.tolist()) == set(range(1, 41))
    for cell_id in range(31, 41):
        view.reveal(view.index_of(cell_id))
        settle(qtbot, gallery)
        assert gallery.gallery.pane.pictures.get(cell_id) is not None


def test_one_scale_for_all_fields_in_micrometres(qtbot, gallery):
    pane = gallery.gallery.pane
    gallery.services.editor.set_calibration((1,), None)
    settle(qtbot, gallery)
    assert pane.scale.text().endswith(" px")
    gallery.services.editor.set_calibration((1,), Calibration(0.1, "typed"))
    gallery.services.editor.set_calibration((2,), Calibration(0.2, "typed"))
    gallery.panel.scope_box.setCurrentIndex(1)
    settle(qtbot, gallery)
    assert pane.scale.text().endswith(" µm")
    assert pane.window_of(1) == pytest.approx(2 * pane.window_of(2))


def test_click_ctrl_shift_and_a_frame_select(qtbot, gallery):
    view, selection = view_of(gallery), gallery.services.selection
    ids = view.arrangement.ids.tolist()
    click(qtbot, gallery, ids[3])
    assert selection.ids == (ids[3],)
    click(qtbot, gallery, ids[6], SHIFT)
    assert selection.ids == tuple(ids[3:7])
    click(qtbot, gallery, ids[4], CTRL)
    assert set(selection.ids) == {ids[3], ids[5], ids[6]}
    rows = gallery.panel.view.selectionModel().selectedRows()
    assert {gallery.panel.model.id_at(r.row()) for r in rows} == set(selection.ids), "linked with the table"
    first, last = view.rect_of(0), view.rect_of(1)
    drag(qtbot, gallery, QPoint(first.left() - 2, first.top() + 4), last.center())
    assert set(selection.ids) == {ids[0], ids[1]}
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(300, 5))  # beside a heading
    assert selection.ids == ()


def test_arrows_walk_over_the_tiles_and_return_opens_the_field(qtbot, gallery):
    view, selection = view_of(gallery), gallery.services.selection
    ids = view.arrangement.ids.tolist()
    for key, expected in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_End, 29), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(view, key)
        assert selection.ids == (ids[expected],)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert selection.ids == (ids[0], ids[1])
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not gallery.gallery.is_in_the_middle
    qtbot.waitUntil(lambda: gallery.canvas.field_id == 1)


def test_a_double_click_goes_to_the_field_of_the_cell(qtbot, gallery):
    gallery.panel.scope_box.setCurrentIndex(1)
    settle(qtbot, gallery)
    position = centre(gallery, 35)
    qtbot.mouseDClick(view_of(gallery).viewport(), LEFT, pos=position)
    qtbot.waitUntil(lambda: gallery.canvas.field_id == 2)
    assert gallery.middle.currentWidget() is gallery.host
    box = gallery.services.editor.case.cells[35].mask.box
    assert gallery.canvas.visible_box.intersection(box) == box


def test_a_key_sets_the_class_of_the_selected_tiles_which_move_there(qtbot, gallery):
    click(qtbot, gallery, 1)
    click(qtbot, gallery, 2, CTRL)
    qtbot.keyClick(view_of(gallery), Qt.Key.Key_8)
    settle(qtbot, gallery)
    assert {reviewed(gallery)[1], reviewed(gallery)[2]} == {CellClass.TEARDROP}
    assert groups(gallery)["teardrop"] >= {1, 2}
    assert gallery.services.editor.undo_text == "Set 2 cells to teardrop"


@pytest.mark.parametrize(("side", "scrolled"), [(4, False), (24, False), (24, True)])
def test_after_a_class_key_the_arrows_go_on_where_the_cell_was(qtbot, gallery, side, scrolled):
    view, editor = view_of(gallery), gallery.services.editor
    gallery.gallery.pane.size_slider.setValue(side)
    settle(qtbot, gallery)
    order = [i for i in view.arrangement.ids.tolist() if i in groups(gallery)["normal"]]
    place = 8 if scrolled else 1
    view.verticalScrollBar().setValue(120 if scrolled else 0)
    click(qtbot, gallery, order[place])
    at = view.rect_of(view.index_of(order[place])).topLeft()
    assert (view.verticalScrollBar().value() > 0) is scrolled
    qtbot.keyClick(view, Qt.Key.Key_8)
    settle(qtbot, gallery)
    assert view.rect_of(view.index_of(order[place + 1])).topLeft() == at, "the next one has taken its place"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert gallery.services.selection.ids == (order[place + 1],)
    editor.undo()
    settle(qtbot, gallery)
    click(qtbot, gallery, order[place])
    qtbot.keyClick(view, Qt.Key.Key_8)
    settle(qtbot, gallery)
    editor.undo()
    settle(qtbot, gallery)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert gallery.services.selection.ids == (order[place - 1],), "it is back where it was"


def test_the_first_tile_is_reached_with_its_heading(qtbot, gallery):
    view = view_of(gallery)
    gallery.gallery.pane.size_slider.setValue(24)
    settle(qtbot, gallery)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.verticalScrollBar().value() == 0


def test_selected_tiles_are_dragged_onto_a_class(qtbot, gallery):
    view, bins = view_of(gallery), gallery.gallery.pane.bins
    click(qtbot, gallery, 3)
    click(qtbot, gallery, 14, CTRL)
    to = bins.rect_of(CellClass.SPHEROCYTE).center()
    end = view.viewport().mapFromGlobal(bins.mapToGlobal(to))
    start = centre(gallery, 14)
    port = view.viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    qtbot.mouseMove(port, start + QPoint(40, 10))
    qtbot.mouseMove(port, end)
    assert gallery.gallery.pane.floating.text() == "2 cells → spherocyte"
    qtbot.mouseRelease(port, LEFT, pos=end)
    settle(qtbot, gallery)
    assert {reviewed(gallery)[3], reviewed(gallery)[14]} == {CellClass.SPHEROCYTE}
    assert gallery.gallery.pane.floating.isHidden()
    gallery.services.editor.undo()
    assert reviewed(gallery)[14] is CellClass.TARGET_CELL, "one step"


def test_tiles_are_dragged_onto_another_group_but_not_onto_their_own(qtbot, gallery):
    view = view_of(gallery)
    click(qtbot, gallery, 5)
    drag(qtbot, gallery, centre(gallery, 5), centre(gallery, 6))
    assert reviewed(gallery)[5] is CellClass.NORMAL
    click(qtbot, gallery, 5)
    start = centre(gallery, 5)
    target = view.rect_of(view.index_of(15)).center()
    drag(qtbot, gallery, start, target)
    assert reviewed(gallery)[5] is CellClass.TARGET_CELL


def test_a_click_on_a_bin_sets_the_class_and_esc_gives_a_drag_up(qtbot, gallery):
    view, bins = view_of(gallery), gallery.gallery.pane.bins
    click(qtbot, gallery, 7)
    qtbot.mousePress(view.viewport(), LEFT, pos=(start := centre(gallery, 7)))
    qtbot.mouseMove(view.viewport(), start + QPoint(60, 0))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=view.viewport().mapFromGlobal(bins.mapToGlobal(QPoint(5, 5))))
    assert gallery.gallery.pane.floating.isHidden()
    assert reviewed(gallery)[7] is CellClass.NORMAL
    qtbot.mouseClick(bins, LEFT, pos=bins.rect_of(CellClass.OVALOCYTE).center())
    assert reviewed(gallery)[7] is CellClass.OVALOCYTE


def test_a_row_a_class_and_everything_is_confirmed_as_one_step_each(qtbot, gallery):
    view, editor = view_of(gallery), gallery.services.editor
    number = next(n for n, g in enumerate(view.arrangement.groups) if set(view.group_ids(n)) - set(reviewed(gallery)))
    waiting = set(view.group_ids(number))
    view.verticalScrollBar().setValue(int(view.layout_.tops[number]))
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.heading_button(number).center())
    settle(qtbot, gallery)
    assert waiting <= set(reviewed(gallery))
    editor.undo()
    settle(qtbot, gallery)
    row = view.layout_.row_at(int(view.layout_.tops[number]) + view.layout_.header + 5)
    ids = set(view.ids_in(row))
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.row_button(row).center())
    settle(qtbot, gallery)
    assert ids <= set(reviewed(gallery))
    before = reviewed(gallery)
    qtbot.mouseClick(gallery.gallery.pane.confirm_all, LEFT)
    settle(qtbot, gallery)
    assert set(reviewed(gallery)) == set(range(1, 31))
    assert f"{30 - len(before)} cells confirmed" in gallery.message_bar.text
    editor.undo()
    assert reviewed(gallery) == before
    assert gallery.message_bar.text == "", "undo would take another step back now"


def test_what_is_shown_follows_the_filter_of_the_table_and_says_when_nothing_is(qtbot, gallery):
    gallery.panel.show_class(CellClass.TARGET_CELL)
    settle(qtbot, gallery)
    assert set(groups(gallery)) == {"target cell"}
    gallery.panel.show_class(None)
    gallery.panel.show_group(CUT_BY_THE_EDGE)
    settle(qtbot, gallery)
    assert view_of(gallery).layout_.count == 0
    assert view_of(gallery).empty_text == NO_CELLS
    view_of(gallery).grab()


def test_size_sort_and_looks_change_and_are_kept(qtbot, gallery):
    pane, view = gallery.gallery.pane, view_of(gallery)
    pane.set_sort("size")
    pane.by_class.setChecked(False)
    settle(qtbot, gallery)
    rows = gallery.panel.model.rows
    shown = [rows[i] for i in view.arrangement.ids.tolist()]
    sides = [max(r.x1 - r.x0, r.y1 - r.y0) for r in shown]
    assert sides == sorted(sides, reverse=True)
    assert view.heading_button(0) is None
    pane.size_slider.setValue(16)
    pane.outlines.setChecked(False)
    pane.labels.setChecked(False)
    settle(qtbot, gallery)
    assert view.painter.side == 128
    kept = gallery.services.settings.value
    assert (kept.gallery_side, kept.gallery_by_class, kept.gallery_outlines, kept.gallery_labels) == (
        128, False, False, False,
    )  # fmt: skip


def test_a_mended_outline_has_a_new_picture(qtbot, gallery):
    editor, pictures = gallery.services.editor, gallery.gallery.pane.pictures
    old = pictures.get(1)
    editor.replace_mask(1, make_proposal(random.Random(9), cut_share=0))
    assert pictures.get(1) is None
    settle(qtbot, gallery)
    assert pictures.get(1) is not None
    assert pictures.get(1) is not old


def test_pictures_stay_while_the_file_is_the_same(qtbot, gallery, tmp_path):
    editor, pictures = gallery.services.editor, gallery.gallery.pane.pictures
    before = pictures.get(1)
    assert before is not None
    editor.replace_case(editor.case, editor.store)  # as when a second reading begins or ends
    assert pictures.get(1) is before
    settle(qtbot, gallery)
    old = editor.replace_case(Case(), other := CaseFile.create(tmp_path / "other.rbc"))
    assert pictures.nbytes == 0
    settle(qtbot, gallery)
    editor.replace_case(Case(), old)
    other.close()


def test_scrolling_keeps_to_what_is_looked_at_while_cells_come_and_go(qtbot, gallery):
    view, editor = view_of(gallery), gallery.services.editor
    gallery.gallery.pane.size_slider.setValue(20)
    settle(qtbot, gallery)
    bar = view.verticalScrollBar()
    assert bar.maximum() > 100
    bar.setValue(bar.maximum() // 2)
    first = view.id_at(view.visible[0])
    at = view.rect_of(view.index_of(first)).top()
    gone = [i for i in view.arrangement.ids.tolist()[:4] if i != first]
    editor.remove_cells(gone)
    settle(qtbot, gallery)
    assert view.rect_of(view.index_of(first)).top() == at


def test_a_narrow_gallery_shows_every_class_and_every_word_of_its_head(qtbot, gallery):
    pane = gallery.gallery.pane
    gallery.action_set["gallery-window"].setChecked(True)
    qtbot.waitUntil(lambda: pane.window() is not gallery)
    for width in (900, 380):
        pane.window().resize(width, 500)
        qtbot.waitUntil(lambda width=width: pane.width() == width and pane.bins.geometry().bottom() < pane.height())
        assert pane.bins.height() == pane.bins.heightForWidth(width)
        assert cut_off(pane.window()) == []
    assert pane.bins.height() > pane.bins.minimumSizeHint().height()


def test_classes_stand_in_two_rows_where_one_would_be_too_narrow(qtbot, theme):
    bins = ClassBins(theme)
    qtbot.addWidget(bins)
    for width, rows in ((600, 1), (300, 2), (160, 3)):
        bins.resize(width, bins.heightForWidth(width))
        places = [bins.rect_of(each) for each in BUILT_IN]
        assert len({place.top() for place in places}) == rows
        assert min(place.width() for place in places) >= LEAST_PX
        assert all(bins.rect().contains(place) for place in places)
        assert [bins.class_at(place.center()) for place in places] == list(BUILT_IN)
        assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
