"""Puts the window together: paths, settings, engine, working case; and takes it apart cleanly."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtWidgets import QApplication

from .domain.case import Case
from .editing.case_editor import CaseEditor
from .editing.selection import Selection
from .engine.engine import Engine
from .engine.tasks import TaskRunner
from .ports import CellClassifier, Segmenter
from .storage import autosave
from .storage.image_reader import read_image
from .storage.paths import manual_folder, resource_root, settings_file
from .storage.settings import Settings
from .ui import icons
from .ui.case_files import CaseFiles
from .ui.field_images import FieldImages
from .ui.main_window import MainWindow, Services
from .ui.settings_keeper import SettingsKeeper
from .ui.theme import ThemeController, add_bundled_fonts

log = logging.getLogger(__name__)

SAMPLE = "sample_smear.png"


def build_window(app: QApplication) -> MainWindow:
    """The window with everything behind it; the engine is not started yet.

    Raises:
        CaseFileError: when the user's data folder can't be written to: work could not be kept then.
    """
    resources = resource_root()
    add_bundled_fonts(resources / "fonts")
    theme = ThemeController(app, icon_folder=resources / "icons")
    app.setWindowIcon(icons.app_icon())
    tasks = TaskRunner(parent=app)
    settings = SettingsKeeper(settings_file(), tasks, app)
    theme.force(settings.value.theme)
    editor = CaseEditor(Case(), autosave.new_case_file(), app)
    fields = FieldImages(tasks, read_image, parent=app)
    files = CaseFiles(
        editor,
        fields,
        tasks=tasks,
        settings=settings,
        reader=read_image,
        sample=resources / "sample" / SAMPLE,
        parent=app,
    )
    engine = Engine(SegmenterOfSettings(settings.value), classifier, parent=app)
    return MainWindow(
        Services(
            theme=theme,
            settings=settings,
            tasks=tasks,
            editor=editor,
            selection=Selection(editor, app),
            images=fields,
            files=files,
            engine=engine,
            reader=read_image,
            manual=manual_folder(),
        )
    )


def close_down(window: MainWindow) -> None:
    """Stop the threads, close the case file, store the settings: in this order, so that nothing is lost."""
    services = window.services
    if not services.engine.shutdown():
        log.error("the inference thread did not stop in time")
    if not services.tasks.shutdown():
        log.error("a background task did not stop in time")
    services.files.close()
    services.settings.flush()


class SegmenterOfSettings:
    """Builds the segmenter that the settings name; called on the inference thread, where torch is imported."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self) -> tuple[Segmenter, tuple[str, ...]]:
        """The segmenter and notes for the user."""
        from .models import native

        native.load()
        from .models.device import choose_device
        from .models.segmenter import load_bundled, load_checkpoint

        device, notes = choose_device(None if self._settings.device == "auto" else (self._settings.device,))
        if self._settings.segmenter_weights:
            segmenter, more = load_checkpoint(Path(self._settings.segmenter_weights), device=device)
        else:
            segmenter, more = load_bundled(resource_root() / "weights", device=device)
        return segmenter, (*notes, *more)


def classifier() -> CellClassifier:
    """The bundled classifier; called on the inference thread."""
    from .models.classifier import LightGbmClassifier

    return LightGbmClassifier.load(resource_root() / "weights")
