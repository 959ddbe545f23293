"""`analyze` that is killed, cancelled, repeated and fed with odd files: real processes, nothing lost, nothing twice."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]
COUNT, KILLED_AFTER = 5, 2
FORMATS = ("--formats", "csv,pdf,coco,geojson,labels")


def command(*arguments):
    return [sys.executable, "-m", "rbc_desktop", *map(str, arguments)]


def surroundings():
    """The time of the analysis stands in the results: every run takes place at one time."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "SOURCE_DATE_EPOCH": "1800000000"}


def rbc(*arguments, cwd):
    return subprocess.run(
        command(*arguments), cwd=cwd, env=surroundings(), capture_output=True, text=True, errors="replace", timeout=240
    )


def ended_after(images, number, *arguments, cwd):
    """Run until so many images are done, then end it by this signal: status and what it said."""
    with subprocess.Popen(
        command(*arguments), cwd=cwd, env=surroundings(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        said = []
        for line in process.stderr:
            said.append(line)
            if line.startswith(f"{images}/"):
                process.send_signal(number)
                break
        said += process.stderr.readlines()
        return process.wait(timeout=60), "".join(said)


def results(folder):
    """Every result but the PDF, which says when it was made, and the run's own two files."""
    files = [path for path in folder.iterdir() if "analysis." not in path.name and path.name != "report.pdf"]
    return {path.name: path.read_bytes() for path in files}


def rows(folder):
    with (folder / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, pixels):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", np.ascontiguousarray(pixels))[1].tobytes())


@pytest.fixture(scope="module")
def smears(tmp_path_factory, sample_image):
    """Five small fields, two of one name in different folders, the fourth without any cell."""
    folder = tmp_path_factory.mktemp("smears")
    sample = cv2.imread(str(sample_image))
    parts = [sample[y : y + 200, x : x + 260] for y, x in ((0, 0), (140, 300), (260, 60), (0, 0), (40, 360))]
    parts[3] = np.full_like(parts[3], 226)
    for number, part in enumerate(parts):
        write(folder / f"{number // 2}" / ("same.png" if number in (0, 2) else f"{number}.png"), part)
    return folder


@pytest.fixture(scope="module")
def whole(smears, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    done = rbc("analyze", smears, "--um-per-px", "0.125", *FORMATS, "--out", out, cwd=out.parent)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_ended_goes_on_and_gives_equal_bytes(smears, whole, tmp_path, number):
    arguments = ("analyze", smears, "--um-per-px", "0.125", *FORMATS, "--out", "out")
    status, said = ended_after(KILLED_AFTER, number, *arguments, cwd=tmp_path)
    if number == signal.SIGINT:
        assert status == 130, said
        assert "--resume" in said.splitlines()[-1]
        assert "Traceback" not in said
    else:
        assert status == -signal.SIGKILL
    assert results(tmp_path / "out") == {}
    refused = rbc(*arguments, cwd=tmp_path)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    done = rbc(*arguments, "--resume", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    kept = int(re.search(r"(\d+) fields were analysed before", done.stderr)[1])
    assert KILLED_AFTER <= kept < COUNT
    assert results(tmp_path / "out") == results(whole)
    assert len(results(whole)) > 2 * 4


def test_names_are_told_apart_alike_in_every_format(whole):
    named = {row["image"] for row in rows(whole)}
    assert {"0/same.png", "1/same.png", "1.png", "4.png"} == named
    coco = json.loads((whole / "masks.json").read_text(encoding="utf-8"))
    assert named < {image["file_name"] for image in coco["images"]}
    outlines = [json.loads(path.read_text(encoding="utf-8"))["image"] for path in whole.glob("*.geojson")]
    assert set(outlines) == named


def test_results_are_replaced_only_when_that_is_said(smears, whole, tmp_path):
    image = smears / "0" / "1.png"
    out = tmp_path / "out"
    first = rbc("analyze", smears / "0", "--formats", "csv,geojson", "--out", out, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert len(list(out.glob("*.geojson"))) == 2
    foreign = out / "009_mine.geojson"
    foreign.write_text("{}", encoding="utf-8")
    before = results(out)
    refused = rbc("analyze", image, "--out", out, cwd=tmp_path)
    assert (refused.returncode, results(out)) == (2, before)
    replaced = rbc("analyze", image, "--formats", "csv", "--out", out, "--overwrite", cwd=tmp_path)
    assert replaced.returncode == 0, replaced.stderr
    assert set(results(out)) == {"cells.csv", foreign.name}
    assert {row["image"] for row in rows(out)} == {"1.png"}
    assert rbc("analyze", image, "--out", out, "--resume", "--overwrite", cwd=tmp_path).returncode == 2


def test_results_at_another_scale_are_made_anew(smears, tmp_path):
    image = smears / "0" / "1.png"
    for options, scale in (((), ""), (("--um-per-px", "0.125", "--resume"), "0.125000")):
        done = rbc("analyze", image, "--formats", "csv", "--out", "out", *options, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert {row["um_per_px"] for row in rows(tmp_path / "out")} == {scale}
    assert "no given µm per pixel" in done.stderr
    assert len({row["cell"] for row in rows(tmp_path / "out")}) == len(rows(tmp_path / "out"))


@pytest.mark.skipif(os.name != "posix", reason="links and file names of any bytes")
def test_odd_files_cost_only_themselves(smears, tmp_path):
    folder = tmp_path / "smears"
    good = smears / "0" / "1.png"
    write(folder / "a.png", cv2.imread(str(good)))
    write(folder / "c.png", cv2.imread(str(smears / "1" / "3.png")))
    (folder / "b copy.png").write_bytes((folder / "a.png").read_bytes())
    (folder / "b link.png").symlink_to(folder / "a.png")
    odd = os.fsencode(folder) + b"/d \xe9.png"
    Path(os.fsdecode(odd)).write_bytes((smears / "2" / "4.png").read_bytes())
    (folder / "e.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    (folder / "f").mkdir()
    (folder / "f").chmod(0)
    try:
        done = rbc("analyze", folder, *FORMATS, "--out", "out", cwd=tmp_path)
        again = rbc("analyze", folder, *FORMATS, "--out", "out", "--resume", cwd=tmp_path)
    finally:
        (folder / "f").chmod(0o755)
    for each in (done, again):
        assert each.returncode == 1
        assert "Traceback" not in each.stderr
        assert each.stderr.count("counted once") == 2
        assert "e.png" in each.stderr
        assert ("f can't be read" in each.stderr) == (os.geteuid() != 0)
        assert {row["image"] for row in rows(tmp_path / "out")} == {"a.png", "d \\xe9.png"}
    assert "No red cells were found in c.png" in done.stderr
    assert "6 of 7" not in done.stderr
    coco = json.loads((tmp_path / "out" / "masks.json").read_text(encoding="utf-8"))
    assert [image["file_name"] for image in coco["images"]] == ["a.png", "c.png", "d \\xe9.png"]
