"""The manual's pictures of places beside the image: own classes, keys, two fields, a slide."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import tifffile
from PIL import Image, ImageOps
from PySide6.QtWidgets import QWidget

from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.editing.slide_editor import add_slides
from rbc_desktop.storage.digest import known_digest
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.ui.window.main_window import MainWindow
from training.renderer.film import FilmStyle, draw_film

OWN = (
    own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5"),
    own_class("acanthocyte", code="Ac", colour="#3969AC", key="Shift+6"),
)
KEYS_TAB = 2
WINDOW = 900, 600
FILM_PX = 4200, 2600
FILM = FilmStyle(diameter=20.0, blurred=0, borders=(0.04, 0.25, 0.9, 0.97))


class Camera(Protocol):
    """What takes them: the photographer of `screenshots.py`."""

    window: MainWindow

    def until(self, condition: Callable[[], object]) -> None:
        """Process events until the condition holds."""

    def save(self, name: str, widget: QWidget | None = None, *, colours: int = 256) -> None:
        """Write one picture."""


def take_places(p: Camera) -> None:
    """Of a window that shows the sample; it leaves another case open."""
    _take_dialogs(p)
    p.window.panel_dock.hide()
    p.window.resize(*WINDOW)
    _take_side_by_side(p)
    _take_slide(p)


def _take_dialogs(p: Camera) -> None:
    """The list of own classes, and the keys."""
    window = p.window
    before = window.services.classes.value
    window.services.classes.set(OWN)
    window.action_set["own-classes"].trigger()
    classes = window.classes.dialog
    assert classes is not None
    p.save("own-classes", classes)
    classes.close()
    window.services.classes.set(before)
    window.action_set["settings"].trigger()
    settings = window.dialogs.preferences.dialog
    assert settings is not None
    settings.tabs.setCurrentIndex(KEYS_TAB)
    p.save("settings-keys", settings)
    settings.close()


def _take_side_by_side(p: Camera) -> None:
    """The sample beside its mirror image: copies, since the sample gives way to the first image of one's own."""
    window = p.window
    files, editor = window.services.files, window.services.editor
    files.new_case()
    p.until(lambda: not files.is_busy and not editor.case.fields)
    folder = Path(tempfile.mkdtemp(prefix="rbc-beside-"))
    with Image.open(files.sample) as sample:
        picture = sample.convert("RGB")
    paths = [folder / "field 1.png", folder / "field 2.png"]
    for path, image in zip(paths, (picture, ImageOps.mirror(picture)), strict=True):
        image.save(path)
    files.open_paths(paths)
    p.until(lambda: len(editor.case.fields) == 2 and not files.is_busy and window.presenter.shows_image)
    window.action_set["compare"].setChecked(True)
    p.until(lambda: window.compare.pane is not None)
    window.message_bar.hide()
    p.save("side-by-side")
    window.action_set["compare"].setChecked(False)


def _take_slide(p: Camera) -> None:
    """A drawn film as a slide, with the zones and the regions that the program finds on it."""
    window = p.window
    files, editor = window.services.files, window.services.editor
    files.new_case()
    p.until(lambda: not files.is_busy and not editor.case.fields)
    path = Path(tempfile.mkdtemp(prefix="rbc-slide-")) / "film.tif"
    width, height = FILM_PX
    film = draw_film(width=width, height=height, seed=7, style=FILM)
    with tifffile.TiffWriter(path) as writer:
        for factor in (1, 4, 16):
            level = film.rgb[::factor, ::factor]
            writer.write(level, subfiletype=int(factor > 1), metadata=None, photometric="rgb", tile=(256, 256))
    with contextlib.closing(open_slide(path)) as slide:
        [entry] = add_slides(editor, [SlideEntry.of(slide.info, number=0, sha256=known_digest(path))])
    files.slides_added.emit((entry.id,))
    place = window.slides
    p.until(lambda: place.slides.entry is not None and window.action_set["find-monolayer"].isEnabled())
    window.action_set["find-monolayer"].trigger()
    p.until(lambda: not place.slides.is_searching and place.slides.found is not None)
    p.until(lambda: place.pane.canvas.layers.slide.loader.is_settled)
    window.message_bar.hide()
    p.save("slide", place.pane, colours=64)
