"""A second field beside the image, in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QWidget

from ....domain.fields.picture_adjustment import PictureAdjustment
from ....language import tr
from ....workflows.viewing.comparing_controller import ComparingController
from ...canvas.cell_feed import CellFeed
from ...canvas.view import FieldCanvas
from ...viewing.compare_pane import ComparePane
from ...viewing.linked_views import LinkedViews
from ...viewing.own_half import OwnHalf
from ..actions.actions import ActionSet
from ..actions.file_actions import CASE_FILTER
from ..frame.services import Services
from .view_place import ViewPlace
from .viewing_place import ViewingPlace


class ComparePlace(QObject):
    """Shows and hides the second field.

    Args:
        services: the case and its images.
        canvas: shows the field that is worked on.
        halves: holds the middle; the second field comes beside it.
        image: the page of the middle that shows the image.
        viewing: how fields are shown adjusted.
        view: whether outlines are drawn.
        listed: ids of the fields as they are listed.
        actions: ``compare`` shows it.
        parent: the main window.
    """

    def __init__(
        self, services: Services, canvas: FieldCanvas, *, halves: QSplitter, image: QWidget, viewing: ViewingPlace,
        view: ViewPlace, listed: Callable[[], Sequence[int]], actions: ActionSet, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._services, self._canvas, self._window = services, canvas, parent
        self._viewing, self._view, self._listed, self._halves = viewing, view, listed, halves
        self._action, self._image = actions["compare"], image
        self._middle: QStackedWidget = halves.widget(0)  # type: ignore[assignment]
        self.own = OwnHalf(self._middle)
        halves.insertWidget(0, self.own)
        self.pane: ComparePane | None = None
        self.comparing = ComparingController(
            services.editor, services.images, tasks=services.tasks, reader=services.reader,
            settings=services.settings, notices=services.notices, parent=self,
        )  # fmt: skip
        self._action.toggled.connect(self._on_toggled)
        self._middle.currentChanged.connect(self._refresh_head)
        services.editor.current_field_changed.connect(self._refresh_head)
        services.editor.fields_changed.connect(self._refresh_head)
        services.editor.case_replaced.connect(self._refresh_head)

    def _build(self) -> ComparePane:
        """Made when it is first wanted."""
        services = self._services
        pane = ComparePane(self.comparing)
        self.mark = self._viewing.add_canvas(pane.canvas, adjusted_as=self._adjustment)
        CellFeed(pane.canvas, editor=services.editor, parent=pane)
        self.links = LinkedViews(
            self._canvas, pane.canvas, scales=(self._um_per_px, lambda: pane.um_per_px), parent=pane
        )
        pane.linked.toggled.connect(self.links.switch)
        pane.close_wanted.connect(lambda: self._action.setChecked(False))
        pane.case_wanted.connect(self.ask_for_case)
        self.comparing.changed.connect(self._viewing.show_adjusted)
        self._view.overlay_shown.connect(pane.canvas.set_overlay_visible)
        services.theme.changed.connect(self._on_theme)
        pane.canvas.set_overlay_visible(self._canvas.overlay_visible)
        self._halves.addWidget(pane)
        self.own.keep_level_with(pane.head)
        return pane

    @Slot()
    def _refresh_head(self) -> None:
        """The name of the field that is worked on, while another one is beside it."""
        field = self._services.editor.current_field
        self.own.name.show_text("" if field is None else field.name)
        self.own.head.setVisible(self._action.isChecked() and self._middle.currentWidget() is self._image)

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        self._refresh_head()
        if not shown:
            if self.pane is not None:
                self.links.switch(False)
                self.pane.hide()
                self.comparing.close()
            self._canvas.setFocus()
            return
        if self.pane is None:
            self.pane = self._build()
        self.pane.show()
        self._on_theme()
        half = self._halves.width() // 2
        self._halves.setSizes([half, half])
        self.comparing.open(self._listed())
        self.links.switch(self.pane.linked.isChecked())

    @Slot()
    def ask_for_case(self) -> None:
        """Ask which case is to be beside."""
        last = self._services.settings.value.last_folder
        folder = last if last and Path(last).is_dir() else str(Path.home())
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Compare with a case"), folder, tr(CASE_FILTER))
        if name:
            self.comparing.open_case(Path(name))

    def _um_per_px(self) -> float | None:
        field = self._services.editor.current_field
        return None if field is None or field.calibration is None else field.calibration.um_per_px

    def _adjustment(self) -> PictureAdjustment:
        """A field of this case is adjusted here as on the image; another case is shown as taken."""
        side = self.comparing.side
        return self._viewing.adjusting.of(side.field_id if side is not None and side.is_own else None)

    @Slot()
    def _on_theme(self) -> None:
        if self.pane is not None:
            self.pane.canvas.set_background(QColor(self._services.theme.tokens.canvas))
