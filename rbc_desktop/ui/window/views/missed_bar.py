"""The line under the image that says how many cells may have been missed, lists the places and goes to them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton

from ....domain.cells.missed_places import MissedPlace
from ....language import plural, tr
from ...canvas.session import CanvasSession
from ...look.mnemonics import lettered
from ...look.theme import SPACE_M, SPACE_S, SPACE_XS
from ..actions.actions import ActionSet
from ..frame.services import Services

MOST_LISTED = 40
"""Places that the list holds; the others come up as these are done."""


class MissedBar(QFrame):
    """There while the field in view has open places and the image is in front; its buttons are the window's actions.

    Args:
        session: knows the places and shows them.
        services: keeps whether rings are shown.
        actions: get their handlers here.
    """

    def __init__(self, session: CanvasSession, *, services: Services, actions: ActionSet) -> None:
        super().__init__()
        self.setObjectName("missedBar")
        self._session, self._settings, self._next = session, services.settings, actions["next-missed"]
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.next = QToolButton()
        self.next.setDefaultAction(actions["next-missed"])
        self.next.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.list = QToolButton()
        self.list.setText(tr("List"))
        self.list.setToolTip(tr("The places, those with most cells first"))
        self.list.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.list)
        self.menu.aboutToShow.connect(self._fill)
        lettered(self.menu)
        self.list.setMenu(self.menu)
        self.dismiss = QToolButton()
        self.dismiss.setDefaultAction(actions["dismiss-missed"])
        self.dismiss.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        line.setSpacing(SPACE_S)
        line.addWidget(self.text, 1)
        for button in (self.next, self.list, self.dismiss):
            line.addWidget(button)
        session.missed.changed.connect(self.refresh)
        actions["next-missed"].enabledChanged.connect(self.refresh)
        actions.bind({"next-missed": session.show_next_missed, "dismiss-missed": session.missed.dismiss})
        layer = actions["missed-layer"]
        layer.setChecked(self._settings.value.missed_visible)
        layer.toggled.connect(self._on_layer)
        self._on_layer(layer.isChecked())
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say what is open now."""
        cells = self._session.missed.cells
        self.setVisible(cells > 0 and self._next.isEnabled())
        if cells:
            self.text.setText(
                plural(
                    "{count} cell may have been missed here. Click a ringed cell to outline it.",
                    "About {count} cells may have been missed here. Click a ringed cell to outline it.",
                    cells,
                )
            )

    @Slot(bool)
    def _on_layer(self, shown: bool) -> None:
        self._session.show_missed_rings(shown)
        self._settings.update(missed_visible=shown)

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        for place in self._session.missed.places[:MOST_LISTED]:
            self.menu.addAction(_listed(place), partial(self._session.show_missed, place))


def _listed(place: MissedPlace) -> str:
    centre = place.mask.centroid
    return plural(
        "{count} cell at {x:.0f}, {y:.0f} px",
        "About {count} cells at {x:.0f}, {y:.0f} px",
        place.cells,
        x=centre.x,
        y=centre.y,
    )
