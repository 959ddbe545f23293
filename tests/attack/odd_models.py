"""Kind: custom models with damaged boosters and odd manifests; each is refused with a sentence or works."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.attack.child import ChildAttack

NAME = "models"
TRIES = 200

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**400, float("nan"), float("inf"), "", "x", "../x", "/dev/zero", "x" * 10**5, [], {},
    [[]], ["x"] * 10**4, [float("nan")] * 13,
)  # fmt: skip


class Attack(ChildAttack):
    """One folder whose classifier is damaged anew with each try, and chosen."""

    function = "take"
    seconds = 60.0
    """A trial starts a process, which imports LightGBM."""

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        return _damage(self._folder, dice), self._folder


def _damage(folder: Path, dice: random.Random) -> str:
    from rbc_desktop.files import resource_root
    from rbc_desktop.models.manifest import file_sha256

    weights = resource_root() / "weights"
    values = json.loads((weights / "manifest.json").read_text(encoding="utf-8"))["classifier"]
    files = {name: (weights / values[name]).read_bytes() for name in ("file", "red_file", "second_file")}
    way = dice.choice(["cut", "bytes", "numbers", "manifest", "manifest"])
    victim = dice.choice(list(files))
    if way == "cut":
        files[victim] = files[victim][: dice.randrange(len(files[victim]))]
    elif way == "bytes":
        spoiled = bytearray(files[victim])
        for _ in range(dice.randint(1, 40)):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        files[victim] = bytes(spoiled)
    elif way == "numbers":
        lines = files[victim].split(b"\n")
        at = dice.randrange(len(lines))
        lines[at] = lines[at].split(b"=")[0] + b"=" + str(dice.choice([-1, 10**9, 1e308, "nan", "", "x"])).encode()
        files[victim] = b"\n".join(lines)
    for name, content in files.items():
        (folder / values[name]).write_bytes(content)
    values |= {f"{part}sha256": file_sha256(folder / values[f"{part}file"]) for part in ("", "red_", "second_")}
    if way == "manifest":
        for name in dice.sample(list(values), dice.randint(1, 4)):
            values[name] = dice.choice(_ODD)
    (folder / "manifest.json").write_text(json.dumps({"classifier": values}), encoding="utf-8")
    return f"{way} {victim}"


def take(folder: str) -> None:
    """Do what choosing the model does, up to an answer; raises the sentence of a refusal."""
    from rbc_desktop.models.choice.choice import ModelChoice, load_classifier
    from rbc_desktop.models.choice.trial import try_model

    try_model("classifier", Path(folder))
    load_classifier(ModelChoice(classifier=Path(folder)), bundled=Path(folder))
