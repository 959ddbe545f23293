"""A line under the counts: what the field in view doesn't let be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ...domain.fields.field_quality import unmet
from ...editing.case_editor import CaseEditor
from ...language import tr
from ...phrases import told
from ...reports.summary.assessment import quality_lines, withheld_sentences
from ..look.theme import SPACE_S, SPACE_XS


class QualityLine(QLabel):
    """Says which classes are withheld on the field in view, or what else its image shows; hidden where all is well.

    The tooltip lists every value with its limit.
    """

    def __init__(self, editor: CaseEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("Quality of the field"))
        for signal in (editor.current_field_changed, editor.qualities_changed, editor.calibration_changed):
            signal.connect(self.refresh)
        editor.case_replaced.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say it of the field in view."""
        field, case = self._editor.current_field, self._editor.case
        quality = None if field is None else case.qualities.get(field.id)
        if field is None or quality is None:
            self.hide()
            return
        lines = withheld_sentences(case, field)
        said = {fact.sentence for fact in unmet(quality)}
        self.setText("\n".join(map(told, lines)) or " ".join(told(each) for each in sorted(said)))
        self.setToolTip("\n".join([tr("Image of {name}", name=field.name), *map(told, quality_lines(quality))]))
        self.setVisible(bool(said))
