"""Version resource and installer of Windows, bundle entries of macOS: what of them can be checked on any system."""

import plistlib
import re
import runpy
from pathlib import Path

import pytest

from rbc_desktop import RESEARCH_USE_ONLY, __version__

BUILD = Path(__file__).resolve().parents[3] / "build"
WINDOWS = runpy.run_path(str(BUILD / "windows" / "version_info.py"))
MAC = runpy.run_path(str(BUILD / "macos" / "info_plist.py"))


def test_one_version_everywhere():
    assert WINDOWS["project_version"]() == __version__
    changes = (BUILD.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$", changes, re.MULTILINE)
    assert re.findall(r"^## (.+)$", changes, re.MULTILINE)[-len(released) :] == [f"{v} ({day})" for v, day in released]
    assert released[0][0] == __version__
    assert [day for _, day in released] == sorted((day for _, day in released), reverse=True)


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3rc4", (1, 2, 3, 0)), ("1.2.3.4+local.5", (1, 2, 3, 4)),
     ("2.0.dev7", (2, 0, 0, 0))],
)  # fmt: skip
def test_windows_wants_four_numbers(version, numbers):
    assert WINDOWS["version_numbers"](version) == numbers


def test_no_version_is_refused():
    with pytest.raises(ValueError, match="not a version"):
        WINDOWS["version_numbers"]("unknown")


@pytest.mark.parametrize("program", ["rbc-desktop", "rbc-desktop-cli"])
def test_version_resource_is_what_pyinstaller_evaluates(program, tmp_path):
    """PyInstaller evaluates the text with these names; keep what they are called with."""
    made: dict[str, list] = {}

    def taking(name):
        def call(*args, **kwargs):
            made.setdefault(name, []).append((args, kwargs))
            return name

        return call

    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct", "VarFileInfo",
             "VarStruct")  # fmt: skip
    text = WINDOWS["write_version_info"](program, tmp_path / "work").read_text(encoding="utf-8")
    eval(text, {name: taking(name) for name in names})
    strings = dict(args for args, _ in made["StringStruct"])
    assert strings["ProductVersion"] == strings["FileVersion"] == __version__
    assert strings["OriginalFilename"] == f"{program}.exe"
    assert RESEARCH_USE_ONLY in strings["LegalCopyright"]
    assert made["FixedFileInfo"][0][1]["filevers"] == WINDOWS["version_numbers"](__version__)


def test_installer_names_files_that_exist():
    folder = BUILD / "windows"
    script = (folder / "rbc-desktop.iss").read_text(encoding="utf-8")
    named = re.findall(r'(?:LicenseFile|InfoBeforeFile|SetupIconFile)=(\S+)|Source: "(\.\.\\icons\\[^"]+)"', script)
    files = [first or second for first, second in named]
    assert len(files) == 4
    for name in files:
        assert (folder / name.replace("\\", "/")).is_file(), name
    assert __version__ not in script
    assert RESEARCH_USE_ONLY in (folder / "research-use.txt").read_text(encoding="utf-8")


def test_mac_bundle_owns_the_case_type():
    entries = plistlib.loads(plistlib.dumps(MAC["info_plist"](__version__)))
    (exported,) = entries["UTExportedTypeDeclarations"]
    assert exported["UTTypeIdentifier"] in entries["CFBundleDocumentTypes"][0]["LSItemContentTypes"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["rbc"]
    assert (BUILD / "icons" / exported["UTTypeIconFile"]).is_file()
    assert plistlib.loads((BUILD / "macos" / "entitlements.plist").read_bytes())
