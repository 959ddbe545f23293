"""The page of the settings for what a laboratory asks of every case."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from ...domain.control_film import ControlRule
from ...language import mark, tr
from ...storage.settings import Settings
from ...workflows.control_sheet import RULE_TEXTS
from ..look.theme import SPACE_M, SPACE_S
from .general_page import combo, heading

CONTROL_NOTE = mark(
    "A control film of each microscope is added every day (Report › Control films…). This is what happens when the one"
    " of today is missing or has run off."
)


@dataclass(frozen=True, slots=True)
class LaboratoryChoice:
    """What was chosen on the page; values as in `Settings`."""

    control_rule: ControlRule = "off"

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
        form.addRow(_note(tr(CONTROL_NOTE)))
        self.control = combo({key: tr(text) for key, text in RULE_TEXTS.items()}, settings.control_rule)
        self.control.setAccessibleName(tr("Missing or run off"))
        form.addRow(tr("Missing or run off"), self.control)

    @property
    def choice(self) -> LaboratoryChoice:
        """What the boxes say."""
        return LaboratoryChoice(control_rule=self.control.currentData())


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("muted", True)
    return label
