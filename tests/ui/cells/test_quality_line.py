"""The line under the counts says what the fields that are counted don't let be seen."""

from dataclasses import replace

from tests.fakes.good_field import GOOD


def test_while_all_fields_are_counted_it_is_said_where_classes_are_withheld(qtbot, window, at_work):
    work = at_work(window)
    editor, line = work.services.editor, work.panel.quality
    shown = editor.current_field.id
    [other] = set(editor.case.fields) - {shown}
    editor.set_analyses([], qualities={shown: GOOD, other: replace(GOOD, pallor_share=0.0)})
    qtbot.waitUntil(lambda: work.panel.feed.is_settled)
    assert line.isHidden(), "all is well on the field in view"
    work.panel.show_all_fields()
    name = editor.case.fields[other].name
    assert line.isVisible()
    assert line.text().startswith(f"Not assessable in {name}: spherocyte, target cell")
    assert line.toolTip().startswith(f"Image of {editor.case.fields[shown].name}")
