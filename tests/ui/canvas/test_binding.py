"""The Qt binding keeps the references it is given (docs/decisions/0007-pyside-6.11.md)."""

import sys

from PySide6.QtGui import QPen


def test_calls_that_return_nothing_keep_the_references_to_none():
    pen = QPen()
    before = sys.getrefcount(None)
    for _ in range(1000):
        pen.setCosmetic(True)
    assert sys.getrefcount(None) > before - 500, "this PySide6 drops references to None and ends the interpreter"
