"""What a click would outline, shown under the cursor."""

from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from tests.ui.canvas.canvas_bench import A, B, C
from tests.ui.canvas.hand import Heard


def test_the_preview_shows_what_a_click_would_outline(opened):
    opened.until(lambda: opened.session.hover._ready)
    opened.hand.move(*A)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    assert opened.canvas.hover_preview.contains(Point(*A))
    opened.hand.move(A[0] + 5, A[1])
    assert opened.canvas.hover_preview is not None  # still the same cell
    opened.hand.move(180, 180)
    assert opened.canvas.hover_preview is None
    opened.hand.move(*B)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    opened.hand.click(*B)
    assert opened.canvas.hover_preview is None
    opened.until(lambda: not opened.state.is_waiting)
    before = len(opened.asked)
    opened.hand.move(B[0] + 3, B[1])  # a click here would refine
    opened.hand.move(*C)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    assert len(opened.asked) == before + 1


def test_previews_work_in_a_field_that_is_shown_again_and_after_segment_all(opened):
    opened.until(lambda: opened.session.hover._ready)
    other, picture = opened.open(places=((200, 200),), name="b")
    finished = Heard(opened.queue.run_finished)
    opened.queue.segment_shown()
    opened.until(lambda: finished)
    opened.editor.undo()
    opened.hand.move(200, 200)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    opened.show(opened.field, opened.image)
    opened.hand.move(*A)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    opened.show(other, picture)
    opened.hand.move(200, 200)
    opened.until(lambda: opened.canvas.hover_preview is not None)


def test_no_preview_on_accepted_cells_and_with_other_tools(opened):
    opened.accept(A)
    opened.until(lambda: opened.session.hover._ready and opened.canvas.cell_at(Point(*A)) is not None)
    before = len(opened.asked)
    opened.hand.move(*A)
    opened.canvas.set_tool(ToolName.SELECT)
    opened.hand.move(*B)
    opened.canvas.set_tool(ToolName.POINT)
    opened.hand.move(*C)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    assert len(opened.asked) == before + 1
