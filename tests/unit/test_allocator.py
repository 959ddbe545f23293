"""Memory that was freed goes back to the system."""

import subprocess
import sys

import pytest

PROGRAM = """
import re
from rbc_desktop.allocator import give_back_freed, release
if {fixed}:
    assert give_back_freed()
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
del_me = bytearray(30 * 2**20); del del_me  # by itself glibc now takes blocks up to this size from the heap
before = resident()
blocks = []
for _ in range({count}):
    blocks.append((bytearray(b"x") * ({size} * 2**20), bytearray(4096)))
pins = [pin for _, pin in blocks]
assert resident() - before > 150
del blocks, _
if {released}:
    release()
print(resident() - before)
"""


def kept(*, size, fixed=True, released=False):
    """Megabytes that a process keeps of 160 to 170 in blocks of a size, each pinned by a small one behind it."""
    code = PROGRAM.format(fixed=fixed, released=released, size=size, count=-(-160 // size))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_images_go_back_to_the_system_at_once():
    assert kept(size=10, fixed=False) > 100
    assert kept(size=10) < 10


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_what_the_networks_leave_goes_back_when_it_is_released():
    assert kept(size=4) > 100
    assert kept(size=4, released=True) < 10
