"""Kind: segmenters whose manifest or weights are odd; each is refused with a sentence or embeds a tile."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.attack.child import ChildAttack

NAME = "manifests"
TRIES = 200

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 3, 31, 64, 4096, 10**9, 10**400, 0.5, 1e308, float("nan"), float("inf"), "", "x", "\0",
    "\ud800", "../x", ".", "/dev/zero", "x" * 10**5, [], {}, [[]], [64] * 4, [8, 8, 8, 8], [1] * 10**4, {"a": 1},
)  # fmt: skip


class Attack(ChildAttack):
    """One folder whose segmenter is damaged anew with each try, and loaded."""

    function = "load"
    seconds = 30.0

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        return _damage(self._folder, dice), self._folder


def _damage(folder: Path, dice: random.Random) -> str:
    from rbc_desktop.models.manifest import file_sha256
    from rbc_desktop.storage.paths import resource_root

    weights = resource_root() / "weights"
    values = json.loads((weights / "manifest.json").read_text(encoding="utf-8"))["segmenter"]
    content = bytearray((weights / values["file"]).read_bytes())
    way = dice.choice(["values", "values", "values", "config", "config", "config", "missing", "text", "bytes", "cut"])
    if way == "bytes":
        for _ in range(dice.randint(1, 20)):
            content[dice.choice([dice.randrange(5000), dice.randrange(len(content))])] = dice.randrange(256)
    elif way == "cut":
        del content[dice.randrange(len(content)) :]
    (folder / values["file"]).write_bytes(content)
    values["sha256"] = file_sha256(folder / values["file"])
    named: dict[str, Any] = {}
    place = values["config"] if way == "config" else values
    if way in ("values", "config"):
        named = {name: dice.choice(_ODD) for name in dice.sample(list(place), dice.randint(1, 3))}
        place |= named
    elif way == "missing":
        place = dice.choice([values, values["config"]])
        for name in dice.sample(list(place), dice.randint(1, 2)):
            del place[name]
    manifest = json.dumps({"segmenter": values}).encode()
    if way == "text":
        depth = dice.choice([100, 10_000, 200_000])
        cut = manifest[: dice.randrange(len(manifest))]
        odd = json.dumps({"segmenter": dice.choice(_ODD)}).encode()
        nested = b'{"segmenter": ' + b"[" * depth + b"]" * depth + b"}"
        manifest = dice.choice([cut, odd, nested, b"9" * 5000, b"\xff\xfe" + manifest, dice.randbytes(500)])
    (folder / "manifest.json").write_bytes(manifest)
    return f"{way} {str(named)[:200]}"


def load(folder: str) -> None:
    """Load the model in this very process, as a start does, and embed a tile; raises the sentence of a refusal."""
    import numpy as np

    from rbc_desktop.models.choice.choice import ModelChoice, load_segmenter

    segmenter, _ = load_segmenter(ModelChoice(device="cpu"), bundled=Path(folder))
    side = segmenter.input_size
    segmenter.embed(np.full((side, side, 3), 200, np.uint8))
