"""The classifier: LightGBM boosters "is it a red cell at all" and "which morphology", with a second opinion."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from ...domain.arrays import FloatArray, Floats
from ...domain.classes.own_classes import class_of, sound
from ...domain.classes.taxonomy import CellClass, class_from_name
from ...errors import InferenceError, ModelLoadError
from ...imaging.features import FEATURE_NAMES, FEATURE_VERSION, names_hash
from ...language import tr
from ..manifest import REINSTALL, ManifestEntry, file_sha256, read_entry
from ..manifest_values import CLASSIFIER, check_values
from .feature_columns import feature_columns
from .field_classes import FieldClasses, weighed
from .second_opinion import SecondOpinion


@dataclass(frozen=True, slots=True)
class ScoreScaling:
    """From raw class scores to calibrated probabilities, fitted on cells that the boosters had not seen.

    Attributes:
        temperature: divides the scores; over 1 makes the answers less sure.
        bias: ``(C,)`` added to the scores of the morphologies.
    """

    temperature: float
    bias: npt.NDArray[np.float64]

    def probabilities(self, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Raw scores ``(N, C)`` to probabilities whose rows sum to 1."""
        scaled = scores / self.temperature + self.bias
        scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


class LightGbmClassifier:
    """`ports.CellClassifier` on LightGBM. Immutable after loading; predicts on one thread."""

    def __init__(
        self, *, model_id: str, morphology: _Stage, red: _Stage, classes: Sequence[CellClass], scaling: ScoreScaling,
        review_limit: float, second: SecondOpinion | None = None, own: _OwnStage | None = None,
        field: FieldClasses | None = None,
    ) -> None:  # fmt: skip
        self._model_id = model_id
        self._morphology, self._second, self._red, self._own = morphology, second, red, own
        self._scaling, self._field = scaling, field
        self._classes = (*classes, *(own.classes if own is not None else ()), CellClass.NOT_RED_CELL)
        self._review_limit = review_limit

    @classmethod
    def load(cls, directory: Path, *, remedy: str = REINSTALL) -> LightGbmClassifier:
        """Load the boosters that ``directory/manifest.json`` names.

        Args:
            directory: folder of manifest and boosters.
            remedy: what a refusal asks the user to do.

        Raises:
            ModelLoadError: when something is missing or damaged, or was trained on other features.
        """
        entry = read_entry("classifier", directory, remedy=remedy)
        values = entry.values
        try:
            check_values(values, CLASSIFIER)
            _check_features(values)
            classes = [class_from_name(name) for name in values["classes"]]
            scaling = ScoreScaling(float(values["temperature"]), np.asarray(values["bias"], np.float64))
            red_path = directory / Path(str(values["red_file"])).name
            if file_sha256(red_path) != values["red_sha256"]:
                raise ValueError(tr("{name} is damaged or was replaced", name=red_path.name))
            morphology = _Stage.load(entry.path, values["groups"], outputs=len(classes))
            red = _Stage.load(red_path, values["red_groups"], outputs=1)
            second = second_opinion(directory, values)
            own = _own_stage(directory, values)
            field = FieldClasses.of(values, outputs=len(classes))
            review_limit = float(values["review_limit"])
            if len(set(classes)) < len(classes) or CellClass.NOT_RED_CELL in classes:
                raise ValueError(tr("its classes are not distinct classes of red cells"))
            if scaling.bias.shape != (len(classes),):
                raise ValueError(tr("its calibration has another number of classes"))
        except (KeyError, ValueError, TypeError, OSError) as error:
            reason = tr("its manifest lacks {reason}", reason=error) if isinstance(error, KeyError) else f"{error}"
            raise ModelLoadError(
                tr(
                    "The classifier doesn't fit this version of the application ({reason}); {remedy}.",
                    reason=reason,
                    remedy=tr(remedy),
                )
            ) from error
        return cls(
            model_id=_model_id(entry), morphology=morphology, red=red, classes=classes, scaling=scaling,
            review_limit=review_limit, second=second, own=own, field=field,
        )  # fmt: skip

    @property
    def model_id(self) -> str:
        """Name, version and a short hash: of the morphology booster, of a retrained one of all that it consists of."""
        return self._model_id

    @property
    def classes(self) -> tuple[CellClass, ...]:
        """Column order of the probabilities; own classes of a laboratory come late and "not a red cell" is the last."""
        return self._classes

    @property
    def review_limit(self) -> float:
        """Probability below which a cell needs review."""
        return self._review_limit

    @property
    def reads_field(self) -> bool:
        """Whether `classify` wants to know what the field's cells are like."""
        return self._field is not None

    def field_evidence(self, features: FloatArray) -> Floats | None:
        """What cells ``(N, F)`` that stand for a field say of every other, for `classify`; None where nothing.

        Raises:
            InferenceError: when the vectors have another length.
        """
        if self._field is None or not len(features):
            return None
        red, morphology = self._answers(features)
        return self._field.evidence(morphology, red)

    def classify(self, features: FloatArray, *, evidence: Floats | None = None) -> FloatArray:
        """Probabilities ``(N, C)`` float32 for ``(N, F)`` vectors of `imaging.features`, rows summing to 1.

        P(class) = P(red cell) · P(class | red cell), times what no own class of a laboratory takes.

        Args:
            features: of the cells.
            evidence: of their field, from `field_evidence`; without it each cell is judged by itself.

        Raises:
            InferenceError: when the vectors have another length.
        """
        if len(features) == 0:
            return np.zeros((0, len(self._classes)), np.float32)
        red, alone = self._answers(features)
        morphology = weighed(alone, evidence)
        if self._own is None:
            return np.column_stack([morphology * red[:, None], 1 - red]).astype(np.float32)
        shares = self._own.booster.predict(features)
        rest, own = shares[:, 0], shares[:, 1:]
        return np.column_stack([morphology * (rest * red)[:, None], own, rest * (1 - red)]).astype(np.float32)

    def _answers(self, features: FloatArray) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """P(red cell) (N,) and P(class | red cell) (N, C), each cell by itself."""
        if features.ndim != 2 or features.shape[1] != len(FEATURE_NAMES):
            raise InferenceError(tr("The classifier got feature vectors of another version; report this as a fault."))
        scores = self._morphology.predict(features, raw_score=True)
        if self._second is not None:
            scores = scores + self._second.scores(features)
        return self._red.predict(features), self._scaling.probabilities(scores)


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """A booster and the feature columns that it reads."""

    booster: Any
    columns: npt.NDArray[np.intp]

    @classmethod
    def load(cls, path: Path, groups: Sequence[str], *, outputs: int) -> _Stage:
        columns = feature_columns(groups)
        try:
            booster = lightgbm.Booster(model_str=path.read_text(encoding="utf-8"))
        except lightgbm.basic.LightGBMError as error:
            raise ValueError(tr("{name} is no booster", name=path.name)) from error
        if booster.feature_name() != [FEATURE_NAMES[i] for i in columns]:
            raise ValueError(tr("{name} reads other features", name=path.name))
        if booster.num_model_per_iteration() != outputs:
            raise ValueError(tr("{name} has another number of classes", name=path.name))
        return cls(booster, columns)

    def predict(self, features: FloatArray, *, raw_score: bool = False) -> npt.NDArray[np.float64]:
        return np.asarray(self.booster.predict(features[:, self.columns], raw_score=raw_score, num_threads=1))


@dataclass(frozen=True, slots=True, eq=False)
class _OwnStage:
    """A booster that tells a laboratory's own classes from all other cells (its first output), and these classes."""

    booster: _Stage
    classes: tuple[CellClass, ...]


def second_opinion(directory: Path, values: Mapping[str, Any]) -> SecondOpinion | None:
    """The networks that a manifest names beside its booster, None where it names none.

    Raises:
        KeyError, ValueError, OSError: when they can't be used.
    """
    if "second_file" not in values:
        return None
    path = directory / Path(str(values["second_file"])).name
    if file_sha256(path) != values["second_sha256"]:
        raise ValueError(tr("{name} is damaged or was replaced", name=path.name))
    return SecondOpinion.load(path, values["groups"], outputs=len(values["classes"]))


def _own_stage(directory: Path, values: Mapping[str, Any]) -> _OwnStage | None:
    """The stage that a manifest names, None where it names none.

    Raises:
        KeyError, ValueError, OSError: when it can't be used.
    """
    listed = values.get("own_classes", [])
    if not isinstance(listed, list):
        raise ValueError(tr("its own classes are no list"))
    classes = tuple(class_of(content) for content in listed)
    if why := sound(classes):
        raise ValueError(why)
    if not classes:
        return None
    path = directory / Path(str(values["own_file"])).name
    if file_sha256(path) != values["own_sha256"]:
        raise ValueError(tr("{name} is damaged or was replaced", name=path.name))
    return _OwnStage(_Stage.load(path, values["groups"], outputs=1 + len(classes)), classes)


def _check_features(values: Mapping[str, Any]) -> None:
    if values["feature_version"] != FEATURE_VERSION:
        raise ValueError(
            tr(
                "it reads features of version {version}, here is {present}",
                version=values["feature_version"],
                present=FEATURE_VERSION,
            )
        )
    if values["feature_names_sha256"] != names_hash():
        raise ValueError(tr("its features have other names or another order"))


def _model_id(entry: ManifestEntry) -> str:
    """What cells and reports call it; two that answer differently never have one name.

    Retraining may leave the booster as it was, and change scaling, review limit and own classes: it is told by all that
    its manifest says, the hashes of its files included.
    """
    values, digest = entry.values, entry.sha256
    if "lab_cells" in values:
        digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    return f"{values.get('name', 'rbc-lightgbm')} {values['version']} ({digest[:8]})"
