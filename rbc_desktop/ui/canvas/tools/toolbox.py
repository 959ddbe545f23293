"""One of each tool."""

from __future__ import annotations

from collections.abc import Callable

from ..overlay.layers import Layers
from ..picture.camera import Camera
from .brush_size import BrushSize
from .gestures import Gesture, ToolName
from .measure_tools import AngleTool, LengthTool
from .repair_tools import BrushTool, EraserTool, KnifeTool, PolygonTool, SplitTool
from .tools import BoxTool, LineTool, PanTool, PointTool, SelectTool, Tool


def make_tools(
    camera: Camera, layers: Layers, tell: Callable[[Gesture], None], *, brush: BrushSize
) -> dict[ToolName, Tool]:
    """One of each; brush and eraser share their size."""
    kinds = (
        PointTool, BoxTool, SelectTool, PanTool, LineTool, KnifeTool, SplitTool, PolygonTool, LengthTool, AngleTool,
    )  # fmt: skip
    tools: dict[ToolName, Tool] = {kind.name: kind(camera, layers, tell) for kind in kinds}
    for sized in (BrushTool, EraserTool):
        tools[sized.name] = sized(camera, layers, tell, size=brush)
    return tools
