from collections import Counter

import pytest

from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import RelearnError
from rbc_desktop.models.relearning.learning_needs import check_enough

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
CLUMP = own_class("platelet clump", code="Pc", colour="#3969AC", is_red=False)


def test_too_little_is_refused_with_what_is_missing():
    with pytest.raises(RelearnError, match="at least two classes need 10 each; there are normal 30, sickle 9"):
        check_enough(Counter({CellClass.NORMAL: 30, SICKLE: 9}), groups=5)
    with pytest.raises(RelearnError, match="come from 2 fields; at least 3 are needed"):
        check_enough(Counter({CellClass.NORMAL: 30, SICKLE: 10}), groups=2)
    enough = check_enough(Counter({CellClass.NORMAL: 30, SICKLE: 10, CLUMP: 9}), groups=3)
    assert enough == {CellClass.NORMAL, SICKLE}
