"""COCO, GeoJSON and label files, read back by other readers than those that wrote them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import tifffile
from pycocotools import mask as coco_mask
from skimage.measure import points_in_poly

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.reports.exchange.interchange import (
    CATEGORIES,
    label_image,
    polygon_geometry,
    run_lengths,
    write_coco,
    write_geojson,
    write_labels,
)
from rbc_desktop.reports.summary.rows import fields_with_cells, rows_of
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.reports.tables.csv_report import write_cells
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, disc, read_csv, small_case


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
    assert list(names) == list(range(1, len(CATEGORIES) + 1)), "many readers take 0 for the background"
    shown = {row.cell: row.class_text for row in rows_of(case)}
    assert {a["id"]: names[a["category_id"]] for a in document["annotations"]} == shown


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
    for feature, row in zip(document["features"], rows_of(case), strict=True):
        properties = feature["properties"]
        assert properties["classification"]["name"] == row.group
        assert properties["measurements"]["diameter_um"] == pytest.approx(row.diameter_um)
        assert set(properties) == {"objectType", "name", "classification", "measurements", "metadata"}
        numbers, texts = properties["measurements"].values(), properties["metadata"].values()
        assert all(isinstance(v, int | float) and not isinstance(v, bool) for v in numbers), "QuPath takes only numbers"
        assert all(isinstance(v, str) for v in texts), "and only texts"


def test_parts_that_touch_at_a_corner_are_polygons_of_their_own():
    """A ring that passes a point twice is no valid polygon (OGC 06-103r4, 6.1.11.1)."""
    rng = np.random.default_rng(2)
    corner = polygon_geometry(CellMask.from_array(np.eye(2, dtype=bool)))
    assert corner["type"] == "MultiPolygon"
    assert len(corner["coordinates"]) == 2
    for _ in range(200):
        geometry = polygon_geometry(CellMask.from_array(rng.random((7, 9)) < rng.uniform(0.2, 0.9)))
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for ring in (ring for part in parts for ring in part):
            assert len({tuple(point) for point in ring[1:]}) == len(ring) - 1


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


def test_every_file_says_where_its_numbers_come_from(case, tmp_path):
    """The models that made outline and class, though others may be loaded now; image, version and time."""
    first, *others = case.cells.values()
    made = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
    cells = {
        first.id: replace(first, segmenter="sam 1 (ab)", edits=(HandEdit("cut"), HandEdit("brushed", times=3))),
        **{c.id: replace(c, segmenter="sam 2 (cd)") for c in others},
    }
    case = replace(case, cells=cells, analyses={i: replace(a, made=made) for i, a in case.analyses.items()})
    field = fields_with_cells(case)[0]
    both, classifiers = "sam 1 (ab); sam 2 (cd)", {p.model for c in cells.values() if (p := case.prediction_of(c))}
    drawn_by = [c.segmenter for c in cells.values()]
    assert classifiers

    def read(name):
        return json.loads((tmp_path / name).read_text(encoding="utf-8"))

    write_coco(tmp_path / "masks.json", case, app_version="0.3.0")
    document = read("masks.json")
    assert (document["info"]["segmenter"], document["info"]["version"]) == (both, "0.3.0")
    assert [a["segmenter"] for a in document["annotations"]] == drawn_by
    assert [a["provenance"] for a in document["annotations"]] == [c.provenance for c in cells.values()]
    assert document["annotations"][0]["provenance"].endswith("; cut; brushed ×3")
    assert document["annotations"][0]["score"] is None
    assert {a["classifier"] for a in document["annotations"]} == classifiers
    assert {a["analysed"] for a in document["annotations"]} == {"2026-03-05T14:07:00Z"}
    assert document["images"][0]["sha256"] == field.sha256
    write_geojson(tmp_path / "cells.geojson", case, field, app_version="0.3.0")
    document = read("cells.geojson")
    assert (document["segmenter"], document["app_version"], document["image_sha256"]) == (both, "0.3.0", field.sha256)
    texts = [f["properties"]["metadata"] for f in document["features"]]
    assert [t["segmenter"] for t in texts] == drawn_by
    assert [t["provenance"] for t in texts] == [c.provenance for c in cells.values()]
    assert {t["classifier"] for t in texts} == classifiers
    assert {t["analysed"] for t in texts} == {"2026-03-05T14:07:00Z"}
    write_labels(tmp_path / "labels.tif", case, field)
    with tifffile.TiffFile(tmp_path / "labels.tif") as tiff:
        assert tiff.pages[0].description == both
    write_cells(tmp_path / "cells.csv", build(case, context=CONTEXT).rows, app_version="0.3.0")
    rows = read_csv(tmp_path / "cells.csv")
    assert [r["segmenter"] for r in rows] == drawn_by
    assert {r["classifier"] for r in rows} == classifiers
    assert {(r["image_sha256"], r["app_version"], r["analysed"]) for r in rows} == {
        (field.sha256, "0.3.0", "2026-03-05T14:07:00Z")
    }
    assert build(case, context=CONTEXT).segmenters == ("sam 1 (ab)", "sam 2 (cd)")


def test_a_cell_that_cannot_be_told_says_so(case, tmp_path):
    blind = replace(case, qualities={i: replace(GOOD, pallor_share=0.0) for i in case.fields})
    write_geojson(tmp_path / "f.json", blind, blind.fields[1])
    found = [f["properties"] for f in json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["features"]]
    hidden = [p for p in found if p["classification"]["name"] == "not assessable"]
    assert len(hidden) == 4, "the target cells"
    assert all("show any pallor" in p["metadata"]["not_assessable"] and not p["metadata"]["class"] for p in hidden)
    write_coco(tmp_path / "c.json", blind)
    document = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    names = {c["id"]: c["name"] for c in document["categories"]}
    assert [names[a["category_id"]] for a in document["annotations"]].count("not assessable") == 4


def test_outlines_of_a_region_lie_on_its_slide(case, tmp_path):
    field = fields_with_cells(case)[0]
    write_geojson(tmp_path / "image.json", case, field)
    region = Region(12_000, 8_000, 12_000 + field.width, 8_000 + field.height)
    case.fields[field.id] = placed = replace(field, region=region)
    write_geojson(tmp_path / "slide.json", case, placed)
    boxes = []
    for name in ("image.json", "slide.json"):
        document = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        rings = [np.array(f["geometry"]["coordinates"][0]).reshape(-1, 2) for f in document["features"][:1]]
        boxes.append(np.concatenate(rings).min(axis=0))
    assert (boxes[1] - boxes[0]).tolist() == [12_000, 8_000]
