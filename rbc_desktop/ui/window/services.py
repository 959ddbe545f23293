"""What the window is given: everything behind it that lives as long as the application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...background import TaskRunner
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...engine.engine import Engine
from ...ports import ModelFactories, SlideOpener
from ...storage.image_places import AskingReader
from ...storage.run_record import RunRecord
from ...storage.settings import Settings
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.control_keeper_controller import ControlKeeper
from ...workflows.moved_images_controller import MovedImagesController
from ...workflows.notices import Notices
from ...workflows.opening_controller import OpeningController
from ...workflows.own_classes_controller import OwnClassesKeeper
from ...workflows.reading_controller import FieldImages
from ...workflows.reference_keeper_controller import ReferenceKeeper
from ..look.theme import ThemeController


@dataclass(frozen=True, slots=True)
class Services:
    """What the window is given.

    Attributes:
        models: factories of the models that some settings name.
        manual: folder of the manual's chapters.
        record: what this process has begun.
    """

    theme: ThemeController
    settings: SettingsKeeper
    tasks: TaskRunner
    editor: CaseEditor
    classes: OwnClassesKeeper
    controls: ControlKeeper
    references: ReferenceKeeper
    selection: Selection
    images: FieldImages
    files: OpeningController
    moved: MovedImagesController
    notices: Notices
    engine: Engine
    reader: AskingReader
    slides: SlideOpener
    models: Callable[[Settings], ModelFactories]
    manual: Path
    record: RunRecord
