"""Write one section of ``resources/weights/manifest.json`` without touching the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WEIGHTS_DIR = Path(__file__).resolve().parents[1] / "resources" / "weights"


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def update_manifest(section: str, values: Mapping[str, Any], *, directory: Path = WEIGHTS_DIR) -> Path:
    """Replace ``section`` of the manifest by ``values``; other sections stay as they are.

    The file is written beside itself and renamed, so a reader never sees half of it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    manifest[section] = dict(values)
    part = path.with_suffix(".json.part")
    part.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(path)
    return path
