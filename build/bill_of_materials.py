"""The software bill of materials as CycloneDX 1.6 JSON; the same text for the same parts."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rbc_desktop.storage.parts import Part

_TYPES = {"application": "application", "model": "machine-learning-model", "font": "data", "runtime": "platform"}
"""CycloneDX's types of our kinds; all others are libraries."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a frozen folder with what only the build knows: package address, licence text, paths."""

    part: Part
    purl: str
    text: str
    paths: tuple[str, ...]


def bill_of_materials(listed: Sequence[Listed], *, timestamp: int) -> str:
    """The document. The first part of kind "application" is what it is about; all others are its components.

    Args:
        listed: every part, sorted.
        timestamp: seconds since 1970, of the commit that was built.
    """
    main = next(one for one in listed if one.part.kind == "application")
    components = [_component(one) for one in listed if one is not main]
    root = _component(main)
    content = json.dumps([root, components], sort_keys=True)
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, content).urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "component": root,
        },
        "components": components,
        "dependencies": [
            {"ref": root["bom-ref"], "dependsOn": [component["bom-ref"] for component in components]},
            *({"ref": component["bom-ref"]} for component in components),
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _component(one: Listed) -> dict[str, Any]:
    part = one.part
    component: dict[str, Any] = {
        "type": _TYPES.get(part.kind, "library"),
        "bom-ref": f"{part.kind}/{part.name}@{part.version}",
        "name": part.name,
        "version": part.version,
        "description": part.purpose,
        "hashes": [{"alg": "SHA-256", "content": part.sha256}],
        "licenses": _licences(part.licence),
        "purl": one.purl,
    }
    if len(one.paths) <= 20:
        component["evidence"] = {"occurrences": [{"location": path} for path in one.paths]}
    if part.files > 1:
        note = f"SHA-256 of the lines of SHA256SUMS of its {part.files} files, sorted by path"
        component["properties"] = [{"name": "rbc-desktop:hash", "value": note}]
    return component


def _licences(expression: str) -> list[dict[str, Any]]:
    """One identifier as such, so that scanners which know no expressions read it; all else as an expression."""
    if re.fullmatch(r"[A-Za-z0-9.+-]+", expression) and not expression.startswith("LicenseRef-"):
        return [{"license": {"id": expression}}]
    return [{"expression": expression}]
