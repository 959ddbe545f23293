"""Pages of tabs are made when somebody looks, each once, in its place."""

from PySide6.QtWidgets import QLabel

from rbc_desktop.ui.look.later_tabs import LaterTabs


def test_a_page_is_made_when_it_is_looked_at_or_asked_for(qtbot):
    made = []

    def maker(name):
        def make():
            made.append(name)
            return QLabel(name)

        return make

    tabs = LaterTabs()
    qtbot.addWidget(tabs)
    places = [tabs.add(name.title(), maker(name)) for name in ("one", "two", "three", "four")]
    tabs.show()
    assert made == ["one"], "the first is seen at once"
    third = tabs.page(places[2])
    assert isinstance(third, QLabel)
    assert (third.text(), tabs.currentIndex()) == ("three", 0)
    tabs.setCurrentIndex(1)
    assert made == ["one", "three", "two"]
    second = tabs.currentWidget()
    assert isinstance(second, QLabel)
    assert (second.text(), second.isVisible()) == ("two", True)
    tabs.setCurrentWidget(third)
    assert tabs.currentWidget() is third is tabs.page(places[2])
    assert [tabs.has_page(place) for place in places] == [True, True, True, False]
    assert [tabs.tabText(place) for place in places] == ["One", "Two", "Three", "Four"]
    assert tabs.count() == 4
    assert made == ["one", "three", "two"]
