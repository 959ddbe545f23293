"""The command line with the bundled models on the bundled sample, as a script would call it."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image
from pycocotools import mask as coco_mask
from pypdf import PdfReader

from rbc_desktop import RESEARCH_USE_ONLY

ROOT = Path(__file__).resolve().parents[3]
TRUTH = json.loads((ROOT / "resources" / "sample" / "sample_truth.json").read_text(encoding="utf-8"))
FIRST_COLUMNS = [
    "image", "cell", "x", "y", "x0", "y0", "x1", "y1", "area_px", "score", "class", "class_probability",
    "needs_review", "touches_border",
]  # fmt: skip


def rbc(*arguments, cwd):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2"}
    command = [sys.executable, "-m", "rbc_desktop", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=240)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def single_red_cells():
    boxes = [c["box"] for c in TRUTH["cells"]]

    def alone(cell):
        x0, y0, x1, y1 = cell["box"]
        return all(b is cell["box"] or b[2] + 4 < x0 or x1 + 4 < b[0] or b[3] + 4 < y0 or y1 + 4 < b[1] for b in boxes)

    return [c for c in TRUTH["cells"] if c["class"] != "not a red cell" and not c["touches_border"] and alone(c)]


def box_iou(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    common = max(0, width) * max(0, height)
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common)


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory):
    """`analyze` of the sample, once, in a folder with a space and a letter outside ASCII."""
    out = tmp_path_factory.mktemp("Befund é 1") / "out"
    result = rbc(
        "analyze", ROOT / "resources/sample/sample_smear.png", "--um-per-px", "0.125", "--out", out,
        "--formats", "csv,pdf,summary,coco,geojson,labels,crops,xlsx,fhir,hl7", cwd=out.parent,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return out


def test_analyze_finds_the_red_cells_of_the_sample(analyzed):
    rows = rows_of(analyzed / "cells.csv")
    assert list(rows[0])[: len(FIRST_COLUMNS)] == FIRST_COLUMNS
    found = [[float(r[k]) for k in ("x0", "y0", "x1", "y1")] for r in rows]
    red = [c for c in TRUTH["cells"] if c["class"] != "not a red cell" and not c["touches_border"]]
    hit = sum(max(box_iou(c["box"], f) for f in found) >= 0.7 for c in red)
    assert hit >= 0.95 * len(red)
    assert all(r["notice"] == RESEARCH_USE_ONLY for r in rows)
    assert all(float(r["area_um2"]) == pytest.approx(float(r["area_px"]) * 0.125**2, abs=1e-3) for r in rows)


def test_a_german_analysis_differs_in_what_people_read_alone(analyzed, tmp_path):
    result = rbc(
        "analyze", ROOT / "resources/sample/sample_smear.png", "--um-per-px", "0.125", "--out", tmp_path / "out",
        "--formats", "csv,pdf,coco,geojson", "--language", "de", cwd=tmp_path,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "report.pdf").pages).split())
    assert "Erythrozytenmorphologie" in text
    assert "ENTWURF" in text
    assert RESEARCH_USE_ONLY in text
    assert "Nicht beurteilt" in text
    assert "0,125 µm/px" in text
    english = " ".join(PdfReader(analyzed / "report.pdf").pages[0].extract_text().split())
    assert "Red cell morphology" in english
    without_time = [[{k: v for k, v in row.items() if k != "analysed"} for row in rows_of(folder / "cells.csv")]
                    for folder in (analyzed, tmp_path / "out")]  # fmt: skip
    assert without_time[0] == without_time[1]


def test_analyze_does_not_count_the_white_cell_as_a_red_cell(analyzed):
    (white,) = [c for c in TRUTH["cells"] if c["kind"] == "white cell"]
    inside = [
        r
        for r in rows_of(analyzed / "cells.csv")
        if box_iou(white["box"], [float(r[k]) for k in ("x0", "y0", "x1", "y1")]) > 0.3
    ]
    assert all(r["class"] == "not a red cell" for r in inside)


def test_formats_of_analyze_agree_with_each_other(analyzed):
    rows = rows_of(analyzed / "cells.csv")
    coco = json.loads((analyzed / "masks.json").read_text(encoding="utf-8"))
    assert [a["area"] for a in coco["annotations"]] == [int(r["area_px"]) for r in rows]
    for annotation in coco["annotations"][:10]:
        assert int(coco_mask.area(annotation["segmentation"])) == annotation["area"]
    (labels,) = analyzed.glob("*_labels.tif")
    assert set(np.unique(tifffile.imread(labels))) - {0} == {int(r["cell"]) for r in rows}
    (geojson,) = analyzed.glob("*.geojson")
    assert len(json.loads(geojson.read_text(encoding="utf-8"))["features"]) == len(rows)
    pages = [page.extract_text() for page in PdfReader(analyzed / "report.pdf").pages]
    assert all(RESEARCH_USE_ONLY in page for page in pages)


def test_the_formats_are_listed(tmp_path):
    result = rbc("analyze", "--formats", "help", cwd=tmp_path)
    assert result.returncode == 0
    assert [line.split()[0] for line in result.stdout.splitlines()][:3] == ["pdf", "csv", "summary"]
    assert result.stderr == ""


def test_a_scheme_grades_and_nothing_names_the_sample_where_that_is_wanted(tmp_path, sample_image):
    named = tmp_path / "Anna Muster.png"
    shutil.copy(sample_image, named)
    scheme = ROOT / "resources" / "schemes" / "icsh_like.json"
    arguments = [
        "analyze",
        named,
        "--out",
        "out",
        "--scheme",
        scheme,
        "--deidentified",
        "--formats",
        "csv,summary,crops,geojson,pdf",
    ]
    result = rbc(*arguments, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    out = tmp_path / "out"
    rows = rows_of(out / "sample.csv")
    assert rows[0]["scheme"].startswith(json.loads(scheme.read_text("utf-8"))["name"])
    assert not any(row["suggested_grade"] for row in rows)
    assert any("fewer than 200 red cells" in row["remark"] for row in rows), "81 cells are too few for a grade"
    assert (out / "001.geojson").exists()
    assert {row["image"] for row in rows_of(out / "cells.csv")} == {"field_001"}
    assert len(rows_of(out / "crops" / "index.csv")) == len(rows_of(out / "cells.csv"))
    for path in out.rglob("*.*"):
        if path.name not in ("analysis.rbc", "analysis.json"):
            assert b"Muster" not in path.read_bytes(), path
    again = rbc("analyze", tmp_path, "--out", "out", "--resume", "--formats", "csv", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "1 fields were analysed before" in again.stderr  # pictures of cells are no images to be analysed
    assert "1 of 1 images" in again.stderr
    assert not (out / "crops").exists()  # the results are those of the last run
    bad = rbc("analyze", named, "--out", "other", "--scheme", named, cwd=tmp_path)
    assert bad.returncode == 2
    assert "grading scheme; choose another file" in bad.stderr


def test_segment_answers_every_prompt_in_order(tmp_path, sample_image):
    cells = single_red_cells()[:12]
    prompts = tmp_path / "prompts.csv"
    lines = [f"c{c['cell']},{c['x']},{c['y']},1" for c in reversed(cells)]
    prompts.write_text("cell,x,y,label\n" + "\n".join(lines) + "\n", encoding="utf-8")
    result = rbc("segment", sample_image, "--prompts", prompts, "--out", tmp_path / "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    rows = rows_of(tmp_path / "out" / "cells.csv")
    assert [r["cell"] for r in rows] == [f"c{c['cell']}" for c in reversed(cells)]
    ious = [
        box_iou(c["box"], [float(r[k]) for k in ("x0", "y0", "x1", "y1")])
        for c, r in zip(reversed(cells), rows, strict=True)
    ]
    assert min(ious) >= 0.7
    assert sum(ious) / len(ious) >= 0.85
    assert all(r["area_um2"] == "" and r["class"] not in ("macrocyte", "microcyte") for r in rows)
    coco = json.loads((tmp_path / "out" / "masks.json").read_text(encoding="utf-8"))
    assert [a["cell"] for a in coco["annotations"]] == [r["cell"] for r in rows]


def test_segment_takes_boxes(tmp_path, sample_image):
    cells = single_red_cells()[:5]
    prompts = tmp_path / "prompts.csv"
    lines = [",".join(map(str, [c["cell"], *c["box"]])) for c in cells]
    prompts.write_text("cell,x0,y0,x1,y1\n" + "\n".join(lines) + "\n", encoding="utf-8")
    result = rbc("segment", sample_image, "--prompts", prompts, "--out", tmp_path / "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    for cell, row in zip(cells, rows_of(tmp_path / "out" / "cells.csv"), strict=True):
        assert box_iou(cell["box"], [float(row[k]) for k in ("x0", "y0", "x1", "y1")]) >= 0.7


def test_one_bad_image_fails_alone(tmp_path, sample_image):
    folder = tmp_path / "smears"
    folder.mkdir()
    (folder / "broken.jpg").write_bytes(b"\xff\xd8 not a picture")
    (folder / "good.png").write_bytes(sample_image.read_bytes())
    result = rbc("analyze", folder, "--out", tmp_path / "out", "--formats", "csv", cwd=tmp_path)
    assert result.returncode == 1
    assert "broken.jpg" in result.stderr
    assert "Traceback" not in result.stderr
    assert {r["image"] for r in rows_of(tmp_path / "out" / "cells.csv")} == {"good.png"}


def test_an_image_that_was_cut_off_counts_only_when_one_says_so(tmp_path, sample_image):
    with Image.open(sample_image) as image:
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=95)
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(out.getvalue()[: len(out.getvalue()) // 2] + b"\xff\xd9")
    prompts = tmp_path / "prompts.csv"
    prompts.write_text("cell,x,y,label\n1,318,262,1\n", encoding="utf-8")
    commands = ["analyze", cut, "--formats", "csv"], ["segment", cut, "--prompts", prompts]
    for number, command in enumerate(commands):
        folder = tmp_path / f"{number}"
        left_out = rbc(*command, "--out", folder, cwd=tmp_path)
        assert left_out.returncode == 1
        assert "of cut.jpg is there, so it is left out;" in left_out.stderr
        assert not (folder / "cells.csv").exists()
        taken = rbc(*command, "--out", folder, "--incomplete", *["--resume"][number:], cwd=tmp_path)
        assert taken.returncode == 0, taken.stderr
        assert all("Only about" in row["remarks"] for row in rows_of(folder / "cells.csv"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["segment", "x.png"],
        ["analyze", "x.png", "--out", "o", "--formats", "xls"],
        ["analyze", "x.png", "--out", "o", "--um-per-px", "-1"],
        ["analyze", "x.png", "--out", "o", "--um-per-px", "0.01"],
        ["segment", "x.png", "--prompts", "p.csv", "--out", "o", "--um-per-px", "1.5"],
        ["segment", "x.png", "--prompts", "missing.csv", "--out", "o"],
        ["analyze", "empty-folder", "--out", "o"],
    ],
)
def test_wrong_usage_ends_with_status_2(tmp_path, arguments):
    (tmp_path / "empty-folder").mkdir()
    result = rbc(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_doctor_reports_a_working_installation(tmp_path):
    result = rbc("doctor", "--json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["ok"]
    assert report["device"] in ("cpu", "cuda", "mps")
    assert 1500 < report["sample_area_px"] < 5000
    assert {"name": "signatures", "ok": True, "detail": "a signature was sealed and checked"} in report["checks"]


def test_models_of_ones_own_are_used_and_named_or_refused_with_status_1(tmp_path):
    own = tmp_path / "our models"
    shutil.copytree(ROOT / "resources" / "weights", own)
    manifest = json.loads((own / "manifest.json").read_text(encoding="utf-8"))
    for section in manifest.values():
        section["version"] = "ours"
    (own / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "p.csv").write_text("cell,x,y,label\na,489,210,1\n", encoding="utf-8")
    sample = ROOT / "resources/sample/sample_smear.png"
    models = ("--segmenter", own, "--classifier", own)
    done = rbc("segment", sample, "--prompts", "p.csv", "--out", "out", *models, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    [row] = rows_of(tmp_path / "out" / "cells.csv")
    assert row["segmenter"].startswith("compact-sam2 ours (")
    assert row["classifier"].startswith("rbc-lightgbm ours (")
    (own / "classifier.txt").write_text("other", encoding="utf-8")
    done = rbc("segment", sample, "--prompts", "p.csv", "--out", "out", *models, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith("choose another one.")
