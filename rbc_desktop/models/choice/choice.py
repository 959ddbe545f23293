"""Which models run: the bundled ones or those that a laboratory chose. The one place that opens either.

Imports torch and LightGBM only when something is loaded, so that the window can name a choice without waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...language import tr
from ...ports import CellClassifier, ImageLevelModel, Segmenter
from ..manifest import CHOOSE_ANOTHER, REINSTALL


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Models of the user's own; None for the bundled ones.

    Attributes:
        segmenter: a folder with a manifest, or an official SAM 2.1 checkpoint (``.pt``, ``.safetensors``).
        classifier: a folder with a manifest.
        device: "auto" or the name of a device.
        image_level: a folder with a manifest; None for no reading of whole fields, since no such model is bundled.
    """

    segmenter: Path | None = None
    classifier: Path | None = None
    device: str = "auto"
    image_level: Path | None = None

    @classmethod
    def of(
        cls, *, segmenter: str = "", classifier: str = "", device: str = "auto", image_level: str = ""
    ) -> ModelChoice:
        """From the texts of the settings, in which an empty one means the bundled model, or none."""
        paths = (Path(text) if text else None for text in (segmenter, classifier, image_level))
        return cls(next(paths), next(paths), device, next(paths))


def load_segmenter(choice: ModelChoice, *, bundled: Path) -> tuple[Segmenter, tuple[str, ...]]:
    """The chosen segmenter, and notes about devices that were passed over.

    Args:
        choice: which.
        bundled: folder of the bundled weights.

    Raises:
        ModelLoadError: when it is missing, damaged or doesn't fit; the reason is in the sentence.
    """
    from .. import native

    native.load()
    from ..device import available_devices, choose_device
    from ..segmenter.segmenter import load_bundled, load_checkpoint

    notes: tuple[str, ...] = ()
    if choice.device == "auto":
        device, notes = choose_device()
    elif choice.device in available_devices():
        device, notes = choose_device((choice.device,))
    else:
        device, _ = choose_device(("cpu",))
        notes = (tr("There is no usable {device} device here; the CPU is used.", device=choice.device.upper()),)
    if choice.segmenter is None:
        segmenter, more = load_bundled(bundled, device=device)
    elif choice.segmenter.is_dir():
        segmenter, more = load_bundled(choice.segmenter, device=device, remedy=CHOOSE_ANOTHER)
    else:
        segmenter, more = load_checkpoint(choice.segmenter, device=device)
    return segmenter, (*notes, *more)


def load_classifier(choice: ModelChoice, *, bundled: Path) -> CellClassifier:
    """The chosen classifier.

    Raises:
        ModelLoadError: when it is missing, damaged or doesn't fit; the reason is in the sentence.
    """
    from .. import native

    native.load()
    from ..classifier.classifier import LightGbmClassifier

    if choice.classifier is None:
        return LightGbmClassifier.load(bundled, remedy=REINSTALL)
    return LightGbmClassifier.load(choice.classifier, remedy=CHOOSE_ANOTHER)


def load_image_level(choice: ModelChoice) -> ImageLevelModel | None:
    """The chosen image-level model; None when none is chosen.

    Raises:
        ModelLoadError: when it is missing, damaged or doesn't fit; the reason is in the sentence.
    """
    if choice.image_level is None:
        return None
    from .. import native

    native.load()
    from ..classifier.image_level import LightGbmImageModel

    return LightGbmImageModel.load(choice.image_level)
