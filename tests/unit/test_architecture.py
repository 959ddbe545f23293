"""The layers of the design, enforced: a module imports only from rows below its own."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "rbc_desktop"

RANK = {
    "errors": 0, "__init__": 0,
    "domain": 1,
    "imaging": 2,
    "ports": 3,
    "engine": 4, "models": 4, "storage": 4, "reports": 4,
    "editing": 5,
    "ui": 6,
    "app": 7, "batch": 7, "log_file": 7, "doctor": 8, "start": 8, "cli": 9, "__main__": 10,
}  # fmt: skip

THIRD_PARTY = {
    "domain": {"numpy"},
    "imaging": {"numpy", "cv2", "skimage", "scipy"},
    "ports": {"numpy"},
    "engine": {"numpy", "PySide6.QtCore"},
    "models": {"numpy", "torch", "sam2", "lightgbm", "safetensors", "cv2", "scipy"},
    "storage": {"numpy", "cv2", "PIL", "pi_heif", "tifffile", "openslide", "platformdirs"},
    "reports": {"numpy", "cv2", "reportlab", "pycocotools", "tifffile", "PIL"},
    "editing": {"numpy", "PySide6.QtCore", "PySide6.QtGui"},
    "ui": {"numpy", "cv2", "PySide6", "pyqtgraph"},
}

STDLIB = __import__("sys").stdlib_module_names


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


def test_nothing_imports_training():
    for path in _modules():
        assert not [n for n in _imports(path) if n.split(".")[0] == "training"], path


def test_training_is_our_own_folder():
    """sam2 installs a package of the same name; from the root ours must win."""
    import training

    assert Path(training.__file__).resolve().parent == ROOT / "training"
