"""Everything is reached with Tab, says its name to a screen reader, and lets go again; and fits at 200 %."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabWidget

from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.turns import is_quiet
from rbc_desktop.ui.window.actions.actions import ACTIONS
from rbc_desktop.workflows.key_map import RESERVED
from tests.ui.slide.conftest import film, in_case, slide_path  # noqa: F401
from tests.ui.tab_walk import TabWalk, colliding, described, faults_of_menus, letter_of, nameless

DIALOGS = (
    "adjust", "calibrate", "export", "settings", "shortcuts", "about", "open-recent", "target", "sample", "operators",
    "own-classes", "retrain", "manual", "control-films", "restore-backup", "erase",
)  # fmt: skip
"""Actions that open a window."""


@pytest.fixture
def work(qtbot, window, at_work):
    """The window with two fields and eight analysed cells."""
    at_work(window)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def assert_reachable(top):
    walk = TabWalk(top)
    assert walk.visited, "there is nothing to reach"
    faults = {
        "a trap": described([walk.trapped] if walk.trapped is not None else []),
        "one letter, two widgets": ", ".join(colliding(top)),
        "never reached": described(walk.missed),
        "without a name": described(walk.silent),
        "without a name for the mouse": described(nameless(top)),
    }
    if any(faults.values()):
        pytest.fail("\n".join(f"{fault}: {which}" for fault, which in faults.items() if which))
    return walk


def test_the_empty_window(qtbot, window):
    qtbot.waitUntil(window.isActiveWindow)
    assert_reachable(window)


@pytest.mark.parametrize(
    "opens",
    [(), ("review-bar",), ("gallery",), ("compare",), ("review-bar", "gallery", "compare")],
    ids=lambda names: " ".join(names) or "image",
)
def test_every_place_of_the_window(qtbot, work, opens):
    for name in opens:
        work.action_set[name].setChecked(True)
    qtbot.waitUntil(is_quiet)
    qtbot.waitUntil(lambda: not work._state_timer.isActive())
    walk = assert_reachable(work)
    assert work.panel.view in walk.visited
    assert work.strip.list in walk.visited
    middle = work.gallery.pane.view if "gallery" in opens else work.canvas
    assert middle in walk.visited


def test_tab_goes_from_the_image_over_the_panels_to_the_status_line(work):
    visited = TabWalk(work).visited
    image = visited.index(work.canvas)
    order = [
        (visited.index(stop) - image) % len(visited) for stop in (work.strip.list, work.panel.view, work.line.scale)
    ]
    assert order == sorted(order)


def test_every_entry_of_a_menu_has_its_letter(qtbot, work):
    bar = work.menuBar()
    assert faults_of_menus(bar) == []
    assert {letter_of(action.text()) for action in bar.actions()} <= RESERVED.keys(), "a key may not take them"
    assert faults_of_menus(work.action_set.cell_menu(work)) == []
    assert faults_of_menus(work.panel.view.column_menu()) == []
    qtbot.keyClick(work, Qt.Key.Key_F10)
    assert bar.activeAction() is bar.actions()[0]
    assert bar.actions()[0].menu().isVisible()
    bar.actions()[0].menu().close()


@pytest.fixture
def with_slide(qtbot, window, slide_path):  # noqa: F811
    entry = in_case(window.services.editor, slide_path)
    window.services.files.slides_added.emit((entry.id,))
    qtbot.waitUntil(lambda: window.slides.slides.entry is not None, timeout=20_000)
    qtbot.waitUntil(window.action_set["find-monolayer"].isEnabled)
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize("panels", [True, False])
def test_a_slide_in_front(qtbot, with_slide, panels):
    with_slide.action_set["panels"].setChecked(panels)
    qtbot.waitUntil(lambda: not with_slide._state_timer.isActive())
    walk = assert_reachable(with_slide)
    pane = with_slide.slides.pane
    assert pane.canvas in walk.visited
    assert pane.canvas.map in walk.visited
    assert pane.search in walk.visited
    assert pane.back in walk.visited
    assert with_slide.canvas not in walk.visited, "it lies behind the slide"


def test_the_amendment_of_a_final_case(qtbot, work):
    """What is missing then is the reason, on the page of signatures."""
    sign = SampleEditor(work.services.editor).sign
    sign("reviewed", operator="Ada", meaning="reviewed by")
    sign("final", operator="Bo", meaning="made final by")
    qtbot.waitUntil(work.action_set["amend"].isEnabled)
    assert_reachable(work)
    top = opened_by(qtbot, work, "amend")
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    assert top.signing.reason.isVisible()
    assert top.final_bar.isVisible()
    walk = assert_reachable(top)
    assert top.signing.reason in walk.visited
    top.close()


def opened_by(qtbot, work, name):
    before = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    work.action_set[name].trigger()
    found = []

    def there():
        found[:] = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in before and w.width() > 50]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


def test_no_dialog_is_left_out():
    asks_for_a_file, of_a_final_case = {"open", "open-case", "save-case"}, {"amend"}
    opens = {spec.id for spec in ACTIONS if spec.text.endswith("…")}
    assert opens - asks_for_a_file - of_a_final_case <= set(DIALOGS)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog(qtbot, work, name):
    top = opened_by(qtbot, work, name)
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    pages = pages_of(top)
    for show in pages:
        show()
        assert_reachable(top)
    top.close()


def pages_of(top):
    """What shows each page of its tabs, one that does nothing without."""
    tabs = top.findChild(QTabWidget)
    if tabs is None:
        return [lambda: None]
    return [lambda index=index: tabs.setCurrentIndex(index) for index in range(tabs.count())]


SCREEN_AT_200 = (960, 516)
"""Logical pixels of a screen of 1920×1080 at 200 %, less 24 for a title bar."""


PLACES = [(), ("review-bar",), ("gallery",), ("compare",), ("review-bar", "compare")]
"""What can be open in the main window, by the actions that open it."""


def area(widget):
    return widget.width() * widget.height() if widget.isVisible() else 0


@pytest.mark.parametrize("opens", PLACES, ids=lambda names: " ".join(names) or "image")
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_at_200_percent_the_window_fits_and_the_image_is_the_largest_thing(qtbot, work, opens, theme):
    work.services.theme.force(theme)
    for name in opens:
        work.action_set[name].setChecked(True)
    qtbot.waitUntil(is_quiet)
    work.resize(*SCREEN_AT_200)
    looks = work.services.theme.sheet_change
    qtbot.waitUntil(lambda: looks.is_done and not work._state_timer.isActive())
    size = (work.width(), work.height())
    image = work.middle if work.compare.pane is None else work.halves
    others = (work.panel, work.review.bar, work.strip, work.view.tool_bar, work.line)
    sizes = {type(each).__name__: (each.width(), each.height()) for each in (image, *others) if each.isVisible()}
    work.services.theme.force("system")
    qtbot.waitUntil(lambda: looks.is_done)
    assert size == SCREEN_AT_200, sizes
    assert area(image) > max(area(each) for each in others), sizes
    assert area(image) > 0.35 * SCREEN_AT_200[0] * SCREEN_AT_200[1], sizes
    assert work.panel.view.height() >= 60, "there is no row of the table left"


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_fits_at_200_percent(qtbot, work, name):
    work.resize(*SCREEN_AT_200)
    top = opened_by(qtbot, work, name)
    least = top.minimumSizeHint().expandedTo(top.minimumSize())
    screen = top.screen().availableSize()
    assert top.width() <= max(screen.width(), least.width()), "it opens larger than its screen"
    assert top.height() <= max(screen.height(), least.height())
    top.close()
    assert least.width() <= SCREEN_AT_200[0]
    assert least.height() <= SCREEN_AT_200[1]
