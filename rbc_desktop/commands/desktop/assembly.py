"""Puts the window together: paths, settings, engine, working case; and takes it apart cleanly."""

from __future__ import annotations

import logging

from PySide6.QtWidgets import QApplication

from ...background import TaskRunner
from ...domain.case.case import Case
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...engine.engine import Engine
from ...language import present
from ...storage.images.image_places import AskingReader
from ...storage.images.image_reader import read_image
from ...storage.laboratory.class_file import own_classes_file
from ...storage.laboratory.control_file import control_file
from ...storage.laboratory.reference_file import reference_file
from ...storage.paths import manual_folder, resource_root, settings_file
from ...storage.safekeeping import autosave
from ...storage.safekeeping.run_record import RunRecord
from ...ui.look import icons
from ...ui.look.theme import ThemeController, add_bundled_fonts
from ...ui.window.frame.services import Services
from ...ui.window.main_window import MainWindow
from ...workflows.cases.moved_images_controller import MovedImagesController
from ...workflows.cases.opening_controller import OpeningController
from ...workflows.cases.reading_controller import FieldImages
from ...workflows.configuring import chosen_models
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.control.control_keeper_controller import ControlKeeper
from ...workflows.laboratory.own_classes_controller import OwnClassesKeeper
from ...workflows.notices import Notices
from ...workflows.sample.reference_keeper_controller import ReferenceKeeper

log = logging.getLogger(__name__)

SAMPLE = "sample_smear.png"


def build_window(app: QApplication) -> MainWindow:
    """The window with everything behind it; the engine is not started yet.

    Raises:
        CaseFileError: when the user's data folder can't be written to: work could not be kept then.
        OSError: likewise.
    """
    record = RunRecord.begin()
    resources = resource_root()
    add_bundled_fonts(resources / "fonts")
    theme = ThemeController(app, resources=resources)
    app.setWindowIcon(icons.app_icon())
    tasks = TaskRunner(parent=app)
    settings = SettingsKeeper(settings_file(), tasks, app)
    theme.force(settings.value.theme)
    editor = CaseEditor(Case(), autosave.new_case_file(), app)
    reader = AskingReader(read_image)
    fields = FieldImages(tasks, reader, parent=app)
    notices = Notices()
    classes = OwnClassesKeeper(own_classes_file(), editor, tasks=tasks, notices=notices, parent=app)
    controls = ControlKeeper(control_file(), editor, settings=settings, tasks=tasks, notices=notices, parent=app)
    fields.loaded.connect(controls.note_image)
    files = OpeningController(
        editor,
        fields,
        tasks=tasks,
        settings=settings,
        notices=notices,
        reader=reader,
        sample=resources / "sample" / SAMPLE,
        record=record,
        parent=app,
    )
    moved = MovedImagesController(editor, fields, files=files, notices=notices, reader=reader, parent=app)
    models = chosen_models(settings.value, fall_back=True)
    engine = Engine(models.segmenter, models.classifier, image_level_factory=models.image_level, parent=app)
    return MainWindow(
        Services(
            theme=theme,
            settings=settings,
            tasks=tasks,
            editor=editor,
            classes=classes,
            controls=controls,
            references=ReferenceKeeper(reference_file(), editor, tasks=tasks, parent=app),
            selection=Selection(editor, app),
            images=fields,
            files=files,
            moved=moved,
            notices=notices,
            engine=engine,
            models=chosen_models,
            reader=reader,
            slides=reader.open_slide,
            manual=manual_folder(present().code),
            record=record,
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
    services.record.end()
