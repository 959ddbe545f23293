"""What goes into the frozen folder and what stays out."""

import ast
from pathlib import Path

import bundle_contents
import pytest
import setup_env

ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize(
    ("path", "dropped"),
    [
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("PySide6\\Qt\\translations\\qtbase_de.qm", False),
        ("PySide6\\Qt\\qml\\builtins.qmltypes", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", True),
        ("PySide6/Qt/plugins/imageformats/libqtiff.so", True),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", False),
        ("numpy/tests/test_ctypeslib.pyc", True),
        ("resources/weights/segmenter.safetensors", False),
        ("torch/testing/_comparison.pyc", False),
    ],
)
def test_dropped_paths(path, dropped):
    assert bundle_contents.is_dropped(path) is dropped


def test_kept_entries_are_sorted():
    entries = [("b", "/b", "DATA"), ("skimage/data/cell.png", "/c", "DATA"), ("a", "/a", "DATA")]
    assert bundle_contents.kept(entries) == [("a", "/a", "DATA"), ("b", "/b", "DATA")]


def test_libraries_stay_only_while_something_is_linked_to_them():
    imports = {"/x.so": ["libone.so.1"], "/one": ["libtwo.so"], "/gtk": ["libpango.so"], "/py": ["libm.so"]}
    entries = [
        ("y.cpython-311.so", "/y.so", "EXTENSION"),  # a module at the top, which Python imports
        ("pkg/x.so", "/x.so", "EXTENSION"),
        ("libone.so.1", "pkg.libs/libone.so.1", "SYMLINK"),
        ("pkg.libs/libone.so.1", "/one", "BINARY"),
        ("libtwo.so", "/two", "BINARY"),
        ("libgtk.so", "/gtk", "BINARY"),
        ("libpango.so", "/pango", "BINARY"),
        ("libpython3.11.so.1.0", "/py", "BINARY"),
        ("resources/data.bin", "/data", "DATA"),
    ]
    names = [entry[0] for entry in bundle_contents.reached(entries, lambda source: imports.get(source, []))]
    assert names == [
        "y.cpython-311.so", "pkg/x.so", "libone.so.1", "pkg.libs/libone.so.1", "libtwo.so", "libpython3.11.so.1.0",
        "resources/data.bin",
    ]  # fmt: skip


def test_a_library_that_two_wheels_bring_along_is_there_once():
    entries = [
        ("a.libs/libf.so.5", "/a", "BINARY"),
        ("b.libs/libf.so.5", "/b", "BINARY"),  # the same bytes
        ("c.libs/libf.so.5", "/c", "BINARY"),  # others under this name
        ("b.libs/libg.so.5", "/a", "BINARY"),  # another name
        ("pkg/libf.so.5", "/a", "BINARY"),  # no folder of libraries
        ("d.libs/libf.so.5", "/a", "DATA"),
    ]
    digests = {"/a": "one", "/b": "one", "/c": "two"}
    changed = [entry for entry in bundle_contents.linked(entries, digests.__getitem__) if entry not in entries]
    assert changed == [("b.libs/libf.so.5", "../a.libs/libf.so.5", "SYMLINK")]
    assert len(bundle_contents.linked(entries, digests.__getitem__)) == len(entries)


def test_what_only_other_groups_bring_along_is_excluded():
    lock = "# [run] a\none==1\n\n# [study] b\nTwo.x==2\n\n# [development] c\nthree==3\n"
    installed = {
        "one": ["one"],
        "two": ["two-x"],
        "both": ["one", "three"],
        "three": ["three"],
        "_3": ["Two_X", "three"],
    }
    assert bundle_contents.modules_of_others(lock, installed=installed) == ["_3", "three", "two"]
    real = bundle_contents.modules_of_others(setup_env.LOCK.read_text(encoding="utf-8"))
    assert {"monai", "pytest", "defusedxml"} <= set(real)


OPTIONAL = {"cluster.py", "slideio_pyramid.py"}
"""Modules that say with a sentence which extra is missing where they can't import what it brings."""


def test_nothing_that_the_application_imports_is_excluded():
    excluded = set(bundle_contents.EXCLUDED_MODULES)
    excluded |= set(bundle_contents.modules_of_others(setup_env.LOCK.read_text(encoding="utf-8")))
    for path in (ROOT / "rbc_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                parts = name.split(".")
                taken = excluded & {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
                if path.name not in OPTIONAL:
                    assert not taken, f"{path.name} imports {name}"


@pytest.mark.parametrize(
    ("wanted", "cuda", "words"),
    [("cpu", None, None), ("cuda", "13.0", None), ("cuda", None, "no CUDA"), ("cpu", "13.0", "13.0"), ("x", None, "x")],
)  # fmt: skip
def test_variant(wanted, cuda, words):
    problem = bundle_contents.variant_problem(wanted, cuda)
    assert problem is None if words is None else words in problem
