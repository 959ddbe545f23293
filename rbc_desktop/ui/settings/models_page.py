"""The page of the settings with the models: which run, and where."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ...engine.jobs import EngineReady
from ...language import mark, tr
from ...storage.laboratory.classifier_folders import retrained_classifiers
from ...storage.laboratory.settings import Settings
from ..look.theme import SPACE_M, SPACE_S
from .general_page import combo

MODEL_SETTINGS = ("segmenter_weights", "classifier_weights", "image_level_weights", "device")
"""What the page changes, as `Settings` calls it."""

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

CHECKPOINTS = mark("SAM 2.1 checkpoints (*.pt *.safetensors)")


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


class ModelsPage(QWidget):
    """One picker per model, and the device.

    Args:
        settings: what is chosen.
        running: the models that run, None while nothing is loaded.
    """

    changed = Signal()

    def __init__(self, settings: Settings, running: EngineReady | None) -> None:
        super().__init__()
        self.segmenter = ModelPicker(SEGMENTER_KINDS, settings.segmenter_weights, title=tr("Segmenter"), parent=self)
        self.classifier = ModelPicker(
            classifier_kinds(), settings.classifier_weights, title=tr("Classifier"), parent=self
        )
        self.image_level = ModelPicker(
            IMAGE_LEVEL_KINDS, settings.image_level_weights, title=tr("Image-level reading"), parent=self
        )
        self.device = combo(devices_offered(sys.platform, chosen=settings.device), settings.device)
        form = QFormLayout(self)
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
            picker.changed.connect(self.changed)
        form.addRow(tr("Runs on"), self.device)

    @property
    def changes(self) -> dict[str, str]:
        """What is chosen, by the names of `MODEL_SETTINGS`."""
        return {
            "segmenter_weights": self.segmenter.path,
            "classifier_weights": self.classifier.path,
            "image_level_weights": self.image_level.path,
            "device": self.device.currentData(),
        }

    @property
    def is_complete(self) -> bool:
        """Whether there is something to load for each."""
        return all(picker.is_complete for picker in (self.segmenter, self.classifier, self.image_level))


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
