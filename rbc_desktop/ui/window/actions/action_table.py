"""Every action of the window as data, in the order of the menus, the toolbar, and what the mouse does."""

from __future__ import annotations

from ....domain.classes.own_classes import DEFAULT_KEYS, MOST_OWN
from ....domain.classes.taxonomy import BUILT_IN, CellClass
from ....language import mark
from .action_spec import (
    ActionSpec,
    image_is_in_front,
    is_whole,
    needs_cells,
    needs_content,
    needs_field,
    needs_image,
    needs_missed,
    needs_outlines,
    needs_picture,
    needs_proposal,
    needs_selection,
)
from .laboratory_actions import KEEPING_ACTIONS, LABORATORY_ACTIONS
from .slide_actions import FINDING_ACTIONS, SLIDE_ACTIONS
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
            tip=mark("Set the class of the selected cells to {name}.", name=cell_class.value),
            named=cell_class.value,
            enabled_when=needs_selection,
        )
        for cell_class in BUILT_IN
    )


def own_class_id(place: int) -> str:
    """The id of the action that sets the laboratory's own class at this place of its list, from 0."""
    return f"own-class:{place}"


def own_action(place: int, own: CellClass | None) -> ActionSpec:
    """Sets an own class; while there is none at this place, it only keeps the key free."""
    name, key = (f"own class {place + 1}", DEFAULT_KEYS[place]) if own is None else (own.value, own.key)
    return ActionSpec(
        own_class_id(place),
        name[:1].upper() + name[1:],
        "Cells/Set class",
        (key,) if key else (),
        tip=mark("Set the class of the selected cells to {name}.", name=name),
        enabled_when=needs_selection,
    )


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", mark("Open images…"), "File", ("Ctrl+O",), "open",
               mark("Add one or more smear images to the case.")),
    ActionSpec("open-sample", mark("Open the sample smear"), "File", (), "image",
               mark("Try everything on a drawn smear.")),
    ActionSpec("new-case", mark("New case"), "File", ("Ctrl+N",), "new",
               mark("Start an empty case; the old one is kept."), starts_section=True),
    ActionSpec("open-case", mark("Open case…"), "File", ("Ctrl+Shift+O",), "open-case",
               mark("Open a saved case (.rbc).")),
    ActionSpec("open-recent", mark("Open recent…"), "File", ("Ctrl+R",), "",
               mark("Open one of the last cases, or one that was never saved under a name.")),
    ActionSpec("save-case", mark("Save case as…"), "File", ("Ctrl+S", "Ctrl+Shift+S"), "save",
               mark("Write the case to a file; from then on every step is kept there."), enabled_when=needs_content),
    *KEEPING_ACTIONS,
    ActionSpec("quit", mark("Quit"), "File", ("Ctrl+Q",), "quit", mark("Close the window; every step is already kept."),
               starts_section=True),
    ActionSpec("undo", mark("Undo"), "Edit", ("Ctrl+Z",), "undo", mark("Take back the last step."),
               enabled_when=lambda s: s.can_undo),
    ActionSpec("redo", mark("Redo"), "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", mark("Do the step again."),
               enabled_when=lambda s: s.can_redo),
    ActionSpec("select-all", mark("Select all cells"), "Edit", ("Ctrl+A",), "select-all",
               mark("Select every cell that the table shows."), starts_section=True, enabled_when=needs_cells),
    ActionSpec("delete", mark("Delete selected cells"), "Edit", ("Del",), "delete",
               mark("Delete the selected cells; undo brings them back."), enabled_when=needs_selection),
    ActionSpec("settings", mark("Settings…"), "Edit", ("Ctrl+,",), "settings",
               mark("Details of the laboratory, review limit, keys, models and theme."), starts_section=True),
    ActionSpec("fit", mark("Fit the image"), "View", ("F",), "fit", mark("Show the whole image."),
               enabled_when=needs_picture),
    ActionSpec("actual-size", mark("Actual pixels (1:1)"), "View", ("Ctrl+1",), "one-to-one",
               mark("One image pixel on one screen pixel."), enabled_when=needs_picture),
    ActionSpec("zoom-in", mark("Zoom in"), "View", ("+", "=", "Ctrl++", "Ctrl+="), "zoom-in",
               mark("Enlarge the image."), enabled_when=needs_picture),
    ActionSpec("zoom-out", mark("Zoom out"), "View", ("-", "Ctrl+-"), "zoom-out", mark("Make the image smaller."),
               enabled_when=needs_picture),
    ActionSpec("overlay", mark("Show outlines"), "View", ("O",), "eye", mark("Show or hide the outlines of the cells."),
               checkable=True, starts_section=True, enabled_when=needs_image),
    ActionSpec("missed-layer", mark("Show rings"), "View", (), "",
               mark("Ring the places where cells may have been missed, or don't."), checkable=True,
               enabled_when=needs_image),
    *VIEWING_ACTIONS,
    *SLIDE_ACTIONS,
    ActionSpec("panels", mark("Show panels"), "View", ("F9", "Ctrl+\\"), "panels",
               mark("Hide everything but the image, or bring it back."), checkable=True),
    ActionSpec("gallery", mark("Gallery"), "View", ("G",), "gallery",
               mark("Show the cells of the table as tiles at one scale instead of the image."), checkable=True,
               starts_section=True, enabled_when=lambda s: s.has_cells or s.in_gallery),
    ActionSpec("gallery-window", mark("Gallery in its own window"), "View", ("Shift+G",), "",
               mark("Show the tiles beside the image, on a second screen if there is one."), checkable=True,
               enabled_when=lambda s: s.has_cells or s.in_gallery),
    ActionSpec("review-bar", mark("Review bar"), "View", ("R",), "",
               mark("Go through the cells one by one, magnified, with what the classifier suggests."), checkable=True,
               enabled_when=needs_cells),
    ActionSpec("previous-field", mark("Previous field"), "View", ("Ctrl+PgUp",), "previous",
               mark("Show the image before."), starts_section=True, enabled_when=lambda s: s.several_fields),
    ActionSpec("next-field", mark("Next field"), "View", ("Ctrl+PgDown",), "next", mark("Show the image after."),
               enabled_when=lambda s: s.several_fields),
    ActionSpec("tool-point", mark("Point"), "Cells", ("P",), "point",
               mark("Click a cell to outline it. Alt or the right button: “not this”."),
               "tool", checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-box", mark("Box"), "Cells", ("B",), "box", mark("Drag a box around a cell."), "tool",
               checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-select", mark("Select"), "Cells", ("V",), "select", mark("Click or drag to select cells."), "tool",
               checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-pan", mark("Pan"), "Cells", ("H",), "pan",
               mark("Drag to move the image (or hold Space with any tool)."),
               "tool", checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-knife", mark("Knife"), "Cells/Repair", ("X",), "knife",
               mark("Drag across a cell to cut it in two."), "tool", checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-split", mark("Split by two clicks"), "Cells/Repair", ("S",), "split",
               mark("Click each half of a cell that is two: the model parts them."),
               "tool", checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-brush", mark("Brush"), "Cells/Repair", ("D",), "brush",
               mark("Paint to extend a cell, or draw around one that is missing."),
               "tool", checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-eraser", mark("Eraser"), "Cells/Repair", ("E",), "eraser",
               mark("Paint over what doesn't belong to a cell."),
               "tool", checkable=True, enabled_when=image_is_in_front),
    ActionSpec("tool-polygon", mark("Polygon"), "Cells/Repair", ("L",), "polygon",
               mark("Drag around a cell or click its corners; drag the corners of the selected cell."), "tool",
               checkable=True, enabled_when=image_is_in_front),
    ActionSpec("brush-smaller", mark("Smaller brush"), "Cells/Repair", ("[",), "",
               mark("Make brush and eraser smaller."), starts_section=True, enabled_when=needs_image),
    ActionSpec("brush-larger", mark("Larger brush"), "Cells/Repair", ("]",), "", mark("Make brush and eraser larger."),
               enabled_when=needs_image),
    ActionSpec("merge", mark("Merge the selected cells"), "Cells/Repair", ("J",), "merge",
               mark("Make one cell of the selected ones."), starts_section=True, enabled_when=needs_outlines),
    ActionSpec("grow", mark("Grow by a pixel"), "Cells/Repair", ("T",), "grow",
               mark("Widen the selected cells by a pixel."), enabled_when=needs_outlines),
    ActionSpec("shrink", mark("Shrink by a pixel"), "Cells/Repair", ("Shift+T",), "shrink",
               mark("Narrow the selected cells by a pixel."), enabled_when=needs_outlines),
    ActionSpec("smooth", mark("Smooth the outline"), "Cells/Repair", ("Y",), "smooth",
               mark("Take burrs and steps from the outlines of the selected cells."), enabled_when=needs_outlines),
    ActionSpec("fill-holes", mark("Fill holes"), "Cells/Repair", ("U",), "fill",
               mark("Fill the holes of the selected cells."), enabled_when=needs_outlines),
    ActionSpec("segment-all", mark("Segment all"), "Cells", ("F5",), "segment-all",
               mark("Find, outline and classify every cell of this field."), starts_section=True,
               enabled_when=lambda s: needs_image(s) and s.model_ready and not s.segmenting and not s.is_blind),
    ActionSpec("segment-fields", mark("Segment all fields"), "Cells", ("Shift+F5",), "segment-fields",
               mark("Find every cell of every field that isn't done yet; go on working meanwhile."),
               enabled_when=lambda s: s.model_ready and (s.has_field or s.several_fields) and not s.is_blind),
    ActionSpec("target", mark("Target count…"), "Cells", (), "",
               mark("Say how many cells you want, and what is segmented by itself."), enabled_when=needs_field),
    *FINDING_ACTIONS,
    ActionSpec("accept", mark("Accept the proposal"), "Cells", ("Return",), "check",
               mark("Keep the outline as a cell."), canvas_key=True, starts_section=True, enabled_when=needs_proposal),
    ActionSpec("next-candidate", mark("Next candidate"), "Cells", ("Tab",), "candidate",
               mark("Show the model's next answer for the same clicks."), canvas_key=True, enabled_when=needs_proposal),
    ActionSpec("remove-point", mark("Remove the last point"), "Cells", ("Backspace",), "point-remove",
               mark("Take back the last click of the proposal."), canvas_key=True, enabled_when=needs_proposal),
    ActionSpec("drop", mark("Drop the proposal"), "Cells", ("Esc",), "cancel", mark("Throw the outline away."),
               canvas_key=True, enabled_when=needs_proposal),
    ActionSpec("confirm", mark("Confirm the class"), "Cells", ("C",), "confirm",
               mark("Mark the class of the selected cells as seen by you."), starts_section=True,
               enabled_when=needs_selection),
    *_class_actions(),
    *(own_action(place, None) for place in range(MOST_OWN)),
    ActionSpec("own-classes", mark("Own classes…"), "Cells/Set class", (), "",
               mark("Name classes of your laboratory, and share them between computers."), starts_section=True),
    ActionSpec("count-at-edge", mark("Count cells at the edge"), "Cells", ("I",), "",
               mark("Count the selected cells although the edge of the image cuts them, or leave them out again."),
               enabled_when=needs_selection),
    ActionSpec("next-review", mark("Next least-sure cell"), "Cells", ("N",), "next-review",
               mark("Go to the cell the classifier is least sure of."), enabled_when=needs_cells),
    ActionSpec("find-similar", mark("Find similar cells"), "Cells", ("W",), "",
               mark("Rank the cells of all fields by their likeness to the selected ones."),
               enabled_when=needs_selection),
    ActionSpec("same-class", mark("Same class as those"), "Cells", ("A",), "",
               mark("Give the selected cells the class of those that similar ones were looked for."),
               enabled_when=needs_selection),
    ActionSpec("previous-review", mark("Cell before"), "Cells", ("Backspace",), "",
               mark("Back to the cell that was in hand before."),
               enabled_when=lambda s: s.reviewing and not s.has_proposal),
    ActionSpec("next-missed", mark("Next missed cell"), "Cells", ("M",), "",
               mark("Go to the next place where a cell may have been missed."), starts_section=True,
               enabled_when=needs_missed),
    ActionSpec("dismiss-missed", mark("Nothing was missed"), "Cells", (), "",
               mark("Take the rings away, and the remark in the report; undo brings them back."),
               enabled_when=needs_missed),
    ActionSpec("retrain", mark("Retrain the classifier…"), "Cells", (), "",
               mark("Let the classifier learn from the cells that you have reviewed."), starts_section=True),
    ActionSpec("calibrate", mark("Calibrate…"), "Cells", ("K",), "calibrate",
               mark("Give the scale in µm per pixel; without it there are no sizes in µm."), starts_section=True,
               enabled_when=needs_image),
    ActionSpec("sample", mark("Sample and grades…"), "Report", ("Ctrl+G",), "",
               mark("Details, grades, blood count and signatures of the sample, and who did what."),
               enabled_when=is_whole),
    ActionSpec("amend", mark("Amend…"), "Report", (), "",
               mark("Change a final case: a new version begins, and says why."), enabled_when=lambda s: s.is_final),
    ActionSpec("operators", mark("Operators…"), "Report", (), "",
               mark("Say who works here, and who signs with a pass phrase."), enabled_when=is_whole),
    *LABORATORY_ACTIONS,
    ActionSpec("export", mark("Export report…"), "Report", ("Ctrl+E",), "export",
               mark("Write a PDF and a CSV of this case."),
               enabled_when=lambda s: s.has_cells and not s.busy and not s.is_blind),
    ActionSpec("manual", mark("Manual"), "Help", ("F1",), "help", mark("Open the manual.")),
    ActionSpec("shortcuts", mark("Keyboard shortcuts"), "Help", ("Ctrl+/",), "keyboard", mark("List every key.")),
    ActionSpec("about", mark("About RBC Desktop"), "Help", (), "info", mark("Versions, models and the intended use.")),
)  # fmt: skip

MENUS = (mark("File"), mark("Edit"), mark("View"), mark("Cells"), mark("Report"), mark("Help"))

TOOLBAR: tuple[str, ...] = (
    "open", "|", "tool-point", "tool-box", "tool-select", "tool-pan", "|",
    "tool-knife", "tool-split", "tool-brush", "tool-eraser", "tool-polygon", "|",
    "undo", "redo", "|", "segment-all", "next-review", "gallery", "|", "overlay", "opacity", "|", "calibrate",
    "stretch", "export",
)  # fmt: skip
"""Ids of actions, ``|`` for a separator, ``opacity`` and ``stretch`` for widgets that the window puts in."""

MOUSE_HELP: tuple[tuple[str, str], ...] = (
    (mark("Click"), mark("Outline the cell (Point)")),
    (mark("Shift + click"), mark("“This too” (Point)")),
    (mark("Alt + click, right click"), mark("“Not this” (Point)")),
    (mark("Arrow keys, then full stop or comma"), mark("Mark a cell, or “not this”, without a mouse")),
    (mark("Full stop, arrow keys, full stop"), mark("Draw with Box, Knife, Brush or Eraser, without a mouse")),
    (mark("Drag"), mark("Box around a cell (Point, Box)")),
    (mark("Drag with Select"), mark("Select several cells")),
    (mark("Ctrl + click"), mark("Add a cell to the selection (any tool)")),
    (mark("Click again"), mark("The next of cells that lie over each other (Select)")),
    (mark("Alt + wheel"), mark("Cells over each other (Point, Box); size (Brush, Eraser)")),
    (mark("Drag with Brush, right button"), mark("Erase")),
    (mark("Wheel"), mark("Zoom to the cursor")),
    (mark("Middle button, Space + drag"), mark("Pan")),
)
