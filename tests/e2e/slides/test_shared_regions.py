"""`analyze --workers 2` on slides: their regions are shared out, and the files are those of one process."""

import os
import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.fakes.slide_files import Film, drawn_film, write_ome, write_svs
from training.renderer.film import FilmStyle, draw_film

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ("--formats", "csv,geojson,labels")

SMALL_SLIDES = """
import os, signal, sys
from rbc_desktop.storage.slides import slide_opener
slide_opener.SLIDE_PIXELS = 1_000_000
in_worker = any("multiprocessing" in word for word in sys.orig_argv)
if in_worker and os.environ.get("KILLS"):
    from rbc_desktop.workflows.batch import file_analysis
    read = file_analysis.region_of_slide
    def kill(path, part):
        name = f"{part.region.x0}"
        if name in os.environ["KILLS"].split() and not (os.environ["MARK"] and os.path.exists(os.environ["MARK"])):
            if os.environ["MARK"]:
                os.mkdir(os.environ["MARK"])
            os.kill(os.getpid(), signal.SIGKILL)
        return read(path, part)
    file_analysis.region_of_slide = kill
"""
"""Python runs it in every process: small pictures are slides, since large ones take minutes to draw and to analyse;
regions that begin at a certain x are what a worker doesn't survive, always or until there is a mark."""

ROWS = "image,x,y,width,height\nb film.ome.tif,0,0,600,500\nb film.ome.tif,700,0,600,500\n,1400,900,500,500\n"


@pytest.fixture(scope="module")
def films(tmp_path_factory, sample_image):
    """Two slides and a plain image between them."""
    folder = tmp_path_factory.mktemp("films")
    cv2.imwrite(str(folder / "a.png"), cv2.imread(str(sample_image))[:200, :260])
    film = drawn_film(2_600, 1_800, cells=60, radius=16)
    film.pixels[:, 1_300:] = film.pixels[900, 1_299]  # bare glass
    write_ome(folder / "b film.ome.tif", film, factors=(1, 4))
    cv2.imwrite(str(folder / "c.png"), cv2.imread(str(sample_image))[200:400, :260])
    write_svs(folder / "d.svs", drawn_film(2_300, 1_500, cells=40, radius=18, seed=8), factors=(1, 4))
    return folder


@pytest.fixture(scope="module")
def monolayer(tmp_path_factory):
    """A film in which regions can be proposed, and one in which none can."""
    folder = tmp_path_factory.mktemp("monolayer")
    style = FilmStyle(diameter=30.0, blurred=0, borders=(0.05, 0.3, 0.9, 0.97))
    drawn = draw_film(width=3_000, height=1_800, seed=7, style=style)
    write_ome(folder / "a.ome.tif", Film(drawn.rgb, np.zeros((0, 2))), factors=(1, 4))
    write_ome(folder / "b.ome.tif", drawn_film(1_600, 1_200, cells=4), factors=(1, 4))
    return folder


@pytest.fixture
def rbc(tmp_path):
    """Runs the command line with small slides."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(SMALL_SLIDES, encoding="utf-8")

    def run(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "rbc_desktop", *map(str, arguments)], cwd=ROOT, env=surroundings(place, **more),
            capture_output=True, text=True, timeout=400,
        )  # fmt: skip

    return run


def surroundings(place, **more):
    """One time for all runs, since it stands in the results, and one thread: scores end differently with others."""
    path = os.pathsep.join(map(str, (ROOT, place)))
    return {**os.environ, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1800000000", "OMP_NUM_THREADS": "1", **more}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def words(done):
    return re.sub(r" \([^()]*(cells/s|left|image)[^()]*\)|\d+ s;.*", "", done.stderr)


@pytest.mark.parametrize("kind", ["whole", "rows", "monolayer"])
def test_two_workers_give_the_files_and_the_words_of_one(rbc, films, monolayer, tmp_path, kind):
    inputs = monolayer if kind == "monolayer" else films
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    regions = {"whole": (), "rows": ("--regions", tmp_path / "rows.csv"), "monolayer": ("--regions", "monolayer")}
    alone = rbc("analyze", inputs, *FORMATS, *regions[kind], "--out", tmp_path / "alone")
    assert alone.returncode == (1 if kind == "monolayer" else 0), alone.stderr
    shared = rbc("analyze", inputs, *FORMATS, *regions[kind], "--workers", "2", "--out", tmp_path / "shared")
    assert contents(tmp_path / "shared") == contents(tmp_path / "alone"), "the case file included"
    assert words(shared) == words(alone)
    assert re.search(r"region 2/\d+ \(\d+ cells/s, \d\.\d (s per region|regions/s)", shared.stderr)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_worker_that_dies_costs_a_second_try_or_only_its_region(rbc, films, tmp_path):
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    arguments = ("analyze", films / "b film.ome.tif", films / "d.svs", *FORMATS, "--regions", tmp_path / "rows.csv")
    alone = rbc(*arguments, "--out", tmp_path / "alone")
    mark = tmp_path / "died"
    once = rbc(*arguments, "--workers", "2", "--out", tmp_path / "once", KILLS="700", MARK=str(mark))
    assert mark.is_dir(), "no worker was killed"
    assert (once.returncode, words(once)) == (0, words(alone))
    assert contents(tmp_path / "once") == contents(tmp_path / "alone")

    out = tmp_path / "always"
    always = rbc(*arguments, "--workers", "2", "--out", out, KILLS="700 1400", MARK="")
    assert always.returncode == 1
    assert "b film.ome.tif (700, 0) could not be analysed: its process ended with SIGKILL" in always.stderr
    assert "2 of 3 regions of b film.ome.tif failed; --resume tries them again." in always.stderr
    assert "0 of 2 images" in always.stderr
    assert "Traceback" not in always.stderr
    again = rbc(*arguments, "--workers", "2", "--out", out, "--resume")
    assert again.returncode == 0, again.stderr
    rows = [
        sorted((folder / "cells.csv").read_text(encoding="utf-8-sig").splitlines())
        for folder in (out, tmp_path / "once")
    ]
    assert len(rows[0]) == len(rows[1])
