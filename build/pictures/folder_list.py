"""Writes the list of folders in ``docs/architecture.md``: ``.venv/bin/python build/pictures/folder_list.py``.

Each folder of the package with the first line of its ``__init__.py``, from top to bottom as the picture has them.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from layer_picture import LAYERS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "rbc_desktop"
FILE = ROOT / "docs" / "architecture.md"
_LIST = re.compile(r"(?<=\| Folder \| What is in it \|\n\|---\|---\|\n)(\|.*\n)+")


def folders() -> list[Path]:
    """Every folder with modules: a layer before what is in it, layers and their folders as the picture orders them."""
    drawn = dict.fromkeys(
        PACKAGE / part
        for layer in LAYERS
        for line in layer.lines
        for box in line.boxes
        for part in (line.folder, f"{line.folder}{box.name}")
        if part.endswith("/")
    )
    layers = dict.fromkeys(PACKAGE / folder.relative_to(PACKAGE).parts[0] for folder in drawn)
    in_order = [folder for layer in layers for folder in (layer, *(f for f in drawn if f.parent == layer))]
    return [part for folder in in_order for part in (folder, *_parts_of(folder, drawn))]


def _parts_of(folder: Path, drawn: dict[Path, None]) -> list[Path]:
    """Folders inside one that have no box of their own."""
    return sorted(init.parent for init in folder.glob("*/__init__.py") if init.parent not in drawn)


def row(folder: Path) -> str:
    """A line of the list; a folder is set in by its depth."""
    doc = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    path = folder.relative_to(PACKAGE)
    indent = "&emsp;" * (len(path.parts) - 1)
    name = f"**`{path}/`**" if len(path.parts) == 1 else f"{indent}`{path.name}/`"
    return f"| {name} | {doc.splitlines()[0]} |\n"


def written(text: str) -> str:
    """The text of the document with the list as the folders are now."""
    return _LIST.sub(lambda _: "".join(map(row, folders())), text)


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
