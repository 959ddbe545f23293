"""The promise of the case file: whatever kills the application, no acknowledged action is lost."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import Technician, describe, write_image

ROOT = Path(__file__).resolve().parents[3]
KILLS = 20
MOST_ACTIONS = 40
LONGEST_PAUSE = 0.03
"""Seconds between an action and the kill: long enough for the kill to fall anywhere in the next few actions."""


def work_until_killed(case_path, images, *, seed, actions, pause):
    """Let a process work on the case; kill it `pause` seconds after so many actions.

    Returns the actions that it acknowledged, also those of the pause.
    """
    command = [sys.executable, "-m", "tests.e2e.core.technician_process", str(case_path), str(seed)]
    command += [str(i.path) for i in images]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout.readline() == "ready\n"
        lines = [process.stdout.readline() for _ in range(actions)]
        with pytest.raises(subprocess.TimeoutExpired):  # it is still at work, so the kill interrupts it
            process.wait(timeout=pause)
        process.kill()
        lines += process.stdout.readlines()
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def test_twenty_kills_lose_no_acknowledged_action(tmp_path):
    """The same work, done again in this process, must give the state found after each kill.

    Found may be one action more than acknowledged, when the kill fell between the end of its transaction and the
    answer; never less, and never half an action.
    """
    images = [write_image(tmp_path / f"{n}.png", n) for n in range(4)]
    case_path, mirror_path = tmp_path / "work.rbc", tmp_path / "mirror.rbc"
    for path in (case_path, mirror_path):
        CaseFile.create(path).close()
    dice = random.Random(20)
    done = 0
    for seed in range(KILLS):
        acknowledged = work_until_killed(
            case_path,
            images,
            seed=seed,
            actions=dice.randint(0, MOST_ACTIONS),
            pause=dice.uniform(0, LONGEST_PAUSE),
        )
        done += len(acknowledged)
        store, restored = CaseFile.open(case_path)
        store.close()
        mirror, case = CaseFile.open(mirror_path)
        technician = Technician(CaseEditor(case, mirror), images, seed)
        assert [technician.act() for _ in acknowledged] == acknowledged
        if describe(restored) != describe(case):
            under_way = technician.act()
            assert describe(restored) == describe(case), f"after {acknowledged[-3:]}, under way: {under_way}"
        mirror.close()
    assert done > KILLS * MOST_ACTIONS / 4
    assert restored.cells, "there was work to lose"
