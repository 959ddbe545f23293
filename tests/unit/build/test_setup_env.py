"""The lock and its groups: each is complete, the first holds nothing that only developers need."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
import setup_env

from rbc_desktop.storage.distributions import normalised, required_distributions

ROOT = Path(__file__).resolve().parents[3]

GROUPS = setup_env.groups_of(setup_env.LOCK.read_text(encoding="utf-8"))
BUILD_TOOLS = {"setuptools", "wheel"}


def _names(*groups):
    return {normalised(line.split("==")[0]) for group in groups for line in GROUPS[group]}


def _required(roots):
    return {facts.key for facts in required_distributions(sorted(roots))} - {"rbc-desktop"}


def test_every_package_stands_once_at_one_version():
    lines = [line for group in GROUPS.values() for line in group]
    assert tuple(GROUPS) == ("run", *setup_env.EXTRA_GROUPS)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert len(_names(*GROUPS)) == len(lines)


def test_what_runs_is_exactly_what_the_application_requires():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert _names("run") - BUILD_TOOLS == _required([*asked, "sam2"]) - BUILD_TOOLS


@pytest.mark.parametrize("group", setup_env.EXTRA_GROUPS)
def test_every_group_is_complete_with_the_first(group):
    assert _required(_names(group)) <= _names("run", group)


def test_a_changed_group_is_installed_again_and_the_others_are_not(tmp_path, monkeypatch):
    calls = []
    lock = tmp_path / "requirements.lock"
    lock.write_text("# [run] a\none==1\n\n# [study] b\ntwo==2\n\n# [development] c\nthree==3\n")
    for name, value in {
        "VENV": tmp_path,
        "LOCK": lock,
        "pip": lambda *given: calls.append(given),
        "make_venv": lambda: None,
        "ensure_system_packages": lambda purposes: calls.append(("system", *purposes)),
    }.items():
        monkeypatch.setattr(setup_env, name, value)

    def installed(*wanted):
        calls.clear()
        setup_env.main(wanted)
        return [one for call in calls for one in call if "==" in one or call[0] == "system"]

    assert installed() == ["system", "one==1"]
    assert installed("study") == ["system", "two==2"]
    assert installed("exe") == ["system", "exe", "three==3"]
    assert installed("study", "development") == ["system"]
    lock.write_text(lock.read_text().replace("three==3", "three==4"))
    assert installed() == ["system"]
    assert installed("smoke") == ["system", "smoke", "three==4"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian packages")
def test_only_the_purpose_asks_for_its_programs(monkeypatch):
    usual = setup_env.missing_packages()
    monkeypatch.setenv("PATH", "")
    assert setup_env.missing_packages() == usual
    assert {"xvfb", "xdotool", "strace"} <= set(setup_env.missing_packages(["smoke"]))
    assert {"gcc", "binutils", "xz-utils"} <= set(setup_env.missing_packages(["exe"]))
    with pytest.raises(SystemExit, match="Usage"):
        setup_env.main(["moke"])
