"""Keeps in the case file what the window shows of a case, and shows it again when the case is opened."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Slot

from ....errors import CaseFileError
from ....storage.case.case_file import CaseFile
from ....storage.case.case_view import CaseView, kept_selection
from ...cells.panel import CellPanel
from ...fields.field_strip import FieldStrip
from .services import Services

KEEP_AFTER_MS = 400
"""Every change that follows within this time is kept with it: keys that are held down write once."""

log = logging.getLogger(__name__)


class ViewKeeper(QObject):
    """Field, order of the fields, filter and selection.

    Args:
        services: the case, its file and the selection.
        panel: has the filter.
        strip: lists the fields.
        parent: Qt parent.
    """

    def __init__(self, services: Services, *, panel: CellPanel, strip: FieldStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._selection, self._panel, self._strip = services.editor, services.selection, panel, strip
        self._kept: CaseView | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        for signal in (
            self._editor.current_field_changed, self._selection.changed, strip.reordered, panel.review_button.toggled,
            panel.class_box.currentIndexChanged, panel.scope_box.currentIndexChanged,
        ):  # fmt: skip
            signal.connect(self._on_change)
        services.files.leaving.connect(self.keep)
        services.files.case_opened.connect(self.show)

    @property
    def view(self) -> CaseView:
        """What is shown now."""
        field, panel = self._editor.current_field, self._panel
        return CaseView(
            field=None if field is None else field.id,
            order=self._strip.order,
            group=panel.class_box.currentData() or "",
            review_only=panel.review_button.isChecked(),
            all_fields=panel.scope_box.currentIndex() == 1,
            selected=kept_selection(self._selection.ids),
        )

    @Slot()
    def _on_change(self) -> None:
        self._soon.start()

    @Slot()
    def keep(self) -> None:
        """Write it now, if it is another than before; a file that takes nothing is no reason to disturb anybody."""
        self._soon.stop()
        store, view = self._editor.store, self.view
        if view == self._kept or not isinstance(store, CaseFile) or not self._editor.case.fields:
            return
        try:
            store.keep_view(view)
        except CaseFileError as error:
            log.info("what is shown was not kept: %s", type(error.__cause__ or error).__name__)
        else:
            self._kept = view

    @Slot(object)
    def show(self, view: CaseView) -> None:
        """Show it again; what the case doesn't have any more is passed over."""
        self._strip.list_in(view.order)
        if view.field in self._editor.case.fields:
            self._editor.set_current_field(view.field)
        panel = self._panel
        panel.scope_box.setCurrentIndex(int(view.all_fields))
        panel.review_button.setChecked(view.review_only)
        panel.class_box.setCurrentIndex(max(0, panel.class_box.findData(view.group) if view.group else 0))
        self._selection.set(view.selected)
        self._kept = self.view
        self._soon.stop()
