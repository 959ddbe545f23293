"""Puts the window together: paths, settings, engine, working case; and takes it apart cleanly."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from ..background import TaskRunner
from ..domain.case import Case
from ..editing.case_editor import CaseEditor
from ..editing.selection import Selection
from ..engine.engine import Engine
from ..errors import ModelLoadError
from ..models.choice import ModelChoice, load_classifier, load_segmenter
from ..ports import CellClassifier, ModelFactories, Segmenter
from ..storage import autosave
from ..storage.image_reader import read_image
from ..storage.paths import manual_folder, resource_root, settings_file
from ..storage.settings import Settings
from ..ui.look import icons
from ..ui.look.theme import ThemeController, add_bundled_fonts
from ..ui.window.main_window import MainWindow, Services
from ..workflows.configuring_controller import SettingsKeeper
from ..workflows.opening_controller import CaseFiles
from ..workflows.reading_controller import FieldImages

log = logging.getLogger(__name__)

SAMPLE = "sample_smear.png"


def build_window(app: QApplication) -> MainWindow:
    """The window with everything behind it; the engine is not started yet.

    Raises:
        CaseFileError: when the user's data folder can't be written to: work could not be kept then.
    """
    resources = resource_root()
    add_bundled_fonts(resources / "fonts")
    theme = ThemeController(app, resources=resources)
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
    engine = Engine(SegmenterOfSettings(settings.value), ClassifierOfSettings(settings.value), parent=app)
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
            models=chosen_models,
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


def chosen_models(settings: Settings) -> ModelFactories:
    """Factories of the models that these settings name, and of no others: what doesn't fit is refused."""
    return ModelFactories(
        SegmenterOfSettings(settings, fall_back=False), ClassifierOfSettings(settings, fall_back=False)
    )


class SegmenterOfSettings:
    """Builds the segmenter that the settings name; called on the inference thread, where torch is imported.

    Args:
        settings: which, and on which device.
        fall_back: take the bundled one when the chosen one can't be loaded, and say so.
    """

    def __init__(self, settings: Settings, *, fall_back: bool = True) -> None:
        self._choice, self._fall_back = _choice(settings), fall_back

    def __call__(self) -> tuple[Segmenter, tuple[str, ...]]:
        """See `ports.SegmenterFactory`."""
        bundled = resource_root() / "weights"
        try:
            return load_segmenter(self._choice, bundled=bundled)
        except ModelLoadError as error:
            if self._choice.segmenter is None or not self._fall_back:
                raise
            segmenter, notes = load_segmenter(replace(self._choice, segmenter=None), bundled=bundled)
            return segmenter, (f"The bundled segmenter is used instead of the chosen one. {error.message}", *notes)


class ClassifierOfSettings:
    """Builds the classifier that the settings name; otherwise like `SegmenterOfSettings`."""

    def __init__(self, settings: Settings, *, fall_back: bool = True) -> None:
        self._choice, self._fall_back = _choice(settings), fall_back

    def __call__(self) -> tuple[CellClassifier, tuple[str, ...]]:
        """See `ports.ClassifierFactory`."""
        bundled = resource_root() / "weights"
        try:
            return load_classifier(self._choice, bundled=bundled), ()
        except ModelLoadError as error:
            if self._choice.classifier is None or not self._fall_back:
                raise
            note = f"The bundled classifier is used instead of the chosen one. {error.message}"
            return load_classifier(replace(self._choice, classifier=None), bundled=bundled), (note,)


def _choice(settings: Settings) -> ModelChoice:
    return ModelChoice.of(
        segmenter=settings.segmenter_weights, classifier=settings.classifier_weights, device=settings.device
    )
