"""Pictures of the cells by class."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.exchange.cell_crops import COLUMNS, write_crops
from rbc_desktop.reports.pdf.paper.pdf_images import OUTSIDE
from rbc_desktop.reports.summary.summary import RUO_LINE
from tests.fakes.report_cases import add_cell, disc, measured, read_csv, small_case


@pytest.fixture
def made(tmp_path):
    case, drawn = small_case()
    write_crops(tmp_path / "crops", case, pixels=lambda _: drawn.rgb)
    return case, drawn, tmp_path / "crops", read_csv(tmp_path / "crops" / "index.csv")


def picture(folder, row):
    with Image.open(folder / row["file"]) as opened:
        assert opened.info == {}
        return np.asarray(opened.convert("RGB"))


def test_every_cell_has_a_picture_in_the_folder_of_its_class(made):
    case, _, folder, rows = made
    assert {int(row["cell"]) for row in rows} == set(case.cells)
    assert sorted(row["file"] for row in rows) == sorted(str(p.relative_to(folder)) for p in folder.rglob("*.png"))
    assert {row["file"].split("/")[0] for row in rows} >= {"normal", "target_cell", "teardrop", "not_a_red_cell"}
    assert tuple(rows[0]) == COLUMNS
    assert {row["notice"] for row in rows} == {RUO_LINE}


def test_a_picture_shows_the_pixels_of_the_field_at_one_size(made):
    case, drawn, folder, rows = made
    assert len({row["side_px"] for row in rows}) <= 2  # a large cell may need more
    for row in rows:
        shown, x0, y0, side = picture(folder, row), int(row["x0"]), int(row["y0"]), int(row["side_px"])
        assert shown.shape == (side, side, 3)
        box = case.cells[int(row["cell"])].mask.box
        assert x0 <= box.x0
        assert box.x1 <= x0 + side
        if x0 >= 0 and y0 >= 0 and x0 + side <= 640 and y0 + side <= 480:
            assert (shown == drawn.rgb[y0 : y0 + side, x0 : x0 + side]).all()


def test_what_lies_beyond_the_field_is_grey(tmp_path):
    case = Case(fields={1: Field(1, Path("/a.png"), "0" * 64, 60, 50)})
    add_cell(case, case.fields[1], disc(4, 4, 8), measurements=measured(), reviewed=CellClass.NORMAL)
    write_crops(tmp_path, case, pixels=lambda _: np.full((50, 60, 3), 9, np.uint8))
    (row,) = read_csv(tmp_path / "index.csv")
    shown = picture(tmp_path, row)
    assert tuple(shown[0, 0]) == OUTSIDE
    assert tuple(shown[-1, -1]) == (9, 9, 9)


def test_a_cell_that_was_given_another_class_moves(made):
    case, drawn, folder, rows = made
    first = next(row for row in rows if row["class"] == "normal")
    before, number = first["file"], int(first["cell"])
    (folder / "notes.txt").write_text("mine")
    case.cells[number] = replace(case.cells[number], reviewed_class=CellClass.SCHISTOCYTE)
    write_crops(folder, case, pixels=lambda _: drawn.rgb)
    assert not (folder / before).exists()
    assert (folder / "schistocyte" / f"{number:04d}.png").exists()
    assert (folder / "notes.txt").exists()


def test_a_table_that_names_other_files_removes_nothing(tmp_path):
    case, drawn = small_case()
    (tmp_path / "keep.png").write_bytes(b"mine")
    (tmp_path / "crops").mkdir()
    (tmp_path / "crops" / "index.csv").write_text("file\r\n../keep.png\r\n/etc/hosts\r\n")
    write_crops(tmp_path / "crops", case, pixels=lambda _: drawn.rgb)
    assert (tmp_path / "keep.png").read_bytes() == b"mine"
