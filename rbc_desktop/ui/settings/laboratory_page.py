"""The page of the settings for what a laboratory asks of every case."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ...domain.laboratory.control_film import ControlRule
from ...language import mark, plural, tr
from ...storage.laboratory.settings import Settings
from ...workflows.control.control_sheet import RULE_TEXTS
from ..look.plain_label import plain_label
from ..look.theme import SPACE_M, SPACE_S
from .general_page import combo, heading

CONTROL_NOTE = mark(
    "A control film of each microscope is added every day (Report › Control films…). This is what happens when the one"
    " of today is missing or has run off."
)


BACKUP_NOTE = mark(
    "Copies of open and unsaved cases go there a minute after a change, three per case and 150 in all. File › Restore a"
    " backup… opens one."
)
KEEP_NOTE = mark(
    "What is older is listed under File › Delete patient data…, and the window says so at its start. Nothing is deleted"
    " without a person's yes."
)
DAYS = (0, 30, 90, 180, 365, 730, 1825, 3650)


@dataclass(frozen=True, slots=True)
class LaboratoryChoice:
    """What was chosen on the page; values as in `Settings`."""

    control_rule: ControlRule = "off"
    backup_folder: str = ""
    keep_unsaved_days: int = 0
    keep_identity_days: int = 0

    @classmethod
    def of(cls, settings: Settings) -> LaboratoryChoice:
        """As the settings are."""
        return cls(**{field.name: getattr(settings, field.name) for field in fields(cls)})

    @property
    def changes(self) -> dict[str, object]:
        """By the names that `Settings` gives them."""
        return asdict(self)


class LaboratoryPage(QWidget):
    """Lets these be chosen.

    Args:
        settings: as they are.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        form = QFormLayout(self)
        form.setContentsMargins(0, SPACE_M, 0, 0)
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(heading(tr("Control films")))
        form.addRow(plain_label(tr(CONTROL_NOTE), kind="muted"))
        self.control = combo({key: tr(text) for key, text in RULE_TEXTS.items()}, settings.control_rule)
        self.control.setAccessibleName(tr("Missing or run off"))
        form.addRow(tr("Missing or run off"), self.control)

        form.addRow(heading(tr("Backup")))
        form.addRow(plain_label(tr(BACKUP_NOTE), kind="muted"))
        self.folder = QLineEdit(settings.backup_folder)
        self.folder.setPlaceholderText(tr("none", "no file"))
        self.folder.setAccessibleName(tr("Backup folder"))
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose)
        form.addRow(tr("Backup folder"), line)
        form.addRow(heading(tr("Patient data")))
        form.addRow(plain_label(tr(KEEP_NOTE), kind="muted"))
        self.unsaved = combo(_times(settings.keep_unsaved_days), settings.keep_unsaved_days)
        self.identity = combo(_times(settings.keep_identity_days), settings.keep_identity_days)
        for label, box in ((tr("Unsaved work"), self.unsaved), (tr("Patients' data"), self.identity)):
            box.setAccessibleName(label)
            form.addRow(label, box)

    @property
    def choice(self) -> LaboratoryChoice:
        """What the boxes say."""
        return LaboratoryChoice(
            control_rule=self.control.currentData(),
            backup_folder=self.folder.text().strip(),
            keep_unsaved_days=self.unsaved.currentData(),
            keep_identity_days=self.identity.currentData(),
        )

    @Slot()
    def _choose(self) -> None:
        start = self.folder.text().strip() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, tr("Backup folder"), start)
        if chosen:
            self.folder.setText(chosen)


def _times(chosen: int) -> dict[int, str]:
    """How long something can be kept, and what is chosen already."""
    days = sorted({*DAYS, chosen})
    return {n: tr("for ever") if not n else plural("{count} day", "{count} days", n) for n in days}
