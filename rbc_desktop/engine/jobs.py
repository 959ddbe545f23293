"""Jobs for the inference thread and the messages that come back: frozen values, nothing else crosses threads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar, Literal

from ..domain.case.case import Remark
from ..domain.case.image_reading import ImageReading, MeasuredCell
from ..domain.cells.cell import Cell, CellAnalysis
from ..domain.cells.mask import CellMask
from ..domain.cells.missed_places import MissedPlace
from ..domain.cells.prompts import PromptSet
from ..domain.cells.proposal import Proposal
from ..domain.classes.taxonomy import CellClass
from ..domain.fields.calibration import Calibration
from ..domain.fields.field_quality import FieldQuality
from ..domain.geometry import Box
from ..imaging.light.field_of_view import FieldOfView
from ..imaging.masks.tiles import Tile
from ..ports import LoadedImage, ModelFactories

TaskName = Literal["segment all", "classify"]


ANY_GENERATION = -1
"""Of requests about fields that are not open: opening a field leaves them alone."""


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """Names one request.

    Attributes:
        generation: the opening of a field that it belongs to, or `ANY_GENERATION`.
        sequence: number of the request, from 1, over the engine's whole life.
    """

    generation: int
    sequence: int


class Priority(IntEnum):
    """Order of jobs; the lowest runs first."""

    PREPARE = 0
    PROMPT = 1
    HOVER = 2
    CURSOR_TILE = 3
    CLASSIFY = 4
    BEGIN_AHEAD = 5
    SEGMENT_ALL = 6
    READ_IMAGE = 7
    VISIBLE_TILE = 8
    OTHER_TILE = 9
    ELSEWHERE = 10
    SEGMENT_ELSEWHERE = 11


@dataclass(frozen=True, slots=True, eq=False)
class PrepareField:
    """Measure the scale of a field and plan its tiles; comes before every other job of its generation."""

    ticket: Ticket
    image: LoadedImage
    calibration: Calibration | None


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Answer one set of prompts. A tile that is not embedded yet is embedded by this very job: no click is lost."""

    ticket: Ticket
    prompts: PromptSet
    hover: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class EmbedTile:
    """Embed one tile ahead of need."""

    ticket: Ticket
    tile: Tile


@dataclass(frozen=True, slots=True, eq=False)
class SegmentAll:
    """One step of Segment all; the worker submits it again until the field is done.

    Attributes:
        image, calibration: the field, which need not be the open one.
        existing: masks of cells that the user already has; they are not found again.
        in_view: the user waits for this field; else it comes after everything else.
    """

    ticket: Ticket
    image: LoadedImage
    calibration: Calibration | None
    existing: tuple[CellMask, ...] = ()
    in_view: bool = True
    task: ClassVar[TaskName] = "segment all"


@dataclass(frozen=True, slots=True, eq=False)
class PrepareAhead:
    """Have a helper prepare the field that is searched next while this one is; nothing is answered."""

    ticket: Ticket
    image: LoadedImage
    calibration: Calibration | None


@dataclass(frozen=True, slots=True, eq=False)
class LookForMissed:
    """Find where cells may have been missed.

    Attributes:
        masks: of all cells of the field.
    """

    ticket: Ticket
    masks: tuple[CellMask, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """A field that is not the open one, for work on it in the background."""

    image: LoadedImage
    calibration: Calibration | None


@dataclass(frozen=True, slots=True, eq=False)
class Analyse:
    """Measure and classify one batch of cells.

    Attributes:
        median_diameter_px: of the field's cells, or None when too few are known.
        done, total: cells of the same request before this batch, and in all.
        elsewhere: the field in which they lie, None for the open one.
    """

    ticket: Ticket
    cells: tuple[Cell, ...]
    median_diameter_px: float | None
    done: int
    total: int
    elsewhere: Elsewhere | None = None
    task: ClassVar[TaskName] = "classify"


@dataclass(frozen=True, slots=True, eq=False)
class ReadImage:
    """Ask the image-level model about the open field with these cells."""

    ticket: Ticket
    cells: tuple[MeasuredCell, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceModels:
    """Switch to other models. The job belongs to no field and comes before every job that does."""

    factories: ModelFactories


Job = PrepareField | Segment | EmbedTile | SegmentAll | PrepareAhead | LookForMissed | Analyse | ReadImage


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The models are built and have run once.

    Attributes:
        device: ``cpu``, ``cuda`` or ``mps``.
        segmenter, classifier: name, version and short hash; the classifier is None when it could not be loaded.
        seconds_per_tile: measured embedding time of one tile on this machine.
        notes: why a device was passed over, and the like.
        replaced: other models ran before; an open field must be opened again.
        image_level: name, version and short hash of the image-level model, or None.
        review_limit: that the classifier states, None without one.
        classes: what the classifier can propose.
    """

    device: str
    segmenter: str
    classifier: str | None
    seconds_per_tile: float
    notes: tuple[str, ...] = ()
    replaced: bool = False
    image_level: str | None = None
    review_limit: float | None = None
    classes: tuple[CellClass, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelsRefused:
    """Other models could not be loaded, and why in one sentence; the present ones stay in use."""

    message: str


@dataclass(frozen=True, slots=True)
class FieldReady:
    """A field is prepared and prompts on it will be answered.

    Attributes:
        diameter_px: diameter of a typical red cell that fixes the model's scale, field pixels.
        diameter_source: ``calibration`` or ``image``; the latter never yields micrometres.
        tiles: number of tiles of the field.
        view: what the image shows of the smear.
    """

    ticket: Ticket
    diameter_px: float
    diameter_source: Literal["calibration", "image"]
    tiles: int
    view: FieldOfView


@dataclass(frozen=True, slots=True)
class TileReady:
    """A tile is embedded; prompts in `box` (field pixels) are answered at once."""

    ticket: Ticket
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class ProposalReady:
    """The answer to one set of prompts; `proposal` is None when the model sees no cell there."""

    ticket: Ticket
    prompts: PromptSet
    proposal: Proposal | None
    hover: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CellsFound:
    """A batch of Segment all; batches are final and hold no duplicates, neither of each other nor of existing cells."""

    ticket: Ticket
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MissedFound:
    """Where cells may have been missed; empty where none was."""

    ticket: Ticket
    places: tuple[MissedPlace, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnalysesReady:
    """Measurements and predictions of a batch of cells; each names the mask revision that it belongs to.

    Attributes:
        quality: what the image of their field lets be seen.
    """

    ticket: Ticket
    analyses: tuple[CellAnalysis, ...]
    quality: FieldQuality


@dataclass(frozen=True, slots=True)
class ImageRead:
    """What the image-level model says of the open field."""

    ticket: Ticket
    reading: ImageReading


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is; `done` of `total` steps."""

    ticket: Ticket
    task: TaskName
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TaskFinished:
    """A task ended; `count` cells were found or classified (0 when cancelled before the first)."""

    ticket: Ticket
    task: TaskName
    count: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A request failed; `message` is one sentence for the user. Without a ticket the models themselves are missing."""

    ticket: Ticket | None
    message: str


@dataclass(frozen=True, slots=True)
class FieldRemarked:
    """What the image of the open field, or of one that is segmented, shows that its report must say.

    Attributes:
        remark: a sentence about the field.
        left_aside: the scale that the file states must not be used.
    """

    ticket: Ticket
    remark: Remark
    left_aside: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know, e.g. that the graphics card ran out of memory and the CPU continues."""

    message: str


Message = (
    EngineReady
    | ModelsRefused
    | FieldReady
    | TileReady
    | ProposalReady
    | CellsFound
    | MissedFound
    | AnalysesReady
    | ImageRead
    | Progress
    | TaskFinished
    | Failure
    | FieldRemarked
    | Notice
)
