"""A laboratory's own image-level model: a LightGBM booster over `imaging.fields.field_features`. None is bundled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from ...domain.arrays import FloatArray
from ...domain.case.image_reading import ImageReading
from ...errors import InferenceError, ModelLoadError
from ...imaging.fields.field_features import (
    FIELD_FEATURE_VERSION,
    FIELD_FEATURES,
    LEAST_CELLS,
    MOST_PIXELS,
    RANGED,
    field_names_hash,
)
from ...language import tr
from ...phrases import Template, template
from ..manifest import CHOOSE_ANOTHER, read_entry
from ..manifest_values import IMAGE_LEVEL, check_values

NOT_LIKE: Mapping[str, Template] = {
    "diameter_px": template(
        "its cells are {value:.0f} px across, and the model learnt from {low:.0f} to {high:.0f} px"
    ),
    "density": template("its stain is {value:.2f} dense, and the model learnt from {low:.2f} to {high:.2f}"),
    "red_over_green": template(
        "its stain has another hue (red over green {value:.2f}, learnt {low:.2f} to {high:.2f})"
    ),
    "blue_over_green": template(
        "its stain has another hue (blue over green {value:.2f}, learnt {low:.2f} to {high:.2f})"
    ),
}
"""By feature of `RANGED`: why a field outside the learnt range gets no reading."""

NO_FEATURES = template("fewer than {cells} whole cells are outlined, or it has over {pixels:,} pixels")(
    cells=LEAST_CELLS, pixels=MOST_PIXELS
)


class LightGbmImageModel:
    """`ports.ImageLevelModel` on LightGBM. Immutable after loading; predicts on one thread."""

    def __init__(self, *, booster: Any, model_id: str, values: Mapping[str, Any]) -> None:
        self._booster, self._model_id = booster, model_id
        self._labels: Sequence[str] = values["labels"]
        self._learnt: Mapping[str, Sequence[float]] = values["learnt"]
        self._accuracy, self._fields = float(values["held_out_accuracy"]), int(values["held_out_fields"])

    @classmethod
    def load(cls, directory: Path) -> LightGbmImageModel:
        """Load the booster that ``directory/manifest.json`` names.

        Raises:
            ModelLoadError: when something is missing or damaged, or was trained on other features.
        """
        entry = read_entry("image-level model", directory, remedy=CHOOSE_ANOTHER)
        values = entry.values
        try:
            check_values(values, IMAGE_LEVEL)
            _check_fit(values)
            booster = lightgbm.Booster(model_str=entry.path.read_text(encoding="utf-8"))
            if booster.feature_name() != list(FIELD_FEATURES):
                raise ValueError(tr("{name} reads other features", name=entry.path.name))
            if booster.num_model_per_iteration() != len(values["labels"]):
                raise ValueError(tr("{name} has another number of labels", name=entry.path.name))
            model_id = f"{values['name']} {values['version']} ({entry.sha256[:8]})"
            return cls(booster=booster, model_id=model_id, values=values)
        except (KeyError, ValueError, TypeError, OSError, lightgbm.basic.LightGBMError) as error:
            reason = tr("its manifest lacks {reason}", reason=error) if isinstance(error, KeyError) else f"{error}"
            raise ModelLoadError(
                tr(
                    "The image-level model doesn't fit this version of the application ({reason}); {remedy}.",
                    reason=reason,
                    remedy=tr(CHOOSE_ANOTHER),
                )
            ) from error

    @property
    def model_id(self) -> str:
        """Name, version and short hash of the booster."""
        return self._model_id

    def read(self, features: FloatArray | None) -> ImageReading:
        """The reading of a field's features ``(F,)``, None where it has too few cells; withheld from unlike fields.

        Raises:
            InferenceError: when the vector has another length.
        """
        if features is not None and features.shape != (len(FIELD_FEATURES),):
            raise InferenceError(tr("The image-level model got features of another version; report this as a fault."))
        withheld = NO_FEATURES if features is None else self._unlike(features)
        if features is None or withheld:
            return ImageReading(self._model_id, self._accuracy, self._fields, withheld=withheld)
        chances = self.probabilities(features)
        best = int(chances.argmax())
        return ImageReading(self._model_id, self._accuracy, self._fields, self._labels[best], float(chances[best]))

    def probabilities(self, features: FloatArray) -> FloatArray:
        """Of the labels ``(L,)``, for a field like those that it learnt from.

        Raises:
            InferenceError: when it answers no numbers.
        """
        answer = np.asarray(self._booster.predict(features[None], num_threads=1), np.float32)
        chances: FloatArray = answer[0]
        if not np.isfinite(chances).all():
            raise InferenceError(tr("The image-level model answers no numbers; choose another one in the settings."))
        return chances

    def _unlike(self, features: FloatArray) -> str:
        for name in RANGED:
            value, (low, high) = float(features[FIELD_FEATURES.index(name)]), self._learnt[name]
            if not low <= value <= high:
                return NOT_LIKE[name](value=value, low=float(low), high=float(high))
        return ""


def _check_fit(values: Mapping[str, Any]) -> None:
    if values["feature_version"] != FIELD_FEATURE_VERSION or values["feature_names_sha256"] != field_names_hash():
        raise ValueError(tr("it reads other features of a field"))
    if len(set(values["labels"])) < len(values["labels"]):
        raise ValueError(tr("its labels are not distinct"))
    learnt = values["learnt"]
    if set(learnt) != set(RANGED) or any(low > high for low, high in learnt.values()):
        raise ValueError(tr("it doesn't say from which fields it learnt"))
