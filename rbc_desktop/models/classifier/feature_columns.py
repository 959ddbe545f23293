"""Which columns of a feature vector a model reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...imaging.features import FEATURE_NAMES, GROUPS, SUBGROUPS


def feature_columns(groups: Sequence[str]) -> npt.NDArray[np.intp]:
    """Columns of the named feature groups, in the order of `FEATURE_NAMES`.

    Raises:
        ValueError: for a group that doesn't exist.
    """
    known = {**GROUPS, **SUBGROUPS}
    unknown = set(groups) - set(known)
    if unknown:
        raise ValueError(f"no such feature groups: {', '.join(sorted(unknown))}")
    chosen = {name for group in groups for name in known[group]}
    return np.array([i for i, name in enumerate(FEATURE_NAMES) if name in chosen], np.intp)
