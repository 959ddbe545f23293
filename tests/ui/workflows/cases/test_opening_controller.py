"""A slide is opened like an image, and makes an entry instead of a field."""

import pytest
from PIL import Image

from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.slides import slide_opener
from tests.fakes.slide_files import drawn_film, write_ome


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)
    return write_ome(tmp_path / "film.ome.tif", drawn_film(2_600, 1_800, radius=16), factors=(1, 4))


@pytest.fixture
def files(window):
    return window.services.files


def opened(files, qtbot, *paths):
    with qtbot.waitSignal(files.slides_added) as heard:
        files.open_paths(list(paths))
    qtbot.waitUntil(lambda: not files.is_busy)
    return heard.args[0]


def test_a_slide_is_an_entry_of_the_case_and_no_field(window, files, qtbot, path):
    ids = opened(files, qtbot, path)
    case = window.services.editor.case
    assert [(s.id, s.path, s.width, s.height) for s in case.slides.values()] == [(ids[0], path, 2_600, 1_800)]
    assert case.slides[ids[0]].calibration.um_per_px == 0.25
    assert case.fields == {}


def test_a_slide_that_the_case_has_is_shown_and_not_added_again(window, files, qtbot, path):
    assert opened(files, qtbot, path) == opened(files, qtbot, path)
    assert len(window.services.editor.case.slides) == 1


def test_images_and_slides_are_opened_together(window, files, qtbot, path, tmp_path):
    Image.fromarray(drawn_film(400, 300, cells=4).pixels).save(tmp_path / "plain.png")
    opened(files, qtbot, path, tmp_path / "plain.png")
    case = window.services.editor.case
    assert [field.path.name for field in case.fields.values()] == ["plain.png"]
    assert len(case.slides) == 1


def test_a_case_with_a_slide_is_no_empty_one(window, files, qtbot, path):
    opened(files, qtbot, path)
    kept = window.services.editor.store.path
    with qtbot.waitSignal(window.services.editor.case_replaced):
        files.new_case()
    qtbot.waitUntil(lambda: not files.is_busy)
    found = []

    def is_closed():
        try:
            store, case = CaseFile.open(kept)
        except CaseFileError:  # it is being closed in the background
            return False
        store.close()
        found.append(case)
        return True

    qtbot.waitUntil(is_closed)
    assert len(found[0].slides) == 1


def test_whoever_hears_of_new_images_may_go_on_at_once(window, files, qtbot, tmp_path):
    Image.fromarray(drawn_film(400, 300, cells=4).pixels).save(tmp_path / "plain.png")
    saved = tmp_path / "case.rbc"
    files.images_added.connect(lambda _: files.save_as(saved))
    files.open_paths([tmp_path / "plain.png"])
    qtbot.waitUntil(lambda: window.services.editor.store.path == saved and not files.is_busy, timeout=20_000)
    assert "Saved as case.rbc" in window.message_bar.text
