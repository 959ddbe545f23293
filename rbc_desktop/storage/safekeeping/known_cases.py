"""What this computer knows of the cases that were open on it: a small private file each, for the list of recent cases.

A list that opened every case would wait for drives that are gone, take locks and trust files from anywhere. So the
window writes down what it shows of a case while it has it open. Nothing is lost with such a file but a line of a list.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import logging
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import cv2
import numpy as np

from ...domain.sample.sign_off import CaseState
from ...files import replace_atomically
from ...ports import RgbImage
from ..case.values.case_values import choice, text, whole
from ..paths import data_folder, make_private

MOST_KNOWN = 60
"""Cases with a name that are known; the ones that were open longest ago are forgotten. Unsaved ones never are."""

MOST_BYTES = 300_000
LONGEST_NAME = 2_000
SIDE_PX = 192
"""Longest side of a thumbnail; shown at half of it, so it stays sharp at 200 %."""

_PNG_BEGIN = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

_NOT_READABLE = (OSError, ValueError, TypeError, KeyError, RecursionError, MemoryError)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class KnownCase:
    """A case as it was when a window of this computer had it open last.

    Attributes:
        path: its file, absolute.
        used: when that was, with its time zone.
        sample_id: as typed, or empty.
        state: of its report.
        image: name of its first image, or empty.
        fields, cells: how many.
        to_review: cells that need review, None where unknown.
        has_identity: it holds a patient's data, or nobody knows.
        thumbnail: ``(h, w, 3)`` uint8 RGB of the first image, sides at most `SIDE_PX`; None where unknown.
    """

    path: Path
    used: datetime
    sample_id: str = ""
    state: CaseState = "draft"
    image: str = ""
    fields: int = 0
    cells: int = 0
    to_review: int | None = None
    thumbnail: RgbImage | None = None
    has_identity: bool = True


def remember(case: KnownCase) -> None:
    """Write down what is known of a case; a thumbnail that was known stays where there is no newer one.

    Raises:
        OSError: when the user's data folder can't be written to.
    """
    file = _file_of(case.path)
    if case.thumbnail is None:
        with contextlib.suppress(*_NOT_READABLE):
            case = replace(case, thumbnail=_read(file).thumbnail)
    values = {
        "path": os.fspath(case.path), "used": case.used.isoformat(), "sample_id": case.sample_id[:LONGEST_NAME],
        "state": case.state, "image": case.image[:LONGEST_NAME], "fields": case.fields, "cells": case.cells,
        "to_review": case.to_review, "thumbnail": _encoded(case.thumbnail),
        "has_identity": case.has_identity,
    }  # fmt: skip
    with replace_atomically(file, private=True) as temporary:
        temporary.write_text(json.dumps(values, ensure_ascii=True), encoding="ascii")


def known_cases() -> list[KnownCase]:
    """What is known, the case that was open last first; what isn't readable is passed over.

    Not for the GUI thread.
    """
    found = []
    for file in _folder().glob("*.json"):
        try:
            found.append(_read(file))
        except _NOT_READABLE as error:
            _log.info("A known case is passed over: %s", type(error).__name__)
    return sorted(found, key=lambda case: case.used, reverse=True)


def forget(paths: Iterable[Path]) -> None:
    """Take cases off the list; their files stay as they are."""
    for path in paths:
        with contextlib.suppress(OSError):
            _file_of(path).unlink(missing_ok=True)


def _folder() -> Path:
    return make_private(data_folder() / "cases")


def _file_of(path: Path) -> Path:
    return _folder() / f"{hashlib.sha256(os.fsencode(path)).hexdigest()[:24]}.json"


def _read(file: Path) -> KnownCase:
    """One case.

    Raises:
        OSError, ValueError, TypeError, KeyError: when the file isn't what `remember` wrote.
    """
    status = file.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
        raise ValueError("no file of a known case")
    values = json.loads(file.read_text(encoding="ascii"))
    path = Path(text(values["path"], "path", longest=LONGEST_NAME * 4))
    used = datetime.fromisoformat(text(values["used"], "used", longest=40))
    if used.tzinfo is None or not path.is_absolute() or _file_of(path) != file:
        raise ValueError("no file of this case")
    to_review = values["to_review"]
    return KnownCase(
        path=path,
        used=used,
        sample_id=text(values["sample_id"], "sample_id", longest=LONGEST_NAME),
        state=choice(values["state"], "state", get_args(CaseState)),
        image=text(values["image"], "image", longest=LONGEST_NAME),
        fields=whole(values["fields"], "fields"),
        cells=whole(values["cells"], "cells"),
        to_review=None if to_review is None else whole(to_review, "to_review"),
        thumbnail=_decoded(values["thumbnail"]),
        has_identity=values.get("has_identity") is not False,
    )


def _encoded(thumbnail: RgbImage | None) -> str:
    """PNG bytes as text, "" without a picture."""
    if thumbnail is None or max(thumbnail.shape[:2]) > SIDE_PX:
        return ""
    done, data = cv2.imencode(".png", cv2.cvtColor(thumbnail, cv2.COLOR_RGB2BGR))
    return base64.b64encode(data.tobytes()).decode("ascii") if done else ""


def _decoded(value: Any) -> RgbImage | None:
    """``(h, w, 3)`` uint8 RGB, or None without a picture.

    Raises:
        ValueError: when the text isn't what `_encoded` made.
    """
    try:
        data = base64.b64decode(text(value, "thumbnail", longest=MOST_BYTES), validate=True)
    except binascii.Error as error:
        raise ValueError("no thumbnail") from error
    if not data:
        return None
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if not data.startswith(_PNG_BEGIN) or not (0 < width <= SIDE_PX and 0 < height <= SIDE_PX):
        raise ValueError("no small PNG picture")
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise ValueError("a damaged PNG picture") from error
    if picture is None:
        raise ValueError("a damaged PNG picture")
    return np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)
