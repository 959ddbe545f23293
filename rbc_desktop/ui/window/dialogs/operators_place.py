"""Who works with the window: a button in the status bar, and the dialog with the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ....storage.paths import operators_file
from ....workflows.laboratory.operators_controller import OperatorsController
from ...look.mnemonics import lettered
from ...settings.operators_dialog import OperatorsDialog
from ..actions.actions import ActionSet
from ..frame.services import Services
from ..status.status_bar import StatusBar


class OperatorsPlace(QObject):
    """Offers the operators while there are any, and the list always.

    Args:
        services: the case, and what keeps who was chosen.
        line: holds the button.
        actions: ``operators`` stands below the names.
        parent: the main window.
    """

    def __init__(self, services: Services, *, line: StatusBar, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._line, self._actions, self._parent = line, actions, parent
        self.controller = OperatorsController(
            services.editor, settings=services.settings, tasks=services.tasks, path=operators_file(), parent=self
        )
        self.dialog: OperatorsDialog | None = None
        self.controller.changed.connect(self._refresh)
        line.operator_requested.connect(self._show_menu)
        self._refresh()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        return {"operators": self.open}

    @Slot()
    def open(self) -> None:
        """Show the list."""
        if self.dialog is None:
            self.dialog = OperatorsDialog(self.controller, self._parent)
            self.dialog.addAction(self._actions["manual"])
            self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def menu(self) -> QMenu:
        """The names to choose from, and the way to the list."""
        menu = lettered(QMenu(self._parent))
        group = QActionGroup(menu)
        for operator in self.controller.operators:
            action = menu.addAction(operator.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(operator.name == self.controller.current)
            action.triggered.connect(partial(self._choose, operator.name))
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(self._actions["operators"])
        return menu

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.controller.choose(name)

    @Slot()
    def _show_menu(self) -> None:
        if not self._actions["operators"].isEnabled():
            return  # a second reading is under way, in its reader's name
        menu, button = self.menu(), self._line.operator
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - menu.rect().bottomLeft())

    @Slot()
    def _refresh(self) -> None:
        self._line.show_operator(self.controller.current, offered=bool(self.controller.operators))

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
