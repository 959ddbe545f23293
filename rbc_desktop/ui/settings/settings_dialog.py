"""Edit > Settings: the laboratory, review, reports, look, and which models run and where."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...engine.jobs import EngineReady
from ...language import mark, tr
from ...storage.laboratory.classifier_folders import retrained_classifiers
from ...storage.laboratory.settings import Settings
from ...workflows.key_map import read_keys, written_keys
from ..look.later_tabs import LaterTabs
from ..look.plain_label import plain_label
from ..look.scrolling_page import ScrollingPage
from ..look.theme import SPACE_L, SPACE_M, SPACE_S
from .general_page import GeneralChoice, GeneralPage, combo
from .keys_page import KeyRow, KeysPage
from .laboratory_page import LaboratoryChoice, LaboratoryPage

SEGMENTER_KINDS = {
    "bundled": mark("Bundled"),
    "folder": mark("Folder with a manifest"),
    "file": mark("SAM 2.1 checkpoint"),
}
CLASSIFIER_KINDS = {"bundled": mark("Bundled"), "folder": mark("Folder with a manifest")}
IMAGE_LEVEL_KINDS = {"bundled": mark("Off"), "folder": mark("Folder with a manifest")}
"""No image-level model is bundled."""

DEVICES = {
    "auto": mark("Automatic"),
    "cpu": mark("CPU"),
    "cuda": mark("Graphics card (CUDA)"),
    "mps": mark("Apple graphics (MPS)"),
}

SIZE = 620, 680
"""Where the screen has room for it; pages scroll else."""

CHECKPOINTS = mark("SAM 2.1 checkpoints (*.pt *.safetensors)")
INCOMPLETE = mark("Choose the model's folder or file, or the bundled model.")


def devices_offered(platform: str, *, chosen: str) -> dict[str, str]:
    """The devices that a system can have, and the one that is chosen already."""
    absent = "cuda" if platform == "darwin" else "mps"
    return {key: tr(text) for key, text in DEVICES.items() if key != absent or key == chosen}


def kind_of(path: str) -> str:
    """Key of `SEGMENTER_KINDS` for a path of the settings."""
    if not path:
        return "bundled"
    return "file" if Path(path).suffix.lower() in (".pt", ".safetensors") else "folder"


def classifier_kinds() -> dict[str, str]:
    """The bundled classifier, those retrained here by their folders, and any other folder."""
    here = {str(path): tr("Retrained {name}", name=path.name) for path in retrained_classifiers()}
    return {"bundled": CLASSIFIER_KINDS["bundled"], **here, "folder": CLASSIFIER_KINDS["folder"]}


@dataclass(frozen=True, slots=True)
class SettingsChoice:
    """What was chosen; values as in `Settings`."""

    segmenter_weights: str
    classifier_weights: str
    device: str
    image_level_weights: str = ""
    general: GeneralChoice = GeneralChoice()  # noqa: RUF009  frozen
    keys: tuple[str, ...] = ()
    laboratory: LaboratoryChoice = LaboratoryChoice()  # noqa: RUF009  frozen

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with these choices."""
        return replace(
            settings,
            segmenter_weights=self.segmenter_weights,
            classifier_weights=self.classifier_weights,
            image_level_weights=self.image_level_weights,
            device=self.device,  # type: ignore[arg-type]  # the boxes offer nothing else
            keys=self.keys,
            **self.general.changes,  # type: ignore[arg-type]
            **self.laboratory.changes,  # type: ignore[arg-type]
        )


class SettingsDialog(QDialog):
    """Stays open while chosen models are loaded, and says why one is refused."""

    manual_chapter = "settings.md"

    requested = Signal(object)
    """A `SettingsChoice`."""

    classes_wanted = Signal()
    """The laboratory's own classes are to be seen."""

    def __init__(
        self, settings: Settings, running: EngineReady | None, *, keys: Sequence[KeyRow] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._loading = False
        stated = running.review_limit if running is not None else None
        self.general = GeneralPage(settings, stated_limit=stated)
        self.general.classes.clicked.connect(self.classes_wanted)
        self.segmenter = ModelPicker(SEGMENTER_KINDS, settings.segmenter_weights, title=tr("Segmenter"), parent=self)
        self.classifier = ModelPicker(
            classifier_kinds(), settings.classifier_weights, title=tr("Classifier"), parent=self
        )
        self.image_level = ModelPicker(
            IMAGE_LEVEL_KINDS, settings.image_level_weights, title=tr("Image-level reading"), parent=self
        )
        self.device = combo(devices_offered(sys.platform, chosen=settings.device), settings.device)
        makers = (
            (tr("General"), lambda: self.general),
            (tr("Models"), lambda: self._models_page(running)),
            (tr("Keys"), lambda: KeysPage(keys, read_keys(settings.keys))),
            (tr("Laboratory"), lambda: LaboratoryPage(settings)),
        )
        self.tabs = LaterTabs()
        self._places = [self.tabs.add(title, partial(self._scrolling, make, title)) for title, make in makers]
        self._page(1)  # what it shows is asked for by name
        self._build()
        for picker in (self.segmenter, self.classifier, self.image_level):
            picker.changed.connect(self._refresh)
        self.save.clicked.connect(self._request)
        self.cancel.clicked.connect(self.reject)
        self._refresh()

    @property
    def keys(self) -> KeysPage:
        """Which key does what; made when it is first asked for, like the laboratory's page."""
        return cast(KeysPage, self._page(2).page)

    @property
    def laboratory(self) -> LaboratoryPage:
        """What the laboratory wishes."""
        return cast(LaboratoryPage, self._page(3).page)

    def _page(self, place: int) -> ScrollingPage:
        return cast(ScrollingPage, self.tabs.page(self._places[place]))

    def _scrolling(self, make: Callable[[], QWidget], title: str) -> ScrollingPage:
        page = make()
        page.setEnabled(not self._loading)
        return ScrollingPage(page, name=title)

    @property
    def choice(self) -> SettingsChoice:
        """What the boxes say."""
        return SettingsChoice(
            self.segmenter.path,
            self.classifier.path,
            self.device.currentData(),
            self.image_level.path,
            self.general.choice,
            written_keys(self.keys.chosen),
            self.laboratory.choice,
        )

    def show_loading(self) -> None:
        """The chosen models are being loaded."""
        self._loading = True
        self._refresh()

    def show_refused(self, sentence: str) -> None:
        """They were refused; the dialog stays so that something else can be chosen."""
        self._loading = False
        self._refresh()
        self._show_note(tr("{sentence} The models in use stay as they are.", sentence=sentence))

    def _build(self) -> None:
        self.note = plain_label(kind="warning")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.cancel = QPushButton(tr("Cancel"))
        self.save = QPushButton(tr("Save"))
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.note)
        column.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize() * 0.9))

    def _models_page(self, running: EngineReady | None) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, SPACE_M, 0, 0)
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, picker, loaded in (
            (tr("Segmenter"), self.segmenter, running.segmenter if running else ""),
            (tr("Classifier"), self.classifier, (running.classifier or "") if running else ""),
            (tr("Image-level reading"), self.image_level, (running.image_level or "") if running else ""),
        ):
            form.addRow(label, picker.kind)
            form.addRow("", picker.line)
            form.addRow("", _muted(tr("In use: {loaded}", loaded=loaded) if loaded else tr("None in use")))
        form.addRow(tr("Runs on"), self.device)
        return page

    def _show_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @Slot()
    def _refresh(self) -> None:
        complete = all(picker.is_complete for picker in (self.segmenter, self.classifier, self.image_level))
        self.save.setEnabled(complete and not self._loading)
        self.progress.setVisible(self._loading)
        for place, position in enumerate(self._places):
            if self.tabs.has_page(position):
                self._page(place).page.setEnabled(not self._loading)
        # What is being loaded will count, also when the dialog is closed meanwhile.
        self.cancel.setText(tr("Close") if self._loading else tr("Cancel"))
        self._show_note("" if complete else tr(INCOMPLETE))

    @Slot()
    def _request(self) -> None:
        self.requested.emit(self.choice)


class ModelPicker(QObject):
    """Bundled, or a path of the user's own: the holder of two widgets that the dialog lays out.

    Args:
        kinds: what can be chosen, "bundled" first; other keys than those of `SEGMENTER_KINDS` are paths themselves.
        path: as the settings have it.
        title: what it is, for file dialogs and screen readers.
        parent: its owner.
    """

    changed = Signal()

    def __init__(self, kinds: Mapping[str, str], path: str, *, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._title = title
        self.kind = combo({key: tr(text) for key, text in kinds.items()}, path if path in kinds else kind_of(path))
        self.kind.setAccessibleName(title)
        self.edit = QLineEdit(path)
        self.edit.setAccessibleName(tr("{title}: folder or file", title=title))
        self.choose = QPushButton(tr("Choose…"))
        self.line = QWidget()
        line = QHBoxLayout(self.line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        line.addWidget(self.edit, 1)
        line.addWidget(self.choose)
        self.kind.currentIndexChanged.connect(self._on_changed)
        self.edit.textChanged.connect(self._on_changed)
        self.choose.clicked.connect(self._choose)
        self.line.setVisible(self._is_typed)

    @property
    def _is_typed(self) -> bool:
        """Whether the path is that of the line, and not one that the box knows."""
        return self.kind.currentData() in ("folder", "file")

    @property
    def path(self) -> str:
        """As `Settings` keeps it; "" for the bundled model."""
        if self._is_typed:
            return self.edit.text().strip()
        return "" if self.kind.currentData() == "bundled" else str(self.kind.currentData())

    @property
    def is_complete(self) -> bool:
        """Whether there is something to load."""
        return not self._is_typed or bool(self.edit.text().strip())

    @Slot()
    def _on_changed(self) -> None:
        self.line.setVisible(self._is_typed)
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        start = self.edit.text().strip() or str(Path.home())
        if self.kind.currentData() == "file":
            chosen, _ = QFileDialog.getOpenFileName(self.line, self._title, start, tr(CHECKPOINTS))
        else:
            chosen = QFileDialog.getExistingDirectory(self.line, self._title, start)
        if chosen:
            self.edit.setText(chosen)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("muted", True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
