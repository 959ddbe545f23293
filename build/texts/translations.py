"""Qt Linguist's catalogues: ``.venv/bin/python build/texts/translations.py``, or ``make translations``.

``lupdate`` brings each ``.ts`` up to date with the sources, ``lrelease`` compiles it to the ``.qm`` beside it. Both
come with PySide6.
Texts are translated in the ``.ts`` files, with Qt Linguist (``.venv/bin/pyside6-linguist``) or any editor.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
PACKAGE = ROOT / "rbc_desktop"

CATALOGUES = {"window": ("ui",), "reports": ("reports",)}
"""Folders of the package by catalogue; everything else goes to `messages`."""

OTHERS = "messages"

ALIASES = "tr+=mark,tr+=plural,tr+=mark_plural,tr+=template"
"""``plural(one, many, count)`` reads as Qt's ``tr(source, comment, n)``: the plural is the comment. So does
``template(one, many, "count")``."""


def sources(catalogue: str) -> list[Path]:
    """The modules whose sentences are in a catalogue, sorted."""
    folders = {folder: name for name, listed in CATALOGUES.items() for folder in listed}
    modules = sorted(PACKAGE.rglob("*.py"))
    return [path for path in modules if folders.get(path.relative_to(PACKAGE).parts[0], OTHERS) == catalogue]


def extract(catalogue: str, target: Path) -> None:
    """Bring a ``.ts`` file up to date with the sources; what is new is unfinished, what is gone goes."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "sources.lst")
        listed.write_text("\n".join(str(path) for path in sources(catalogue)), encoding="utf-8")
        _run(
            "lupdate", f"@{listed}", "-ts", str(target), "-tr-function-alias", ALIASES, "-source-language", "en",
            "-target-language", "de", "-locations", "none", "-sort-messages", "-no-obsolete", "-silent",
        )  # fmt: skip


def compiled(source: Path, target: Path) -> None:
    """Compile a ``.ts`` file to a ``.qm`` file."""
    _run("lrelease", str(source), "-qm", str(target), "-silent")


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Update and compile every catalogue, and say how much is left to translate; returns the exit status."""
    for catalogue in (*CATALOGUES, OTHERS):
        source = FOLDER / f"{catalogue}_de.ts"
        extract(catalogue, source)
        compiled(source, source.with_suffix(".qm"))
        left = source.read_text(encoding="utf-8").count('type="unfinished"')
        print(f"{source.relative_to(ROOT)}: {left} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
