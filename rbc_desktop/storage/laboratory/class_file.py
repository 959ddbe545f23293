"""A laboratory's own classes as a small JSON file that computers share; what a file says is checked."""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...domain.classes.own_classes import MOST_OWN, class_content, class_of, problem_with, sound
from ...domain.classes.taxonomy import CellClass
from ...errors import ClassFileError
from ...files import replace_atomically
from ...language import tr
from ..paths import settings_file

FORMAT, VERSION = "rbc-desktop own classes", 1
ENDING = ".json"
MOST_BYTES = 100_000
"""Ten definitions have 2,000; what is larger is no such file."""

_log = logging.getLogger(__name__)


def own_classes_file() -> Path:
    """Where this computer keeps its list: beside the settings."""
    return settings_file().with_name("own_classes.json")


def read_classes(path: Path) -> tuple[CellClass, ...]:
    """The classes in a file that a laboratory shares.

    Raises:
        ClassFileError: with what is wrong, when not all of them can be used.
    """
    try:
        content = _content(path)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise ClassFileError(
            tr(
                "{name} can't be read as a list of own classes; choose a file that was exported from here.",
                name=path.name,
            )
        ) from error
    if content["version"] > VERSION:
        raise ClassFileError(
            tr("{name} comes from a newer version of the application; update this one first.", name=path.name)
        )
    try:
        classes = tuple(class_of(each) for each in content["classes"])
        if why := sound(classes):
            raise ValueError(why)
    except ValueError as error:
        raise ClassFileError(tr("{name} can't be used. {reason}", name=path.name, reason=error)) from error
    return classes


def load_classes_kept(path: Path) -> tuple[tuple[CellClass, ...], str]:
    """The classes that this computer keeps, and a sentence about what can't be used of them.

    Never raises: what isn't sound is left out, and no file is no class.
    """
    try:
        content = _content(path)
    except FileNotFoundError:
        return (), ""
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        _log.warning("Own classes are ignored: %s", type(error).__name__)
        return (), tr(
            "The list of own classes ({name}) can't be read; import it again, or make them anew.", name=path.name
        )
    kept: list[CellClass] = []
    problem = ""
    for each in content["classes"][: 10 * MOST_OWN]:
        try:
            made = class_of(each)
            why = problem_with(made, others=kept) or ("there are too many" if len(kept) == MOST_OWN else "")
        except ValueError as error:
            made, why = None, str(error)
        if made is not None and not why:
            kept.append(made)
        else:
            problem = tr(
                "Part of the list of own classes ({name}) can't be used; look it through and save it.", name=path.name
            )
            _log.warning("An own class is left out")
    return tuple(kept), problem


def write_classes(classes: Sequence[CellClass], path: Path) -> None:
    """Write a list so that `read_classes` gives it back.

    Raises:
        OSError: when the file can't be written.
    """
    content = {"format": FORMAT, "version": VERSION, "classes": [class_content(c) for c in classes]}
    with replace_atomically(path) as part:
        part.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _content(path: Path) -> dict[str, Any]:
    """The JSON object of a file, with a list of classes and a number of its version.

    Raises:
        OSError, ValueError, RecursionError: when it isn't one.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
        raise ValueError("no list of classes")
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("classes"), list):
        raise ValueError("no list of classes")
    version = content.get("version")
    if type(version) is not int or version < 1:
        raise ValueError("no version")
    return content
