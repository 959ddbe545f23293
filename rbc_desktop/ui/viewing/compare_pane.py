"""A second field beside the image: its picture and outlines, to look at only."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.case.case import Case
from ...language import mark, tr
from ...workflows.viewing.comparing import Side
from ...workflows.viewing.comparing_controller import ComparingController
from ..canvas.cell_feed import SLICE
from ..canvas.overlay.shapes import cell_view
from ..canvas.tools.gestures import ToolName
from ..canvas.view import FieldCanvas
from ..look import icons
from ..look.elided_box import ElidedBox
from ..look.flow_layout import FlowLayout
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, named

ANOTHER = mark("Another case…")
LEAST_WIDTH = 180


class ComparePane(QWidget):
    """Follows the controller.

    Args:
        comparing: what is beside.
        parent: Qt parent.
    """

    case_wanted = Signal()
    """Ask for another case."""

    close_wanted = Signal()

    def __init__(self, comparing: ComparingController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._shown: tuple[Side, int] | None = None
        self._due: list[int] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._bring)
        self.canvas = FieldCanvas()
        self.canvas.set_tool(ToolName.PAN)
        self.canvas.setAccessibleName(tr("Field to compare with"))
        self.canvas.setAccessibleDescription(tr("To look at only. Arrow keys move it, the wheel zooms."))
        self._build()
        comparing.changed.connect(self.refresh)
        self.choice.activated.connect(self._on_chosen)
        self.close_button.clicked.connect(self.close_wanted)
        self.refresh()

    def _build(self) -> None:
        self.choice = ElidedBox()
        self.choice.setAccessibleName(tr("Field to compare with"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.linked = QCheckBox(tr("&Linked"))
        self.linked.setToolTip(tr("Zoom and move both images together, at one scale where both have one"))
        self.linked.setChecked(True)
        self.close_button = QToolButton()
        self.close_button.setIcon(icons.icon("close"))
        self.close_button.setToolTip(tr("Close the second image"))
        self.close_button.setAccessibleName(tr("Close the second image"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.head = named(QWidget(), "panelHeader")
        self.head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = FlowLayout(self.head, margins=(SPACE_M, SPACE_XS, SPACE_XS, SPACE_XS), spacing=SPACE_S)
        for widget in (self.choice, self.linked, self.close_button):
            line.addWidget(widget)
        self.notice = plain_label()
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice.setObjectName("canvasHost")
        self.notice.setMargin(SPACE_L)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(LEAST_WIDTH)

    @property
    def um_per_px(self) -> float | None:
        """Scale of the field beside."""
        field = self._comparing.field
        return None if field is None or field.calibration is None else field.calibration.um_per_px

    @Slot()
    def refresh(self) -> None:
        """Show what the controller has."""
        self._fill_choice()
        comparing, field = self._comparing, self._comparing.field
        if field is None or comparing.side is None or comparing.pixels is None:
            self._show_nothing(
                comparing.problem or (tr("Opening {name}…", name=field.name) if field is not None else "")
            )
            return
        self._stack.setCurrentWidget(self.canvas)
        shown = (comparing.side, id(comparing.pixels))
        if shown != self._shown:
            self._shown = shown
            # Fields of the other case have numbers of their own, so that nobody takes them for those of this one.
            self.canvas.show_field(field.id if comparing.side.is_own else -field.id, comparing.pixels)
            self.canvas.fit()
            self._begin(cell.id for cell in comparing.case.cells_of(field.id))
        self.canvas.set_calibration(field.calibration)

    def _show_nothing(self, text: str) -> None:
        self._shown = None
        self._due = []
        self.canvas.clear_field()
        self.notice.setText(text or tr("There is no other field here. Open more images, or choose another case above."))
        self._stack.setCurrentWidget(self.notice)

    def _fill_choice(self) -> None:
        comparing = self._comparing
        self.choice.clear()
        other = comparing.other
        if other is not None:
            self._add_fields(other.case, own=False, name=f"{other.name}: ")
            self.choice.insertSeparator(self.choice.count())
        self._add_fields(comparing.own_case, own=True, name="")
        self.choice.insertSeparator(self.choice.count())
        self.choice.addItem(tr(ANOTHER), None)
        data = [self.choice.itemData(index) for index in range(self.choice.count())]
        side = comparing.side
        self.choice.setCurrentIndex(data.index(side) if side is not None and side in data else -1)

    def _add_fields(self, case: Case, *, own: bool, name: str) -> None:
        for field in case.fields.values():
            self.choice.addItem(f"{name}{field.name}", Side(field.id, is_own=own))

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        side = self.choice.itemData(index)
        if side is None:
            self._fill_choice()
            self.case_wanted.emit()
        elif side != self._comparing.side:
            self._comparing.show_side(side)

    def _begin(self, ids: Iterable[int]) -> None:
        self.canvas.set_cells(())
        self._due = list(ids)
        self._bring()

    @Slot()
    def _bring(self) -> None:
        """Outlines in slices, as on the image itself."""
        case, due = self._comparing.case, self._due[:SLICE]
        self._due = self._due[SLICE:]
        self.canvas.update_cells([cell_view(case, case.cells[i]) for i in due if i in case.cells])
        if self._due:
            self._soon.start()
