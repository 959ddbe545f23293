"""The Linux desktop's files: quoting, installing for one user, file type, and taking it back."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rbc_desktop.storage.case.versions.schema import APPLICATION_ID, create_tables

ROOT = Path(__file__).resolve().parents[3]
DESKTOP = ROOT / "build" / "desktop"
TOOLS = ("desktop-file-validate", "update-mime-database", "update-desktop-database", "xdg-mime", "gio")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files of the Linux desktop")

FOLDERS = [
    "plain",
    "two words",
    "Проба – Größe",
    "a$HOME`b`",
    'say "cell"',
    "back\\slash",
    "it's; (a & b)",
]


def needs_tools() -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def shell(script: str, *arguments: str) -> str:
    """Run with the functions of install.sh."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "RBC_INSTALL_AS_LIBRARY": "1"}
    command = ["sh", "-c", f'. "{DESKTOP}/install.sh"; {script}', "sh", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def undone_string(value: str) -> str:
    """The general escapes of a desktop entry's value, undone."""
    return value.replace("\\\\", "\\")


def undone_exec(value: str) -> list[str]:
    """The command line that an Exec value means, by the specification: the general escapes, then quoting."""
    arguments, inside, current = [], False, None
    letters = iter(undone_string(value))
    for letter in letters:
        if inside and letter == "\\":
            current = (current or "") + next(letters)
        elif letter == '"':
            inside, current = not inside, current or ""
        elif letter == " " and not inside:
            arguments += [] if current is None else [current]
            current = None
        else:
            current = (current or "") + letter
    arguments += [] if current is None else [current]
    return arguments


def values(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


@pytest.mark.parametrize("folder", FOLDERS)
def test_exec_survives_every_folder_name(folder):
    program = f"/opt/{folder}/rbc-desktop"
    assert undone_exec(shell('exec_value "$1"', program) + " %F") == [program, "%F"]
    assert undone_string(shell('string_value "$1"', program)) == program


def test_quoting_of_the_specification():
    """The specification's own rule: a literal backslash in a quoted argument is four, a dollar sign two and itself."""
    assert shell('exec_value "$1"', "/a\\b$c") == '"/a\\\\\\\\b\\\\$c"'


def test_file_type_names_what_the_case_file_writes(tmp_path):
    tree = ElementTree.parse(DESKTOP / "rbc-desktop.xml")
    name = "{http://www.freedesktop.org/standards/shared-mime-info}match"
    magic = {int(m.get("offset")): m.get("value") for m in tree.iter(name)}
    assert magic[68].encode() == APPLICATION_ID.to_bytes(4, "big")
    connection = sqlite3.connect(tmp_path / "case.rbc")
    create_tables(connection)
    connection.close()
    head = (tmp_path / "case.rbc").read_bytes()
    for offset, value in magic.items():
        expected = value.replace("\\0", "\0").encode()
        assert head[offset : offset + len(expected)] == expected
    assert values(DESKTOP / "rbc-desktop.desktop")["MimeType"] == "application/x-rbc-case;"


@pytest.fixture(params=["two words – Größe", "a$b (it's) 5"])
def home(request, tmp_path):
    return make_home(tmp_path, request.param)


def make_home(place: Path, folder: str) -> tuple[Path, Path]:
    """A fresh home, and a program that tells what it is opened with, in a folder with an awkward name."""
    program = place / folder / "rbc-desktop"
    shutil.copytree(DESKTOP, program.parent / "desktop")
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$HOME/opened"\n')
    program.chmod(0o755)
    home = place / "home"
    home.mkdir()
    return home, program


def run(script: str, home: Path, program: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program.parent / "desktop" / script)], env=environment(home), check=True, capture_output=True, text=True
    )


def environment(home: Path) -> dict[str, str]:
    # Without a desktop's name xdg-mime asks file(1), which knows no .rbc; with this one it asks the MIME database.
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "XDG_CURRENT_DESKTOP": "GNOME"}


def asked(home: Path, *command: str) -> str:
    done = subprocess.run(command, env=environment(home), check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_install_twice_and_take_back(home):
    home, program = home
    for _ in range(2):
        run("install.sh", home, program)
    share = home / ".local" / "share"
    entry = values(share / "applications" / "rbc-desktop.desktop")
    assert undone_exec(entry["Exec"]) == [str(program), "%F"]
    assert undone_string(entry["TryExec"]) == str(program)
    assert (share / "icons/hicolor/48x48/apps/rbc-desktop.png").is_file()
    assert (share / "icons/hicolor/scalable/mimetypes/application-x-rbc-case.svg").is_file()
    run("uninstall.sh", home, program)
    left = [p for p in home.rglob("*") if p.is_file() and "rbc" in p.name]
    assert left == []
    run("uninstall.sh", home, program)


def test_desktop_tools_agree(home, tmp_path):
    needs_tools()
    home, program = home
    run("install.sh", home, program)
    subprocess.run(["desktop-file-validate", home / ".local/share/applications/rbc-desktop.desktop"], check=True)
    case, renamed = tmp_path / "a case.rbc", tmp_path / "without ending"
    connection = sqlite3.connect(case)
    create_tables(connection)
    connection.close()
    shutil.copyfile(case, renamed)
    assert asked(home, "xdg-mime", "query", "default", "application/x-rbc-case") == "rbc-desktop.desktop"
    for path in (case, renamed):
        assert asked(home, "xdg-mime", "query", "filetype", str(path)) == "application/x-rbc-case"
        told = asked(home, "gio", "info", "-a", "standard::icon", str(path))
        assert "application-x-rbc-case" in told
    run("uninstall.sh", home, program)
    assert asked(home, "xdg-mime", "query", "default", "application/x-rbc-case") == ""
    assert asked(home, "xdg-mime", "query", "filetype", str(case)) != "application/x-rbc-case"


def test_double_click_starts_the_program_with_the_case(tmp_path):
    """What a desktop does with the entry: GLib parses Exec and starts the program, for every folder name."""
    needs_tools()
    case = tmp_path / "Fall 7 – ä.rbc"
    case.touch()
    for folder in FOLDERS:
        home, program = make_home(tmp_path / folder, folder)
        run("install.sh", home, program)
        entry = home / ".local/share/applications/rbc-desktop.desktop"
        subprocess.run(["desktop-file-validate", entry], check=True)
        pipe = home / "opened"
        os.mkfifo(pipe)
        # No pipes: the program holds them open until it was read.
        subprocess.run(["gio", "launch", entry, case], env=environment(home), check=True, stdout=subprocess.DEVNULL)
        assert pipe.read_text() == f"{case}\n", folder


def test_other_associations_of_the_user_stay(home):
    home, program = home
    chosen = home / ".config" / "mimeapps.list"
    chosen.parent.mkdir()
    chosen.write_text("[Default Applications]\nimage/png=viewer.desktop\napplication/x-rbc-case=rbc-desktop.desktop\n")
    run("uninstall.sh", home, program)
    assert chosen.read_text() == "[Default Applications]\nimage/png=viewer.desktop\n"


def test_a_missing_program_is_one_sentence(tmp_path):
    shutil.copytree(DESKTOP, tmp_path / "desktop")
    done = subprocess.run(
        [tmp_path / "desktop" / "install.sh"], env=environment(tmp_path), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "name it: ./install.sh" in done.stderr
    assert not (tmp_path / ".local").exists()


@pytest.mark.parametrize("folder", ["a=b", "100 %", "two\nlines"])
def test_a_folder_that_no_menu_can_name_is_refused(tmp_path, folder):
    home, program = make_home(tmp_path, folder)
    done = subprocess.run(
        [program.parent / "desktop" / "install.sh"], env=environment(home), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "rename it" in done.stderr
    assert not (home / ".local").exists()


def test_scripts_are_plain_posix_shell():
    for script in DESKTOP.glob("*.sh"):
        assert os.access(script, os.X_OK), script.name
        subprocess.run(["sh", "-n", str(script)], check=True)
        if shutil.which("shellcheck"):
            done = subprocess.run(["shellcheck", "-s", "sh", str(script)], capture_output=True, text=True)
            assert done.returncode == 0, shlex.join(["shellcheck", script.name]) + "\n" + done.stdout
