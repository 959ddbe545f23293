"""Memory that was freed goes back to the system."""

import subprocess
import sys

import pytest

PROGRAM = """
import re
from rbc_desktop.commands.allocator import give_back_freed
if {fixed}:
    assert give_back_freed()
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
del_me = bytearray(30 * 2**20); del del_me  # by itself glibc now takes blocks up to this size from the heap
before = resident()
blocks = []
for _ in range(40):
    blocks.append((bytearray(b"x") * (4 * 2**20), bytearray(4096)))
pins = [pin for _, pin in blocks]
assert resident() - before > 150
del blocks, _
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_large_blocks_go_back_to_the_system():
    def kept(fixed):
        code = PROGRAM.format(fixed=fixed)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return float(done.stdout)

    assert kept(False) > 100
    assert kept(True) < 10
