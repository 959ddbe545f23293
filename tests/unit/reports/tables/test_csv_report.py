"""cells.csv, read back by another reader than the one that wrote it."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from rbc_desktop.domain.case.image_reading import NO_HAEMOGLOBIN
from rbc_desktop.reports.summary.summary import RUO_LINE, build
from rbc_desktop.reports.tables.csv_report import COLUMNS, MissingCell, guard, write_cells
from tests.fakes.report_cases import CONTEXT, read_csv

FIXED_COLUMNS = [
    "image", "cell", "x", "y", "x0", "y0", "x1", "y1", "area_px", "score", "class", "class_probability", "needs_review",
    "touches_border",
]  # fmt: skip


def test_the_first_columns_never_change():
    assert list(COLUMNS[:14]) == FIXED_COLUMNS
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
        assert text["class"] == ("" if row.cell_class is None else row.cell_class.value)
        assert text["counted"] == ("false" if row.touches_border else "true")
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
        predicted_class=None, classifier="rbc 1 (cd)", segmenter="=sam 1 (ab)", image_sha256="0f", counted=True,
        waist=0.5, relative_density=None, doubts=("may be two cells in one",),
        provenance="prompt; cut; brushed ×3",
        analysed=datetime(2026, 3, 5, 14, 7, 1, 5, timezone(timedelta(hours=2))),
    )  # fmt: skip
    write_cells(tmp_path / "cells.csv", [row], cell_names={row.cell: "=A1"}, app_version="0.3.0")
    header, line, end = (tmp_path / "cells.csv").read_bytes().decode("utf-8").split("\r\n")
    assert end == ""
    assert header == "\ufeff" + ",".join(COLUMNS), "Excel knows UTF-8 by the mark"
    assert line == (
        '"a, ""b"".png",\'=A1,10.50,20.25,1,2,30,40,314,0.5000,,,true,false,63.00,20.00,21.00,19.00,0.9800,1.1050,'
        f"0.9900,0.0000,0.4400,-0.0100,,,,,,,,false,,rbc 1 (cd),'=sam 1 (ab),true,"
        "may be two cells in one,0.5000,,0f,2026-03-05T12:07:01Z,prompt; cut; brushed ×3,,,,,0.3.0,"
        f"{RUO_LINE}"
    )


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "\tx", "\rx"])
def test_text_cannot_become_a_formula(text):
    assert guard(text) == "'" + text


def test_a_prompted_cell_without_a_mask_keeps_its_row(case, tmp_path):
    write_cells(tmp_path / "c.csv", [MissingCell("a.png", "7"), build(case, context=CONTEXT).rows[0]])
    rows = read_csv(tmp_path / "c.csv")
    assert (rows[0]["cell"], rows[0]["area_px"], rows[0]["needs_review"]) == ("7", "", "true")
    assert rows[1]["area_px"] != ""


def test_an_image_level_reading_has_a_column_with_its_limits_and_is_no_remark(case, tmp_path):
    field = case.fields[1]
    said = "anaemic, probability 0.80. =model was right on 76 % of 60 held-out fields."
    case.fields[1] = field.with_remark("image level", said).with_remark("scale", "The scale is doubtful.")
    try:
        write_cells(tmp_path / "cells.csv", build(case, context=CONTEXT).rows)
    finally:
        case.fields[1] = field
    for row in read_csv(tmp_path / "cells.csv"):
        assert row["image_level"] == f"{said} {NO_HAEMOGLOBIN}"
        assert row["remarks"] == "The scale is doubtful."
