"""What the actions on cells do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ....domain.classes.taxonomy import BUILT_IN
from ....workflows.outlines.repairing_controller import RepairingController
from ....workflows.review.reviewing_controller import ReviewingController
from ...canvas.tools.input_router import InputRouter
from .actions import class_action_id


def review_handlers(reviewing: ReviewingController) -> dict[str, Callable[[], object]]:
    """Handlers of the actions on selected cells, by action id."""
    verbs: dict[str, Callable[[], object]] = {
        "undo": reviewing.undo, "redo": reviewing.redo, "delete": reviewing.delete, "confirm": reviewing.confirm,
        "count-at-edge": reviewing.count_at_edge, "select-all": reviewing.select_all,
    }  # fmt: skip
    for cell_class in BUILT_IN:
        verbs[class_action_id(cell_class)] = partial(reviewing.set_class, cell_class)
    return verbs


def repair_handlers(repairing: RepairingController, router: InputRouter) -> dict[str, Callable[[], object]]:
    """Handlers of the actions that mend masks, by action id."""
    return {
        "merge": repairing.merge, "grow": repairing.grow, "shrink": repairing.shrink, "smooth": repairing.smooth,
        "fill-holes": repairing.fill, "brush-smaller": partial(router.resize_brush, -1),
        "brush-larger": partial(router.resize_brush, 1),
    }  # fmt: skip
