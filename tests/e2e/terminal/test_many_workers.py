"""`analyze --workers 2`: the bytes of one worker, a process that dies over an image, Ctrl+C, and going on after it."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from csv import DictReader
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ("--formats", "csv,coco,geojson,labels")

SABOTAGE = """
import os, signal, sys
def kill(event, arguments):
    name = str(arguments[0]) if event == "open" else ""
    if name.endswith("kills.png") and any("multiprocessing" in word for word in sys.orig_argv):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.endswith("eats memory.png"):
        raise MemoryError
sys.addaudithook(kill)
"""
"""Python runs it in every process that finds it on its path: opening such a file is what no process survives."""


def command(*arguments):
    return [sys.executable, "-m", "rbc_desktop", *map(str, arguments)]


def surroundings(*paths):
    """One time for all runs, since it stands in the results."""
    path = os.pathsep.join(map(str, (ROOT, *paths)))
    return {**os.environ, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1800000000"}


def rbc(*arguments, paths=()):
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=surroundings(*paths), capture_output=True, text=True, timeout=240
    )


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def cells_per_image(folder):
    with (folder / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        return Counter(row["image"] for row in DictReader(file))


@pytest.fixture(scope="module")
def smears(tmp_path_factory, sample_image):
    """The sample, parts of it, one without cells, a copy, and a file that is no image."""
    folder = tmp_path_factory.mktemp("smears")
    sample = cv2.imread(str(sample_image))
    cv2.imwrite(str(folder / "0.png"), sample)  # the first takes longest: the others have to wait for it
    for number, (y, x) in enumerate(((0, 0), (140, 300), (260, 60), (40, 360), (200, 200)), start=1):
        cv2.imwrite(str(folder / f"{number}.png"), sample[y : y + 200, x : x + 260])
    cv2.imwrite(str(folder / "6.png"), np.full_like(sample[:200, :260], 226))
    (folder / "2 copy.png").write_bytes((folder / "2.png").read_bytes())
    (folder / "4 broken.png").write_text("no image")
    return folder


@pytest.fixture(scope="module")
def alone(smears, tmp_path_factory):
    out = tmp_path_factory.mktemp("alone") / "out"
    done = rbc("analyze", smears, "--um-per-px", "0.125", *FORMATS, "--out", out)
    assert done.returncode == 1, done.stderr
    assert len(cells_per_image(out)) == 6
    return out, re.sub(r" \(.*left\)|\d+ s;.*|\(\d.*", "", done.stderr)


def test_two_workers_give_the_bytes_and_the_words_of_one(smears, alone, tmp_path):
    out, said = alone
    done = rbc("analyze", smears, "--um-per-px", "0.125", *FORMATS, "--workers", "2", "--out", tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert contents(tmp_path / "out") == contents(out), "the case file included"
    assert re.sub(r" \(.*left\)|\d+ s;.*|\(\d.*", "", done.stderr) == said


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_image_that_kills_its_process_costs_only_itself(smears, alone, tmp_path):
    (tmp_path / "sabotage").mkdir()
    (tmp_path / "sabotage" / "sitecustomize.py").write_text(SABOTAGE, encoding="utf-8")
    kills, eats = tmp_path / "1 kills.png", tmp_path / "eats memory.png"
    kills.write_bytes((smears / "1.png").read_bytes()[:-1] + b"x")
    eats.write_bytes(kills.read_bytes())
    arguments = ("analyze", kills, smears, eats, "--um-per-px", "0.125", *FORMATS, "--out", tmp_path / "out")
    done = rbc(*arguments, "--workers", "2", paths=[tmp_path / "sabotage"])
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "1 kills.png could not be analysed: its process ended with SIGKILL" in done.stderr
    assert "enough memory to open eats memory.png" in done.stderr
    assert "8 of 11 images" in done.stderr
    for name, data in contents(alone[0]).items():
        if name.endswith((".csv", ".geojson", ".tif")):
            assert (tmp_path / "out" / name).read_bytes() == data


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_ended_leaves_no_process_and_goes_on(smears, alone, tmp_path, number):
    arguments = ("analyze", smears, "--um-per-px", "0.125", *FORMATS, "--out", tmp_path, "--workers", "2")
    with subprocess.Popen(
        command(*arguments), cwd=ROOT, env=surroundings(), stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        for line in process.stderr:
            if line.startswith("2/"):
                break
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does it: children hear it, too
        else:
            process.kill()
        said = process.stderr.read()  # ends when the last process that holds it has ended
        status = process.wait(timeout=60)
    assert status == (130 if number == signal.SIGINT else -9)
    assert "Traceback" not in said
    done = rbc(*arguments, "--resume")
    assert "fields were analysed before" in done.stderr
    assert done.returncode == 1
    kept = contents(tmp_path)
    differing = {name for name, data in contents(alone[0]).items() if kept[name] != data}
    assert differing <= {"analysis.rbc"}
