"""What keeps the repository easy to find one's way in: short files, short functions, one name for one file."""

import ast
import subprocess
from collections import defaultdict
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400
MOST_FUNCTION_LINES = 60
EVERYWHERE = {"__init__", "__main__", "conftest"}

OF_NO_ONE_MODULE = {
    "tests/unit/test_architecture.py", "tests/unit/test_repository_shape.py", "tests/unit/test_import_time.py",
    "tests/unit/training/test_layers.py", "tests/unit/training/study/test_study.py",  # the whole of a tree
    "tests/unit/editing/test_steps_on_cells.py", "tests/unit/models/test_cuda.py",
    "tests/unit/reports/test_own_classes_reported.py",
    "tests/unit/reports/test_reports_in_german.py",  # a way through several modules
    "tests/unit/storage/test_attacks.py", "tests/ui/test_leftovers.py",  # what tests themselves need
    "tests/unit/build/test_bundled_codecs.py", "tests/unit/build/test_desktop_files.py",
    "tests/unit/build/test_desktop_resources.py",  # hooks, scripts and texts
    "tests/ui/canvas/test_binding.py", "tests/ui/canvas/test_canvas_density.py",
    "tests/ui/window/test_without_a_mouse.py", "tests/ui/window/test_in_german.py",
    "tests/ui/look/test_focus_shown.py",
    "tests/ui/canvas/test_canvas_fields.py", "tests/ui/canvas/test_refined_cells.py",  # the canvas and all behind it
}  # fmt: skip
"""Tests that are named after what they are about."""


def tracked() -> list[str]:
    """Python files of the checkout, by path with slashes."""
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout of git")
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


def function_lengths(source: str) -> dict[str, int]:
    """Lines of each function and method, from `def` to its end."""
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{node.name}, line {node.lineno}": (node.end_lineno or 0) - node.lineno + 1 for node in functions}


def unended_painters(source: str) -> list[int]:
    """Lines in which a painter begins that nothing but the end of its life ends.

    One that a fault leaves over outlives what it paints on, and the process ends in `QPainter::end`.
    """
    tree = ast.parse(source)
    ended = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and id(node) not in ended)
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "QPainter"]


def repeated_names(paths: list[str]) -> list[str]:
    """Files that share their name with another one; a test is named after its module, with `test_` before it."""
    places = defaultdict(list)
    for path in paths:
        name = PurePosixPath(path).stem
        if name not in EVERYWHERE:
            places[name].append(path)
    return [f"{name}: {', '.join(found)}" for name, found in sorted(places.items()) if len(found) > 1]


def strays(paths: list[str]) -> list[str]:
    """Tests that don't lie where their module lies.

    `a/b.py` is tested in `tests/unit/a/test_b.py`, with a window in `tests/ui/a/test_b.py`. `rbc_desktop` is no folder
    there, `build` and `training` are; `rbc_desktop/ui/a` is `tests/ui/a`.
    """
    known = {path.removesuffix("/__init__.py").removesuffix(".py") for path in paths}
    found = []
    for path in paths:
        place = PurePosixPath(path)
        if place.parts[:2] in (("tests", "unit"), ("tests", "ui")) and place.stem.startswith("test_"):
            module = PurePosixPath(*place.parts[2:-1], place.stem.removeprefix("test_"))
            roots = ("", "rbc_desktop/", *(("rbc_desktop/ui/",) if place.parts[1] == "ui" else ()))
            if not any(f"{root}{module}" in known for root in roots):
                found.append(path)
    return found


def test_every_test_lies_where_its_module_lies():
    assert set(strays(tracked())) == OF_NO_ONE_MODULE


def test_no_file_is_long():
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in tracked()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_long():
    found = {
        f"{path}: {name}": lines
        for path in tracked()
        for name, lines in function_lengths((ROOT / path).read_text(encoding="utf-8")).items()
        if lines > MOST_FUNCTION_LINES
    }
    assert found == {}


def test_every_painter_ends_whatever_happens():
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in tracked() if not path.startswith("tests/")}
    assert {path: lines for path, source in sources.items() if (lines := unended_painters(source))} == {}


def test_no_file_name_stands_twice():
    assert repeated_names(tracked()) == []


def test_every_command_says_what_it_does():
    phony = next(line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if ".PHONY" in line)
    help_ = ["make", "--no-print-directory", "help"]  # make says where it is when another make runs the tests
    said = subprocess.run(help_, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert sorted(line.split()[1] for line in said) == sorted(phony.split()[1:])
    assert all(len(line.split()) > 2 and len(line) <= 100 for line in said)


def test_the_rules_find_what_breaks_them():
    source = "@cache\ndef long():\n" + "    x = 1\n" * 60 + "\n\nclass C:\n    def short(self): ...\n"
    assert function_lengths(source) == {"long, line 2": 61, "short, line 66": 1}
    assert unended_painters("with QPainter(a) as painter:\n    pass\npainter = QPainter(b)\n") == [3]
    assert repeated_names(["a/case.py", "b/case.py", "a/__init__.py", "b/__init__.py", "tests/test_case.py"]) == [
        "case: a/case.py, b/case.py"
    ]
    modules = ["rbc_desktop/a/b.py", "rbc_desktop/ui/c/d.py", "rbc_desktop/a/e/__init__.py", "build/f.py"]
    right = ["unit/a/test_b.py", "ui/a/test_b.py", "ui/c/test_d.py", "unit/a/test_e.py", "unit/build/test_f.py"]
    wrong = ["tests/unit/test_b.py", "tests/unit/c/test_d.py", "tests/ui/a/test_bs.py"]
    assert strays([*modules, *(f"tests/{path}" for path in right), *wrong]) == wrong
