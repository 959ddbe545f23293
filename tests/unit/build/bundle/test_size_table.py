"""The folder's size by part."""

import size_table


def test_sizes_add_up():
    sizes = {"_internal/torch/lib/libtorch_cpu.so": 300, "_internal/torch/x.pyc": 5, "rbc-desktop": 1, "_internal/y": 2}
    parts = size_table.part_sizes(sizes)
    assert [part[0] for part in parts] == [300, 5, 2, 1]
    assert all(why for _, _, why in parts)
