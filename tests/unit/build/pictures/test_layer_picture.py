"""The picture of the layers and the way of one click name what is in the repository."""

import re
from itertools import pairwise
from pathlib import Path

import layer_picture

from tests.unit.test_architecture import GROUP_RANK

ROOT = Path(__file__).resolve().parents[4]
PACKAGE = ROOT / "rbc_desktop"
GROUPED = ("domain", "imaging", "models", "storage", "reports", "workflows", "ui")


def folders(parent):
    return {f"{path.relative_to(PACKAGE)}/" for path in parent.iterdir() if (path / "__init__.py").is_file()}


def test_the_picture_is_the_drawn_one():
    assert layer_picture.FILE.read_text(encoding="utf-8") == layer_picture.draw(), "run build/pictures/layer_picture.py"


def test_every_folder_and_module_of_the_package_has_its_box():
    modules = {path.name for path in PACKAGE.glob("*.py") if path.name != "__init__.py"}
    wanted = modules | folders(PACKAGE) - {f"{layer}/" for layer in GROUPED}
    wanted |= {folder for layer in GROUPED for folder in folders(PACKAGE / layer)}
    beside = {f"workflows/{path.name}" for path in (PACKAGE / "workflows").glob("[!_]*.py")}
    assert wanted | beside == layer_picture.box_paths(), "boxes are in build/pictures/layer_picture.py"


def test_boxes_stand_from_top_to_bottom_by_rank():
    """Of two folders of a layer the one that may import the other stands above or beside it."""
    for layer in layer_picture.LAYERS:
        for folder in {line.folder.rstrip("/") for line in layer.lines if line.folder and not line.is_framed}:
            ranks = [[GROUP_RANK[folder].get(box.name.rstrip("/"), 0) for box in line.boxes] for line in layer.lines]
            assert all(min(above) >= max(below) for above, below in pairwise(ranks)), folder


def test_the_table_of_the_architecture_has_every_folder():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    head, _, *rows = text[text.index("| What | `domain/`") :].split("\n\n")[0].splitlines()
    layers = re.findall(r"`(\w+)/`", head)
    columns = zip(*(row.strip("|").split("|")[1:] for row in rows), strict=True)
    named = {layer: set(re.findall(r"`(\w+)`", " ".join(cells))) for layer, cells in zip(layers, columns, strict=True)}
    there = {layer: {folder.split("/")[0] for folder in GROUP_RANK[layer]} for layer in layers}
    assert named == {**there, "ui": there["ui"] - {"look", "help"}}


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
