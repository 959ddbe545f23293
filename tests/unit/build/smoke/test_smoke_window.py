"""What the smoke run reads from the screen and the case file of a window."""

import random
import struct
import subprocess
import sys

import numpy as np
import pytest
import smoke_window as window
from smoke_checks import SmokeError

from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.case.changes import PutCells, PutFields
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_proposal, write_image


def test_a_cell_is_found_on_a_screen_dump():
    rng = np.random.default_rng(3)
    field = rng.integers(0, 256, (60, 80, 3), dtype=np.uint8)
    screen = np.full((100, 120, 4), 200, np.uint8)
    screen[30:90, 15:95, :3] = field
    header = struct.pack(">25I", 100, 7, 2, 24, 120, 100, 0, 0, 32, 0, 32, 32, 480, 4, 0, 0, 0, 8, 24, 2, *[0] * 5)
    dump = header + bytes(2 * 12) + screen.tobytes()
    picture = window.read_xwd(dump)
    assert np.array_equal(picture, screen[:, :, :3])
    assert window.find(picture, field[10:30, 40:60]) == (15 + 50, 30 + 20)
    assert window.find(picture, rng.integers(0, 256, (20, 20, 3), dtype=np.uint8)) is None
    with pytest.raises(ValueError, match="byte order 1"):
        window.read_xwd(struct.pack(">25I", *[1] * 25))


def test_the_cell_that_is_clicked_is_whole_and_in_the_middle():
    places = [("50", "51", "true"), ("40", "52", "false"), ("70", "10", "false")]
    cells = [{"x": x, "y": y, "touches_border": touches} for x, y, touches in places]
    assert window.nearest_to_centre(cells, np.zeros((100, 100, 3), np.uint8)) is cells[1]


def test_a_case_that_is_open_is_read_from_its_journal(tmp_path):
    path = tmp_path / "Проба 7.rbc"
    assert window.cells_in(path) == {}
    store, image = CaseFile.create(path), write_image(tmp_path / "a.png", 1)
    try:
        store.apply(PutFields((Field(1, image.path, image.sha256, image.width, image.height),)))
        assert window.cells_in(path) == {"field": 1, "cell": 0, "prediction": 0}
        proposal = make_proposal(random.Random(5))
        store.apply(PutCells((Cell(1, 1, proposal.mask, proposal.prompts, 0.9, False, "prompt"),)))
        assert window.cells_in(path) == {"field": 1, "cell": 1, "prediction": 0}
    finally:
        store.close()
    path.write_bytes(path.read_bytes()[:700])
    assert window.cells_in(path) == {}


def test_waiting_ends_with_the_program_or_the_time():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, text=True) as process:
        program = window.Running(process)
        program.until("nothing", lambda: True)
        with pytest.raises(SmokeError, match="not within 0 s: the moon"):
            program.until("the moon", lambda: False, seconds=0)
        process.communicate("\n")
        with pytest.raises(SmokeError, match="ended with status 0 before the moon"):
            program.until("the moon", lambda: False)
