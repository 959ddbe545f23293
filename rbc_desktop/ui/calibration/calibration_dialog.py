"""The scale of a field: typed, or from a line of known length that is drawn on the image meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.fields.calibration import Calibration
from ...language import mark, number, plural, tr
from ...workflows.fields.calibrating import doubt_text, line_calibration, result_text, typed_calibration
from ...workflows.fields.scale_presets import ScalePreset, proposed_preset
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, tabular
from .preset_rows import PresetForm, PresetPicker

WIDTH_PX = 430


Scope = Literal["field", "size", "all"]
"""The field in view, all whose image is as large (so from the same camera), or all."""

PROPOSED = mark("Proposed: the scale that you gave images of this size last.")
PROPOSED_PRESET = mark("Proposed: the preset that is kept for images of this size.")
PROPOSED_FOR_CAMERA = mark("Proposed: the preset that is kept for this camera and images of this size.")


@dataclass(frozen=True, slots=True)
class CalibrationChoice:
    """What was decided: a scale, or None to take it away, for which fields, and what is kept as a preset."""

    calibration: Calibration | None
    scope: Scope = "field"
    keep: ScalePreset | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of scales and of the image before anybody types.

    Attributes:
        presets: the one used last first.
        last: in µm per pixel, what images of this size had last.
        camera: as the image states it, "" where it doesn't or nobody has looked yet.
        width, height: of the image, pixels.
    """

    presets: tuple[ScalePreset, ...] = ()
    last: float | None = None
    camera: str = ""
    width: int = 1
    height: int = 1

    @property
    def proposed(self) -> ScalePreset | None:
        """The preset that fits."""
        return proposed_preset(self.presets, camera=self.camera, width=self.width, height=self.height)


class CalibrationDialog(KeyedDialog):
    """Stays beside the image, so that a line can be drawn while it is open."""

    manual_chapter = "calibration.md"

    chosen = Signal(object)
    """A `CalibrationChoice`."""

    forgotten = Signal(object)
    """A `ScalePreset` that is to leave the list."""

    line_wanted = Signal(bool)
    """The canvas should let the user draw a line, or stop doing so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Calibrate"))
        self.setWindowFlag(Qt.WindowType.Tool)
        self.setModal(False)
        self._length_px: float | None = None
        self._median_px: float | None = None
        self._asked: Calibration | None = None
        self._present: Calibration | None = None
        self._known = Known()
        self._proposed: Calibration | None = None
        self._build()
        self.picker.changed.connect(self._refresh)
        self.picker.forgotten.connect(self.forgotten)
        self.form.changed.connect(self._refresh)
        self.by_preset.toggled.connect(self._refresh)
        self.typed.textChanged.connect(self._refresh)
        self.length_um.textChanged.connect(self._refresh)
        self.by_line.toggled.connect(self._on_way)
        self.remove.clicked.connect(self._remove)
        self.apply.clicked.connect(self._apply)
        self.cancel.clicked.connect(self.close)
        self._refresh()

    def open_for(
        self,
        calibration: Calibration | None,
        *,
        fields: int,
        median_px: float | None,
        name: str,
        same_size: int = 1,
        known: Known = Known(),
    ) -> None:
        """Show the dialog for a field.

        Args:
            calibration: its present scale.
            fields: how many fields the case has.
            median_px: diameter of the field's median cell in pixels, or as the image shows it; None when nobody knows.
            name: the field's file name.
            same_size: how many of the fields are as large as this one.
            known: what to begin with where there is no scale.
        """
        self._median_px, self._length_px, self._asked = median_px, None, None
        self._present, self._known = calibration, known
        self.setWindowTitle(tr("Calibrate {name}", name=name))
        self._begin()
        microscope = next((preset.microscope for preset in known.presets), "")
        self.form.start(camera=known.camera, microscope=microscope)
        self.remove.setEnabled(calibration is not None)
        self.scope.setVisible(fields > 1)
        self.scope_label.setVisible(fields > 1)
        self._offer_scopes(fields, same_size)
        self.typed.selectAll()
        self._refresh()
        self._step_aside()
        self.show()
        self.raise_()
        self.activateWindow()
        (self.typed if self.by_number.isChecked() else self.picker.box).setFocus()

    def _begin(self) -> None:
        """Show the present scale; without one what is proposed: a preset, else the last scale."""
        present, known = self._present, self._known
        preset = known.proposed if present is None else None
        self.picker.offer(known.presets, chosen=preset)
        self.by_preset.setEnabled(bool(known.presets))
        (self.by_number if preset is None else self.by_preset).setChecked(True)
        scale = known.last if present is None else present.um_per_px
        self.typed.setText("" if scale is None else number(scale, ".6g"))
        self._proposed = self.calibration if present is None else None

    def note_camera(self, camera: str) -> None:
        """The image states its camera: propose anew, unless somebody has chosen something already."""
        self._known = replace(self._known, camera=camera)
        self.form.note_camera(camera)
        if self._present is None and self.calibration == self._proposed and not self.by_line.isChecked():
            self._begin()
        self._refresh()

    def offer(self, presets: tuple[ScalePreset, ...]) -> None:
        """Other presets are kept now."""
        self._known = replace(self._known, presets=presets)
        self.picker.offer(presets)
        self.by_preset.setEnabled(bool(presets))
        if not presets and self.by_preset.isChecked():
            self.by_number.setChecked(True)
        self._refresh()

    def _offer_scopes(self, fields: int, same_size: int) -> None:
        """A case usually comes from one camera: all of this size is the default."""
        self.scope.clear()
        self.scope.addItem(tr("This field"), "field")
        if same_size > 1:
            self.scope.addItem(plural("The field of this size", "All {count} fields of this size", same_size), "size")
        if fields > same_size:
            self.scope.addItem(plural("The field", "All {count} fields", fields), "all")
        self.scope.setCurrentIndex(int(same_size > 1))

    def _step_aside(self) -> None:
        """Over the table and not over the image, where the line will be drawn."""
        parent = self.parentWidget()
        if parent is not None:
            corner = parent.mapToGlobal(parent.rect().topRight())
            self.move(corner.x() - WIDTH_PX - SPACE_L, corner.y() + 5 * SPACE_L)

    @Slot(float)
    def set_line(self, length_px: float) -> None:
        """Take the length of the line that was drawn, image pixels."""
        self._length_px = length_px
        self.by_line.setChecked(True)
        # The digits that come now are the length: typed into the main window they would set the class of a cell.
        self.activateWindow()
        self.length_um.setFocus()
        self._refresh()

    @property
    def calibration(self) -> Calibration | None:
        """The scale as it stands in the dialog, or None while it is incomplete."""
        if self.by_line.isChecked():
            return line_calibration(self.length_um.text(), length_px=self._length_px)
        if self.by_preset.isChecked():
            return None if self.picker.preset is None else self.picker.preset.calibration
        return typed_calibration(self.typed.text())

    def _build(self) -> None:
        self.by_preset = QRadioButton(tr("&Preset"))
        self.picker, self.form = PresetPicker(), PresetForm()
        self.by_number = QRadioButton(tr("&Number"))
        self.by_line = QRadioButton(tr("&Line on the image"))
        self._ways = QButtonGroup(self)
        for way in (self.by_preset, self.by_number, self.by_line):
            self._ways.addButton(way)
        self.by_number.setChecked(True)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(tr("e.g. 0.12"))
        self.typed.setAccessibleName(tr("Micrometres per pixel"))
        self.length_um = QLineEdit()
        self.length_um.setPlaceholderText(tr("e.g. 10"))
        self.length_um.setAccessibleName(tr("Length of the line in micrometres"))
        self.line_label, self.outcome = plain_label(), plain_label()
        self.proposal, self.doubt = plain_label(kind="muted"), plain_label(kind="warning")
        for label in (self.outcome, self.doubt, self.line_label):
            label.setFont(tabular(label.font()))
        for edit in (self.typed, self.length_um):
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setFont(tabular(edit.font()))
            edit.setFixedWidth(96)
        self.scope_label = QLabel(tr("Apply to"))
        self.scope = QComboBox()
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.scope.addItem(tr("This field"), "field")
        self.remove = QPushButton(tr("Remove scale"))
        self.cancel = QPushButton(tr("Cancel"))
        self.apply = QPushButton(tr("Apply"))
        self.apply.setProperty("primary", True)
        self.apply.setDefault(True)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(3, 1)
        grid.addWidget(self.by_preset, 0, 0)
        grid.addWidget(self.picker, 0, 1, 1, 3)
        grid.addWidget(self.by_number, 1, 0)
        grid.addWidget(self.typed, 1, 1)
        grid.addWidget(QLabel(tr("µm per pixel")), 1, 2)
        grid.addWidget(self.by_line, 2, 0)
        grid.addWidget(self.length_um, 2, 1)
        grid.addWidget(QLabel(tr("µm long")), 2, 2)
        grid.addWidget(self.line_label, 3, 1, 1, 3)
        grid.addWidget(self.scope_label, 4, 0)
        grid.addWidget(self.scope, 4, 1, 1, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(grid)
        column.addWidget(self.outcome)
        column.addWidget(self.proposal)
        column.addWidget(self.doubt)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH_PX)

    @Slot()
    def _refresh(self) -> None:
        by_line = self.by_line.isChecked()
        by_preset = self.by_preset.isChecked()
        self.picker.setEnabled(by_preset)
        self.form.setVisible(not by_preset)
        self.typed.setEnabled(self.by_number.isChecked())
        self.length_um.setEnabled(by_line)
        self.line_label.setVisible(by_line)
        self.line_label.setText(
            tr("Drag a line on the image over something of known length, such as a scale bar or a stage micrometre.")
            if self._length_px is None
            else tr("The line is {length_px:,.1f} px long. Drag again to replace it.", length_px=self._length_px)
        )
        calibration = self.calibration
        self.outcome.setText(result_text(calibration, median_px=self._median_px))
        doubt = doubt_text(calibration, median_px=self._median_px)
        self.doubt.setText(doubt)
        self.doubt.setVisible(bool(doubt))
        self.proposal.setText(self._proposal_text)
        self.proposal.setVisible(calibration is not None and calibration == self._proposed)
        self.apply.setEnabled(calibration is not None and (by_preset or self.form.is_complete))
        is_asked = calibration is not None and calibration == self._asked
        self.apply.setText(tr("Apply anyway") if is_asked else tr("Apply"))
        self._prefer(self.cancel if doubt and (is_asked or calibration == self._proposed) else self.apply)
        self.adjustSize()

    @property
    def _proposal_text(self) -> str:
        """Why this is proposed."""
        preset = self.picker.preset
        if not self.by_preset.isChecked() or preset is None:
            return tr(PROPOSED)
        is_for_camera = bool(preset.camera) and preset.camera.casefold() == self._known.camera.casefold()
        return tr(PROPOSED_FOR_CAMERA if is_for_camera else PROPOSED_PRESET)

    def _prefer(self, button: QPushButton) -> None:
        """Return presses this button, and it is the one that catches the eye."""
        for each in (self.apply, self.cancel):
            each.setDefault(each is button)
            if each.property("primary") is not (each is button):
                each.setProperty("primary", each is button)
                each.style().polish(each)

    @Slot(bool)
    def _on_way(self, by_line: bool) -> None:
        self.line_wanted.emit(by_line and self.isVisible())
        self._refresh()

    @Slot()
    def _apply(self) -> None:
        """Apply the scale; one that is in doubt only when it is asked for a second time."""
        calibration = self.calibration
        if calibration != self._asked and doubt_text(calibration, median_px=self._median_px):
            self._asked = calibration
            self._refresh()
        elif calibration is not None:
            keep = self.picker.preset
            if not self.by_preset.isChecked():
                keep = self.form.preset(calibration, width=self._known.width, height=self._known.height)
            self.chosen.emit(CalibrationChoice(calibration, self.scope.currentData(), keep))
            self.close()

    @Slot()
    def _remove(self) -> None:
        self.chosen.emit(CalibrationChoice(None, self.scope.currentData()))
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.line_wanted.emit(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.line_wanted.emit(False)
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.by_line.isChecked():
            self.line_wanted.emit(True)
