"""The layers of the design, enforced: a module imports only from rows below its own."""

import ast
import subprocess
import sys
from collections.abc import Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "rbc_desktop"

RANK = {
    "errors": 0, "__init__": 0, "files": 0, "byte_cache": 0, "allocator": 0, "language": 0,
    "phrases": 1,
    "domain": 2,
    "imaging": 3,
    "ports": 4, "background": 4, "turns": 4,
    "engine": 5, "models": 5, "storage": 5, "reports": 5,
    "editing": 6,
    "workflows": 7,
    "ui": 8,
    "log_file": 9, "commands": 10, "cli": 11, "__main__": 12,
}  # fmt: skip

GROUP_RANK = {
    "domain": {
        "fields": 1,
        "slides": 2, "classes": 2,
        "cells": 3, "sample": 3,
        "case": 4,
        "laboratory": 5,
    },
    "imaging": {"light": 1, "cells": 2, "features": 3, "fields": 3, "masks": 4},
    "models": {"segmenter": 1, "classifier": 1, "relearning": 2, "choice": 2},
    "storage": {
        "formats": 1, "laboratory": 1, "case/values": 1,
        "case/versions": 2, "slides": 2,
        "case/rows": 3, "images": 3,
        "case": 4,
        "safekeeping": 5,
    },
    "reports": {"text": 1, "summary": 1, "tables": 2, "pdf/paper": 3, "pdf/parts": 4, "pdf": 5, "exchange": 6},
    "workflows": {
        "review": 1, "slides": 1, "relearning": 1,
        "cases": 2,
        "analysis": 3, "outlines": 3, "viewing": 3, "laboratory": 3, "verification": 3,
        "fields": 4, "batch": 4, "sample": 4,
        "control": 5,
        "results": 6,
    },
    "commands": {"terminal": 1, "workers": 2, "desktop": 2, "": 3},
    "ui": {
        "look": 1,
        "canvas/picture": 2,
        "canvas/overlay": 3,
        "canvas/tools": 4,
        "canvas": 5,
        "cells": 6, "fields": 6, "calibration": 6, "export": 6, "settings": 6, "help": 6, "review": 6, "gallery": 6,
        "sample": 6, "slide": 6, "viewing": 6, "recent": 6, "laboratory": 6,
        "window/frame": 7, "window/actions": 7, "window/status": 7,
        "window/views": 8,
        "window/dialogs": 9,
        "window": 10,
    },
}  # fmt: skip
"""Folders of the layers that have any; those of one rank don't import each other. Modules beside them have rank 0,
except in `commands`, where each is a command and stands above what it needs.

In `ui` there is one per place on the screen.
"""

THIRD_PARTY = {
    "domain": {"numpy"},
    "imaging": {"numpy", "cv2", "skimage", "scipy"},
    "ports": {"numpy"},
    "engine": {"numpy", "PySide6.QtCore"},
    "models": {"numpy", "torch", "sam2", "lightgbm", "safetensors", "cv2", "scipy"},
    "storage": {
        "numpy",
        "cv2",
        "PIL",
        "pi_heif",
        "tifffile",
        "openslide",
        "slideio",
        "platformdirs",
        "filelock",
        "nacl",
        "pydicom",
    },
    "reports": {
        "numpy",
        "cv2",
        "reportlab",
        "pycocotools",
        "tifffile",
        "PIL",
        "xlsxwriter",
        "pypdfium2",
        "pydicom",
        "uharfbuzz",
    },
    "editing": {"numpy", "PySide6.QtCore", "PySide6.QtGui"},
    "workflows": {"numpy", "cv2", "PySide6.QtCore"},
    "ui": {"numpy", "cv2", "PySide6", "shiboken6", "markdown_it"},
}

STDLIB = sys.stdlib_module_names


def _modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py"))


def _layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> list[str]:
    """Absolute dotted names that a module imports, function-level imports included."""
    package = ["rbc_desktop", *path.relative_to(PACKAGE).parts[:-1]]
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names += [f"{module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_module_imports_only_from_rows_below(path):
    layer = _layer(path)
    if layer == "__init__":
        return
    assert layer in RANK, f"{layer} is not a layer of the design"
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] == "rbc_desktop":
            target = parts[1] if len(parts) > 1 and parts[1] in RANK else "__init__"
            allowed = target == layer or RANK[target] < RANK[layer]
            assert allowed, f"{layer} must not import {name}"
        elif parts[0] not in STDLIB and layer in THIRD_PARTY:
            prefixes = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
            assert prefixes & THIRD_PARTY[layer], f"{layer} must not import {name}"


def _group(layer: str, parts: Sequence[str]) -> str:
    """The folder of its layer that a module lies in, by its names below the layer; empty beside the folders."""
    folders = ["/".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next((folder for folder in folders if folder in GROUP_RANK[layer]), "")


def test_every_folder_of_a_layer_has_its_rank():
    folders = {
        layer: {
            path.parent.relative_to(PACKAGE / layer).as_posix() for path in (PACKAGE / layer).glob("*/**/__init__.py")
        }
        for layer in GROUP_RANK
    }
    assert folders == {layer: set(ranks) - {""} for layer, ranks in GROUP_RANK.items()}


def test_the_folder_of_a_module_is_the_longest_that_holds_it():
    assert _group("storage", ("case", "rows", "slide_rows")) == "case/rows"
    assert _group("storage", ("case", "case_file")) == "case"
    assert _group("storage", ("paths",)) == ""


@pytest.mark.parametrize(
    "path", [p for p in _modules() if _layer(p) in GROUP_RANK], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_folder_of_a_layer_imports_only_folders_below_it(path):
    layer = _layer(path)
    ranks = {"": 0, **GROUP_RANK[layer]}
    group = _group(layer, path.relative_to(PACKAGE / layer).parts[:-1])
    for name in _imports(path):
        parts = name.split(".")
        if parts[:2] == ["rbc_desktop", layer]:
            target = _group(layer, parts[2:])
            assert target == group or ranks[target] < ranks[group], f"{group or layer} must not import {name}"


def _imported_modules(path: Path) -> set[str]:
    """Modules of the package that a module imports anywhere, in functions and for types, too."""
    modules = {".".join(["rbc_desktop", *p.relative_to(PACKAGE).with_suffix("").parts]) for p in _modules()}
    return {m for name in _imports(path) for m in (name, name.rpartition(".")[0]) if m in modules}


def test_no_modules_import_each_other_in_a_circle():
    arrows = {
        ".".join(["rbc_desktop", *path.relative_to(PACKAGE).with_suffix("").parts]): _imported_modules(path)
        for path in _modules()
    }
    assert list(TopologicalSorter(arrows).static_order())  # raises CycleError, which names the circle


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("workflows/**/*.py")), ids=lambda p: p.stem)
def test_a_workflow_without_controller_imports_no_qt(path):
    """In a fresh interpreter, with everything that it imports."""
    if path.stem.endswith("_controller"):
        return
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    code = f"import sys, {name}; print(*(m for m in sys.modules if m.startswith('PySide6')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_nothing_imports_training():
    for path in _modules():
        assert not [n for n in _imports(path) if n.split(".")[0] == "training"], path


def test_training_is_our_own_folder():
    """sam2 installs a package of the same name; from the root ours must win."""
    import training

    assert Path(training.__file__).resolve().parent == ROOT / "training"
