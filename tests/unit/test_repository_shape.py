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


def repeated_names(paths: list[str]) -> list[str]:
    """Files that share their name with another one; a test is named after its module, with `test_` before it."""
    places = defaultdict(list)
    for path in paths:
        name = PurePosixPath(path).stem
        if name not in EVERYWHERE:
            places[name].append(path)
    return [f"{name}: {', '.join(found)}" for name, found in sorted(places.items()) if len(found) > 1]


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


def test_no_file_name_stands_twice():
    assert repeated_names(tracked()) == []


def test_the_rules_find_what_breaks_them():
    source = "@cache\ndef long():\n" + "    x = 1\n" * 60 + "\n\nclass C:\n    def short(self): ...\n"
    assert function_lengths(source) == {"long, line 2": 61, "short, line 66": 1}
    assert repeated_names(["a/case.py", "b/case.py", "a/__init__.py", "b/__init__.py", "tests/test_case.py"]) == [
        "case: a/case.py, b/case.py"
    ]
