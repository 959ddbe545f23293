"""Shared by every test: own user folders, no network, and where the real data lies."""

import gc
import os
import socket
from pathlib import Path

import pytest

from rbc_desktop.commands.terminal import catalogues
from rbc_desktop.language import speak
from tests.leftovers import Before, collect_what_is_due, let_go_of_keys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME"):
    os.environ.pop(variable, None)
os.environ["LANG"] = "C.UTF-8"
"""Tests, and the programs that they start, speak English wherever they run; German is asked for (`german`)."""

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True, scope="session")
def garbage_is_collected_on_this_thread():
    """As in the application (`GuiCollector`): widgets in cycles never die on a thread of Qt's.

    Python collects on whichever thread allocates; in window tests that was Qt's in four of ten collections, and twice
    a whole run ended by SIGSEGV in a later one.
    """
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_behind():
    """A test fails that leaves a thread or timer running, or a window that was not deleted."""
    before = Before()
    yield
    collect_what_is_due()
    if left := before.leftovers():
        pytest.fail("The test leaves behind:\n" + "\n".join(left))


@pytest.fixture(autouse=True)
def no_key_stays_down():
    """Qt keeps Ctrl or Shift of the last key that a test sent: the next test would add to a selection with them."""
    yield
    let_go_of_keys()


@pytest.fixture(autouse=True)
def own_user_folders(tmp_path_factory, monkeypatch):
    """Settings, logs and unsaved cases of a test never touch those of the person who runs it."""
    monkeypatch.setenv("RBC_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """The application never connects to anything; a test in which it tries fails."""

    def refuse(self, address):
        raise AssertionError(f"connection attempt to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def german():
    """German from the compiled catalogues, below the window."""
    before = speak(catalogues.german())
    yield
    speak(before)


@pytest.fixture(scope="session")
def sample_image() -> Path:
    """The bundled sample smear."""
    return ROOT / "resources" / "sample" / "sample_smear.png"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of photographed fields, which lie beside the checkout and never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the photographed fields (../shared/data) are not on this machine")
    return folder
