"""The measured values that documents quote: ``docs/measured.json``, written by the commands that measure.

One section per command, each with its command, date and kind of machine. ``build/texts/quoted_numbers.py`` compares the
documents with it and mends them.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "docs" / "measured.json"


def machine_class() -> str:
    """The kind of machine: processor, cores, graphics card."""
    import torch

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    card = torch.cuda.get_device_name() if torch.cuda.is_available() else "no graphics card"
    return f"{platform.machine()}, {cores} cores, {card}"


def record(
    section: str,
    values: Mapping[str, float],
    *,
    command: str,
    noise: Mapping[str, float] | None = None,
    tables: Mapping[str, Sequence[str]] | None = None,
    machine: str | None = None,
    file: Path = FILE,
) -> None:
    """Store the values of one command; the other sections stay as they are.

    Args:
        section: the command's section; values and tables that this run did not measure keep their last result.
        values: by name; unit and meaning are in the name.
        command: what to run to measure them again.
        noise: by the same names, half the interval within which a value lies by chance.
        tables: Markdown rows that the command printed, by part; documents hold them word for word.
        machine: what they were measured on; this machine when None.
        file: the JSON file.
    """
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    before = content.get(section, {})
    content[section] = {
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine or machine_class(),
        "values": {**before.get("values", {}), **values},
    }
    if known := {**before.get("noise", {}), **(noise or {})}:
        content[section]["noise"] = known
    if kept := {**before.get("tables", {}), **{part: list(rows) for part, rows in (tables or {}).items()}}:
        content[section]["tables"] = kept
    part = file.with_suffix(".json.part")
    part.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(file)
