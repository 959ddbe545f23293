"""What stays of a case that names nobody."""

from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest

from rbc_desktop.domain.case.case import Case, Field, Identity, Remark, RemarkKind
from rbc_desktop.domain.case.deidentification import (
    OWN_MODELS,
    deidentified,
    model_name,
    names_the_sample,
    new_pseudonym,
    year_of,
)
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.grading import Grading, Scheme
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading


def anonymous(case, **arguments):
    return deidentified(case, **{"pseudonym": "p", "year": 2026, "schemes": (), **arguments})


def test_every_detail_is_decided_about():
    """A detail that is added to a case is in no de-identified report until somebody lists it here."""
    everything = Identity(**{f.name: f"May-Grünwald-Giemsa {f.name} 1999" for f in fields(Identity)})
    kept = anonymous(Case(identity=everything)).identity
    assert kept == Identity(sample_id="p", birth_date="1999", collected="1999", received="1999")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"sex": "Female"}, {"sex": "F"}),
        ({"sex": "F, born Müller"}, {}),
        ({"stain": "may-grünwald-giemsa"}, {"stain": "May-Grünwald-Giemsa"}),
        ({"stain": "Giemsa lot 77"}, {}),
        ({"specimen": "EDTA blood"}, {"specimen": "EDTA blood"}),
        ({"birth_date": "1936-01-02"}, {}),
        ({"birth_date": "1937-01-02"}, {"birth_date": "1937"}),
        ({"collected": "5.3.2026"}, {"collected": "2026"}),
        ({"collected": "yesterday"}, {}),
    ],
)
def test_details(given, kept):
    assert anonymous(Case(identity=Identity(**given))).identity == Identity(sample_id="p", **kept)


def test_a_field_keeps_its_number_size_and_scale():
    remarks = (Remark("missed", "Anna.png: 9 missed."), Remark("image level", "Anna"), Remark("left out", "Anna's"))
    field = Field(7, Path("/Anna/Anna.png"), "a" * 64, 9, 8, Calibration(0.1, "file", "Anna"), 3, remarks, "net")
    case = Case(fields={7: field})
    assert anonymous(case).fields[7] == Field(
        7, Path("field_007"), "", 9, 8, Calibration(0.1, "file"),
        remarks=(Remark("missed", "Cells may have been missed."), Remark("left out", "left out by a person")),
    )  # fmt: skip
    assert case.fields[7] is field
    line = Calibration.from_line(length_um=10, length_px=52.6)
    assert anonymous(Case(fields={7: replace(field, calibration=line)})).fields[7].calibration == line


def test_every_kind_of_remark_but_a_laboratorys_words_has_a_sentence_of_its_own():
    kinds = get_args(RemarkKind)
    remarks = tuple(Remark(kind, "Anna") for kind in kinds)
    left = anonymous(Case(fields={1: Field(1, Path("a"), "", 1, 1, remarks=remarks)})).fields[1].remarks
    assert [r.kind for r in left] == [kind for kind in kinds if kind != "image level"]
    assert not any("Anna" in r.text for r in left)


def test_a_laboratorys_own_classes_stay():
    own = CellClass("knizocyte", "Kn", "#123456", is_own=True)
    assert anonymous(Case(own_classes={own.value: own})).own_classes == {own.value: own}


def test_a_scheme_that_ships_keeps_its_name_and_another_one_does_not():
    ships = Scheme("ICSH-like", "1", "source", "note", ())
    own = replace(ships, name="Klinik Müller")
    for scheme, name in ((ships, "ICSH-like"), (own, "A scheme of the laboratory")):
        assert anonymous(Case(grading=Grading(scheme)), schemes=(ships,)).grading.scheme.name == name


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (f"{OWN_MODELS[0]} 5 (ab12cd34)", f"{OWN_MODELS[0]} 5 (ab12cd34)"),
        ("sam2.1 tiny Anna (ab12cd34)", "custom model (ab12cd34)"),
        ("Anna's net", "custom model"),
        ("", ""),
    ],
)
def test_models(model, name):
    assert model_name(model) == name


@pytest.mark.parametrize(("text", "year"), [("2026-03-05", "2026"), ("5/3/1999", "1999"), ("12026", ""), ("", "")])
def test_years(text, year):
    assert year_of(text) == year


def test_a_name_that_says_whose_sample_it_is():
    who = Identity(sample_id="S-42", patient="Anna Müller")
    assert names_the_sample("report s-42", who)
    assert names_the_sample("MÜLLER 2", who)
    assert not names_the_sample("anon-7k2m9p", who)
    assert not names_the_sample("", Identity())


def test_pseudonyms_differ():
    assert len({new_pseudonym() for _ in range(200)}) == 200


def test_second_readings_stay_with_codes_for_their_readers():
    cells = (ReadCell(1, CellClass.NORMAL, CellClass.TEARDROP, CellClass.NORMAL), ReadCell(2, CellClass.NORMAL))
    readings = tuple(
        SecondReading(number, name, "2026-03-06T09:00:00+01:00", ended, 0.5, 19610729, cells)
        for number, name, ended in ((1, "Anna", "2026-03-07T09:00:00+01:00"), (2, "Bo", ""), (3, " anna", "2027-01-01"))
    )
    kept = anonymous(Case(readings=readings)).readings
    assert [(r.number, r.operator) for r in kept] == [(1, "reader 1"), (2, "reader 2"), (3, "reader 1")]
    assert [(r.began, r.ended, r.seed) for r in kept] == [("2026", "2026", 0), ("2026", "", 0), ("2026", "2027", 0)]
    assert all((r.share, r.cells) == (0.5, cells) for r in kept)
