"""A second opinion on the morphologies: small networks that read what the booster reads, and err on other cells.

Trees cut one value at a time; a network weighs all of them together. Where both are unsure they are unsure of different
cells, so the sum of their scores is right more often than either. The networks are a few matrices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from ...domain.arrays import FloatArray
from ...language import tr
from .feature_columns import feature_columns

MAY_BE_UNKNOWN = ("physical_size", "relative")
"""Groups that a field without a scale, or with few single cells, lacks: the networks are told which are missing."""

LAYERS = 3
NAMES = ("low", "high", "mean", "spread", *(f"{kind}{n}" for n in range(LAYERS) for kind in ("weight", "bias")))

_LARGEST = 1e6

_DECIMALS = 6
"""Of scores: a matrix product rounds a row otherwise in other company, and a cell's class depends on no other cell."""


@dataclass(frozen=True, slots=True, eq=False)
class SecondOpinion:
    """K networks of three layers.

    Attributes:
        columns: (F,) of the full vectors.
        unknown: (G, F) bool, which of the columns belong to each group of `MAY_BE_UNKNOWN`.
        low, high: (F,) float32; values beyond are brought back to them.
        mean, spread: (F,) float32; values count in spreads from the mean, an unknown one as the mean.
        weights: of each layer (K, inputs, outputs) float32; inputs of the first are F + G.
        biases: of each layer (K, 1, outputs) float32.
    """

    columns: npt.NDArray[np.intp]
    unknown: npt.NDArray[np.bool_]
    low: FloatArray
    high: FloatArray
    mean: FloatArray
    spread: FloatArray
    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]

    @classmethod
    def of(
        cls, tensors: Mapping[str, npt.NDArray[np.float32]], groups: Sequence[str], *, outputs: int
    ) -> SecondOpinion:
        """From arrays by name.

        Args:
            tensors: the arrays of `NAMES`.
            groups: feature groups that the networks read.
            outputs: how many morphologies there are.

        Raises:
            ValueError: when an array is missing, has another shape, or holds what is no number.
        """
        columns = feature_columns(groups)
        values = {name: np.asarray(tensors.get(name, ()), np.float32) for name in NAMES}
        unknown = unknown_of(columns)
        width, members = len(columns), len(values["weight0"])
        sizes = [width + len(unknown), *(array.shape[-1] if array.ndim else 0 for array in _weights(values))]
        sizes[-1] = outputs
        wanted: dict[str, tuple[int, ...]] = dict.fromkeys(NAMES[:4], (width,))
        for n in range(LAYERS):
            wanted |= {f"weight{n}": (members, sizes[n], sizes[n + 1]), f"bias{n}": (members, 1, sizes[n + 1])}
        if not members or any(values[name].shape != shape for name, shape in wanted.items()):
            raise ValueError(tr("its second opinion reads other features or knows other classes"))
        if not all((np.abs(array) <= _LARGEST).all() for array in values.values()) or (values["spread"] <= 0).any():
            raise ValueError(tr("its second opinion holds what is no number"))
        return cls(
            columns, unknown, values["low"], values["high"], values["mean"], values["spread"],
            tuple(_weights(values)), tuple(values[f"bias{n}"] for n in range(LAYERS)),
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path, groups: Sequence[str], *, outputs: int) -> SecondOpinion:
        """From a safetensors file; see `of`.

        Raises:
            ValueError: when it is none, or doesn't fit.
            OSError: when it can't be read.
        """
        try:
            tensors = load_file(path)
        except SafetensorError as error:
            raise ValueError(tr("{name} is damaged or was replaced", name=path.name)) from error
        return cls.of(tensors, groups, outputs=outputs)

    def save(self, path: Path) -> None:
        """Write what `load` reads."""
        tensors = dict(zip(NAMES[:4], (self.low, self.high, self.mean, self.spread), strict=True))
        for n, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            tensors |= {f"weight{n}": weight, f"bias{n}": bias}
        save_file({name: np.ascontiguousarray(array) for name, array in tensors.items()}, path)

    def scores(self, features: FloatArray) -> npt.NDArray[np.float64]:
        """Scores ``(N, C)`` of full vectors ``(N, F)``, the mean of the networks'; the same in any batch."""
        import torch  # its threads sleep between products; NumPy's spin, and slow down what torch does next

        inputs = torch.from_numpy(self.inputs(features[:, self.columns])).double()
        with torch.inference_mode():
            total = torch.zeros((len(inputs), self.weights[-1].shape[-1]), dtype=torch.float64)
            for member in range(len(self.weights[0])):
                x = inputs
                for n, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
                    x = x @ torch.from_numpy(weight[member]).double() + torch.from_numpy(bias[member]).double()
                    if n < LAYERS - 1:
                        x = x * torch.sigmoid(x)
                total += x
        return np.round(total.numpy() / len(self.weights[0]), _DECIMALS)

    def inputs(self, values: FloatArray) -> FloatArray:
        """What the networks see ``(N, F + G)`` float32 of the columns that they read ``(N, F)``."""
        there = np.isfinite(values)
        x = (np.clip(np.where(there, values, self.mean), self.low, self.high) - self.mean) / self.spread
        missing = np.stack([~there[:, group].all(axis=1) for group in self.unknown], axis=1)
        x[(missing[:, :, None] & self.unknown[None]).any(axis=1)] = 0
        x[~there] = 0
        return np.hstack([x, missing]).astype(np.float32)


def unknown_of(columns: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """``(G, F)``: which columns belong to each group of `MAY_BE_UNKNOWN`."""
    return np.stack([np.isin(columns, feature_columns([group])) for group in MAY_BE_UNKNOWN])


def _weights(values: Mapping[str, FloatArray]) -> list[FloatArray]:
    return [values[f"weight{n}"] for n in range(LAYERS)]
