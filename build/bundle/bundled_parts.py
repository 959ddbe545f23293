"""List everything inside a frozen folder: the page `_internal/licences.txt` and `sbom.cdx.json`.

    .venv/bin/python build/bundle/bundled_parts.py dist/rbc-desktop

Run by make_exe.py before the checksums are written, with the environment that built the folder. It stops when a file
belongs to no part, when a part has no licence text, or when its licence would apply to the whole application.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bill_of_materials import Listed, bill_of_materials
from file_owners import INTERNAL, Owners, is_written
from fixed_files import files_in
from licence_rules import problem
from wheel_libraries import libraries_inside

from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.parts import PAGE_FILE, Part, licences_page

BILL = "sbom.cdx.json"


def find_files(owners: Owners) -> dict[Part, list[str]]:
    """The files of every part, by path inside the folder; symbolic links belong to the part of their target.

    Raises:
        SystemExit: naming the files that no part owns.
    """
    found: defaultdict[Part, list[str]] = defaultdict(list)
    strangers = []
    for path in (file.as_posix() for file in files_in(owners.folder)):
        if is_written(path) or (owners.folder / path).is_symlink():
            continue
        owner = owners.owner_of(path)
        if owner is None:
            strangers.append(path)
        else:
            found[owner].append(path)
        inside = path.removeprefix(f"{INTERNAL}/")
        for library in libraries_inside(inside):
            found[owners.wheel_library(library, inside)].append(path)
    if strangers:
        raise SystemExit(
            "These files belong to no known part; add it to build/bundle/file_owners.py:\n" + "\n".join(strangers)
        )
    return dict(found)


def check(parts: Sequence[Part]) -> None:
    """Every part may be given away with the application, and its licence text is there.

    Raises:
        SystemExit: naming each part that doesn't fit, and why.
    """
    faults = [f"{part.title}: {fault}" for part in parts if (fault := problem(part.licence))]
    faults += [f"{part.title}: no licence text" for part in parts if not part.text.strip()]
    if faults:
        raise SystemExit("These parts can't go into the folder as they are:\n" + "\n".join(sorted(faults)))


def set_digest(sums: Mapping[str, str]) -> str:
    """The hash of one file; of several that of their lines in SHA256SUMS, sorted by path."""
    if len(sums) == 1:
        return next(iter(sums.values()))
    lines = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums))
    return hashlib.sha256(lines.encode()).hexdigest()


def describe(folder: Path) -> list[Listed]:
    """Every part with its files, checked, in order."""
    found = find_files(Owners(folder))
    check(list(found))
    listed = []
    for part, files in found.items():
        sums = {path: sha256_of(folder / path) for path in files}
        listed.append(Listed(part, set_digest(sums), tuple(sorted(files))))
    return sorted(listed, key=lambda one: one.part.order)


def write_list(folder: Path, listed: Sequence[Listed], *, timestamp: int) -> None:
    """Write the licences page and the bill of materials, replacing those of an earlier run."""
    page = licences_page(one.part for one in listed)
    bill = bill_of_materials(listed, timestamp=timestamp)
    for path, text in ((folder / INTERNAL / PAGE_FILE, page), (folder / BILL, bill)):
        path.unlink(missing_ok=True)  # never write into a file that another folder may share
        path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Command line."""
    from make_exe import commit_time

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the frozen folder, with `_internal` inside")
    folder = parser.parse_args().folder.resolve()
    listed = describe(folder)
    write_list(folder, listed, timestamp=commit_time())
    print(f"{len(listed)} parts, {sum(len(one.paths) for one in listed)} files: {BILL}, {INTERNAL}/{PAGE_FILE}")


if __name__ == "__main__":
    main()
