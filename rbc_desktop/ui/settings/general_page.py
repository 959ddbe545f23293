"""The first page of the settings: the laboratory, what counts as doubtful, where reports go, and the look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ...language import mark, tr
from ...reports.summary.options import IDENTITY_LABELS
from ...storage.laboratory.settings import LanguageChoice, Settings, Theme
from ...workflows.sample.graded_sample import USUAL
from ..look.plain_label import plain_label
from ..look.theme import SPACE_M, SPACE_S

THEMES = {
    "system": mark("As the system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
    "contrast": mark("High contrast"),
}
LANGUAGES = {"system": mark("As the system"), "en": "English", "de": "Deutsch"}
"""Each under its own name, so that whoever can't read the present one finds it."""

LONGEST_LINE, LONGEST_HEADER = 200, 2000
Key = TypeVar("Key")
LIMITS = tuple(share / 100 for share in range(30, 100, 5))
"""Shares below which a class may count as doubtful."""


@dataclass(frozen=True, slots=True)
class GeneralChoice:
    """What was chosen on the page; values as in `Settings`."""

    usual_laboratory: str = ""
    usual_operator: str = ""
    usual_stain: str = ""
    usual_instrument: str = ""
    fills_in_usual: bool = False
    review_limit: float = 0.0
    report_folder: str = ""
    report_header: str = ""
    report_logo: str = ""
    theme: Theme = "system"
    language: LanguageChoice = "system"

    @classmethod
    def of(cls, settings: Settings) -> GeneralChoice:
        """As the settings are."""
        return cls(**{field.name: getattr(settings, field.name) for field in fields(cls)})

    @property
    def changes(self) -> dict[str, object]:
        """By the names that `Settings` gives them."""
        return asdict(self)


class GeneralPage(QWidget):
    """Lets these be chosen.

    Args:
        settings: as they are.
        stated_limit: the review limit that the classifier states, None while none is loaded.
    """

    def __init__(self, settings: Settings, *, stated_limit: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = QFormLayout(self)
        form.setContentsMargins(0, SPACE_M, 0, 0)
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(heading(tr("This laboratory")))
        self.usual: dict[str, QLineEdit] = {}
        for name in USUAL:
            edit = self.usual[name] = QLineEdit(getattr(settings, f"usual_{name}"))
            edit.setMaxLength(LONGEST_LINE)
            edit.setAccessibleName(tr(IDENTITY_LABELS[name]))
            form.addRow(tr(IDENTITY_LABELS[name]), edit)
        self.fills_in = QCheckBox(tr("Fill these in on every new case"))
        self.fills_in.setChecked(settings.fills_in_usual)
        form.addRow("", self.fills_in)
        form.addRow(heading(tr("Review")))
        self.limit = combo(_limits(settings.review_limit, stated=stated_limit), settings.review_limit)
        self.limit.setAccessibleName(tr("A class is doubtful below"))
        self.limit.setToolTip(tr("Cells whose class gets a smaller share from the classifier need review."))
        form.addRow(tr("A class is doubtful below"), self.limit)
        self.classes = QPushButton(tr("Own classes…"))
        self.classes.setAutoDefault(False)
        self.classes.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        form.addRow(tr("Classes"), self.classes)
        form.addRow(heading(tr("Reports")))
        self.folder = QLineEdit(settings.report_folder)
        self.folder.setPlaceholderText(tr("where the last report went"))
        self.folder.setAccessibleName(tr("Export folder"))
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAutoDefault(False)
        form.addRow(tr("Export folder"), _beside(self.folder, self.choose))
        self.header = QPlainTextEdit(settings.report_header)
        self.header.setPlaceholderText(tr("name, address, telephone: at the top of the PDF"))
        self.header.setAccessibleName(tr("Report header"))
        self.header.setTabChangesFocus(True)
        self.header.setFixedHeight(4 * self.header.fontMetrics().lineSpacing())
        form.addRow(tr("Report header"), self.header)
        self.logo = QLineEdit(settings.report_logo)
        self.logo.setPlaceholderText(tr("none", "no file"))
        self.logo.setAccessibleName(tr("Logo"))
        self.choose_logo = QPushButton(tr("Choose…"))
        self.choose_logo.setAutoDefault(False)
        form.addRow(tr("Logo"), _beside(self.logo, self.choose_logo))
        form.addRow(heading(tr("Appearance")))
        self.theme = combo({key: tr(text) for key, text in THEMES.items()}, settings.theme)
        form.addRow(tr("Theme"), self.theme)
        self.language = combo({key: tr(text) for key, text in LANGUAGES.items()}, settings.language)
        form.addRow(tr("Language"), self.language)
        untried = tr("At the next start. German hasn't been read by a native laboratory technician yet.")
        form.addRow("", plain_label(untried, kind="muted"))
        self.choose.clicked.connect(self._choose_folder)
        self.choose_logo.clicked.connect(self._choose_logo)

    @property
    def choice(self) -> GeneralChoice:
        """What the boxes say."""
        usual = {f"usual_{name}": " ".join(edit.text().split()) for name, edit in self.usual.items()}
        return GeneralChoice(
            **usual,
            fills_in_usual=self.fills_in.isChecked(),
            review_limit=self.limit.currentData(),
            report_folder=self.folder.text().strip(),
            report_header=self.header.toPlainText().strip()[:LONGEST_HEADER],
            report_logo=self.logo.text().strip(),
            theme=self.theme.currentData(),
            language=self.language.currentData(),
        )

    @Slot()
    def _choose_folder(self) -> None:
        start = self.folder.text().strip() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, tr("Export folder"), start)
        if chosen:
            self.folder.setText(chosen)

    @Slot()
    def _choose_logo(self) -> None:
        start = self.logo.text().strip() or str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Logo"), start, tr("Pictures (*.png *.jpg *.jpeg *.tif *.bmp *.webp)")
        )
        if chosen:
            self.logo.setText(chosen)


def _limits(chosen: float, *, stated: float | None) -> dict[float, str]:
    """What can be chosen: as the classifier says, steps of 5 %, and what is chosen already."""
    own = tr("As the classifier says") + (f" ({100 * stated:.0f} %)" if stated is not None else "")
    shares = sorted({*LIMITS, *([chosen] if chosen else [])})
    return {0.0: own, **{share: f"{100 * share:.3g} %" for share in shares}}


def combo(texts: Mapping[Key, str], chosen: Key) -> QComboBox:
    """A box of these texts with this one chosen."""
    box = QComboBox()
    for key, text in texts.items():
        box.addItem(text, key)
    box.setCurrentIndex(list(texts).index(chosen) if chosen in texts else 0)
    return box


def heading(text: str) -> QLabel:
    """The title of a few rows."""
    label = QLabel(text)
    label.setProperty("heading", True)
    return label


def _beside(line: QLineEdit, button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_S)
    row.addWidget(line, 1)
    row.addWidget(button)
    return row
