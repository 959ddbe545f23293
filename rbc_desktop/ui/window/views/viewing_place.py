"""What is for looking only, in the window: the picture shown adjusted, free measures, the scale bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ....domain.fields.picture_adjustment import PictureAdjustment
from ....storage.laboratory.settings import ScaleBarCorner
from ....workflows.viewing.adjusting_controller import AdjustingController
from ....workflows.viewing.measuring_controller import MeasuringController
from ...canvas.view import FieldCanvas
from ...viewing.adjust_dialog import AdjustDialog
from ...viewing.adjusted_mark import AdjustedMark
from ..actions.actions import ActionSet
from ..actions.viewing_actions import CORNERS, scale_bar_action_id
from ..frame.services import Services


class ViewingPlace(QObject):
    """Shows the canvas as the technician wants to look at it.

    Args:
        services: the case and its images.
        canvas: shows the field in view.
        actions: where the scale bar is.
        parent: the main window.
    """

    def __init__(self, services: Services, canvas: FieldCanvas, *, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas, self._settings = canvas, services.settings
        self.adjusting = AdjustingController(
            services.editor, services.images, tasks=services.tasks, notices=services.notices, parent=self
        )
        self.dialog = AdjustDialog(self.adjusting, parent)
        self._canvases: list[tuple[FieldCanvas, AdjustedMark, Callable[[], PictureAdjustment]]] = []
        self.mark = self.add_canvas(canvas, adjusted_as=lambda: self.adjusting.current)
        self.adjusting.changed.connect(self.show_adjusted)
        self.measuring = MeasuringController(services.editor, parent=self)
        self.measuring.changed.connect(self._show_measures)
        canvas.measure_drawn.connect(self.measuring.do)
        actions[scale_bar_action_id(services.settings.value.scale_bar)].setChecked(True)

    def add_canvas(self, canvas: FieldCanvas, *, adjusted_as: Callable[[], PictureAdjustment]) -> AdjustedMark:
        """Let a canvas have the scale bar in the chosen corner, and show its picture adjusted, with the mark.

        Args:
            canvas: any.
            adjusted_as: how its picture is shown now; call `show_adjusted` when that may be another.
        """
        mark = AdjustedMark(canvas)
        mark.clicked.connect(self.dialog.open_beside)
        canvas.scale_bar.set_corner(self._settings.value.scale_bar)
        self._canvases.append((canvas, mark, adjusted_as))
        return mark

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers of the actions about the look of the picture."""
        return {
            "adjust": self.dialog.open_beside, "adjust-reset": self.adjusting.reset,
            "clear-measures": self.measuring.clear,
            **{scale_bar_action_id(corner): partial(self._move_scale_bar, corner) for corner in CORNERS},
        }  # fmt: skip

    def _move_scale_bar(self, corner: ScaleBarCorner) -> None:
        for canvas, _, _ in self._canvases:
            canvas.scale_bar.set_corner(corner)
        self._settings.update(scale_bar=corner)

    @Slot()
    def _show_measures(self) -> None:
        self._canvas.layers.measures.show_measures(self.measuring.current, self.measuring.texts)

    @Slot()
    def show_adjusted(self) -> None:
        """Show the picture of each canvas as it is adjusted now."""
        for canvas, mark, adjusted_as in self._canvases:
            canvas.layers.set_adjustment(adjusted_as())
            mark.show_adjustment(adjusted_as())
