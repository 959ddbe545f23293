"""What the window is given: everything behind it that lives as long as the application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ....background import TaskRunner
from ....editing.case_editor import CaseEditor
from ....editing.selection import Selection
from ....engine.engine import Engine
from ....ports import ModelFactories, SlideOpener
from ....storage.images.image_places import AskingReader
from ....storage.laboratory.settings import Settings
from ....storage.safekeeping.run_record import RunRecord
from ....workflows.cases.moved_images_controller import MovedImagesController
from ....workflows.cases.opening_controller import OpeningController
from ....workflows.cases.reading_controller import FieldImages
from ....workflows.configuring_controller import SettingsKeeper
from ....workflows.control.control_keeper_controller import ControlKeeper
from ....workflows.laboratory.own_classes_controller import OwnClassesKeeper
from ....workflows.notices import Notices
from ....workflows.sample.reference_keeper_controller import ReferenceKeeper
from ...look.theme import ThemeController


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
