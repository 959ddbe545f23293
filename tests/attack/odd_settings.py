"""Kind: settings, and lists of the laboratory beside them, of any content; the window opens whatever they say."""

from __future__ import annotations

import gc
import json
import os
import random
from pathlib import Path
from typing import Any

from tests.attack.child import ChildAttack, Outcome

NAME = "settings"
TRIES = 200

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**400, float("nan"), float("inf"), "", "x", "\0", "a\0b", "\ud800", "\udcff",
    "x" * 10**6, "/dev/zero", "/", "..", "//server/share", "C:\\NUL", "AAAA", "AdnQywADAAAA", "dark", "cuda", [], {},
    [""], ["\0"], ["x"] * 10**5, [None], {"a": 1}, ["/dev/zero", "\ud800.rbc"],
)  # fmt: skip


class Attack(ChildAttack):
    """One home whose settings change with each try; the window starts, so a sentence instead is a fault."""

    function = "start"

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        home = self._folder / "home"
        (home / "config").mkdir(parents=True, exist_ok=True)
        how, content = _content(dice)
        (home / "config" / "settings.json").write_bytes(content)
        for name, kind, good in _LISTS:
            (home / "config" / name).write_bytes(_list(dice, kind=kind, good=good))
        return how, home

    def _judged(self, how: str, outcome: Outcome) -> Outcome:
        del how
        return Outcome.TRACEBACK if outcome is Outcome.SENTENCE else outcome


def _content(dice: random.Random) -> tuple[str, bytes]:
    from rbc_desktop.storage.laboratory.settings import Settings

    way = dice.choice(["values", "values", "values", "bytes", "nested", "not an object"])
    if way == "values":
        names = dice.sample(list(Settings.__dataclass_fields__), dice.randint(1, 6))
        stored = {name: dice.choice(_ODD) for name in names}
        return json.dumps(stored)[:200], json.dumps(stored).encode()
    if way == "bytes":
        return way, dice.randbytes(dice.randrange(2000))
    if way == "nested":
        depth = dice.choice([100, 10_000, 200_000])
        return way, b'{"theme": ' + b"[" * depth + b"]" * depth + b"}"
    return way, json.dumps(dice.choice(_ODD)).encode()


_FILM = {"case": "a", "name": "n", "instrument": "i", "time": "2026-03-02T10:00:00+00:00", "values": {"pallor": 0.3}}
_SAMPLE = {"case": "a", "added": "2026-03-01", "operator": "", "cells": 100, "profiles": {"pallor": [0.3] * 7}}
_LISTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("control_films.json", "rbc-desktop control films", _FILM),
    ("reference_samples.json", "rbc-desktop reference samples", _SAMPLE),
)


def _list(dice: random.Random, *, kind: str, good: dict[str, Any]) -> bytes:
    """A list with odd values in an entry, of another form, or of bytes."""
    way = dice.choice(["values", "values", "form", "bytes", "nested"])
    if way == "values":
        entry = {**good, dice.choice(list(good)): dice.choice(_ODD)}
        return json.dumps({"format": kind, "version": 1, "entries": [good, entry]}).encode()
    if way == "form":
        return json.dumps({"format": kind, "version": dice.choice(_ODD), "entries": dice.choice(_ODD)}).encode()
    if way == "nested":
        return b"[" * 100_000
    return dice.randbytes(dice.randrange(2000))


def start(home: str) -> None:
    """Open the window without its models, show it, store its settings, and close it."""
    os.environ["RBC_DESKTOP_HOME"] = home
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from rbc_desktop.commands.desktop import assembly

    app = QApplication.instance() or QApplication([])
    window = assembly.build_window(app)
    window.show()
    app.processEvents()
    window.close()
    assembly.close_down(window)
    window.deleteLater()
    del window
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else hundreds of windows would lie in this process
    gc.collect()
