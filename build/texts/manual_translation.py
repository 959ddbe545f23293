"""Is the German manual that of the English one? ``.venv/bin/python build/texts/manual_translation.py``.

The last line of each German page names the English page that it translates, and the beginning of its SHA-256. A page
whose English text has changed since is named; after the German one was brought up to date, ``--write`` renews the line.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

ENGLISH = Path(__file__).resolve().parents[2] / "docs" / "manual"
GERMAN = ENGLISH / "de"
_SOURCE = re.compile(r"^\[english\]: <([\w-]+\.md)> \((\w*)\)$", re.MULTILINE)


def digest(page: Path) -> str:
    """What stands for the text of an English page, the same for every line end."""
    text = page.read_text(encoding="utf-8")
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def outdated(english: Path = ENGLISH, german: Path = GERMAN) -> list[str]:
    """Names of the pages that one of the folders lacks, or whose English text isn't the one that was translated."""
    names = {path.name for folder in (english, german) for path in folder.glob("*.md")}
    return sorted(name for name in names if _translated(german / name) != _present(english / name))


def _translated(page: Path) -> str:
    """The digest that a German page names, "" for none."""
    found = _SOURCE.search(page.read_text(encoding="utf-8")) if page.is_file() else None
    return found[2] if found and found[1] == page.name else ""


def _present(page: Path) -> str:
    return digest(page) if page.is_file() else "missing"


def renew(name: str, english: Path = ENGLISH, german: Path = GERMAN) -> None:
    """Write into a German page that it translates the English one as it is now."""
    page = german / name
    kept = _SOURCE.sub("", page.read_text(encoding="utf-8")).rstrip()
    page.write_text(f"{kept}\n\n[english]: <{name}> ({digest(english / name)})\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Name the outdated pages, or renew their lines; returns the exit status."""
    found = outdated()
    for name in found:
        both = (ENGLISH / name).is_file() and (GERMAN / name).is_file()
        if both and "--write" in arguments:
            renew(name)
            print(f"{name}: renewed")
        else:
            print(f"{name}: " + ("the English page has changed" if both else "in one of the manuals only"))
    return int(bool(set(outdated())))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
