"""What must not be imported before the splash and before the window: each would keep the user waiting."""

import os
import subprocess
import sys

import pytest

MODELS = {"torch", "lightgbm", "sam2", "safetensors", "scipy", "skimage"}
"""Imported on the inference thread."""

REPORTS = {"reportlab", "pycocotools"}
"""Imported by the first export, in the background."""

MANUAL = {"markdown_it", "mdurl"}
"""Imported when the manual is first opened."""

ASSEMBLY = "rbc_desktop.commands.desktop.assembly"

NEVER = {"PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtTest", "matplotlib", "pandas", "IPython", "tkinter"}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        (
            "rbc_desktop.commands.window",
            MODELS | REPORTS | MANUAL | NEVER | {"numpy", "cv2", "PIL", "tifffile", ASSEMBLY},
        ),
        (ASSEMBLY, MODELS | REPORTS | MANUAL | NEVER),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="torch must come before Qt there, see models/native.py")
def test_importing_leaves_for_later(module, absent):
    code = f"import sys, {module}; print(*sorted({absent!r} & set(sys.modules)))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_command_line_imports_no_qt():
    commands = "rbc_desktop.cli, rbc_desktop.commands.analyze, rbc_desktop.commands.watch, rbc_desktop.commands.doctor"
    code = f"import sys, {commands}; print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
