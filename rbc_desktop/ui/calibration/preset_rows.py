"""Presets in the calibration dialog: one is chosen, or the present scale is kept as one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ...domain.fields.calibration import Calibration
from ...language import mark, tr
from ...workflows.fields.scale_presets import LONGEST_NAME, ScalePreset
from ..look.theme import SPACE_L, SPACE_S

NONE_KEPT = mark("None kept yet")


class PresetPicker(QWidget):
    """Chooses one of the presets, or forgets it."""

    changed = Signal()

    forgotten = Signal(object)
    """The `ScalePreset` that nobody wants any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Preset"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.forget = QPushButton(tr("Forget"))
        self.forget.setToolTip(tr("Take this preset off the list; scales that fields have stay."))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        line.addWidget(self.box, 1)
        line.addWidget(self.forget)
        self.box.currentIndexChanged.connect(self._on_chosen)
        self.forget.clicked.connect(self._forget)

    @property
    def preset(self) -> ScalePreset | None:
        """The one that is chosen."""
        chosen = self.box.currentData()
        return chosen if isinstance(chosen, ScalePreset) else None

    def offer(self, presets: Sequence[ScalePreset], *, chosen: ScalePreset | None = None) -> None:
        """List these and choose one of them, else the first."""
        self.box.blockSignals(True)
        self.box.clear()
        for preset in presets:
            self.box.addItem(preset.text, preset)
        if not presets:
            self.box.addItem(tr(NONE_KEPT))
        widths = (self.box.fontMetrics().horizontalAdvance(preset.text) for preset in presets)
        self.box.view().setMinimumWidth(max(widths, default=0) + 2 * SPACE_L)  # the box is narrower than its lines
        self.box.setCurrentIndex(presets.index(chosen) if chosen in presets else 0)
        self.box.blockSignals(False)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        self.box.setToolTip(self.box.currentText())
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        if self.preset is not None:
            self.forgotten.emit(self.preset)


class PresetForm(QWidget):
    """Keeps a scale as a preset: for which objective, microscope and camera."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keep = QCheckBox(tr("&Keep as a preset for other samples"))
        self.objective, self.microscope, self.camera = QLineEdit(), QLineEdit(), QLineEdit()
        self.objective.setPlaceholderText(tr("e.g. 100× oil"))
        self.microscope.setPlaceholderText(tr("e.g. BX53, room 2"))
        self.camera.setPlaceholderText(tr("as images state it, or any"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.keep, 0, 0, 1, 2)
        self._rows: list[QWidget] = []
        for row, (name, edit) in enumerate(
            ((tr("Objective"), self.objective), (tr("Microscope"), self.microscope), (tr("Camera"), self.camera)), 1
        ):
            label = QLabel(name)
            edit.setAccessibleName(name)
            edit.setMaxLength(LONGEST_NAME)
            edit.textChanged.connect(self.changed)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
            self._rows += [label, edit]
        self.keep.toggled.connect(self._on_keep)
        self._on_keep(False)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is to be kept, or it has a name."""
        return not self.keep.isChecked() or bool(self.objective.text().strip())

    def start(self, *, camera: str, microscope: str) -> None:
        """Begin afresh with what is known of the image."""
        self.keep.setChecked(False)
        self.objective.clear()
        self.microscope.setText(microscope)
        self.camera.setText(camera)

    def note_camera(self, camera: str) -> None:
        """The image states its camera; what was typed stays."""
        if not self.camera.text().strip():
            self.camera.setText(camera)

    def preset(self, calibration: Calibration, *, width: int, height: int) -> ScalePreset | None:
        """What is to be kept, None for nothing."""
        if not self.keep.isChecked() or not self.is_complete:
            return None
        objective, microscope, camera = (
            " ".join(edit.text().split()) for edit in (self.objective, self.microscope, self.camera)
        )
        return ScalePreset(objective, microscope, camera, width, height, calibration.um_per_px)

    @Slot(bool)
    def _on_keep(self, wanted: bool) -> None:
        for widget in self._rows:
            widget.setVisible(wanted)
        if wanted:
            self.objective.setFocus()
        self.changed.emit()
