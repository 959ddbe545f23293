"""Every action of the window as data: menus, toolbar, shortcuts and the list in Help are built from one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from ...domain.own_classes import DEFAULT_KEYS, MOST_OWN
from ...domain.taxonomy import BUILT_IN, CellClass
from ...workflows.key_map import Chosen, keys_in_use, show_keys
from ..look import icons, swatch
from ..settings.keys_page import KeyRow
from .action_spec import (
    ActionSpec,
    UiState,
    is_whole,
    needs_cells,
    needs_content,
    needs_field,
    needs_missed,
    needs_picture,
    needs_proposal,
    needs_selection,
)
from .laboratory_actions import LABORATORY_ACTIONS
from .slide_actions import SLIDE_ACTIONS
from .viewing_actions import VIEWING_ACTIONS


def class_action_id(cell_class: CellClass) -> str:
    """The id of the action that sets this class."""
    return f"class:{cell_class.value}"


def _class_actions() -> tuple[ActionSpec, ...]:
    return tuple(
        ActionSpec(
            class_action_id(cell_class),
            cell_class.value[:1].upper() + cell_class.value[1:],
            "Cells/Set class",
            (cell_class.key,),
            tip=f"Set the class of the selected cells to {cell_class.value}.",
            enabled_when=needs_selection,
        )
        for cell_class in BUILT_IN
    )


def own_class_id(place: int) -> str:
    """The id of the action that sets the laboratory's own class at this place of its list, from 0."""
    return f"own-class:{place}"


def _own_action(place: int, own: CellClass | None) -> ActionSpec:
    """Sets an own class; while there is none at this place, it only keeps the key free."""
    name, key = (f"own class {place + 1}", DEFAULT_KEYS[place]) if own is None else (own.value, own.key)
    return ActionSpec(
        own_class_id(place),
        name[:1].upper() + name[1:],
        "Cells/Set class",
        (key,) if key else (),
        tip=f"Set the class of the selected cells to {name}.",
        enabled_when=needs_selection,
    )


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "Open images…", "File", ("Ctrl+O",), "open", "Add one or more smear images to the case."),
    ActionSpec("open-sample", "Open the sample smear", "File", (), "image", "Try everything on a drawn smear."),
    ActionSpec("new-case", "New case", "File", ("Ctrl+N",), "new", "Start an empty case; the old one is kept.",
               starts_section=True),
    ActionSpec("open-case", "Open case…", "File", ("Ctrl+Shift+O",), "open-case", "Open a saved case (.rbc)."),
    ActionSpec("open-recent", "Open recent…", "File", ("Ctrl+R",), "",
               "Open one of the last cases, or one that was never saved under a name."),
    ActionSpec("save-case", "Save case as…", "File", ("Ctrl+S", "Ctrl+Shift+S"), "save",
               "Write the case to a file; from then on every step is kept there.", enabled_when=needs_content),
    ActionSpec("quit", "Quit", "File", ("Ctrl+Q",), "quit", "Close the window; every step is already kept.",
               starts_section=True),
    ActionSpec("undo", "Undo", "Edit", ("Ctrl+Z",), "undo", "Take back the last step.",
               enabled_when=lambda s: s.can_undo),
    ActionSpec("redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "Do the step again.",
               enabled_when=lambda s: s.can_redo),
    ActionSpec("select-all", "Select all cells", "Edit", ("Ctrl+A",), "select-all",
               "Select every cell that the table shows.", starts_section=True, enabled_when=needs_cells),
    ActionSpec("delete", "Delete selected cells", "Edit", ("Del",), "delete",
               "Delete the selected cells; undo brings them back.", enabled_when=needs_selection),
    ActionSpec("settings", "Settings…", "Edit", ("Ctrl+,",), "settings",
               "Details of the laboratory, review limit, keys, models and theme.",
               starts_section=True),
    ActionSpec("fit", "Fit the image", "View", ("F",), "fit", "Show the whole image.", enabled_when=needs_picture),
    ActionSpec("actual-size", "Actual pixels (1:1)", "View", ("Ctrl+1",), "one-to-one",
               "One image pixel on one screen pixel.", enabled_when=needs_picture),
    ActionSpec("zoom-in", "Zoom in", "View", ("+", "=", "Ctrl++", "Ctrl+="), "zoom-in", "Enlarge the image.",
               enabled_when=needs_picture),
    ActionSpec("zoom-out", "Zoom out", "View", ("-", "Ctrl+-"), "zoom-out", "Make the image smaller.",
               enabled_when=needs_picture),
    ActionSpec("overlay", "Show outlines", "View", ("O",), "eye", "Show or hide the outlines of the cells.",
               checkable=True, starts_section=True, enabled_when=needs_field),
    ActionSpec("missed-layer", "Show rings", "View", (), "",
               "Ring the places where cells may have been missed, or don't.", checkable=True, enabled_when=needs_field),
    *VIEWING_ACTIONS,
    *SLIDE_ACTIONS,
    ActionSpec("panels", "Show panels", "View", ("F9", "Ctrl+\\"), "panels",
               "Hide everything but the image, or bring it back.", checkable=True),
    ActionSpec("gallery", "Gallery", "View", ("G",), "gallery",
               "Show the cells of the table as tiles at one scale instead of the image.", checkable=True,
               starts_section=True, enabled_when=lambda s: s.has_cells or s.in_gallery),
    ActionSpec("gallery-window", "Gallery in its own window", "View", ("Shift+G",), "",
               "Show the tiles beside the image, on a second screen if there is one.", checkable=True,
               enabled_when=lambda s: s.has_cells or s.in_gallery),
    ActionSpec("review-bar", "Review bar", "View", ("R",), "",
               "Go through the cells one by one, magnified, with what the classifier suggests.", checkable=True,
               enabled_when=needs_cells),
    ActionSpec("previous-field", "Previous field", "View", ("Ctrl+PgUp",), "previous", "Show the image before.",
               starts_section=True, enabled_when=lambda s: s.several_fields),
    ActionSpec("next-field", "Next field", "View", ("Ctrl+PgDown",), "next", "Show the image after.",
               enabled_when=lambda s: s.several_fields),
    ActionSpec("tool-point", "Point", "Cells", ("P",), "point",
               "Click a cell to outline it. Alt or the right button: “not this”.", "tool", checkable=True),
    ActionSpec("tool-box", "Box", "Cells", ("B",), "box", "Drag a box around a cell.", "tool", checkable=True),
    ActionSpec("tool-select", "Select", "Cells", ("V",), "select", "Click or drag to select cells.", "tool",
               checkable=True),
    ActionSpec("tool-pan", "Pan", "Cells", ("H",), "pan", "Drag to move the image (or hold Space with any tool).",
               "tool", checkable=True),
    ActionSpec("tool-knife", "Knife", "Cells/Repair", ("X",), "knife",
               "Drag across a cell to cut it in two.", "tool", checkable=True),
    ActionSpec("tool-split", "Split by two clicks", "Cells/Repair", ("S",), "split",
               "Click each half of a cell that is two: the model parts them.", "tool", checkable=True),
    ActionSpec("tool-brush", "Brush", "Cells/Repair", ("D",), "brush",
               "Paint to extend a cell, or draw around one that is missing.", "tool", checkable=True),
    ActionSpec("tool-eraser", "Eraser", "Cells/Repair", ("E",), "eraser",
               "Paint over what doesn't belong to a cell.", "tool", checkable=True),
    ActionSpec("tool-polygon", "Polygon", "Cells/Repair", ("L",), "polygon",
               "Drag around a cell or click its corners; drag the corners of the selected cell.", "tool",
               checkable=True),
    ActionSpec("brush-smaller", "Smaller brush", "Cells/Repair", ("[",), "",
               "Make brush and eraser smaller.", starts_section=True, enabled_when=needs_field),
    ActionSpec("brush-larger", "Larger brush", "Cells/Repair", ("]",), "", "Make brush and eraser larger.",
               enabled_when=needs_field),
    ActionSpec("merge", "Merge the selected cells", "Cells/Repair", ("J",), "merge",
               "Make one cell of the selected ones.", starts_section=True, enabled_when=needs_selection),
    ActionSpec("grow", "Grow by a pixel", "Cells/Repair", ("T",), "grow",
               "Widen the selected cells by a pixel.", enabled_when=needs_selection),
    ActionSpec("shrink", "Shrink by a pixel", "Cells/Repair", ("Shift+T",), "shrink",
               "Narrow the selected cells by a pixel.", enabled_when=needs_selection),
    ActionSpec("smooth", "Smooth the outline", "Cells/Repair", ("Y",), "smooth",
               "Take burrs and steps from the outlines of the selected cells.", enabled_when=needs_selection),
    ActionSpec("fill-holes", "Fill holes", "Cells/Repair", ("U",), "fill",
               "Fill the holes of the selected cells.", enabled_when=needs_selection),
    ActionSpec("segment-all", "Segment all", "Cells", ("F5",), "segment-all",
               "Find, outline and classify every cell of this field.", starts_section=True,
               enabled_when=lambda s: s.has_field and s.model_ready and not s.segmenting and not s.is_blind),
    ActionSpec("segment-fields", "Segment all fields", "Cells", ("Shift+F5",), "segment-fields",
               "Find every cell of every field that isn't done yet; go on working meanwhile.",
               enabled_when=lambda s: s.model_ready and (s.has_field or s.several_fields) and not s.is_blind),
    ActionSpec("target", "Target count…", "Cells", (), "",
               "Say how many cells you want, and what is segmented by itself.", enabled_when=needs_field),
    ActionSpec("accept", "Accept the proposal", "Cells", ("Return",), "check", "Keep the outline as a cell.",
               canvas_key=True, starts_section=True, enabled_when=needs_proposal),
    ActionSpec("next-candidate", "Next candidate", "Cells", ("Tab",), "candidate",
               "Show the model's next answer for the same clicks.", canvas_key=True, enabled_when=needs_proposal),
    ActionSpec("remove-point", "Remove the last point", "Cells", ("Backspace",), "point-remove",
               "Take back the last click of the proposal.", canvas_key=True, enabled_when=needs_proposal),
    ActionSpec("drop", "Drop the proposal", "Cells", ("Esc",), "cancel", "Throw the outline away.", canvas_key=True,
               enabled_when=needs_proposal),
    ActionSpec("confirm", "Confirm the class", "Cells", ("C",), "confirm",
               "Mark the class of the selected cells as seen by you.", starts_section=True,
               enabled_when=needs_selection),
    ActionSpec("count-at-edge", "Count cells at the edge", "Cells", ("I",), "",
               "Count the selected cells although the edge of the image cuts them, or leave them out again.",
               enabled_when=needs_selection),
    ActionSpec("next-review", "Next least-sure cell", "Cells", ("N",), "next-review",
               "Go to the cell the classifier is least sure of.", enabled_when=needs_cells),
    ActionSpec("find-similar", "Find similar cells", "Cells", ("W",), "",
               "Rank the cells of all fields by their likeness to the selected ones.", enabled_when=needs_selection),
    ActionSpec("same-class", "Same class as those", "Cells", ("A",), "",
               "Give the selected cells the class of those that similar ones were looked for.",
               enabled_when=needs_selection),
    ActionSpec("previous-review", "Cell before", "Cells", ("Backspace",), "",
               "Back to the cell that was in hand before.", enabled_when=lambda s: s.reviewing and not s.has_proposal),
    ActionSpec("next-missed", "Next missed cell", "Cells", ("M",), "",
               "Go to the next place where a cell may have been missed.", starts_section=True,
               enabled_when=needs_missed),
    ActionSpec("dismiss-missed", "Nothing was missed", "Cells", (), "",
               "Take the rings away, and the remark in the report; undo brings them back.", enabled_when=needs_missed),
    *_class_actions(),
    *(_own_action(place, None) for place in range(MOST_OWN)),
    ActionSpec("own-classes", "Own classes…", "Cells/Set class", (), "",
               "Name classes of your laboratory, and share them between computers.", starts_section=True),
    ActionSpec("retrain", "Retrain the classifier…", "Cells", (), "",
               "Let the classifier learn from the cells that you have reviewed.", starts_section=True),
    ActionSpec("calibrate", "Calibrate…", "Cells", ("K",), "calibrate",
               "Give the scale in µm per pixel; without it there are no sizes in µm.", starts_section=True,
               enabled_when=needs_field),
    ActionSpec("sample", "Sample and grades…", "Report", ("Ctrl+G",), "",
               "Details, grades, blood count and signatures of the sample, and who did what.", enabled_when=is_whole),
    ActionSpec("amend", "Amend…", "Report", (), "", "Change a final case: a new version begins, and says why.",
               enabled_when=lambda s: s.is_final),
    ActionSpec("operators", "Operators…", "Report", (), "",
               "Say who works here, and who signs with a pass phrase.", enabled_when=is_whole),
    *LABORATORY_ACTIONS,
    ActionSpec("export", "Export report…", "Report", ("Ctrl+E",), "export", "Write a PDF and a CSV of this case.",
               enabled_when=lambda s: s.has_cells and not s.busy and not s.is_blind),
    ActionSpec("manual", "Manual", "Help", ("F1",), "help", "Open the manual."),
    ActionSpec("shortcuts", "Keyboard shortcuts", "Help", ("Ctrl+/",), "keyboard", "List every key."),
    ActionSpec("about", "About RBC Desktop", "Help", (), "info", "Versions, models and the intended use."),
)  # fmt: skip

MENUS = ("File", "Edit", "View", "Cells", "Report", "Help")

TOOLBAR: tuple[str, ...] = (
    "open", "|", "tool-point", "tool-box", "tool-select", "tool-pan", "|",
    "tool-knife", "tool-split", "tool-brush", "tool-eraser", "tool-polygon", "|",
    "undo", "redo", "|", "segment-all", "next-review", "gallery", "|", "overlay", "opacity", "|", "calibrate",
    "stretch", "export",
)  # fmt: skip
"""Ids of actions, ``|`` for a separator, ``opacity`` and ``stretch`` for widgets that the window puts in."""

MOUSE_HELP: tuple[tuple[str, str], ...] = (
    ("Click", "Outline the cell (Point)"),
    ("Shift + click", "“This too” (Point)"),
    ("Alt + click, right click", "“Not this” (Point)"),
    ("Arrow keys, then full stop or comma", "Mark a cell, or “not this”, without a mouse"),
    ("Drag", "Box around a cell (Point, Box)"),
    ("Drag with Select", "Select several cells"),
    ("Ctrl + click", "Add a cell to the selection (any tool)"),
    ("Click again", "The next of cells that lie over each other (Select)"),
    ("Alt + wheel", "Cells over each other (Point, Box); size (Brush, Eraser)"),
    ("Drag with Brush, right button", "Erase"),
    ("Wheel", "Zoom to the cursor"),
    ("Middle button, Space + drag", "Pan"),
)


def native_keys(spec: ActionSpec) -> str:
    """The shortcuts of an action as the system writes them, or an empty text."""
    return ", ".join(QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in spec.keys[:2])


def tooltip(spec: ActionSpec) -> str:
    """Name, key and sentence."""
    keys = native_keys(ActionSpec(spec.id, spec.text, spec.menu, spec.keys[:1]))
    head = spec.text.rstrip("…") + (f" ({keys})" if keys else "")
    return f"{head}\n{spec.tip}" if spec.tip else head


def shortcut_sections(specs: Sequence[ActionSpec]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading and (keys, what they do) pairs, in menu order, the mouse first."""
    sections: list[tuple[str, list[tuple[str, str]]]] = [("Mouse", list(MOUSE_HELP))]
    for menu in MENUS:
        for path in (menu, *sorted({s.menu for s in specs if s.menu.startswith(f"{menu}/")})):
            pairs = [(native_keys(s), s.text.rstrip("…")) for s in specs if s.menu == path and s.keys]
            if pairs:
                sections.append((path.split("/")[-1], pairs))
    return sections


def fixed_keys() -> list[str]:
    """Ids of the actions that keep their keys: the image has them, too, or they are set with the own classes."""
    own = {own_class_id(place) for place in range(MOST_OWN)}
    return [spec.id for spec in ACTIONS if spec.canvas_key or spec.id in {"previous-review", *own}]


def key_rows() -> list[KeyRow]:
    """Every action for the page of keys, in the order of the menus."""
    fixed = fixed_keys()
    own = {own_class_id(place) for place in range(MOST_OWN)}
    return [
        KeyRow(spec.id, spec.text.rstrip("…"), spec.menu.replace("/", " › "), spec.keys, spec.id in fixed)
        for menu in MENUS
        for spec in ACTIONS
        if spec.menu.split("/")[0] == menu and spec.id not in own
    ]


class ActionSet(QObject):
    """The QActions of one window."""

    keys_changed = Signal()
    """Other keys than before do things, and are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.specs = ACTIONS
        self._groups: dict[str, QActionGroup] = {}
        self._actions: dict[str, QAction] = {spec.id: self._build(spec) for spec in self.specs}
        self._own: dict[str, ActionSpec] = {}
        self._chosen: Chosen = {}
        self.show_own_classes(())

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __contains__(self, action_id: object) -> bool:
        return action_id in self._actions

    @property
    def listed(self) -> tuple[ActionSpec, ...]:
        """The actions that the menus show."""
        return tuple(spec for spec in self.specs if self._actions[spec.id].isVisible())

    def show_own_classes(self, own: Sequence[CellClass]) -> None:
        """Have an entry and a key for each of these classes; the others have neither."""
        self._own = {own_class_id(place): _own_action(place, each) for place, each in enumerate(own[:MOST_OWN])}
        for place in range(MOST_OWN):
            action, spec = self._actions[own_class_id(place)], self._own.get(own_class_id(place))
            action.setVisible(spec is not None)
            if spec is not None:
                action.setText(spec.text)
                action.setIcon(swatch.icon(own[place], font=QApplication.font()))
        self.use_keys(self._chosen)

    def use_keys(self, chosen: Chosen) -> None:
        """Have these keys where they differ from the usual ones; everything that shows keys follows.

        Args:
            chosen: keys by action id; what can't be is passed over, see `key_map.keys_in_use`.
        """
        self._chosen = chosen
        usual = {spec.id: spec.keys for spec in ACTIONS}
        present = keys_in_use(usual, chosen, fixed=fixed_keys())
        show_keys(usual, present)
        self.specs = tuple(self._own.get(spec.id, replace(spec, keys=present[spec.id])) for spec in ACTIONS)
        for spec in self.specs:
            action = self._actions[spec.id]
            if not spec.canvas_key:
                action.setShortcuts([QKeySequence(key) for key in spec.keys] if action.isVisible() else [])
            action.setToolTip(tooltip(spec))
        self.keys_changed.emit()

    def bind(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Call a handler, without arguments, whenever its action is triggered."""
        for action_id, handler in handlers.items():
            if action_id in self._actions:
                self._actions[action_id].triggered.connect(lambda _checked=False, call=handler: call())

    def refresh(self, state: UiState) -> None:
        """Enable what makes sense in this state."""
        for spec in self.specs:
            self._actions[spec.id].setEnabled(spec.enabled_when(state))

    def name_steps(self, *, undo: str, redo: str) -> None:
        """Say which step undo and redo are about; empty where there is none."""
        self["undo"].setText(f"Undo: {undo}" if undo else "Undo")
        self["redo"].setText(f"Redo: {redo}" if redo else "Redo")

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus; returns them by name, submenus as ``Cells/Set class``."""
        menus = {name: bar.addMenu(name) for name in MENUS}
        for spec in self.specs:
            menu = menus.get(spec.menu)
            if menu is None:
                menu = menus[spec.menu] = menus[spec.menu.split("/")[0]].addMenu(spec.menu.split("/")[1])
            if spec.starts_section:
                menu.addSeparator()
            menu.addAction(self._actions[spec.id])
        return menus

    def cell_menu(self, parent: QWidget) -> QMenu:
        """A context menu for the selected cells."""
        menu = QMenu(parent)
        menu.addAction(self["confirm"])
        classes = menu.addMenu("Set class")
        for cell_class in BUILT_IN:
            action = self[class_action_id(cell_class)]
            if action.icon().isNull():
                action.setIcon(swatch.icon(cell_class, font=parent.font()))
            classes.addAction(action)
        for place in range(MOST_OWN):
            classes.addAction(self[own_class_id(place)])
        menu.addAction(self["count-at-edge"])
        menu.addAction(self["merge"])
        menu.addSeparator()
        menu.addAction(self["delete"])
        return menu

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.id)
        if spec.canvas_key:
            # Shown in the menu, no shortcut: elsewhere Tab moves the focus, Return edits and Esc leaves the menu bar.
            action.setText(f"{spec.text}\t{native_keys(spec)}")
        else:
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
        if spec.icon:
            action.setIcon(icons.icon(spec.icon))
        action.setToolTip(tooltip(spec))
        action.setCheckable(spec.checkable)
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        return action
