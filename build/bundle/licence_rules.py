"""SPDX licence expressions: are they valid, and may a part under them be linked to an application under MIT."""

from __future__ import annotations

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_STRONG = re.compile(r"A?GPL-\d.*")
"""Licences that would spread to the whole application, unless an exception permits linking."""


def problem(expression: str) -> str | None:
    """Why a part under this licence can't go into the folder, in one clause; None when it can.

    LGPL and MPL are fine: their parts lie as files of their own, which may be replaced.
    """
    try:
        canonical = canonicalize_license_expression(expression)
    except InvalidLicenseExpression:
        return f"'{expression}' is no SPDX expression"
    if not _permitted(re.findall(r"[()]|[^\s()]+", canonical)):
        return f"{canonical} would apply to the whole application"
    return None


def _permitted(tokens: list[str]) -> bool:
    """Whether one of the alternatives is acceptable: OR needs one side, AND needs both; AND binds closer."""
    values: list[list[bool]] = [[]]
    while tokens and tokens[0] != ")":
        token = tokens.pop(0)
        if token == "OR":
            values.append([])
        elif token == "(":
            values[-1].append(_permitted(tokens))
            tokens.pop(0)
        elif token != "AND":
            excepted = tokens[:1] == ["WITH"]
            if excepted:
                del tokens[:2]
            values[-1].append(excepted or not _STRONG.fullmatch(token))
    return any(all(side) for side in values)
