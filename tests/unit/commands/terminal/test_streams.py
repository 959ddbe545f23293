"""Standard streams that are closed, full or left: the right status and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rbc_desktop.commands.terminal.streams import screen_problem

ROOT = Path(__file__).resolve().parents[4]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the shell's redirections are POSIX")

PROGRAM = """
import sys
from rbc_desktop.commands.terminal import streams
streams.occupy_standard_streams()
with open(sys.argv[1], "w") as result:
    streams.say("a sentence")
    written = all([streams.answer("line " * 200) for _ in range(200)])
    result.write("result")
sys.exit(streams.leave(0 if written else 1))
"""


def run(redirection, tmp_path):
    """Status, stderr, and what is in the file that the program wrote."""
    result = tmp_path / "result"
    line = f'"$0" -c "$1" "$2" {redirection}'
    command = ["bash", "-o", "pipefail", "-c", line, sys.executable, PROGRAM, str(result)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr, result.read_text()


@pytest.mark.parametrize(
    ("redirection", "status"),
    [
        ("", 0), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0), ("| head -1", 0), (">/dev/full", 1), ("2>/dev/full", 0),
        (">/dev/full 2>/dev/full", 1), (">/dev/full 2>&-", 1),
    ],
)  # fmt: skip
def test_no_traceback_and_the_right_status(tmp_path, redirection, status):
    code, errors, result = run(redirection, tmp_path)
    assert code == status
    assert "Traceback" not in errors
    assert "Exception ignored" not in errors
    assert result == "result"
    if redirection == ">/dev/full":
        assert "The answer can't be written: No space left on device" in errors


def test_a_reader_who_left_is_no_failure(tmp_path):
    assert "can't be written" not in run("| head -1", tmp_path)[1]


@pytest.mark.parametrize(
    ("environment", "platform", "has_display", "words"),
    [
        ({}, "linux", False, "there is no screen"),
        ({"DISPLAY": ":99"}, "linux", False, "the screen :99 doesn't answer"),
        ({"DISPLAY": ":0"}, "linux", True, None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False, None),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False, None),
        ({}, "win32", False, None),
        ({}, "darwin", False, None),
    ],
)
def test_without_a_screen_there_is_a_sentence(environment, platform, has_display, words):
    problem = screen_problem(environment, platform=platform, has_display=has_display)
    assert problem is None if words is None else words in problem


@pytest.mark.skipif(sys.platform != "linux", reason="X servers")
@pytest.mark.parametrize("display", [None, ":98765"])
def test_the_window_says_that_it_has_no_screen(display, tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    environment |= {"RBC_DESKTOP_HOME": str(tmp_path)} | ({} if display is None else {"DISPLAY": display})
    done = subprocess.run(
        [sys.executable, "-m", "rbc_desktop"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("RBC Desktop can't open its window: ")
    assert done.stderr.count("\n") == 1


def test_a_cancelled_run_ends_without_taking_python_apart():
    code = "import atexit; atexit.register(print, 'apart'); from rbc_desktop.commands.terminal import streams; {}"
    for end, said, status in (("streams.end_at_once(130)", "", 130), ("raise SystemExit(130)", "apart\n", 130)):
        done = subprocess.run([sys.executable, "-c", code.format(end)], capture_output=True, text=True)
        assert (done.stdout, done.returncode) == (said, status)
