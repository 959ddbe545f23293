"""Windows and panels over real cases: real case files, images on the disk, the real editor."""

import gc
import random
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.case.case import Case
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.selection import Selection
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.paths import resource_root
from rbc_desktop.ui.look.theme import ThemeController
from tests.fakes.casework import make_analysis, make_proposal, write_image


@pytest.fixture(autouse=True, scope="module")
def windows_are_collected():
    """The windows of a module lie in cycles; kept until a full collection is due, they add up to gigabytes."""
    yield
    gc.collect()


@pytest.fixture
def theme(qapp, qtbot):
    controller = ThemeController(qapp, resources=resource_root())
    yield controller
    qtbot.waitUntil(lambda: controller.sheet_change.is_done)  # a test may have changed the theme at its end
    controller.deleteLater()


@pytest.fixture
def store(tmp_path):
    file = CaseFile.create(tmp_path / "work.rbc")
    yield file
    file.close()


@pytest.fixture
def editor(qapp, store):
    return CaseEditor(Case(), store)


@pytest.fixture
def selection(editor):
    return Selection(editor)


@pytest.fixture
def images(tmp_path):
    """Two decoded images that lie on the disk."""
    return [write_image(tmp_path / f"smear {number}.png", number) for number in (1, 2)]


@pytest.fixture
def add_cells_to():
    """Adds cells with measurements and predictions to a field of an editor's case."""

    def add(editor, field_id, count, *, seed=1, analysed=True, predicted_share=0.9, quality=None):
        rng = random.Random(seed)
        cells = editor.add_cells(
            field_id, [make_proposal(rng, cut_share=0) for _ in range(count)], run=editor.new_run()
        )
        if analysed:
            analyses = [make_analysis(cell, rng, predicted_share=predicted_share) for cell in cells]
            editor.set_analyses(analyses, qualities={} if quality is None else {field_id: quality})
        return cells

    return add


@pytest.fixture
def add_cells(editor, add_cells_to):
    """Adds cells with measurements and predictions to a field."""
    return partial(add_cells_to, editor)


@pytest.fixture
def window(qtbot, monkeypatch):
    """The application's window as it starts, with everything behind it; the models are not loaded."""
    from rbc_desktop.commands.desktop import assembly

    built = assembly.build_window(QApplication.instance())
    qtbot.addWidget(built)
    built.show()
    yield built
    built.close()
    qtbot.waitUntil(lambda: built.services.theme.sheet_change.is_done)  # a test may have changed the theme at its end
    assembly.close_down(built)


@pytest.fixture
def image_window(qtbot, window, tmp_path):
    """The window that shows one image, `smear.png`."""
    path = tmp_path / "smear.png"
    write_image(path, 1)
    window.services.files.open_paths([path])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    return window


@pytest.fixture
def at_work(qtbot, tmp_path, add_cells_to):
    """Brings two fields and eight analysed cells of the first into a window."""

    def bring(window):
        paths = [tmp_path / f"smear {number}.png" for number in (1, 2)]
        for number, path in enumerate(paths):
            write_image(path, number)
        window.services.files.open_paths(paths)
        qtbot.waitUntil(lambda: window.presenter.shows_image and len(window.services.editor.case.fields) == 2)
        add_cells_to(window.services.editor, 1, 8)
        qtbot.waitUntil(lambda: window.panel.feed.is_settled and not window._state_timer.isActive())
        return window

    return bring


@pytest.fixture
def pictures(tmp_path):
    """Three images on the disk."""
    folder = tmp_path / "Bilder äöü"
    folder.mkdir()
    paths = [folder / f"smear {n}.png" for n in (1, 2, 10)]
    for number, path in enumerate(paths):
        write_image(path, number)
    return paths
