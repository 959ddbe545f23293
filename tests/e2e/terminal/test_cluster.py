"""`analyze --scheduler`: a real scheduler and real workers on this machine, one of which is killed over its work."""

import contextlib
import os
import re
import subprocess
import sys
import time
from csv import DictReader
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.fakes.slide_files import Film, write_ome

pytest.importorskip("distributed", reason="the extra 'cluster' isn't installed")

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ("--um-per-px", "0.125", "--formats", "csv,coco,geojson,labels")
START_S = 60.0

SABOTAGE = """
import os, signal, sys
def kill(event, arguments):
    mark = os.environ.get("SABOTAGE_MARK", "")
    name = str(arguments[0]) if event == "open" else ""
    if name.endswith("kills once.png") and mark and not os.path.exists(mark):
        os.mkdir(mark)
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
"""
"""Python runs it in the processes of a worker: opening that file for the first time kills the one that does."""


SMALL_SLIDES = """
import os, signal, sys
from rbc_desktop.storage.slides import slide_opener
slide_opener.SLIDE_PIXELS = 200_000
from rbc_desktop.workflows.batch import file_analysis
analyse, mark = file_analysis.analyse_region, os.environ.get("SABOTAGE_MARK", "")
def kill(pipeline, image, *, how):
    if image.region.x0 == 320 and mark and not os.path.exists(mark):
        os.mkdir(mark)
        os.kill(os.getpid(), signal.SIGKILL)
    return analyse(pipeline, image, how=how)
file_analysis.analyse_region = kill
"""
"""Small pictures are slides; analysing the second region for the first time kills the process that does."""


def surroundings(*paths, **more):
    path = os.pathsep.join(map(str, (ROOT, *paths)))
    quiet = {"DASK_DISTRIBUTED__DASHBOARD__LINK": "", "OMP_NUM_THREADS": "1"}
    return {**os.environ, **quiet, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1800000000", **more}


def rbc(*arguments, paths=(), **more):
    command = [sys.executable, "-m", "rbc_desktop", *map(str, arguments)]
    surrounded = surroundings(*paths, **more)
    return subprocess.run(command, cwd=ROOT, env=surrounded, capture_output=True, text=True, timeout=300)


class Cluster:
    """A scheduler and workers, as processes of this machine."""

    def __init__(self, folder):
        self._folder = folder
        self.processes = []
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        # An interrupted run of the tests ends neither; after so long without a task they end by themselves.
        self.scheduler = self._start("scheduler", *options, "--idle-timeout", "600s")
        self.address = self._said(self.scheduler, r"Scheduler at: +(tcp://\S+)")

    def add_worker(self, *paths, **more):
        options = ("--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", "--local-directory", self._folder)
        worker = self._start("worker", self.address, *options, paths=paths, **more)
        self._said(worker, r"Registered to: +(tcp://\S+)")
        return worker

    def close(self):
        for process, log in self.processes:
            process.terminate()
            process.wait(timeout=START_S)
            log.close()

    def _start(self, kind, *arguments, paths=(), **more):
        log = (self._folder / f"{len(self.processes)}.log").open("w+")
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *map(str, arguments)]
        process = subprocess.Popen(command, cwd=self._folder, env=surroundings(*paths, **more), stdout=log, stderr=log)
        self.processes.append((process, log))
        return process

    def _said(self, process, pattern):
        (log,) = (log for each, log in self.processes if each is process)
        end = time.monotonic() + START_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        while time.monotonic() < end and process.poll() is None:
            if found := re.search(pattern, Path(log.name).read_text()):
                return found[1]
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
        raise AssertionError(Path(log.name).read_text())


@pytest.fixture
def cluster(tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def smears(tmp_path_factory, sample_image):
    """Parts of the sample, a copy, one without cells, and a file that is no image."""
    folder = tmp_path_factory.mktemp("smears")
    sample = cv2.imread(str(sample_image))
    for number, (y, x) in enumerate(((0, 0), (140, 300), (260, 60), (40, 360), (200, 200))):
        cv2.imwrite(str(folder / f"{number}.png"), sample[y : y + 200, x : x + 260])
    cv2.imwrite(str(folder / "kills once.png"), sample[100:300, 100:360])
    cv2.imwrite(str(folder / "6.png"), np.full_like(sample[:200, :260], 226))
    (folder / "2 copy.png").write_bytes((folder / "2.png").read_bytes())
    (folder / "4 broken.png").write_text("no image")
    return folder


@pytest.fixture(scope="module")
def alone(smears, tmp_path_factory):
    out = tmp_path_factory.mktemp("alone") / "out"
    done = rbc("analyze", smears, *FORMATS, "--out", out)
    assert done.returncode == 1, done.stderr
    return out, words(done)


def words(done):
    """What was said, but for times."""
    return re.sub(r" \(.*left\)|\d+ s;.*| \(\d.*", "", done.stderr)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("send", [(), ("--send",)], ids=["paths", "bytes"])
def test_a_cluster_gives_the_bytes_of_one_process_though_a_worker_is_killed(smears, alone, cluster, tmp_path, send):
    out, said = alone
    (tmp_path / "sabotage").mkdir()
    (tmp_path / "sabotage" / "sitecustomize.py").write_text(SABOTAGE)
    mark = tmp_path / "killed"
    for _ in range(2):
        cluster.add_worker(tmp_path / "sabotage", SABOTAGE_MARK=str(mark))
    where = ("--scheduler", cluster.address, *send)
    done = rbc("analyze", smears, *FORMATS, *where, "--out", tmp_path / "out")
    assert mark.is_dir(), f"no worker was killed: {done.stderr}"
    assert done.returncode == 1, done.stderr
    assert contents(tmp_path / "out") == contents(out), "the case file included"
    assert words(done) == said


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_run_whose_scheduler_dies_says_so_and_can_be_resumed(smears, alone, cluster, tmp_path):
    (tmp_path / "sabotage").mkdir()
    (tmp_path / "sabotage" / "sitecustomize.py").write_text(SABOTAGE.replace("os.getpid()", str(cluster.scheduler.pid)))
    cluster.add_worker(tmp_path / "sabotage", SABOTAGE_MARK=str(tmp_path / "killed"))
    done = rbc("analyze", smears, *FORMATS, "--scheduler", cluster.address, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "The scheduler at tcp://" in done.stderr
    assert "Traceback" not in done.stderr
    assert rbc("analyze", smears, *FORMATS, "--resume", "--out", tmp_path / "out").returncode == 1
    assert rows(tmp_path / "out") == rows(alone[0])


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("send", [(), ("--send",)], ids=["paths", "bytes"])
def test_regions_of_a_slide_are_shared_out_though_a_worker_is_killed(cluster, sample_image, tmp_path, send):
    site, films = tmp_path / "site", tmp_path / "films"
    site.mkdir()
    films.mkdir()
    (site / "sitecustomize.py").write_text(SMALL_SLIDES)
    sample = cv2.cvtColor(cv2.imread(str(sample_image)), cv2.COLOR_BGR2RGB)
    write_ome(films / "film.ome.tif", Film(sample, np.zeros((0, 2))), factors=(1, 2))
    cv2.imwrite(str(films / "z.png"), cv2.imread(str(sample_image))[:200, :260])
    places = [(0, 0), (320, 0), (0, 240), (320, 240)]
    lines = "\n".join(f"{x},{y},300,220" for x, y in places)
    (tmp_path / "rows.csv").write_text(f"x,y,width,height\n{lines}\n")
    arguments = ("analyze", films, *FORMATS, "--regions", tmp_path / "rows.csv")
    alone = rbc(*arguments, "--out", tmp_path / "alone", paths=[site])
    assert alone.returncode == 0, alone.stderr
    assert len(rows(tmp_path / "alone")) > 15
    mark = tmp_path / "killed"
    for _ in range(2):
        cluster.add_worker(site, SABOTAGE_MARK=str(mark))
    shared = rbc(*arguments, "--scheduler", cluster.address, *send, "--out", tmp_path / "shared", paths=[site])
    assert mark.is_dir(), f"no worker was killed: {shared.stderr}"
    assert contents(tmp_path / "shared") == contents(tmp_path / "alone"), shared.stderr
    assert "film.ome.tif: region 4/4 (" in shared.stderr
    assert words(shared) == words(alone)


def rows(folder):
    with (folder / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted((row["image"], row["diameter_px"], row["class"]) for row in DictReader(file))


@pytest.fixture
def impatient(tmp_path):
    """A folder for the path of Python with which nobody is waited for longer than a second."""
    folder = tmp_path / "impatient"
    folder.mkdir()
    hurry = "from rbc_desktop.commands.workers import cluster; cluster.CONNECT_S = cluster.NO_WORKER_S = 1"
    (folder / "sitecustomize.py").write_text(hurry)
    return folder


def test_without_a_worker_one_sentence_says_what_to_do(cluster, smears, tmp_path, impatient):
    arguments = ("analyze", smears, "--scheduler", cluster.address, "--out", tmp_path / "out")
    done = rbc(*arguments, paths=(impatient,))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"There is no worker at {cluster.address}; start one with dask worker {cluster.address}."
    )


def test_without_a_scheduler_one_sentence_says_what_to_do(smears, tmp_path, impatient):
    done = rbc("analyze", smears, "--scheduler", "tcp://127.0.0.1:9", "--out", tmp_path / "out", paths=(impatient,))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "There is no scheduler at tcp://127.0.0.1:9; start one with dask scheduler, or check the address."
    )


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://a:1", "tcp://", "tcp://a", "tcp://a:1/x"])
def test_an_address_that_is_none_is_wrong_usage(smears, tmp_path, address):
    done = rbc("analyze", smears, "--scheduler", address, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "a scheduler is tcp://HOST:PORT or tls://HOST:PORT" in done.stderr


def test_without_the_extra_it_is_wrong_usage(smears, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['distributed'] = None")
    done = subprocess.run(
        [sys.executable, "-m", "rbc_desktop", "analyze", str(smears), "--scheduler", "tcp://a:1", "--out", "out"],
        cwd=tmp_path, env=surroundings(tmp_path), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'rbc-desktop[cluster]'" in done.stderr
