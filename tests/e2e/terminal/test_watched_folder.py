"""`watch` as a scanner's companion: files that come, files that grow, restarts, Ctrl+C; real processes and models."""

import os
import signal
import subprocess
import sys
from collections import Counter
from csv import DictReader
from pathlib import Path

import cv2
import pytest

from rbc_desktop.storage.case.case_file import CaseFile

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ("--formats", "csv", "--interval", "0.2")


def command(*arguments):
    return [sys.executable, "-m", "rbc_desktop", *map(str, arguments)]


def surroundings():
    return {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1800000000"}


def rbc(*arguments):
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=surroundings(), capture_output=True, text=True, timeout=240
    )


def cells_per_image(folder):
    with (folder / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        return Counter(row["image"] for row in DictReader(file))


@pytest.fixture
def drops(sample_image):
    """What a scanner drops, as bytes."""
    sample = cv2.imread(str(sample_image))
    parts = [sample[y : y + 200, x : x + 260] for y, x in ((0, 0), (140, 300), (260, 60))]
    return [cv2.imencode(".png", part.copy())[1].tobytes() for part in parts]


def test_once_takes_what_is_complete_and_a_restart_goes_on(drops, tmp_path):
    folder, out = tmp_path / "scans", tmp_path / "out"
    folder.mkdir()
    (folder / "1.png").write_bytes(drops[0])
    (folder / "2.part.png").write_bytes(drops[1])
    (folder / "3.png").touch()
    first = rbc("watch", folder, "--out", out, *FORMATS, "--once")
    assert first.returncode == 0, first.stderr
    assert "1 image may still be written" in first.stderr
    assert "1 of 1 image;" in first.stderr
    assert list(cells_per_image(out)) == ["1.png"]
    before = (out / "cells.csv").read_bytes()
    (folder / "2.part.png").rename(folder / "2.png")
    (folder / "3.png").write_bytes(b"no image")
    second = rbc("watch", folder, "--out", out, *FORMATS, "--once")
    assert second.returncode == 1
    assert "1 fields were analysed before" in second.stderr
    assert "3.png is not an image" in second.stderr
    assert list(cells_per_image(out)) == ["1.png", "2.png"]
    assert (out / "cells.csv").read_bytes().startswith(before)
    analyzed = rbc("analyze", folder / "1.png", folder / "2.png", "--formats", "csv", "--out", tmp_path / "all")
    assert analyzed.returncode == 0, analyzed.stderr
    assert (tmp_path / "all" / "cells.csv").read_bytes() == (out / "cells.csv").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(("number", "workers"), [(signal.SIGINT, 2), (signal.SIGTERM, 1)])
def test_images_are_analysed_as_they_come_until_it_is_ended(drops, tmp_path, number, workers):
    folder, out = tmp_path / "scans", tmp_path / "out"
    folder.mkdir()
    arguments = ("watch", folder, "--out", out, *FORMATS, "--workers", workers)
    with subprocess.Popen(
        command(*arguments), cwd=ROOT, env=surroundings(), stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert "Watching" in process.stderr.readline()
        for count, data in enumerate(drops, start=1):
            (folder / f"{count}.png").write_bytes(data)
            for line in process.stderr:
                if line.startswith("1 of 1 image;"):  # the report is written
                    break
            assert len(cells_per_image(out)) == count
        (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
        said = process.stderr.read()  # ends when no process holds it any more
        assert process.wait(timeout=60) == 0
    assert "The watch has ended: 3 images" in said
    assert "Traceback" not in said


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path):
    done = rbc("watch", tmp_path / "gone", "--out", tmp_path / "out", "--once")
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
    assert rbc("watch", tmp_path, "--out", tmp_path / "out", "--interval", "0").returncode == 2


def test_a_case_that_a_window_works_on_is_waited_for(drops, tmp_path):
    folder, out = tmp_path / "scans", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    (folder / "1.png").write_bytes(drops[0])
    held = CaseFile.create(out / "analysis.rbc")
    done = rbc("watch", folder, "--out", out, *FORMATS, "--once")
    held.close()
    assert done.returncode == 1
    assert "tries again" in done.stderr
    assert "Traceback" not in done.stderr
