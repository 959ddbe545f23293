"""A device counts only after it ran a real kernel."""

import subprocess
import sys

from rbc_desktop.models.device import available_devices, choose_device, why_unusable


def test_the_cpu_is_always_there_and_proves_itself():
    assert available_devices()[-1] == "cpu"
    assert why_unusable("cpu") is None


def test_a_device_that_fails_is_passed_over_with_the_reason():
    device, notes = choose_device(["vulkan", "cpu"])
    assert device.type == "cpu"
    assert len(notes) == 1
    assert notes[0].startswith("VULKAN is present but not usable (")


def test_a_device_that_computes_nonsense_is_passed_over():
    device, [note] = choose_device(["meta", "cpu"])
    assert device.type == "cpu"
    assert "META" in note


def test_lightgbm_is_loaded_before_torch_and_their_threads_wait_asleep():
    code = (
        "import os, sys; from rbc_desktop.models import native; native.load(); names = list(sys.modules); "
        "ordered = names.index('lightgbm') < names.index('torch'); "
        "sys.exit(0 if ordered and os.environ['OMP_WAIT_POLICY'] == 'PASSIVE' else 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
