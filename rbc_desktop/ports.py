"""What the engine and the windows need from services, as protocols; `commands/` hand in the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .domain.arrays import FloatArray, Floats
from .domain.case.audit_trail import NOBODY, Act, TrailRow
from .domain.case.case import ImageFacts, Picture
from .domain.case.changes import Change
from .domain.case.image_reading import ImageReading
from .domain.classes.taxonomy import CellClass
from .domain.fields.calibration import Calibration
from .domain.fields.regions import Region
from .domain.fields.regions import RegionReader as RegionReader
from .domain.geometry import Box
from .domain.slides.slide import SlideInfo

RgbImage = npt.NDArray[np.uint8]
"""``(H, W, 3)`` uint8, RGB."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedImage:
    """A decoded image, complete and upright.

    Attributes:
        path: absolute path it was read from.
        pixels: ``(H, W, 3)`` uint8 RGB, EXIF orientation applied, read-only.
        sha256: hex digest of the file's bytes.
        calibration: the scale that the file states, or None.
        page, page_count: which of the file's fields this is and how many it has.
        complete_share: share of the picture that the file holds; below 1 the decoder filled in the rest.
        region: of a slide: which part of it this is, in its pixels; None for a whole image.
    """

    path: Path
    pixels: RgbImage
    sha256: str
    calibration: Calibration | None = None
    page: int = 0
    page_count: int = 1
    complete_share: float = 1.0
    region: Region | None = None

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])

    @property
    def nbytes(self) -> int:
        """Memory of the pixels."""
        return int(self.pixels.nbytes)

    @property
    def picture(self) -> Picture:
        """Which picture it is."""
        return self.sha256, self.page, self.region

    @property
    def is_incomplete(self) -> bool:
        """Whether the file was cut off."""
        return self.complete_share < 1

    @property
    def facts(self) -> ImageFacts:
        """The same without the pixels."""
        return ImageFacts(
            self.path, self.sha256, self.width, self.height, self.calibration, self.page, self.page_count,
            self.complete_share, self.region,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class TilePrompts:
    """The prompts of one cell in the pixels of one tile's model input.

    Attributes:
        points: ``(P, 2)`` float32, x then y.
        labels: ``(P,)`` int32, 1 positive, 0 negative.
        box: in the same pixels, or None.
        mask: ``(S, S)`` bool of the previous mask, or None.
    """

    points: FloatArray
    labels: npt.NDArray[np.int32]
    box: Box | None = None
    mask: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MaskCandidates:
    """What the mask decoder offers for one set of prompts.

    The logits stay at the decoder's own resolution and may cover a part of the tile only, so that a click costs what
    its cell costs; whoever needs field pixels interpolates once, straight to them.

    Attributes:
        logits: ``(K, h, w)`` float32; positive is inside. What the grid doesn't cover is outside.
        scores: ``(K,)`` float32, predicted IoU, 0 to 1.
        x0, y0: model pixel of the grid's top left corner.
        stride: model pixels per grid step.
    """

    logits: FloatArray
    scores: FloatArray
    x0: float = 0.0
    y0: float = 0.0
    stride: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class DenseMaps:
    """The dense head's answer for one tile, each ``(S/4, S/4)`` float32, in 0 to 1 where nothing else is said.

    Attributes:
        foreground: probability that a pixel lies in a cell.
        distance: distance to the cell's border, relative to the largest in that cell.
        centre: probability that a cell's centre lies here.
        to_centre: how far the centre of a pixel's cell is away, model pixels; means something in the foreground only.
    """

    foreground: FloatArray
    distance: FloatArray
    centre: FloatArray
    to_centre: FloatArray


class Embedding(Protocol):
    """The image encoder's output for one tile: an opaque value that stays on the inference thread."""

    @property
    def nbytes(self) -> int:
        """Memory it holds."""


class Segmenter(Protocol):
    """Promptable segmentation of one tile. Not thread-safe: one thread owns it. It keeps no state between calls."""

    @property
    def model_id(self) -> str:
        """Name, version and short hash of the weights, for reports and cache keys."""

    @property
    def device(self) -> str:
        """Where it runs: ``cpu``, ``cuda`` or ``mps``."""

    @property
    def input_size(self) -> int:
        """Largest side of a tile in model pixels."""

    @property
    def input_sizes(self) -> Sequence[int]:
        """Sides that a tile may have, ascending; the last is `input_size`."""

    @property
    def cell_px(self) -> float:
        """Diameter of a red cell in model pixels for which it was trained."""

    @property
    def has_dense_head(self) -> bool:
        """Whether `dense` works; official checkpoints have none and are seeded by illumination-flattened Otsu."""

    @property
    def helpers(self) -> int:
        """How many threads may embed and decode at once; with 1 only its owner may."""

    def enter_helper(self) -> None:
        """Prepare a thread that is going to help the owner."""

    def embed(self, tile: RgbImage) -> Embedding:
        """Encode a tile ``(S, S, 3)``, S one of `input_sizes`, already resampled to the model's scale.

        Raises:
            InferenceError: when the device fails, e.g. out of memory.
        """

    def segment(
        self, embedding: Embedding, prompts: Sequence[TilePrompts], *, best_only: bool = False
    ) -> list[MaskCandidates]:
        """Decode one or many sets of prompts on one embedding; one answer a set, in order.

        Args:
            embedding: of one tile.
            prompts: model pixels.
            best_only: answer with the candidate of the highest score alone, which is less work.
        """

    def dense(self, embedding: Embedding) -> DenseMaps:
        """The dense head's maps. Call only when `has_dense_head`."""

    def take_notices(self) -> tuple[str, ...]:
        """What the user should know since the last call, e.g. that the graphics card is full and the CPU continues."""


class CellClassifier(Protocol):
    """Feature vectors to class probabilities."""

    @property
    def model_id(self) -> str:
        """Name, version and short hash of the booster."""

    @property
    def classes(self) -> tuple[CellClass, ...]:
        """Column order of the probabilities."""

    @property
    def review_limit(self) -> float:
        """Probability below which a cell needs review."""

    @property
    def reads_field(self) -> bool:
        """Whether `classify` wants to know what the field's cells are like."""

    def field_evidence(self, features: FloatArray) -> Floats | None:
        """What cells ``(N, F)`` that stand for a field say of every other one, for `classify`; None where nothing."""

    def classify(self, features: FloatArray, *, evidence: Floats | None = None) -> FloatArray:
        """Probabilities ``(N, C)`` for feature vectors ``(N, F)`` of `imaging.features`, rows summing to 1.

        evidence: of the cells' field; without it each cell is judged by itself.
        """


class ImageLevelModel(Protocol):
    """Features of a whole field to a research reading."""

    @property
    def model_id(self) -> str:
        """Name, version and short hash of the booster."""

    def read(self, features: FloatArray | None) -> ImageReading:
        """The reading for a vector ``(F,)`` of `imaging.fields.field_features`, or why there is none."""

    def probabilities(self, features: FloatArray) -> FloatArray:
        """Of its labels ``(L,)``, without asking whether the field is like those that it learnt from."""


class ImageReader(Protocol):
    """Decodes image files, and regions of slides."""

    def __call__(self, path: Path, *, page: int = 0, region: Region | None = None) -> LoadedImage:
        """Read one page, or a region of it.

        Raises:
            ImageReadError: with one sentence that says what to do.
        """


class Slide(Protocol):
    """An open slide. Any number of threads may read it at once; it is a `RegionReader` of its full size, too.

    Labels and pictures of the glass, which can carry a patient's name, can't be read through it.
    """

    @property
    def info(self) -> SlideInfo:
        """Its levels, and what the file says of the scan."""

    @property
    def width(self) -> int:
        """At full size, pixels."""

    @property
    def height(self) -> int:
        """At full size, pixels."""

    def read(self, region: Region, *, size: tuple[int, int] | None = None) -> RgbImage:
        """A region of the full size, from the fitting level (see `RegionReader.read`).

        Raises:
            ImageReadError: with one sentence: the file is damaged there, has gone, or was closed.
        """

    def read_level(self, region: Region, *, level: int) -> RgbImage:
        """A region of one level as stored, ``(h, w, 3)`` uint8 RGB, read-only or the caller's own.

        Args:
            region: in pixels of the level, inside it.
            level: index into ``info.levels``.

        Raises:
            ImageReadError: as `read`.
        """

    def close(self) -> None:
        """Let go of the file once what is being read is there; later calls of `read` raise. May be called again."""


class SlideOpener(Protocol):
    """Opens slides."""

    def __call__(self, path: Path, *, page: int = 0) -> Slide:
        """Open one; costs reading its index, no pixels.

        Raises:
            ImageReadError: with one sentence that says what to do.
        """


class TaskControl(Protocol):
    """What a long task sees of whoever waits for it."""

    def check(self) -> None:
        """Raise `errors.TaskCancelled` when the user has asked to stop."""

    def progress(self, done: int, total: int) -> None:
        """Report progress, and stop here when the user has asked to."""


class SegmenterFactory(Protocol):
    """Builds the segmenter on the inference thread; the notes say why a device was passed over."""

    def __call__(self) -> tuple[Segmenter, tuple[str, ...]]:
        """The segmenter and notes for the user.

        Raises:
            ModelLoadError: when weights are missing, damaged or don't fit.
        """


class ClassifierFactory(Protocol):
    """Builds the classifier on the inference thread; the notes say why it is another one than was chosen."""

    def __call__(self) -> tuple[CellClassifier, tuple[str, ...]]:
        """The classifier and notes for the user.

        Raises:
            ModelLoadError: when the booster is missing, damaged or doesn't fit.
        """


class ImageLevelFactory(Protocol):
    """Builds the image-level model on the inference thread; the notes say why a chosen one is not in use."""

    def __call__(self) -> tuple[ImageLevelModel | None, tuple[str, ...]]:
        """The model, None when none is chosen, and notes for the user.

        Raises:
            ModelLoadError: when it is missing, damaged or doesn't fit.
        """


def no_image_level() -> tuple[ImageLevelModel | None, tuple[str, ...]]:
    """The factory where no image-level model is chosen."""
    return None, ()


@dataclass(frozen=True, slots=True)
class ModelFactories:
    """The factories of one choice of models."""

    segmenter: SegmenterFactory
    classifier: ClassifierFactory
    image_level: ImageLevelFactory = no_image_level


class CaseStore(Protocol):
    """The open case file. Every call that writes is one transaction and returns after it is durable."""

    def apply(self, change: Change, *, act: Act = NOBODY) -> None:
        """Store one change (see `domain.case.changes`) and who did it (see `domain.case.audit_trail`).

        Raises:
            CaseFileError: when the disk refuses; nothing of the change is stored then.
        """

    @property
    def head(self) -> str:
        """Head of the audit trail: it stands for everything that the case holds and that was done to it."""

    def trail(self, *, after: int = 0, most: int = 200) -> list[TrailRow]:
        """At most so many rows of the audit trail after this number, oldest first; from any thread.

        Raises:
            CaseFileError: when they can't be read.
        """

    def last_read_by(self, operator: str) -> str:
        """When this person last gave classes in the case, ISO 8601 with its zone; "" for never.

        Raises:
            CaseFileError: when the trail can't be read.
        """

    def close(self) -> None:
        """Close the file."""
