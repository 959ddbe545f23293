"""Texts that a user sees and that bypass the language module: ``.venv/bin/python build/texts/untranslated.py``."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "rbc_desktop"

SHOWS = frozenset(
    {
        "QAction", "QCheckBox", "QDockWidget", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "QTableWidgetItem",
        "QToolButton", "QTreeWidgetItem", "addAction", "addButton", "addItem", "addItems", "addMenu", "addRow",
        "addTab", "ask", "drawText", "error", "getColor", "getExistingDirectory", "getOpenFileName", "getOpenFileNames",
        "getSaveFileName", "heading", "info", "insertItem", "setAccessibleDescription", "setAccessibleName",
        "setHeaderLabels", "setHorizontalHeaderLabels", "setInformativeText", "setPlaceholderText", "setPrefix",
        "setSpecialValueText", "setSuffix", "setTabText", "setText", "setTitle", "setToolTip", "setWindowTitle",
        "showText", "show_notice", "warn",
    }
)  # fmt: skip
"""Functions and methods whose texts a user reads."""

SAYS = frozenset({"mark", "mark_plural", "number", "plural", "template", "told", "tr"})
"""Of the language module, and what tells kept sentences."""

OPAQUE = frozenset({"data", "findData", "get", "icon", "property", "removesuffix", "replace", "split", "toString"})
"""Calls whose texts are names, keys and forms."""

PLAIN = re.compile(
    r"<[^>]*>|\{\}|&\w+;|\b(?:px|mm|nm|um|SD|CPU|RBC Desktop|English|Deutsch|root|html?|svg|pdf|csv|json|rbc)\b"
)
"""Not for translation: markup, units and names."""

EXEMPT = frozenset({"PDF", "scheme.json"})
"""Constants and texts that read the same in every language."""

EXEMPT_FILES = frozenset({"cli.py"})
"""Help of the command line stays English."""

SENTENCE = re.compile(r"[A-Z“{](?![A-Z]{2})\S*\s.*\s.*[.?!…]", re.DOTALL)
"""A literal that reads like one, and not like SQL, is said to somebody, wherever it goes on its way there."""

ENGLISH_FILES = frozenset(
    {
        "control.py", "control_report.py", "fhir_bundle.py", "parts.py", "segment.py", "streams.py",
        "validation_report.py", "verified_signatures.py", "verifying.py",
    }
)  # fmt: skip
"""Commands without `--language` and what they write, a file for machines, and licences."""


def findings(path: Path) -> list[str]:
    """What bypasses the language module in a file, one line each: ``file:line: text``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = {*_shown_bare(tree), *_raised_bare(tree), *_said_wrongly(tree), *_sentences(path, tree)}
    found = [f"{path.relative_to(PACKAGE.parent)}:{line}: {text}" for line, text in sorted(lines)]
    return [] if path.relative_to(PACKAGE).as_posix() in EXEMPT_FILES else found


def _shown_bare(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call in _calls(tree):
        if _name(call.func) in SHOWS and not _logs(call):
            keeps = _name(call.func) in ("addItem", "insertItem") and len(call.args) > 1  # the last one is its data
            for argument in call.args[:-1] if keeps else call.args:
                yield from _bare(argument)


def _raised_bare(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _is_for_users(_name(node.exc.func)):
            for argument in node.exc.args:
                yield from _bare(argument)


def _sentences(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Whole sentences that are handed on, to be raised or shown elsewhere, without being said or marked."""
    if path.name in ENGLISH_FILES:
        return
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Call) and _name(node.func) not in SAYS | OPAQUE | SHOWS and not _logs(node):
            is_raised = _name(node.func).endswith(("Error", "Cancelled"))
            parts = [] if is_raised else [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Return | ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            parts = [node.value]
        for part in parts:
            for line, text in _bare(part):
                if SENTENCE.fullmatch(text.strip("'\"")):
                    yield line, text


def _said_wrongly(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Calls that `lupdate` doesn't see, or that are made before there is a language."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for call in _calls(node):
                if (
                    _name(call.func) in SAYS - {"number", "told"}
                    and call.args
                    and isinstance(call.args[0], ast.Constant)
                ):
                    yield call.lineno, f"{ast.unparse(call)} inside an f-string"
    for call in _calls(tree):
        name = _name(call.func)
        literals = {"tr": 1, "mark": 1, "plural": 2, "mark_plural": 2, "template": 2}.get(name, 0)
        for argument in call.args[:literals] if isinstance(call.func, ast.Name) else ():
            if not isinstance(argument, ast.Constant) and any(_texts(argument)):
                yield call.lineno, f"{ast.unparse(call)[:80]} isn't one literal"
    for call in _at_import(tree):
        if isinstance(call.func, ast.Name) and call.func.id in ("tr", "plural", "told"):
            yield call.lineno, f"{ast.unparse(call)[:80]} at import; mark it there"


def _bare(node: ast.expr) -> Iterator[tuple[int, str]]:
    """Literals in an argument that nothing translates."""
    if isinstance(node, ast.Call):
        name = _name(node.func)
        if name in SAYS or name in OPAQUE:
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in EXEMPT:
        if _has_words(node.value):
            yield node.lineno, repr(node.value)
    elif isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if _has_words(text):
            yield node.lineno, repr(text)
    elif isinstance(node, ast.Name) and node.id.isupper() and not node.id.startswith("_") and node.id not in EXEMPT:
        yield node.lineno, f"{node.id} is shown as it is"
    for child in _shown_parts(node):
        yield from _bare(child)


def _shown_parts(node: ast.expr) -> list[ast.expr]:
    """The parts of an expression that can be what it says."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.Tuple | ast.List):
        return list(node.elts)
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    if isinstance(node, ast.Call) and _name(node.func) == "join":
        return list(node.args)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return [node.elt]
    return []


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", PLAIN.sub(" ", text)))


def _texts(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and not _is_key(node, part):
            yield part.value


def _is_key(node: ast.expr, part: ast.Constant) -> bool:
    """Whether a text picks something out instead of being said: an index, or an argument of `get`."""
    return any(
        (isinstance(above, ast.Subscript) and part in ast.walk(above.slice))
        or (isinstance(above, ast.Call) and part in above.args)
        for above in ast.walk(node)
    )


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _at_import(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls outside functions, and in what functions have by default."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                yield from _calls(default)
            continue
        if isinstance(node, ast.Call):
            yield node
        yield from _at_import(node)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _logs(call: ast.Call) -> bool:
    """Whether it goes to the log file: for those who look after the program, and in English."""
    return isinstance(call.func, ast.Attribute) and _name(call.func.value) in ("log", "_log", "logger", "parser")


def _is_for_users(error: str) -> bool:
    """Whether these are errors with a sentence for the user (`errors.RbcError` and what derives from it)."""
    return error in _user_errors()


def _user_errors() -> frozenset[str]:
    tree = ast.parse((PACKAGE / "errors.py").read_text(encoding="utf-8"))
    return frozenset(n.name for n in tree.body if isinstance(n, ast.ClassDef) and n.name != "TaskCancelled")


def main() -> int:
    """Print what bypasses the language module; returns the exit status."""
    found = [line for path in sorted(PACKAGE.rglob("*.py")) for line in findings(path)]
    print("\n".join(found) or "nothing bypasses the language module")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
