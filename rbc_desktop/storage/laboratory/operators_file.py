"""The list of operators: a JSON file for its owner only."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...domain.laboratory.operator import LONGEST_NAME, Operator, refused_name
from ...files import replace_atomically

MOST_BYTES = 1_000_000
MOST_OPERATORS = 1_000

_SALT, _KEY = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_log = logging.getLogger(__name__)


def load_operators(path: Path) -> tuple[Operator, ...]:
    """The stored operators; an entry that can't be read is left out. Never raises."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return ()
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("The list of operators is ignored: %s", type(error).__name__)
        return ()
    found: list[Operator] = []
    for entry in stored[:MOST_OPERATORS] if isinstance(stored, list) else ():
        operator = _operator(entry)
        if operator is not None and not refused_name(found, operator.name):
            found.append(operator)
    return tuple(found)


def save_operators(operators: Sequence[Operator], path: Path) -> None:
    """Store the list, completely or not at all; only its owner may read it.

    Raises:
        OSError: when the folder can't be written to.
    """
    entries = [{"name": o.name, "salt": o.salt, "key": o.key} for o in operators]
    with replace_atomically(path, private=True) as temporary:
        temporary.write_text(json.dumps(entries, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


def _operator(entry: Any) -> Operator | None:
    try:
        name, salt, key = (entry.get(part, "") for part in ("name", "salt", "key"))
        if not all(isinstance(part, str) for part in (name, salt, key)) or len(name) > LONGEST_NAME:
            return None
    except AttributeError:
        return None
    has_key = bool(_SALT.fullmatch(salt) and _KEY.fullmatch(key))
    if (salt or key) and not has_key:
        return None  # signing in this name would ask for nothing
    return Operator(name, salt, key)
