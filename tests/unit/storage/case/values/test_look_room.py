import gc
import tempfile

import numpy as np
import pytest

from rbc_desktop.domain.cells.look import LOOK_LENGTH
from rbc_desktop.storage.case.values import look_room
from rbc_desktop.storage.case.values.look_room import LookRoom


def parts(*counts):
    rng = np.random.default_rng(1)
    return [rng.normal(size=(count, LOOK_LENGTH)).astype(np.float16) for count in counts]


def filled(most, given):
    room = LookRoom(most)
    for part in given:
        room.add(part)
    return room.looks()


@pytest.mark.parametrize("in_memory", [0, 1000])
def test_all_that_was_taken_is_there_in_its_order(monkeypatch, in_memory):
    monkeypatch.setattr(look_room, "IN_MEMORY", in_memory)
    given = parts(7, 0, 90, 3)
    found = filled(200, given)
    assert type(found) is np.ndarray
    assert found.dtype == np.float16
    assert found.tobytes() == np.concatenate(given).tobytes()
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 0
    row = found[5]
    del found
    gc.collect()
    assert row.tobytes() == given[0][5].tobytes()
    assert filled(200, []).shape == (0, LOOK_LENGTH)


def test_only_what_is_looked_at_comes_into_memory(monkeypatch):
    monkeypatch.setattr(look_room, "IN_MEMORY", 10)
    found = filled(50, parts(50))
    assert isinstance(found.base, np.memmap)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_where_the_disk_is_full_memory_takes_its_place(monkeypatch, after):
    monkeypatch.setattr(look_room, "IN_MEMORY", 10)
    given = parts(20, 20, 20)
    written = []

    def write(self, file, looks, once=LookRoom._write):
        if len(written) == after:
            file.write(b"half of ")
            raise OSError(28, "No space left on device")
        written.append(looks)
        once(self, file, looks)

    monkeypatch.setattr(LookRoom, "_write", write)
    found = filled(60, given)
    assert found.tobytes() == np.concatenate(given).tobytes()
    assert not isinstance(found.base, np.memmap)


def test_without_a_temporary_folder_memory_takes_its_place(monkeypatch):
    def refuse(**_):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(look_room, "IN_MEMORY", 10)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    given = parts(30)
    assert filled(30, given).tobytes() == given[0].tobytes()
