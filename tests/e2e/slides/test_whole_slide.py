"""A slide from the file to counted cells: its monolayer found, regions accepted and segmented, a place clicked."""

import math

import pytest
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop.assembly import build_window, close_down
from rbc_desktop.domain.geometry import Point
from rbc_desktop.storage.slides import slide_opener
from tests.fakes.slide_files import Film, write_pages
from training.renderer.film import FilmStyle, FilmZone, draw_film

WAIT = 120_000
STYLE = FilmStyle(diameter=40.0, blurred=0, borders=(0.02, 0.2, 0.93, 0.98))


@pytest.fixture
def drawn():
    return draw_film(width=4000, height=2400, seed=9, style=STYLE)


@pytest.fixture
def window(qtbot, tmp_path, drawn):
    built = build_window(QApplication.instance())
    qtbot.addWidget(built)
    built.resize(1400, 900)
    built.show()
    built.services.engine.start()
    yield built
    built.close()
    close_down(built)


def test_a_technician_counts_on_a_slide(qtbot, window, drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 1_000_000)  # a larger film takes minutes to draw
    path = write_pages(tmp_path / "film.tif", Film(drawn.rgb, drawn.zones))
    slides, pane, editor = window.slides.slides, window.slides.pane, window.services.editor
    window.services.files.open_paths([path])
    qtbot.waitUntil(lambda: slides.entry is not None and pane.canvas.layers.slide.loader.has_view, timeout=WAIT)
    window.services.settings.update(target_cells=100)
    qtbot.waitUntil(lambda: window.action_set["find-monolayer"].isEnabled(), timeout=WAIT)
    window.action_set["find-monolayer"].trigger()
    qtbot.waitUntil(lambda: slides.found is not None, timeout=WAIT)
    proposed = slides.proposals.regions
    assert proposed
    pane.proposals.accept_all.click()
    fields = list(editor.case.fields.values())
    assert [field.region for field in fields] == [each.region for each in proposed]

    qtbot.waitUntil(lambda: window.action_set["segment-fields"].isEnabled(), timeout=WAIT)
    window.action_set["segment-fields"].trigger()
    qtbot.waitUntil(lambda: all(editor.case.fields[f.id].searched for f in fields), timeout=WAIT)
    for field, each in zip(fields, proposed, strict=True):
        assert len(editor.case.cells_of(field.id)) == pytest.approx(each.cells, rel=0.3)

    # On the slide every outline lies on what is stained there.
    qtbot.waitUntil(lambda: pane.cells.is_complete, timeout=WAIT)
    index = pane.canvas.layers.cells.index
    assert index.ids == editor.case.cells.keys()
    for cell_id in list(index.ids)[::5]:
        mask = index.view(cell_id).mask
        inside = drawn.rgb[mask.y0 : mask.y0 + mask.crop.shape[0], mask.x0 : mask.x0 + mask.crop.shape[1]][mask.crop]
        assert inside[:, 1].mean() < 215
        y, x = int(mask.centroid.y) // drawn.step, int(mask.centroid.x) // drawn.step
        assert drawn.zones[y, x] in (FilmZone.MONOLAYER, FilmZone.BETWEEN)

    # And any place can be worked at: a double-click there opens a field and outlines the cell.
    place = next(p for p in _dark_places(drawn) if all(not _near(p, field.region) for field in fields))
    slides.open_at(place)
    qtbot.waitUntil(lambda: window.presenter.shows_image and editor.current_field.region is not None, timeout=WAIT)
    assert not window.slides.is_in_front
    region = editor.current_field.region
    qtbot.waitUntil(lambda: window.session.work.field_id == editor.current_field.id, timeout=WAIT)
    click = Point(place.x - region.x0, place.y - region.y0)
    qtbot.waitUntil(lambda: window.session.prompts.state.proposal is not None, timeout=WAIT)
    mask = window.session.prompts.state.proposal.mask
    assert math.hypot(mask.centroid.x - click.x, mask.centroid.y - click.y) < STYLE.diameter / 2


def _dark_places(drawn):
    """Places in the monolayer at which something is stained."""
    step = drawn.step
    for row in range(20, drawn.zones.shape[0] - 20, 3):
        for column in range(20, drawn.zones.shape[1] - 20, 3):
            if drawn.zones[row, column] == FilmZone.MONOLAYER and drawn.rgb[row * step, column * step, 1] < 170:
                yield Point(column * step, row * step)


def _near(point, region):
    return region.x0 - 700 < point.x < region.x1 + 700 and region.y0 - 700 < point.y < region.y1 + 700
