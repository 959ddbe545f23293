"""Grading schemes as JSON files: those that ship, and the laboratory's own. What a file says is checked."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, get_args

from ...domain.sample.grading import Comparison, Measure, Rule, Scheme, Step
from ...errors import SchemeError
from ...files import replace_atomically
from ...language import tr
from ..paths import data_folder, resource_root

MOST_BYTES = 200_000
MOST_RULES = 100
LONGEST = 500
"""Bytes of a file, rules of a scheme, and characters of a text; what lies beyond is no scheme."""

_COMPARISONS, _MEASURES = get_args(Comparison), get_args(Measure)


def bundled_schemes() -> Path:
    """The folder of the schemes that ship."""
    return resource_root() / "schemes"


def own_schemes() -> Path:
    """The folder of the laboratory's own schemes; it may not exist."""
    return data_folder() / "schemes"


def read_scheme(path: Path) -> Scheme:
    """The scheme in a file.

    Raises:
        SchemeError: with what is wrong and where.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SchemeError(tr("{name} is too large for a grading scheme; choose another file.", name=path.name))
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SchemeError(
            tr("{name} can't be read as a grading scheme; export one and change that.", name=path.name)
        ) from error
    try:
        return _scheme(content)
    except _WrongError as error:
        raise SchemeError(tr("{name}: {reason}; correct it and try again.", name=path.name, reason=error)) from error


def write_scheme(scheme: Scheme, path: Path) -> None:
    """Write a scheme so that `read_scheme` gives it back.

    Raises:
        OSError: when the file can't be written.
    """
    with replace_atomically(path) as part:
        part.write_text(scheme_text(scheme), encoding="utf-8")


def scheme_text(scheme: Scheme) -> str:
    """A scheme as the text of its file."""
    return json.dumps(_content(scheme), indent=1, ensure_ascii=False) + "\n"


def scheme_from(text: str) -> Scheme:
    """The scheme in the text of a file.

    Raises:
        SchemeError: when it is none.
    """
    try:
        return _scheme(json.loads(text))
    except (_WrongError, json.JSONDecodeError, RecursionError) as error:
        raise SchemeError(tr("The grading scheme of the case can't be read: {reason}.", reason=error)) from error


class _WrongError(ValueError):
    """A value that no scheme has; the message says which and where."""


def _scheme(content: Any) -> Scheme:
    if not isinstance(content, dict):
        raise _WrongError(tr("it holds no table of names and values"))
    rules = content.get("rules")
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise _WrongError(tr('"rules" must be a list of at most {most}', most=MOST_RULES))
    read = tuple(_rule(rule) for rule in rules)
    lines = [rule.line for rule in read]
    twice = sorted({line for line in lines if lines.count(line) > 1})
    if twice:
        raise _WrongError(tr('"{line}" is graded twice', line=twice[0]))
    name = _text(content.get("name"), "name")
    if not name:
        raise _WrongError(tr('"name" is empty'))
    version = _text(content.get("version"), "version")
    return Scheme(
        name, version, _text(content.get("source", ""), "source"), _text(content.get("note", ""), "note"), read
    )


def _rule(content: Any) -> Rule:
    if not isinstance(content, dict):
        raise _WrongError(tr('each of "rules" must be a table'))
    line = _text(content.get("line"), "line")
    classes = content.get("classes", [line])
    if not isinstance(classes, list):
        raise _WrongError(tr('"classes" of {line} must be a list', line=line))
    measure = content.get("measure", "share")
    if measure not in _MEASURES:
        raise _WrongError(tr('"measure" of {line} must be one of {choice}', line=line, choice=", ".join(_MEASURES)))
    steps = content.get("steps")
    if not isinstance(steps, list) or not 0 < len(steps) <= MOST_RULES:
        raise _WrongError(tr('"steps" of {line} must be a list of grades', line=line))
    least = content.get("least cells", 0)
    if isinstance(least, bool) or not isinstance(least, int) or not 0 <= least <= 1_000_000:
        raise _WrongError(tr('"least cells" of {line} must be a whole number', line=line))
    read = tuple(_step(step, line) for step in steps)
    _check_order(read, line)
    names = tuple(_text(name, f"classes of {line}") for name in classes)
    return Rule(line, names, read, measure, least, bool(content.get("size", False)))


def _step(content: Any, line: str) -> Step:
    limits = [name for name in _COMPARISONS if isinstance(content, dict) and name in content]
    if len(limits) != 1:
        raise _WrongError(
            tr('each step of {line} needs a "grade" and one of {choice}', line=line, choice=", ".join(_COMPARISONS))
        )
    limit = content[limits[0]]
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not math.isfinite(limit):
        raise _WrongError(tr("a limit of {line} is no number", line=line))
    return Step(_text(content.get("grade"), f"grade of {line}"), limits[0], float(limit))


def _check_order(steps: tuple[Step, ...], line: str) -> None:
    """Each grade must begin beyond the one before: the last step that holds is the grade."""
    rising = [step.comparison in ("at least", "above") for step in steps]
    limits = [step.limit for step in steps]
    if len(set(rising)) > 1:
        raise _WrongError(tr("the steps of {line} rise and fall", line=line))
    if limits != sorted(limits, reverse=not rising[0]):
        raise _WrongError(tr("the steps of {line} aren't in order, slightest first", line=line))


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _WrongError(tr('"{name}" must be a text of at most {most} characters', name=name, most=LONGEST))
    return value.strip()


def _content(scheme: Scheme) -> dict[str, Any]:
    return {
        "name": scheme.name,
        "version": scheme.version,
        "source": scheme.source,
        "note": scheme.note,
        "rules": [
            {
                "line": rule.line,
                "classes": list(rule.classes),
                "measure": rule.measure,
                "least cells": rule.least_cells,
                "size": rule.is_size,
                "steps": [{"grade": step.grade, step.comparison: step.limit} for step in rule.steps],
            }
            for rule in scheme.rules
        ],
    }
