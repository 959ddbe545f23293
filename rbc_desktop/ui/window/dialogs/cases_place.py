"""Recent cases in the window: on the empty window, and in a dialog of the File menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ....workflows.cases.case_listing import ListedCase
from ....workflows.cases.case_listing_controller import CaseListingController
from ...cells.panel import CellPanel
from ...fields.welcome import Welcome
from ...recent.case_list import CaseList
from ...recent.recent_dialog import RecentDialog
from ..actions.actions import ActionSet
from ..frame.services import Services


class CasesPlace(QObject):
    """Shows the recent cases and opens the chosen one.

    Args:
        services: the case and its file.
        panel: knows which cells need review.
        welcome: the empty window, which gets the list.
        actions: *Manual* works in the dialog, too.
        parent: the main window.
    """

    def __init__(
        self, services: Services, *, panel: CellPanel, welcome: Welcome, actions: ActionSet, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services, self._panel, self._welcome = services, panel, welcome
        self._actions, self._window = actions, parent
        self.dialog: RecentDialog | None = None
        self.listing = CaseListingController(
            services.editor, files=services.files, images=services.images, settings=services.settings,
            tasks=services.tasks, notices=services.notices, record=services.record, to_review=self._to_review,
            parent=self,
        )  # fmt: skip
        self.list = CaseList(services.theme, opens_by_click=True)
        welcome.show_below(self.list)
        self.list.opened.connect(self._open)
        self.listing.listed.connect(self._show)
        services.files.busy_changed.connect(self._on_busy)
        services.editor.fields_changed.connect(self._on_fields)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of its action."""
        return {"open-recent": self.open}

    @Slot()
    def open(self) -> None:
        """List the cases in a dialog."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = dialog = RecentDialog(self._services.theme, self._window)
        dialog.addAction(self._actions["manual"])
        dialog.opened.connect(self._open)
        dialog.removed.connect(self.listing.forget)
        dialog.discarded.connect(self.listing.discard)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        self.listing.refresh()

    def close(self) -> None:
        """Write down what is known of the case: the window closes."""
        self.listing.keep_at_the_end()

    def _to_review(self) -> int | None:
        if not self._panel.feed.is_settled:
            return None
        return int(np.count_nonzero(self._panel.model.columns.table["waiting"]))

    @Slot(object)
    def _open(self, path: Path) -> None:
        self._services.files.open_paths([path])

    @Slot(object)
    def _show(self, lines: tuple[ListedCase, ...]) -> None:
        self.list.show_lines([line for line in lines if not line.is_present])
        self._welcome.set_below_visible(self.list.count() > 0)
        if self.dialog is not None:
            self.dialog.show_lines(lines)

    @Slot(object)
    def _on_busy(self, text: object) -> None:
        """The empty window lists the cases once nothing is being opened."""
        if text is None:
            self._on_fields()

    @Slot()
    def _on_fields(self) -> None:
        if not self._services.editor.case.fields and not self._services.files.is_busy:
            self.listing.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
