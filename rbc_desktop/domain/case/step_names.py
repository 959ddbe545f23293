"""What steps are called: in the undo menu, and for ever in the audit trail, where they stand in English."""

from __future__ import annotations

from ...language import Marked
from ...phrases import template
from ..classes.taxonomy import CellClass

# Images and slides
ADD = template("Add {name}")
ADD_IMAGES = template("Add {count} image", "Add {count} images", "count")
ADD_SLIDES = template("Add {count} slide", "Add {count} slides", "count")
ADD_REGIONS = template("Add {count} region", "Add {count} regions", "count")
DELETE_PATIENT_DATA = template("Delete patient data")()
REMOVE = template("Remove {name}")
LOCATE = template("Locate {name}")
LOCATE_IMAGES = template("Locate {count} image", "Locate {count} images", "count")
CALIBRATE = template("Calibrate {count} field", "Calibrate {count} fields", "count")
REMOVE_SCALE = template("Remove scale of {count} field", "Remove scale of {count} fields", "count")
COUNT_FIELDS = template("Count {count} field", "Count {count} fields", "count")
LEAVE_OUT_FIELDS = template("Leave out {count} field", "Leave out {count} fields", "count")
NOTE_ON = template("Note on {name}")
NOTHING_MISSED = template("Nothing was missed in {name}")

# Cells
ADD_CELL = template("Add cell")
SEGMENT_ALL = template("Segment all ({count} cell)", "Segment all ({count} cells)", "count")
SEGMENT_ALL_IN = template(
    "Segment all ({cells:,} cells in {count} field)", "Segment all ({cells:,} cells in {count} fields)", "count"
)
DELETE = template("Delete {count} cell", "Delete {count} cells", "count")
REFINE = template("Refine cell {number}")
SET_CLASS = template("Set {count} cell to {cell_class}", "Set {count} cells to {cell_class}", "count")
_NO_CLASS = template("no class")()
CONFIRM = template("Confirm {count} cell", "Confirm {count} cells", "count")
COUNT_AT_EDGE = template("Count {count} cell at the edge", "Count {count} cells at the edge", "count")
LEAVE_OUT_AT_EDGE = template("Leave out {count} cell at the edge", "Leave out {count} cells at the edge", "count")
REPLACING = template("{action}, replacing {count} other", "{action}, replacing {count} others", "count")
"""After any step on cells: others that went because the new outline covers their place."""

# Repairs
RESHAPE = template("Reshape cell {number}")
EXTEND = template("Extend cell {number}")
ERASE = template("Erase from cell {number}")
SPLIT = template("Split cell {number}")
CUT = template("Cut cell {number}")
DRAW = template("Draw cell")
DRAW_AGAIN = template("Draw cell {number}")
MERGE_TWO = template("Merge cells {first} and {second}")
MERGE = template("Merge {count} cell", "Merge {count} cells", "count")
GROW = template("Grow cell {number}"), template("Grow {count} cell", "Grow {count} cells", "count")
SHRINK = template("Shrink cell {number}"), template("Shrink {count} cell", "Shrink {count} cells", "count")
SMOOTH = template("Smooth cell {number}"), template("Smooth {count} cell", "Smooth {count} cells", "count")
FILL = (
    template("Fill holes of cell {number}"),
    template("Fill holes of {count} cell", "Fill holes of {count} cells", "count"),
)
"""Of one cell, and of several."""

# The sample
EDIT_DETAILS = template("Edit sample details")()
EDIT_GRADES = template("Edit grades")()
EDIT_BLOOD_COUNT = template("Edit blood count")()
GRADE_BY = template("Grade by {name}")
ANOTHER_SCHEME = template("another scheme: {name}, version {version}")
GRADE = template("Grade {what}: {grade}")
TAKE_BACK_GRADE = template("Take back the grade of {what}")
CONFIRM_GRADES = template("Confirm all suggested grades")()
REVIEWED = template("Report {version}: reviewed by {name}")
APPROVED = template("Report {version}: approved by {name}")
AMEND = template("Amend report {version}")
BEGIN_READING = template("Begin second reading {number}")
FINISH_READING = template("Finish second reading {number}")
SETTLE = template(
    "Settle {count} difference of second reading {number}", "Settle {count} differences of second reading {number}",
    "count",
)  # fmt: skip

# By the application itself
UNDO, REDO = template("Undo: {action}"), template("Redo: {action}")
CREATE = template("Create the case")()
MEASURE_AND_CLASSIFY = template("Measure and classify")()
EMPTIED = template("The audit trail was emptied; it begins anew here.")()
TOOK_OVER = template("Take over a case of version {version}")


def set_class(count: int, cell_class: CellClass | None) -> Marked:
    """So many cells get this reviewed class, or none."""
    return SET_CLASS(count=count, cell_class=_NO_CLASS if cell_class is None else cell_class.value)
