"""Labels show the text that they are given."""

from PySide6.QtCore import Qt

from rbc_desktop.ui.look.plain_label import plain_label


def test_a_name_that_looks_like_markup_is_shown_as_it_is(qtbot):
    label = plain_label("<b>a</b>.png can't be read.", kind="warning")
    qtbot.addWidget(label)
    plain = plain_label("a")
    qtbot.addWidget(plain)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > 2 * plain.sizeHint().width(), "the tags are there"
    assert label.wordWrap()
    assert label.property("warning") is True
    assert plain.property("warning") is None


def test_only_some_can_be_copied(qtbot):
    for to_copy in (False, True):
        label = plain_label("a", to_copy=to_copy)
        qtbot.addWidget(label)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        assert bool(label.textInteractionFlags() & selectable) == to_copy
