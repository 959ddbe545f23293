"""A canvas by itself, and one with everything behind it."""

import pytest

from rbc_desktop.ui.canvas.view import FieldCanvas
from tests.ui.canvas.canvas_bench import WAIT_MS, Bench
from tests.ui.canvas.drawn_discs import pixels
from tests.ui.canvas.hand import Hand


@pytest.fixture
def canvas(qtbot):
    widget = FieldCanvas()
    qtbot.addWidget(widget)
    widget.resize(700, 520)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_field(1, pixels())
    widget.setFocus()
    return widget


@pytest.fixture
def hand(canvas):
    return Hand(canvas)


@pytest.fixture
def bench(qtbot, tmp_path):
    made = Bench(qtbot, tmp_path)
    made.engine.start()
    yield made
    assert made.engine.shutdown(timeout_ms=WAIT_MS)
    assert made.tasks.shutdown()
    made.store.close()


@pytest.fixture
def opened(bench):
    bench.field, bench.image = bench.open()
    return bench
