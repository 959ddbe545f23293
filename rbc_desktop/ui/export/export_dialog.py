"""What goes into a report, and where it is written."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ... import research_use
from ...domain.case.case import Case
from ...domain.case.deidentification import names_the_sample, new_pseudonym
from ...domain.export_formats import FORMATS
from ...language import mark, plural, tr
from ...reports.summary.options import ReportOptions
from ...workflows.key_map import said
from ...workflows.results.exporting import ExportChoice, contents_text, identity_text, planned_files
from ...workflows.results.slide_annotations import why_no_annotations
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.progress import fill, progress_bar
from ..look.room import open_as_large_as
from ..look.scrolling_page import ScrollingPage
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, tabular
from .preview_pane import PreviewPane

PDF_PARTS: dict[str, str] = {
    "short": mark("Short: about two pages"),
    "overview": mark("Image with outlines"),
    "histogram": mark("Size histogram"),
    "gallery": mark("Gallery of every class"),
    "cell_table": mark("Table of all cells"),
}
"""Switches of `ReportOptions`, and how the dialog calls them."""

DEIDENTIFIED = "deidentified"
"""Among the remembered ticks."""
DEIDENTIFIED_TIP = mark(
    "No names, numbers, free texts, file names or serial numbers, and no date finer than a year. The file name prefix"
    " stands for the sample. What can be read in the images themselves stays."
)

LEFT_WIDTH = 560
"""Of the choices, beside the preview."""

SIZE = 1180, 800
"""Of the whole dialog, where the screen has room for it."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def file_stem(text: str) -> str:
    """The text as the beginning of a file name on any system, or an empty text when nothing is left."""
    return _FORBIDDEN.sub("_", text).strip(" .")[:120]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the user pressed *Export* on."""

    choice: ExportChoice
    open_folder: bool


class ExportDialog(KeyedDialog):
    """Stays open while the files are written, shows how far it is, and can be cancelled."""

    manual_chapter = "report.md"

    requested = Signal(object)
    """An `ExportRequest`."""

    cancelled = Signal()

    options_changed = Signal()
    """What the preview shows is another report now."""

    details_wanted = Signal()
    """The sample's details are to be edited."""

    def __init__(
        self,
        case: Case,
        *,
        folder: Path,
        name: str,
        formats: Collection[str] = ("pdf", "csv"),
        parts: Collection[str] = tuple(PDF_PARTS),
        opens_folder: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._case = case
        self._running = False
        self._slides: tuple[int, ...] = ()
        self._build()
        self.folder.setText(str(folder))
        self.name.setText(file_stem(name))
        for ticked, boxes in ((formats, self.formats), (parts, self.parts)):
            for key, box in boxes.items():
                box.setChecked(key in ticked)
        self._named = self.name.text()
        self._pseudonym = new_pseudonym()
        self.deidentified.toggled.connect(self._on_deidentified)
        self.deidentified.setChecked(DEIDENTIFIED in parts)
        self.open_folder.setChecked(opens_folder)
        for box in (*self.formats.values(), *self.parts.values()):
            box.toggled.connect(self._on_tick)
        self.folder.textChanged.connect(self._refresh)
        self.name.textChanged.connect(self._on_name)
        self.choose.clicked.connect(self._choose_folder)
        self.details.clicked.connect(self.details_wanted)
        self.export.clicked.connect(self._request)
        self.close_button.clicked.connect(self._on_close)
        self.show_case(case)

    # What is asked for

    @property
    def choice(self) -> ExportChoice:
        """What is ticked."""
        return ExportChoice(
            folder=Path(self.folder.text().strip()).expanduser(),
            name=file_stem(self.name.text()),
            formats=tuple(key for key, box in self.formats.items() if box.isChecked() and self._is_offered(key)),
            pdf=ReportOptions(**{key: box.isChecked() for key, box in self.parts.items()}),
            deidentified=self.deidentified.isChecked(),
        )

    @property
    def ticked_parts(self) -> tuple[str, ...]:
        """What is ticked besides the formats, to be remembered."""
        parts = tuple(key for key, box in self.parts.items() if box.isChecked())
        return (*parts, DEIDENTIFIED) if self.deidentified.isChecked() else parts

    # What there is

    def show_case(self, case: Case) -> None:
        """The case as it is now."""
        self._case = case
        self.contents.setText(contents_text(case))
        text = identity_text(case.identity)
        metrics = self.sample.fontMetrics()
        self.sample.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, LEFT_WIDTH - 190))
        self.sample.setToolTip(text)
        self._refresh()

    def offer_annotations(self, slides: tuple[int, ...]) -> None:
        """Which fields are the first of a DICOM slide (`slide_annotations.annotated_slides`)."""
        self._slides = slides
        self._refresh()

    def _is_offered(self, key: str) -> bool:
        return key != "dicom" or not why_no_annotations(self._slides, deidentified=self.deidentified.isChecked())

    # How far it is

    def show_progress(self, done: int, total: int) -> None:
        """The files are being written."""
        self._running = True
        fill(self.progress, done, total)
        self._refresh()

    def show_stopped(self, sentence: str = "") -> None:
        """It ended without a result; the dialog stays so that something can be changed."""
        self._running = False
        self._refresh()
        if sentence:
            self.note.setText(sentence)
            self.note.setVisible(True)

    # Building

    def _build(self) -> None:
        self.formats = {key: QCheckBox(tr(one.label)) for key, one in FORMATS.items()}
        self.parts = {key: QCheckBox(tr(text)) for key, text in PDF_PARTS.items()}
        self.deidentified = QCheckBox(tr("De-identified"))
        self.deidentified.setToolTip(tr(DEIDENTIFIED_TIP))
        self.folder, self.name = QLineEdit(), QLineEdit()
        self.folder.setAccessibleName(tr("Folder"))
        self.name.setAccessibleName(tr("Name of the files"))
        self.choose = QPushButton(tr("Choose…"))
        self.details = QPushButton(tr("Edit sample details…"))
        self.open_folder = QCheckBox(tr("Open the folder afterwards"))
        self.contents, self.sample = QLabel(), QLabel()
        self.contents.setFont(tabular(self.contents.font()))
        self.sample.setTextFormat(Qt.TextFormat.PlainText)
        self.sample.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note = plain_label(kind="warning")
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setFixedHeight(2 * self.note.fontMetrics().lineSpacing())
        self.progress = progress_bar()
        for sometimes in (self.note, self.progress):  # nothing moves while the user types
            policy = sometimes.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            sometimes.setSizePolicy(policy)
        self.close_button = QPushButton(tr("Cancel"))
        self.export = QPushButton(tr("Export"))
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        self.preview = PreviewPane()
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_L)
        columns.addLayout(self._left())
        columns.addWidget(self.preview, 1)
        use = QLabel(research_use())
        use.setProperty("muted", True)
        buttons = QHBoxLayout()
        buttons.addWidget(use)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(columns, 1)
        column.addLayout(buttons)
        open_as_large_as(self, *SIZE)

    def _left(self) -> QVBoxLayout:
        left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(self.contents)
        column.addLayout(self._choices())
        column.addWidget(_heading(tr("Sample")))
        line = QHBoxLayout()
        line.addWidget(self.sample, 1)
        line.addWidget(self.details)
        column.addLayout(line)
        column.addWidget(_heading(tr("Where")))
        column.addLayout(self._place())
        column.addStretch(1)
        around = QVBoxLayout()
        around.setSpacing(SPACE_M)
        around.addWidget(ScrollingPage(left, name=tr("What the report holds and where it goes")), 1)
        around.addWidget(self.note)
        around.addWidget(self.progress)
        return around

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        grid.addWidget(_heading(tr("Files")), 0, 0)
        grid.addWidget(_heading(tr("In the PDF")), 0, 1)
        for row, box in enumerate(self.formats.values(), start=1):
            grid.addWidget(box, row, 0)
        always = QLabel(tr("Counts, calibration and method always"))
        always.setProperty("muted", True)
        grid.addWidget(always, 1, 1)
        for row, box in enumerate(self.parts.values(), start=2):
            grid.addWidget(box, row, 1)
        below = len(self.parts) + 2
        grid.addWidget(_heading(tr("Every file")), below, 1)
        grid.addWidget(self.deidentified, below + 1, 1)
        grid.setColumnStretch(0, 1)
        return grid

    def _place(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE_S)
        form.setVerticalSpacing(SPACE_S)
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose)
        form.addRow(tr("Folder"), line)
        form.addRow(tr("File name prefix"), self.name)
        form.addRow("", self.open_folder)
        return form

    # Handlers

    @Slot(bool)
    def _on_deidentified(self, on: bool) -> None:
        """The name of the case stays out of file names; what was typed instead stays."""
        if self.name.text() == (self._named if on else self._pseudonym):
            self.name.setText(self._pseudonym if on else self._named)
        self._on_tick()

    @Slot()
    def _on_name(self) -> None:
        self._refresh()
        if self.deidentified.isChecked():  # it is the number of the sample on the report
            self.options_changed.emit()

    @Slot()
    def _on_tick(self) -> None:
        self._refresh()
        self.options_changed.emit()

    @Slot()
    def _refresh(self) -> None:
        choice = self.choice
        for key, box in self.parts.items():
            is_open = "pdf" in choice.formats and not self._running
            box.setEnabled(is_open and not (choice.pdf.short and key in ("gallery", "cell_table")))
        planned = planned_files(self._case, choice, slides=self._slides)
        existing = [str(file.path.relative_to(choice.folder)) for file in planned if file.path.exists()]
        reviewed = self._case.reviewed
        note = ""
        if self._running:
            pass  # what is there by now was written just now
        elif not choice.formats:
            note = tr("Choose at least one file.")
        elif not choice.name or not self.folder.text().strip():
            note = tr("Give a folder and a file name prefix.")
        elif choice.deidentified and names_the_sample(choice.name, self._case.identity):
            note = tr("The prefix names the sample; give another one, which stands for it.")
        elif "training" in choice.formats and not reviewed:
            note = tr(
                "A training set needs reviewed cells: set or confirm classes first ({key} confirms).", key=said("C")
            )
        elif existing:
            note = plural(
                "{name} will be replaced.",
                "{name} and {others} more will be replaced.",
                len(existing),
                name=existing[0],
                others=len(existing) - 1,
            )
        elif "training" in choice.formats:
            note = plural(
                "{reviewed:,} of {count} cell are reviewed; only those count as labels.",
                "{reviewed:,} of {count} cells are reviewed; only those count as labels.",
                len(self._case.cells),
                reviewed=reviewed,
            )
        self.note.setText(note)
        self.note.setVisible(bool(note))
        ready = bool(choice.formats and choice.name and self.folder.text().strip())
        ready = ready and (reviewed > 0 or "training" not in choice.formats)
        ready = ready and not (choice.deidentified and names_the_sample(choice.name, self._case.identity))
        self.export.setEnabled(ready and not self._running)
        self.progress.setVisible(self._running)
        for widget in (
            *self.formats.values(), self.deidentified, self.folder, self.name, self.choose, self.details,
        ):  # fmt: skip
            widget.setEnabled(not self._running)
        why = why_no_annotations(self._slides, deidentified=choice.deidentified)
        self.formats["dicom"].setEnabled(not self._running and not why)
        self.formats["dicom"].setToolTip(why)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the report"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    @Slot()
    def _request(self) -> None:
        self.requested.emit(ExportRequest(self.choice, self.open_folder.isChecked()))

    @Slot()
    def _on_close(self) -> None:
        self.reject()

    def reject(self) -> None:
        """Cancel what is being written; without that, close."""
        if self._running:
            self.cancelled.emit()
        else:
            super().reject()


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("heading", True)
    return label
