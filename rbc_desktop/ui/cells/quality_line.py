"""A line under the counts: what the fields that are counted don't let be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ...domain.case.case import distinct_names
from ...domain.fields.field_quality import unmet
from ...editing.case_editor import CaseEditor
from ...language import tr
from ...phrases import told
from ...reports.summary.assessment import quality_lines, withheld_notices, withheld_sentences
from ..look.theme import SPACE_S, SPACE_XS


class QualityLine(QLabel):
    """Says which classes are withheld on the field in view, or what else its image shows; hidden where all is well.

    While all fields are counted it says where classes are withheld. The tooltip lists every value of the field in view
    with its limit.
    """

    def __init__(self, editor: CaseEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._of_all = editor, False
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("Quality of the field"))
        for signal in (editor.current_field_changed, editor.qualities_changed, editor.calibration_changed):
            signal.connect(self.refresh)
        editor.case_replaced.connect(self.refresh)
        self.refresh()

    def say_of_all(self, of_all: bool) -> None:
        """Say it of all fields from now on, or of the one in view."""
        if of_all != self._of_all:
            self._of_all = of_all
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say it again."""
        field, case = self._editor.current_field, self._editor.case
        quality = None if field is None else case.qualities.get(field.id)
        if field is None or quality is None:
            self.hide()
            return
        of_all = self._of_all and len(case.fields) > 1
        names = distinct_names(case.fields.values()) if of_all else {}
        lines = withheld_notices(case, names) if of_all else withheld_sentences(case, field)
        said = set() if of_all else {fact.sentence for fact in unmet(quality)}
        self.setText("\n".join(map(told, lines)) or " ".join(told(each) for each in sorted(said)))
        self.setToolTip("\n".join([tr("Image of {name}", name=field.name), *map(told, quality_lines(quality))]))
        self.setVisible(bool(said or (of_all and lines)))
