"""Where things are: resources shipped with the application, and the user's own folders."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import platformdirs

from ..files import resource_root as resource_root  # reports need it too, and may not import storage

USER_FOLDER_VARIABLE = "RBC_DESKTOP_HOME"
"""Environment variable that moves every user folder under one place; for tests and portable installations."""

_APPLICATION = "rbc-desktop"


def manual_folder(language: str = "en") -> Path:
    """The manual's chapters: in `docs/manual` of the checkout, and in the same place inside the frozen bundle.

    Args:
        language: ISO 639; a language that the manual isn't translated to gets the English one.
    """
    english = resource_root().parent / "docs" / "manual"
    translated = english / language
    return translated if translated.is_dir() else english


def settings_file() -> Path:
    """The settings, in a folder that exists."""
    return _folder("config", platformdirs.user_config_path(_APPLICATION, appauthor=False)) / "settings.json"


def operators_file() -> Path:
    """The list of operators, in a folder that exists."""
    return settings_file().with_name("operators.json")


def data_folder() -> Path:
    """What the application keeps for the user; exists."""
    return _folder("data", platformdirs.user_data_path(_APPLICATION, appauthor=False))


def unsaved_folder() -> Path:
    """The folder of cases without a name; exists."""
    return make_private(data_folder() / "unsaved")


def log_folder() -> Path:
    """Log files; exists."""
    return _folder("log", platformdirs.user_log_path(_APPLICATION, appauthor=False))


def _folder(name: str, usual: Path) -> Path:
    home = os.environ.get(USER_FOLDER_VARIABLE)
    return make_private(Path(home) / name if home else usual)


def make_private(folder: Path) -> Path:
    """Make a folder that only its owner can look into: laboratories name files after patients.

    Where the system has no such modes (Windows), the user's own folders are private already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # another user's folder keeps its mode
            folder.chmod(0o700)
    return folder
