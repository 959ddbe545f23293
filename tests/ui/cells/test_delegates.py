"""What the columns of the cell table look like."""

from PySide6.QtWidgets import QItemDelegate, QStyledItemDelegate

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.imaging.cells.cell_picture import cut
from rbc_desktop.ui.cells import thumbnails
from rbc_desktop.ui.look import fresh_paint
from tests.ui.cells.test_panel import panel  # noqa: F401


def test_a_column_of_text_is_painted_as_qt_paints_it(qtbot, panel, editor, selection):  # noqa: F811
    """`TextDelegate` asks the row for its text; what is seen is what the model says by its roles."""
    for number in panel.model.shown_ids[:3]:
        editor.set_class([number], CellClass.TARGET_CELL)
    qtbot.waitUntil(lambda: panel.feed.is_settled)
    panel.show_all_fields()
    selection.set(panel.model.shown_ids[1:3])
    qtbot.waitUntil(lambda: panel.feed.is_settled)
    ours = panel.view.grab().toImage()
    panel.view.setItemDelegate(QStyledItemDelegate(panel.view))
    assert panel.view.grab().toImage() == ours
    panel.view.setItemDelegate(QItemDelegate(panel.view))  # which paints otherwise, so that a difference is seen
    assert panel.view.grab().toImage() != ours


def test_only_rows_with_a_ground_of_their_own_ask_the_style_for_it(panel, selection, monkeypatch):  # noqa: F811
    panel.show_all_fields()
    style, asked = panel.view.style(), []

    def ask():
        asked.append(style)
        return style

    monkeypatch.setattr(panel.view, "style", ask)
    columns = sum(not panel.view.isColumnHidden(c) for c in range(panel.model.columnCount()))
    for chosen in ([], panel.model.shown_ids[1:3]):
        selection.set(chosen)
        panel.view.grab()
        asked.clear()
        panel.view.viewport().repaint()
        assert bool(asked) == bool(chosen)
        assert len(asked) <= len(chosen) * columns


def test_the_corners_of_thumbnails_are_round(panel):  # noqa: F811
    row = panel.model.shown[0]
    round_, square = (panel.thumbnails.get(row, side=30, ratio=2.0, radius=radius).toImage() for radius in (4, 0))
    assert round_.size() == square.size()
    assert round_.pixelColor(0, 0).alpha() == 0
    assert round_.pixelColor(30, 30) == square.pixelColor(30, 30)


def test_a_paint_makes_a_few_thumbnails_and_those_that_follow_the_rest(qtbot, panel, monkeypatch):  # noqa: F811
    whole, made = panel.view.viewport().grab().toImage(), []

    def counted(*given, **wanted):
        made.append(given)
        return cut(*given, **wanted)

    monkeypatch.setattr(thumbnails, "cut", counted)
    monkeypatch.setattr(fresh_paint, "FRESH_SECONDS", 0.0)
    panel.thumbnails.clear()
    panel.view.viewport().repaint()
    assert len(made) == 1
    qtbot.waitUntil(lambda: len(made) == panel.model.rowCount())
    assert panel.view.viewport().grab().toImage() == whole
