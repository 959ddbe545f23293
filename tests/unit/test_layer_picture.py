"""The picture of the layers and the way of one click name what is in the repository."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "build"))

import layer_picture

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "rbc_desktop"
BOXES = {box.name for layer in layer_picture.LAYERS for line in layer.lines for box in line}


def folders(parent):
    return {f"{path.name}/" for path in parent.iterdir() if (path / "__init__.py").is_file()}


def test_the_picture_is_the_drawn_one():
    assert layer_picture.FILE.read_text(encoding="utf-8") == layer_picture.draw(), "run build/layer_picture.py"


def test_every_folder_and_module_of_the_package_has_its_box():
    modules = {path.name for path in PACKAGE.glob("*.py") if path.name != "__init__.py"}
    assert (folders(PACKAGE) - {"ui/"}) | folders(PACKAGE / "ui") | modules == BOXES, (
        "boxes are in build/layer_picture.py"
    )


def test_files_that_the_architecture_names_exist():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = {
        name for name in re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|toml|json))`", text) if name != "x_controller.py"
    }
    tracked = [path.relative_to(ROOT).as_posix() for folder in ("rbc_desktop", "training", "tests", "build", "docs")
               for path in (ROOT / folder).rglob("*.*")]  # fmt: skip
    missing = {
        name
        for name in names - {"x.py", "x_controller.py"}
        if not any(f"/{path}".endswith(f"/{name}") for path in tracked)
    }
    assert missing == set()
    assert len(names) > 40
