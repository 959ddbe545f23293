"""A small, seeded part of `make attack`."""

import importlib

import pytest

from tests.attack import runner

TRIES = {
    "two_windows": 10,
    "killed_cases": 3,
    "killed_courses": 4,
    "full_disks": 4,
    "moved_cases": 3,
    "hostile_cases": 40,
    "odd_images": 60,
    "odd_prompts": 40,
    "odd_settings": 12,
    "odd_manifests": 12,
    "odd_models": 4,
}


@pytest.mark.parametrize("kind", runner.KINDS)
def test_no_attack_finds_a_fault(kind):
    try:
        counts, faults = runner.run(importlib.import_module(f"tests.attack.{kind}"), tries=TRIES[kind], seed=7)
    except PermissionError as error:
        pytest.skip(str(error))
    assert faults == []
    assert sum(counts.values()) == TRIES[kind]


def test_a_child_tells_faults_apart():
    """The attack itself must be able to find something."""
    from tests.attack.child import Child, Outcome

    child = Child("tests.attack.misbehaviour:misbehave")
    expected = [Outcome.SUCCESS, Outcome.SENTENCE, Outcome.TRACEBACK, Outcome.SIGNAL, Outcome.HANG, Outcome.MEMORY]
    for outcome in (*expected, Outcome.SUCCESS):
        assert child.attack(outcome.name, seconds=3 if outcome is Outcome.HANG else 30) is outcome
    child.close()
