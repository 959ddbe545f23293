"""What a smoke run must and must not leave behind: pure functions over texts and files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

RESEARCH_USE_ONLY = "For Research Use Only"
FIRST_COLUMNS = [
    "image", "cell", "x", "y", "x0", "y0", "x1", "y1", "area_px", "score", "class", "class_probability",
    "needs_review", "touches_border",
]  # fmt: skip

KEY_NUMBERS = re.compile(
    r"(\d+)\s+(\d+)\s+\d+ of (\d+)\s+\d+\s+(?:(\d+)\s+)?\d+\s+"
    r"red cells classified\s+not red cells\s+reviewed by a person"
)
"""The first page's numbers: red cells, other cells, all cells, and those not assessable where there are any; a row of a
table is a line a value."""

OF_THE_FILE = {"image", "cell", "image_sha256", "remarks"}
"""Columns that differ between files with the same pixels."""

SYSTEM_LIBRARIES = re.compile(
    r"linux-vdso|ld-linux|lib(c|m|dl|rt|pthread)\.so"  # glibc
    r"|lib(GL|EGL|GLX|GLdispatch)\.so|libxcb\.so|libwayland-(client|cursor|egl)\.so"  # graphics driver, X11, Wayland
)
"""What the folder may ask of the system: these must fit the kernel, the graphics driver or the display server."""

COMPLAINTS = re.compile(
    r"Traceback|Error:| (ERROR|CRITICAL) |Segmentation fault|Aborted|Fatal Python error"
    r"|cannot open shared object|undefined symbol|could not load the Qt platform plugin",
    re.IGNORECASE,
)


class SmokeError(Exception):
    """One sentence that says what failed."""


def complaint(text: str) -> str | None:
    """What an output or log says that no good run says: the end of a traceback, else the first such line, or None."""
    lines = text.splitlines()
    bad = [number for number, line in enumerate(lines) if COMPLAINTS.search(line)]
    for number in bad:
        if lines[number].startswith("Traceback"):
            return next((line for line in lines[number + 1 :] if not line.startswith(" ")), lines[number])
    return lines[bad[0]].strip() if bad else None


def network_attempts(trace: str) -> list[str]:
    """Lines of a trace of `socket` calls in which a program asked for anything but a socket of this computer."""
    asked = (re.search(r"\bsocket\((\w+)", line) for line in trace.splitlines())
    return [match.string for match in asked if match and match[1] not in ("AF_UNIX", "AF_NETLINK")]


def programs_started(trace: str) -> set[str]:
    """Paths of the programs in a trace of `execve` calls, also of those that were not found."""
    quoted = re.findall(r'\bexecve\("((?:[^"\\]|\\.)*)"', trace)
    return {text.encode().decode("unicode_escape").encode("latin-1").decode() for text in quoted}


def runs_of_itself(trace: str, program: Path) -> int:
    """How often a trace of `execve` calls has this program started, itself included."""
    quoted = re.findall(r'\bexecve\("((?:[^"\\]|\\.)*)".*= 0$', trace, re.MULTILINE)
    names = [text.encode().decode("unicode_escape").encode("latin-1").decode() for text in quoted]
    return names.count(str(program))


def foreign_libraries(ldd: str, folder: Path) -> set[str]:
    """Names of libraries that `ldd` finds outside the folder, or nowhere, and that a computer need not have."""
    found = (re.match(r"\s+(\S+)(?: => (not found|/.*?))?(?: \(0x|$)", line) for line in ldd.splitlines())
    asked = {(match[1], match[2] or match[1]) for match in found if match}
    outside = {name for name, path in asked if not path.startswith(f"{folder}/")}
    return {name for name in outside if not SYSTEM_LIBRARIES.match(Path(name).name)}


def needed_glibc(readelf: str) -> str:
    """The newest version of glibc that `readelf -V` names, such as "2.36"; the system must have it or a later one."""
    named: list[str] = re.findall(r"\bGLIBC_(\d+\.\d+)", readelf)
    return max(named, key=lambda version: [*map(int, version.split("."))])


def check_csv(path: Path, *, cells: int) -> list[dict[str, str]]:
    """The rows of a `cells.csv`.

    Raises:
        SmokeError: when it has other columns, or not this many cells with values and the notice.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    if columns[: len(FIRST_COLUMNS)] != FIRST_COLUMNS:
        raise SmokeError(f"{path.name} begins with the columns {', '.join(columns[: len(FIRST_COLUMNS)])}")
    if len(rows) != cells:
        raise SmokeError(f"{path.name} has {len(rows)} cells instead of {cells}")
    for row in rows:
        named = row["class"] or row["counted"] == "false" or row.get("not_assessable")  # the others have no class
        if not (float(row["area_px"] or 0) > 0 and named and RESEARCH_USE_ONLY in row.get("notice", "")):
            raise SmokeError(f"{path.name}: cell {row['cell']} lacks its area, its class or the notice")
    return rows


def check_pictures(rows: Sequence[Mapping[str, str]], *, pictures: Iterable[str], alike: Sequence[str]) -> None:
    """Check the rows of several files of one picture.

    Args:
        rows: of `cells.csv`.
        pictures: names of all files, in each of which there are cells.
        alike: names of those that hold the very same pixels, so that the same is measured in them.

    Raises:
        SmokeError: when a file has no cells, or other ones than the files with the same pixels.
    """
    found: dict[str, list[list[str]]] = {name: [] for name in pictures}
    for row in rows:
        found[row["image"]].append([value for name, value in row.items() if name not in OF_THE_FILE])
    for name, cells in found.items():
        if not cells:
            raise SmokeError(f"no cell is found in {name}")
        if name in alike and cells != found[alike[0]]:
            raise SmokeError(f"{name} gives other cells than {alike[0]}, which holds the same pixels")


def check_pdf_text(name: str, pages: Sequence[str], *, cells: int, counted: int) -> None:
    """Check the text of a report's pages.

    Args:
        name: of the file.
        pages: their texts.
        cells: that the report is about.
        counted: those of them that are not cut by the edge.

    Raises:
        SmokeError: when a page lacks the research-use line, or the first gives other numbers of cells.
    """
    for number, text in enumerate(pages, start=1):
        if RESEARCH_USE_ONLY not in text:
            raise SmokeError(f"page {number} of {name} does not say '{RESEARCH_USE_ONLY}'")
    found = KEY_NUMBERS.search((pages[0] if pages else "").replace(",", ""))
    given = (int(found[1]) + int(found[2]) + int(found[4] or 0), int(found[3])) if found else None
    if given != (counted, cells):
        told = f"{given[0]} of {given[1]}" if given else "nothing"
        raise SmokeError(f"{name} counts {told} instead of {counted} of {cells} cells")


def differences(first: Path, second: Path, names: Iterable[str]) -> str | None:
    """How files of the same names in two folders differ, in one sentence; None when every byte is the same."""
    for name in names:
        one, two = (first / name).read_bytes(), (second / name).read_bytes()
        if one != two:
            return f"{name} differs" + (f": {masks_that_differ(one, two)}" if name.endswith(".json") else "")
    return None


def masks_that_differ(first: bytes, second: bytes) -> str:
    """Which masks of two COCO files differ, in words."""
    one, two = ({a["id"]: a for a in json.loads(text)["annotations"]} for text in (first, second))
    other = [number for number in sorted(one.keys() | two.keys()) if _mask(one, number) != _mask(two, number)]
    return f"{len(other)} of {max(len(one), len(two))} masks" + (f", the first is cell {other[0]}" if other else "")


def _mask(annotations: dict[int, dict[str, Any]], number: int) -> Any:
    return annotations.get(number, {}).get("segmentation")


def check_bill(bill: str, page: str) -> int:
    """How many parts a CycloneDX bill of materials names, and that the page of licences names the same.

    Raises:
        SmokeError: when it doesn't, or when a part has no hash or no licence.
    """
    document = json.loads(bill)
    components = [document["metadata"]["component"], *document["components"]]
    if not page.startswith(f"RBC Desktop is made of {len(components)} parts."):
        raise SmokeError(f"the page of licences lists other parts than the {len(components)} of the bill of materials")
    for component in components:
        title = f"{component['name']} {component.get('version', '')}".rstrip()
        if page.count(title) < 2:
            raise SmokeError(f"there is no licence text for {title}")
        for kind in ("hashes", "licenses"):
            if not component.get(kind):
                raise SmokeError(f"the bill of materials has no {kind} for {title}")
    return len(components)
