"""Grades, blood count and the steps of a case's state as rows of its file, and back."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from typing import Any, get_args

from ....domain.sample.blood_count import BloodCount
from ....domain.sample.grading import Grading
from ....domain.sample.sign_off import CaseState, Meaning, SignOff
from ....errors import SchemeError
from ...laboratory.scheme_file import scheme_from, scheme_text
from ..values.case_values import choice, real, text, whole
from ..versions.schema import expressions, user_version

SAMPLE_SINCE = 3
"""Version of the case file from which it has these tables."""

_MOST_STEPS = 10_000
_LONGEST_SCHEME = 200_000
_LONGEST_NAME = 1_000
_STATES, _MEANINGS = get_args(CaseState), get_args(Meaning)
_QUANTITIES = tuple(f.name for f in dataclasses.fields(BloodCount))


def grading_row(grading: Grading) -> tuple[Any, ...]:
    """Columns of ``grading``."""
    scheme = "" if grading.scheme is None else scheme_text(grading.scheme)
    return 1, scheme, json.dumps(grading.confirmed), json.dumps(dataclasses.asdict(grading.blood_count))


def sign_off_row(number: int, step: SignOff) -> tuple[Any, ...]:
    """Columns of ``sign_off``."""
    return number, step.state, step.operator, step.meaning, step.time, step.reason, step.version, step.head, step.seal


def load_sample(connection: sqlite3.Connection) -> dict[str, Any]:
    """`Case.grading` and `Case.sign_offs` by name, every value checked.

    Raises:
        ValueError: when a value has another type or lies outside its range.
        sqlite3.Error: when the file is damaged.
    """
    return {"grading": _grading(connection), "sign_offs": _sign_offs(connection)}


def _grading(connection: sqlite3.Connection) -> Grading:
    row = connection.execute("SELECT scheme, confirmed, blood_count FROM grading").fetchone()
    if row is None:
        raise ValueError("grading")
    stored, confirmed, counted = (text(v, "grading", longest=_LONGEST_SCHEME) for v in row)
    try:
        scheme = scheme_from(stored) if stored else None
        pairs = tuple(
            (text(line, "line", longest=_LONGEST_NAME), text(grade, "grade", longest=_LONGEST_NAME))
            for line, grade in json.loads(confirmed)
        )
        values = json.loads(counted)
        blood_count = BloodCount(
            **{n: real(values[n], n, low=-1e9, high=1e9) for n in _QUANTITIES if values.get(n) is not None}
        )
    except (TypeError, AttributeError, RecursionError, SchemeError) as error:
        raise ValueError("grading") from error
    return Grading(scheme, pairs, blood_count)


def _sign_offs(connection: sqlite3.Connection) -> tuple[SignOff, ...]:
    newer = expressions("sign_off", version=user_version(connection))
    sql = f"SELECT state, operator, meaning, time, reason, version, head, {newer} FROM sign_off ORDER BY id LIMIT ?"
    rows = connection.execute(sql, (_MOST_STEPS,))
    return tuple(
        SignOff(
            state=choice(state, "state", _STATES),
            operator=text(operator, "operator", longest=_LONGEST_NAME),
            meaning=choice(meaning, "meaning", _MEANINGS),
            time=text(time, "time", longest=100),
            reason=text(reason, "reason"),
            version=whole(version, "version", low=1),
            head=text(head, "head", longest=100),
            seal=text(seal, "seal", longest=_LONGEST_NAME),
        )
        for state, operator, meaning, time, reason, version, head, seal in rows
    )
