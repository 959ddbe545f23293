"""Which models run: those that the settings or the command line name, else the bundled ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelLoadError
from ..files import resource_root
from ..language import tr
from ..models.choice.choice import ModelChoice, load_classifier, load_image_level, load_segmenter
from ..models.choice.trial import try_model
from ..models.manifest import Section
from ..ports import CellClassifier, ImageLevelModel, ModelFactories, Segmenter
from ..storage.laboratory.proven_models import is_proven, remember
from ..storage.laboratory.settings import Settings

if TYPE_CHECKING:  # SciPy and scikit-image take a second, which no start waits for
    from ..engine.pipeline import Pipeline

BUNDLED = ModelChoice()


def chosen_models(settings: Settings, *, fall_back: bool = False) -> ModelFactories:
    """Factories of the models that these settings name.

    Args:
        settings: which models, and on which device.
        fall_back: take a bundled model when the chosen one can't be loaded, and say so; else refuse it.
    """
    choice = ModelChoice.of(
        segmenter=settings.segmenter_weights,
        classifier=settings.classifier_weights,
        device=settings.device,
        image_level=settings.image_level_weights,
    )
    return ModelFactories(
        ChosenSegmenter(choice, fall_back=fall_back),
        ChosenClassifier(choice, fall_back=fall_back),
        ChosenImageLevel(choice, fall_back=fall_back),
    )


def prove(section: Section, path: Path | None) -> None:
    """Try a custom model in another process, unless this very one has passed before; None is a bundled one.

    Raises:
        ModelLoadError: when it doesn't pass.
    """
    if path is not None and not is_proven(path):
        try_model(section, path)
        remember(path)


class ChosenSegmenter:
    """Builds the chosen segmenter; called on the inference thread, where torch is imported."""

    def __init__(self, choice: ModelChoice, *, fall_back: bool) -> None:
        self._choice, self._fall_back = choice, fall_back

    def __call__(self) -> tuple[Segmenter, tuple[str, ...]]:
        """See `ports.SegmenterFactory`."""
        bundled = resource_root() / "weights"
        try:
            prove("segmenter", self._choice.segmenter)
            return load_segmenter(self._choice, bundled=bundled)
        except ModelLoadError as error:
            if self._choice.segmenter is None or not self._fall_back:
                raise
            segmenter, notes = load_segmenter(replace(self._choice, segmenter=None), bundled=bundled)
            return segmenter, (
                tr("The bundled segmenter is used instead of the chosen one. {reason}", reason=error.message),
                *notes,
            )


class ChosenClassifier:
    """Builds the chosen classifier; otherwise like `ChosenSegmenter`."""

    def __init__(self, choice: ModelChoice, *, fall_back: bool) -> None:
        self._choice, self._fall_back = choice, fall_back

    def __call__(self) -> tuple[CellClassifier, tuple[str, ...]]:
        """See `ports.ClassifierFactory`."""
        bundled = resource_root() / "weights"
        try:
            prove("classifier", self._choice.classifier)
            return load_classifier(self._choice, bundled=bundled), ()
        except ModelLoadError as error:
            if self._choice.classifier is None or not self._fall_back:
                raise
            note = tr("The bundled classifier is used instead of the chosen one. {reason}", reason=error.message)
            return load_classifier(replace(self._choice, classifier=None), bundled=bundled), (note,)


class ChosenImageLevel:
    """Builds the chosen image-level model; otherwise like `ChosenSegmenter`, with none in place of the bundled one."""

    def __init__(self, choice: ModelChoice, *, fall_back: bool) -> None:
        self._choice, self._fall_back = choice, fall_back

    def __call__(self) -> tuple[ImageLevelModel | None, tuple[str, ...]]:
        """See `ports.ImageLevelFactory`."""
        try:
            prove("image-level model", self._choice.image_level)
            return load_image_level(self._choice), ()
        except ModelLoadError as error:
            if not self._fall_back:
                raise
            return None, (tr("Fields get no image-level reading. {reason}", reason=error.message),)


@dataclass(frozen=True, slots=True)
class ModelsAtWork:
    """Which models a pipeline runs, without the models: a value for records, reports and other processes.

    Attributes:
        segmenter: ``model_id``.
        classifier, image_level: ``model_id``, None without one.
        device: where the segmenter runs.
    """

    segmenter: str
    classifier: str | None
    image_level: str | None
    device: str

    @classmethod
    def of(cls, pipeline: Pipeline) -> ModelsAtWork:
        """Those of a pipeline."""
        segmenter, classifier, image_level = pipeline.segmenter, pipeline.classifier, pipeline.image_level
        return cls(
            segmenter.model_id,
            classifier.model_id if classifier else None,
            image_level.model_id if image_level else None,
            segmenter.device,
        )


def prove_all(models: ModelChoice) -> None:
    """Try every custom model of a choice that has not been tried before.

    Raises:
        ModelLoadError: when one doesn't pass.
    """
    prove("segmenter", models.segmenter)
    prove("classifier", models.classifier)
    prove("image-level model", models.image_level)


def build_pipeline(*, notify: Callable[[str], None], models: ModelChoice = BUNDLED) -> Pipeline:
    """The engine with the chosen models, each of which was proven; see `load_pipeline`."""
    prove_all(models)
    return load_pipeline(notify=notify, models=models)


def load_pipeline(*, notify: Callable[[str], None], models: ModelChoice) -> Pipeline:
    """The engine with the chosen models; what the user should know about the device goes to `notify`.

    Raises:
        ModelLoadError: when weights are missing, damaged or don't fit.
    """
    weights = resource_root() / "weights"
    segmenter, notes = load_segmenter(models, bundled=weights)
    for note in notes:
        notify(note)
    classifier = load_classifier(models, bundled=weights)
    from ..engine.pipeline import Pipeline

    return Pipeline(segmenter, classifier, image_level=load_image_level(models))
