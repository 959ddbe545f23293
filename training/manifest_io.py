"""Read the compact network that a manifest names; write one section of a manifest without touching the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from rbc_desktop.models.manifest import read_entry
from rbc_desktop.models.segmenter.compact_sam2 import CompactSam2, build

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


def load_compact(directory: Path) -> CompactSam2:
    """The compact network of ``directory/manifest.json`` with its weights as float32, ready to answer.

    Raises:
        ModelLoadError: when manifest or weights are missing or damaged.
    """
    entry = read_entry("segmenter", directory)
    model = build(entry.values["config"])
    state = load_file(entry.path)
    model.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    return model.eval()
