"""What a composed set draws its fields from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from training.data.sets.labelled_fields import CHULA_CLASSES, LabelledField
from training.data.sets.prepared_set import ANAEMIC, HEALTHY
from training.study.composed_set import class_mix, part_fields


def test_the_classes_decide_the_label():
    rng = np.random.default_rng(1)
    kinds = list(BUILT_IN)
    normal = {
        label: [class_mix(label, kinds, rng=rng)[CellClass.NORMAL] for _ in range(50)] for label in (HEALTHY, ANAEMIC)
    }
    assert min(normal[HEALTHY]) >= max(normal[ANAEMIC])
    mix = class_mix(ANAEMIC, [CellClass.NORMAL, CellClass.TEARDROP], rng=rng)
    assert set(mix) == {CellClass.NORMAL, CellClass.TEARDROP}
    assert sum(mix.values()) == pytest.approx(1)


def test_pools_share_no_block_of_fields():
    normal = CHULA_CLASSES.index(CellClass.NORMAL)
    fields = [
        LabelledField(n, Path(f"{n}.jpg"), np.zeros((1, 2)), np.array([normal if n < 60 else 3])) for n in range(200)
    ]
    pools = part_fields(fields, [f.number // 10 for f in fields], 4, seed=1)
    blocks = [{f.number // 10 for f in pool} for pool in pools]
    assert sum(map(len, blocks)) == len(set.union(*blocks)) == 20
    assert all(any(f.number < 60 for f in pool) for pool in pools)
