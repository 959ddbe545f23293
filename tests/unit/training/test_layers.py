"""The layers of training: a module imports only from rows below its own, and its tests lie where it lies."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TRAINING, TESTS = ROOT / "training", ROOT / "tests" / "unit" / "training"

RANK = {
    "__init__": 0, "command": 0, "loop": 0, "manifest_io": 0, "measured_values": 0, "renderer": 0,
    "data": 1, "sample": 1,
    "segmenter": 2, "classifier": 2,
    "lab": 3, "study": 3,
}  # fmt: skip
"""Rows; folders of one row don't import each other."""

GROUP_RANK = {
    "data": {"sets": 1, "cells": 2, "scenes": 3, "batches": 4},
    "segmenter": {"scores": 1, "fitting": 2, "__main__": 3},
}
"""The same inside the folders that have any."""


def _imports(path: Path) -> set[str]:
    """Names below ``training`` that a module imports, as ``folder.folder.module``, ``folder.module`` or ``module``."""
    package = ["training", *path.relative_to(TRAINING).parts[:-1]]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return {name.removeprefix("training.") for name in names if name.startswith("training.")}


def _row(path: Path) -> str:
    return path.relative_to(TRAINING).parts[0].removesuffix(".py")


MODULES = sorted(TRAINING.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_rows_below(path):
    row = _row(path)
    assert row in RANK, f"{row} is not in the table of layers"
    for name in _imports(path):
        target = name.split(".")[0]
        assert target == row or RANK[target] < RANK[row], f"{row} must not import training.{name}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if _row(p) in GROUP_RANK and p.parent.name != "training"], ids=lambda p: p.stem
)
def test_a_folder_inside_a_row_imports_only_folders_below_it(path):
    row, group = path.relative_to(TRAINING).with_suffix("").parts[:2]
    for target_row, target, *_ in (name.split(".") for name in _imports(path) if "." in name):
        if target_row == row and target != group and group != "__init__":
            assert GROUP_RANK[row][target] < GROUP_RANK[row][group], f"{row}.{group} must not import {row}.{target}"


def test_modules_do_not_import_in_circles():
    stems = {".".join(p.relative_to(TRAINING).with_suffix("").parts): p for p in MODULES}
    graph = {
        name: {".".join(n.split(".")[:k]) for n in _imports(path) for k in (1, 2, 3)} & set(stems) - {name}
        for name, path in stems.items()
    }
    while graph:
        free = {name for name, wanted in graph.items() if not wanted & set(graph)}
        assert free, f"a circle among {sorted(graph)}"
        graph = {name: wanted for name, wanted in graph.items() if name not in free}


def test_no_module_shares_its_name_with_another_in_the_repository():
    exempt = {"__init__", "__main__", "conftest"}
    everywhere = [
        p.stem
        for folder in ("training", "rbc_desktop", "build", "tests")
        for p in (ROOT / folder).rglob("*.py")
        if p.stem not in exempt
    ]
    twice = {p.stem for p in MODULES if everywhere.count(p.stem) > 1}
    assert not twice


def test_tests_lie_where_their_modules_lie():
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__).resolve():
            continue
        module = TRAINING / path.relative_to(TESTS).parent / path.stem.removeprefix("test_")
        package = TRAINING / path.stem.removeprefix("test_")
        assert module.with_suffix(".py").exists() or (package / "__init__.py").exists(), path
