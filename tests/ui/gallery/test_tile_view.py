"""What is painted of each tile."""

import numpy as np
from PySide6.QtGui import QFontMetrics

from rbc_desktop.ui.gallery.tile_painter import count_text
from tests.ui.gallery.test_gallery_pane import gallery, view_of  # noqa: F401


def test_a_heading_without_room_has_no_button_on_its_name(gallery):  # noqa: F811
    view = view_of(gallery)
    assert view.heading_button(0) is not None
    view.viewport().resize(160, 400)
    assert view.heading_button(0) is None


def test_what_a_heading_says_ends_before_its_button(qapp):
    font = qapp.font()
    room = QFontMetrics(font).horizontalAdvance("218 · 8 to review")
    assert count_text(218, 8, room=room, font=font) == "218 · 8 to review"
    assert count_text(218, 8, room=room - 1, font=font) == "218"
    assert count_text(218, 0, room=room, font=font) == "218"


def test_the_share_on_a_tile_is_that_of_the_class_beside_it_as_in_the_table(gallery, monkeypatch):  # noqa: F811
    painted, view = {}, view_of(gallery)
    keep = lambda _, at, tile, _picture, **_lost: painted.update({(at.x(), at.y()): tile})  # noqa: E731
    monkeypatch.setattr(view.painter, "paint", keep)
    view.grab()
    tiles = {}
    for place, cell in enumerate(view.arrangement.ids.tolist()):
        corner = view.rect_of(place).topLeft()
        if (corner.x(), corner.y()) in painted:
            tiles[cell] = painted[corner.x(), corner.y()]
    table = {int(row["cell"]): row for row in gallery.panel.model.columns.table}
    assert len(tiles) > 5
    np.testing.assert_array_equal([t.share for t in tiles.values()], [table[cell]["probability"] for cell in tiles])
    assert any(table[cell]["probability"] < table[cell]["sureness"] for cell in tiles), "a person overruled some"


def test_a_tile_whose_image_is_gone_does_not_look_as_if_its_picture_was_to_come(qtbot, gallery):  # noqa: F811
    view, services = view_of(gallery), gallery.services
    services.editor.case.fields[2].path.unlink()
    services.images._images.discard(2)
    view._pictures._kept.clear()
    gallery.panel.scope_box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: 2 in services.images.problems and view.index_of(31) is not None, timeout=20_000)
    assert view._pictures.is_lost(31)
    assert not view._pictures.is_lost(1)
    view.reveal(view.index_of(31))
    tile = view.rect_of(view.index_of(31))
    shown = view.viewport().grab(tile).toImage()
    around, nearby = shown.rect().center(), range(-10, 11)
    middle = {shown.pixel(around.x() + x, around.y() + y) for x in nearby for y in nearby}
    assert len(middle) > 1, "a mark stands there"
