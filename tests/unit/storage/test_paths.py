"""The user's folders, and where resources lie."""

import os
import sys
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.case.changes import PutIdentity
from rbc_desktop.storage import paths
from rbc_desktop.storage.laboratory.settings import Settings, save_settings
from rbc_desktop.storage.safekeeping import autosave


def test_user_folders_follow_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.USER_FOLDER_VARIABLE, str(tmp_path / "home"))
    assert paths.settings_file() == tmp_path / "home" / "config" / "settings.json"
    for folder in (paths.data_folder(), paths.log_folder(), paths.settings_file().parent):
        assert folder.is_dir()
        assert tmp_path in folder.parents


def test_user_folders_are_the_systems_own_without_it(tmp_path, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("checks the XDG folders")
    monkeypatch.delenv(paths.USER_FOLDER_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert paths.data_folder() == tmp_path / "data" / "rbc-desktop"


def test_resources_lie_in_the_checkout_or_in_the_bundle(tmp_path, monkeypatch):
    assert paths.resource_root() == Path(__file__).resolve().parents[3] / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource_root() == tmp_path / "resources"


@pytest.mark.skipif(os.name != "posix", reason="the modes of POSIX")
def test_user_folders_and_what_lies_in_them_are_private(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.USER_FOLDER_VARIABLE, str(tmp_path / "home"))
    mask = os.umask(0o022)
    try:
        store = autosave.new_case_file()
        store.apply(PutIdentity(Identity("S 7")))
        save_settings(Settings(theme="dark"), paths.settings_file())
        save_settings(Settings(theme="light"), paths.settings_file())
    finally:
        os.umask(mask)
    for folder in (paths.data_folder(), paths.log_folder(), paths.settings_file().parent, autosave.folder()):
        assert folder.stat().st_mode & 0o777 == 0o700
    for file in (store.path, store.path.with_name(store.path.name + "-wal"), paths.settings_file()):
        assert file.stat().st_mode & 0o777 == 0o600, file.name
    store.close()
