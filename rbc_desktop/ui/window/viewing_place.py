"""What is for looking only, in the window: the picture shown adjusted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ...workflows.adjusting_controller import AdjustingController
from ..canvas.view import FieldCanvas
from ..viewing.adjust_dialog import AdjustDialog
from ..viewing.adjusted_mark import AdjustedMark
from .services import Services


class ViewingPlace(QObject):
    """Shows the canvas as the technician wants to look at it.

    Args:
        services: the case and its images.
        canvas: shows the field in view.
        parent: the main window.
    """

    def __init__(self, services: Services, canvas: FieldCanvas, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.adjusting = AdjustingController(
            services.editor, services.images, tasks=services.tasks, notices=services.notices, parent=self
        )
        self.dialog = AdjustDialog(self.adjusting, parent)
        self.mark = AdjustedMark(canvas)
        self.mark.clicked.connect(self.dialog.open_beside)
        self.adjusting.changed.connect(self._refresh)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of the actions about the look of the picture."""
        return {"adjust": self.dialog.open_beside, "adjust-reset": self.adjusting.reset}

    @Slot()
    def _refresh(self) -> None:
        self._canvas.layers.set_adjustment(self.adjusting.current)
        self.mark.show_adjustment(self.adjusting.current)
