"""An own class in every report: counted, named, coloured, and with the classifier's silence stated."""

import csv
import json
from dataclasses import replace

import openpyxl
import pypdf
import pytest
from fhir.resources.R4B.bundle import Bundle

from rbc_desktop.domain.classes.own_classes import class_content, own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.grading import Grading, Rule, Scheme, Step
from rbc_desktop.reports.exchange.fhir_bundle import bundle
from rbc_desktop.reports.exchange.hl7_message import message
from rbc_desktop.reports.exchange.interchange import CATEGORIES, write_coco, write_geojson
from rbc_desktop.reports.exchange.training_set import training_document
from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.reports.tables.csv_report import write_cells
from rbc_desktop.reports.tables.xlsx_report import write_xlsx
from tests.fakes.report_cases import CONTEXT, add_cell, disc, measured, small_case

SICKLE = own_class("Sichelzelle Ä", code="Si", colour="#7F3C8D")
CLUMP = own_class("platelet clump", code="Pc", colour="#3969AC", is_red=False)
SILENCE = (
    "The classifier never proposes Sichelzelle Ä, platelet clump: only cells that a person set are counted in these"
)


@pytest.fixture
def drawn():
    """A drawn field in which three cells are sickles and one is a clump, and its image."""
    case, field = small_case()
    whole = [number for number, cell in case.cells.items() if not cell.touches_border]
    for number, given in zip(whole, (SICKLE, SICKLE, SICKLE, CLUMP), strict=False):
        case.cells[number] = replace(case.cells[number], reviewed_class=given)
    return case, field.rgb


@pytest.fixture
def summary(drawn):
    return build(drawn[0], context=CONTEXT)


def test_it_is_counted_among_the_red_cells_and_a_class_that_is_none_is_not(summary):
    lines = {line.name: line for line in summary.counts}
    assert lines["Sichelzelle Ä"].count == 3
    assert lines["Sichelzelle Ä"].share == 3 / summary.red_cells
    assert (lines["platelet clump"].count, lines["platelet clump"].share) == (1, None)
    assert summary.red_cells + summary.not_red_cells + summary.left_out == len(summary.rows)
    red = [line.name for line in summary.counts if line.share is not None]
    assert red[-1] == "Sichelzelle Ä"


def test_the_classifiers_silence_is_stated_where_it_is_silent(drawn, summary):
    assert any(SILENCE in notice for notice in summary.notices)
    case, _ = drawn
    for cell_id, analysis in case.analyses.items():
        shares = {SICKLE: 0.1, CLUMP: 0.1, CellClass.NORMAL: 0.8}
        case.analyses[cell_id] = replace(analysis, prediction=replace(analysis.prediction, probabilities=shares))
    assert not any("never proposes" in notice for notice in build(case, context=CONTEXT).notices)


def test_pdf_names_it(drawn, summary, tmp_path):
    case, rgb = drawn
    write_pdf(tmp_path / "r.pdf", summary, case, pixels=lambda _: rgb)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "r.pdf").pages)
    flat = " ".join(text.split())
    assert "Sichelzelle Ä" in flat
    assert "The classifier never proposes Sichelzelle Ä" in flat


def test_csv_and_workbook_name_it(summary, tmp_path):
    write_cells(tmp_path / "cells.csv", summary.rows)
    with (tmp_path / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["class"] for row in rows].count("Sichelzelle Ä") == 3
    write_xlsx(tmp_path / "r.xlsx", summary)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert "Sichelzelle Ä" in [row[0] for row in book["Classes"].iter_rows(values_only=True)]
    heads, counts = list(book["Fields"].iter_rows(values_only=True))[:2]
    assert dict(zip(heads, counts, strict=True))["Sichelzelle Ä"] == 3
    assert any(SILENCE in str(cell) for row in book["Sample"].iter_rows(values_only=True) for cell in row)


def test_coco_has_a_category_with_its_definition_and_built_in_ones_keep_their_numbers(drawn, tmp_path):
    case, _ = drawn
    write_coco(tmp_path / "masks.json", case)
    for document in (
        json.loads((tmp_path / "masks.json").read_text("utf-8")),
        training_document(case, [case.fields[1]]),
    ):
        named = {c["id"]: c for c in document["categories"]}
        assert [named[i]["name"] for i in range(1, len(CATEGORIES) + 1)] == list(CATEGORIES)
        own = named[len(CATEGORIES) + 1]
        assert own == {"id": len(CATEGORIES) + 1, "name": SICKLE.value, "supercategory": "cell",
                       "own_class": class_content(SICKLE)}  # fmt: skip
        assert len([a for a in document["annotations"] if a["category_id"] == own["id"]]) == 3


def test_geojson_has_its_name_and_colour(drawn, tmp_path):
    case, _ = drawn
    write_geojson(tmp_path / "f.geojson", case, case.fields[1])
    features = json.loads((tmp_path / "f.geojson").read_text("utf-8"))["features"]
    said = [f["properties"]["classification"] for f in features]
    assert said.count({"name": SICKLE.value, "color": [0x7F, 0x3C, 0x8D]}) == 3


def test_exchange_formats_have_a_code_of_its_own(summary):
    Bundle.model_validate(bundle(summary))
    texts = {o["resource"].get("code", {}).get("text"): o["resource"] for o in bundle(summary)["entry"]}
    [coding] = texts["Sichelzelle Ä"]["code"]["coding"]
    assert coding["code"].startswith("sichelzelle-")
    assert coding["code"] != "sichelzelle"
    assert f"|{coding['code']}^Sichelzelle Ä^99RBC|" in message(summary)
    assert any(name in message(summary) for name in ("Sichelzelle Ä percent",))


def test_a_scheme_grades_it(drawn):
    case, _ = drawn
    rule = Rule("sickling", (SICKLE.value,), (Step("1+", "at least", 1.0), Step("2+", "at least", 10.0)))
    case.grading = Grading(Scheme("Ours", "1", "", "", (rule,)))
    [line] = [g for g in build(case, context=CONTEXT).sample.grades if g.name == "sickling"]
    assert (line.count, line.grade) == (3, "2+")


def test_a_hand_made_case_without_predictions_states_the_silence_too(hand_made):
    add_cell(hand_made, hand_made.fields[1], disc(60, 160), measurements=measured(), reviewed=SICKLE)
    said = build(hand_made, context=CONTEXT).notices
    assert (
        "The classifier never proposes Sichelzelle Ä: only cells that a person set are counted in this class." in said
    )
