"""A chart on the screen: every film where its value says, what is beyond at the edge, and told by a tooltip."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from rbc_desktop.domain.laboratory.control_film import charts_of
from rbc_desktop.ui.laboratory.levey_jennings import MOST_POINTS, LeveyJennings, point_text
from tests.fakes.control_films import film, weeks


@pytest.fixture
def chart(qtbot, theme):
    found = charts_of([*weeks(), film(22, 7.5)])["diameter"]
    widget = LeveyJennings(found, measure="diameter", theme=theme)
    qtbot.addWidget(widget)
    widget.resize(600, 150)
    return widget


def test_points_go_up_with_their_value_and_stop_at_the_edge(chart):
    places = [chart.place(i) for i in range(len(chart.points))]
    assert [p.x() for p in places] == sorted(p.x() for p in places)
    lowest, highest = min(chart.points, key=lambda p: p.z), chart.points[-1]
    assert places[chart.points.index(lowest)].y() == max(p.y() for p in places)
    assert highest.z > 4
    assert places[-1].y() >= 0
    picture = chart.grab().toImage()
    tokens = chart._theme.tokens
    assert picture.pixelColor(places[-1].toPoint()).name().upper() == tokens.error
    assert picture.pixelColor(places[0].toPoint()).name().upper() == tokens.base


def test_a_point_is_told_in_words(qtbot, chart):
    text = point_text(chart.points[-1], measure="diameter")
    assert text.startswith("2026-03-24  film 22\n7.50 µm, +")
    assert "1-3s: one value is more than 3 SD off" in text
    assert chart.accessibleDescription() == text.replace("\n", "; ")
    chart.show()
    at = chart.place(len(chart.points) - 1).toPoint()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    assert QToolTip.text() == text
    far = QPoint(at.x() - 200, 5)
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, far, chart.mapToGlobal(far)))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_only_the_newest_films_are_drawn(theme, qtbot):
    found = charts_of(weeks(100))["diameter"]
    widget = LeveyJennings(found, measure="diameter", theme=theme)
    qtbot.addWidget(widget)
    assert len(widget.points) == MOST_POINTS
    assert widget.points[-1].name == "film 99"
