"""Version resource of the Windows programs, from the version in pyproject.toml. Untested on Windows."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1,
                    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'RBC Desktop contributors'),
      StringStruct('FileDescription', 'RBC Desktop - {description}'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', '{program}'),
      StringStruct('LegalCopyright', 'MIT licence. For Research Use Only. Not for use in diagnostic procedures.'),
      StringStruct('OriginalFilename', '{program}.exe'),
      StringStruct('ProductName', 'RBC Desktop'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])])
  ]
)
"""

DESCRIPTIONS = {"rbc-desktop": "red cells in blood-smear images", "rbc-desktop-cli": "command line"}


def project_version() -> str:
    """The version of pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """Windows' four numbers of a version; a suffix such as ``rc1`` is left out, missing ones are 0.

    Raises:
        ValueError: when the version does not begin with numbers.
    """
    numbers = []
    for part in version.split("+")[0].split(".")[:4]:
        digits = part[: next((i for i, letter in enumerate(part) if not letter.isdigit()), len(part))]
        if not digits:
            break
        numbers.append(int(digits))
        if digits != part:
            break
    if not numbers:
        raise ValueError(f"'{version}' is not a version")
    first, second, third, fourth = [*numbers, 0, 0, 0][:4]
    return first, second, third, fourth


def version_text(program: str, *, version: str) -> str:
    """The resource of one of `DESCRIPTIONS`, in the form that PyInstaller reads."""
    return _TEXT.format(
        numbers=version_numbers(version), version=version, program=program, description=DESCRIPTIONS[program]
    )


def write_version_info(program: str, folder: Path) -> Path:
    """Write the resource's text into a folder, for the spec; returns the file."""
    target = folder / f"{program}-version.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(version_text(program, version=project_version()), encoding="utf-8")
    return target
