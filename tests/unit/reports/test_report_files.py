"""CSV, COCO, GeoJSON and label files, read back by other readers than those that wrote them."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
import tifffile
from pycocotools import mask as coco_mask
from skimage.measure import points_in_poly

from rbc_desktop.domain.case import Case
from rbc_desktop.domain.mask import CellMask
from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.files import replace_atomically
from rbc_desktop.reports.csv_report import COLUMNS, MissingCell, guard, write_cells
from rbc_desktop.reports.interchange import (
    CATEGORY_IDS,
    label_image,
    polygon_geometry,
    run_lengths,
    write_coco,
    write_geojson,
    write_labels,
)
from rbc_desktop.reports.rows import fields_with_cells
from rbc_desktop.reports.summary import RUO_LINE, build
from tests.fakes.report_cases import CONTEXT, disc, small_case

DESIGN_COLUMNS = [
    "image", "cell", "x", "y", "x0", "y0", "x1", "y1", "area_px", "score", "class", "class_probability", "needs_review",
    "touches_border",
]  # fmt: skip


@pytest.fixture(scope="module")
def case():
    return small_case()[0]


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_start_as_the_design_fixes_them():
    assert list(COLUMNS[:14]) == DESIGN_COLUMNS
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_csv_holds_every_row_of_the_summary(case, tmp_path):
    summary = build(case, context=CONTEXT)
    write_cells(tmp_path / "cells.csv", summary.rows)
    rows = read_csv(tmp_path / "cells.csv")
    assert len(rows) == len(summary.rows) == 20
    for text, row in zip(rows, summary.rows, strict=True):
        assert text["image"] == "smear µ 1.png"
        assert int(text["cell"]) == row.cell
        assert float(text["x"]) == pytest.approx(row.x, abs=0.006)
        assert float(text["area_um2"]) == pytest.approx(row.area_um2, abs=6e-4)
        assert text["class"] == row.cell_class.value
        assert text["touches_border"] in {"true", "false"}
        assert text["notice"] == RUO_LINE


def test_csv_line_is_exactly_this(case, tmp_path):
    row = build(case, context=CONTEXT).rows[0]
    row = replace(
        row, image='a, "b".png', x=10.5, y=20.25, x0=1, y0=2, x1=30, y1=40, area_px=314, score=0.5,
        class_probability=None, cell_class=None, needs_review=True, touches_border=False, perimeter_px=63.0,
        diameter_px=20.0, major_axis_px=21.0, minor_axis_px=19.0, circularity=0.98, axis_ratio=1.105, solidity=0.99,
        pallor_ratio=0.0, core_rim_ratio=0.44, mean_density=-0.01, relative_diameter=None, diameter_um=None,
        area_um2=None, perimeter_um=None, major_axis_um=None, minor_axis_um=None, um_per_px=None, reviewed=False,
        predicted_class=None, classifier="rbc 1 (cd)",
    )  # fmt: skip
    write_cells(tmp_path / "cells.csv", [row], cell_names={row.cell: "=A1"}, segmenter="sam 1 (ab)")
    header, line, end = (tmp_path / "cells.csv").read_bytes().decode("utf-8").split("\r\n")
    assert end == ""
    assert header == ",".join(COLUMNS)
    assert line == (
        '"a, ""b"".png",\'=A1,10.50,20.25,1,2,30,40,314,0.5000,,,true,false,63.00,20.00,21.00,19.00,0.9800,1.1050,'
        f"0.9900,0.0000,0.4400,-0.0100,,,,,,,,false,,rbc 1 (cd),sam 1 (ab),,{RUO_LINE}"
    )


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "\tx", "\rx"])
def test_text_cannot_become_a_formula(text):
    assert guard(text) == "'" + text


def test_a_prompted_cell_without_a_mask_keeps_its_row(case, tmp_path):
    write_cells(tmp_path / "c.csv", [MissingCell("a.png", "7"), build(case, context=CONTEXT).rows[0]])
    rows = read_csv(tmp_path / "c.csv")
    assert (rows[0]["cell"], rows[0]["area_px"], rows[0]["needs_review"]) == ("7", "", "true")
    assert rows[1]["area_px"] != ""


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools under numpy 2
def test_coco_masks_decode_to_the_cells(case, tmp_path):
    write_coco(tmp_path / "masks.json", case)
    document = json.loads((tmp_path / "masks.json").read_text(encoding="utf-8"))
    assert [a["id"] for a in document["annotations"]] == list(case.cells)
    for annotation in document["annotations"]:
        cell = case.cells[annotation["id"]]
        decoded = coco_mask.decode(annotation["segmentation"]).astype(bool)
        assert np.array_equal(decoded, cell.mask.to_array(width=640, height=480))
        assert annotation["area"] == int(coco_mask.area(annotation["segmentation"]))
        assert np.allclose(coco_mask.toBbox(annotation["segmentation"]), annotation["bbox"])
    names = {c["id"]: c["name"] for c in document["categories"]}
    assert names[CATEGORY_IDS[CellClass.TARGET_CELL]] == "target cell"


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools under numpy 2
def test_run_lengths_equal_those_of_the_full_mask():
    rng = np.random.default_rng(0)
    for _ in range(50):
        array = rng.random((9, 7)) < 0.5
        mask = CellMask.from_array(array, x0=int(rng.integers(-4, 12)), y0=int(rng.integers(-4, 12)))
        full = mask.to_array(width=15, height=16)
        encoded = coco_mask.frPyObjects({"size": [16, 15], "counts": run_lengths(mask, width=15, height=16)}, 16, 15)
        assert np.array_equal(coco_mask.decode(encoded).astype(bool), full)


def test_polygons_cover_exactly_the_pixels():
    rng = np.random.default_rng(1)
    ys, xs = np.mgrid[:24, :24]
    centres = np.stack([xs.ravel() + 0.5, ys.ravel() + 0.5], axis=1)
    for density in (0.35, 0.6, 0.9):
        for _ in range(10):
            mask = CellMask.from_array(rng.random((17, 13)) < density, x0=4, y0=3)
            geometry = polygon_geometry(mask)
            parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            inside = np.zeros(len(centres), bool)
            for ring in (ring for part in parts for ring in part):
                assert ring[0] == ring[-1]
                inside ^= points_in_poly(centres, np.array(ring))
            assert np.array_equal(inside.reshape(24, 24), mask.to_array(width=24, height=24))


def test_geojson_has_a_feature_per_cell(case, tmp_path):
    field = fields_with_cells(case)[0]
    write_geojson(tmp_path / "cells.geojson", case, field)
    document = json.loads((tmp_path / "cells.geojson").read_text(encoding="utf-8"))
    assert [f["id"] for f in document["features"]] == [str(i) for i in case.cells]
    assert document["features"][0]["properties"]["classification"]["name"] in {c.value for c in CellClass}


def test_label_tiff_holds_the_cells_numbers(case, tmp_path):
    field = case.fields[1]
    write_labels(tmp_path / "labels.tif", case, field)
    labels = tifffile.imread(tmp_path / "labels.tif")
    assert labels.dtype == np.uint16
    assert labels.shape == (480, 640)
    assert set(np.unique(labels)) == {0, *case.cells}


def test_labels_keep_a_small_cell_on_a_large_one_and_numbers_above_16_bits():
    source, _ = small_case()
    field = source.fields[1]
    cell = next(iter(source.cells.values()))
    big, small = replace(cell, id=70000, mask=disc(100, 100, 30)), replace(cell, id=2, mask=disc(100, 100, 5))
    labels = label_image(Case(fields={1: field}, cells={2: small, 70000: big}), field)
    assert labels.dtype == np.uint32
    assert (labels[100, 100], labels[100, 120]) == (2, 70000)


def test_a_failed_write_leaves_the_old_file(tmp_path):
    target = tmp_path / "cells.csv"
    target.write_text("old")

    def fail_half_way():
        with replace_atomically(target) as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_complete_write_replaces_the_old_file(tmp_path):
    target = tmp_path / "čeština = 1.csv"
    target.write_text("old")
    with replace_atomically(target) as part:
        part.write_text("new")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_every_file_names_the_models(case, tmp_path):
    field = fields_with_cells(case)[0]
    classifiers = {p.model for c in case.cells.values() if (p := case.prediction_of(c))}
    assert classifiers
    write_coco(tmp_path / "masks.json", case, segmenter="sam 1 (ab)")
    document = json.loads((tmp_path / "masks.json").read_text(encoding="utf-8"))
    assert document["info"]["segmenter"] == "sam 1 (ab)"
    assert {a["classifier"] for a in document["annotations"]} - {""} == classifiers
    write_geojson(tmp_path / "cells.geojson", case, field, segmenter="sam 1 (ab)")
    document = json.loads((tmp_path / "cells.geojson").read_text(encoding="utf-8"))
    assert document["segmenter"] == "sam 1 (ab)"
    assert {f["properties"]["classifier"] for f in document["features"]} - {""} <= classifiers
    write_labels(tmp_path / "labels.tif", case, field, segmenter="sam 1 (ab)")
    with tifffile.TiffFile(tmp_path / "labels.tif") as tiff:
        assert tiff.pages[0].description == "sam 1 (ab)"
    write_cells(tmp_path / "cells.csv", build(case, context=CONTEXT).rows, segmenter="sam 1 (ab)")
    rows = read_csv(tmp_path / "cells.csv")
    assert {r["segmenter"] for r in rows} == {"sam 1 (ab)"}
    assert {r["classifier"] for r in rows} - {""} == classifiers
