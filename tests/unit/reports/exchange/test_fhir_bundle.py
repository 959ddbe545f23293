"""The FHIR bundle, validated by the library that the standard's users take (terminology isn't validated)."""

import json
from dataclasses import replace

import pytest
from fhir.resources.R4B.bundle import Bundle

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.reports.codes import iso_date
from rbc_desktop.reports.exchange.fhir_bundle import bundle, write_fhir
from rbc_desktop.reports.summary.summary import RUO_LINE


def resources(summary, kind):
    return [e["resource"] for e in bundle(summary)["entry"] if e["resource"]["resourceType"] == kind]


def observation(summary, name):
    return next(o for o in resources(summary, "Observation") if o["code"]["text"] == name)


def test_the_bundle_is_valid_and_refers_only_to_what_it_holds(graded, tmp_path):
    write_fhir(tmp_path / "bundle.json", graded)
    text = (tmp_path / "bundle.json").read_text(encoding="utf-8")
    Bundle.model_validate(json.loads(text))
    held = {entry["fullUrl"] for entry in json.loads(text)["entry"]}
    asked = {part.split('"')[0] for part in text.split('"reference": "')[1:]}
    assert asked <= held
    assert RUO_LINE in text
    write_fhir(tmp_path / "again.json", graded)
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == text


def test_the_value_is_the_grade_that_stands_and_shares_are_components(graded):
    found = observation(graded, "teardrop")
    assert found["valueCodeableConcept"] == {"text": "3+"}
    assert found["note"] == [{"text": "Suggested: 2+."}]
    assert " Graded by ICSH-like, version 2. rbc-desktop" in found["method"]["text"]
    assert "Graded by" not in observation(graded, "macrocyte")["method"]["text"]
    assert found["code"]["coding"][0]["code"] == "7791-7"
    components = {c["code"]["text"]: c for c in found["component"]}
    shares = [components[f"percentage{end}"]["valueQuantity"]["value"] for end in ("", "-low-95", "-high-95")]
    assert shares == [10.0, 6.57, 14.94]
    assert [components[name]["valueInteger"] for name in ("cells", "red cells counted")] == [20, 200]
    assert observation(graded, "target cell")["note"] == [
        {"text": "Suggested, not confirmed by a person."},
        {"text": "Borderline: the interval reaches from not graded to 2+."},
    ]


def test_what_could_not_be_assessed_is_absent_with_its_reason(graded):
    found = observation(graded, "macrocyte")
    assert "valueCodeableConcept" not in found
    assert found["dataAbsentReason"]["coding"][0]["code"] == "not-performed"
    assert found["dataAbsentReason"]["text"] == "not assessable: the field is not calibrated"
    assert "component" not in found


@pytest.mark.parametrize(
    ("state", "version", "status"),
    [("draft", 1, "preliminary"), ("reviewed", 1, "preliminary"), ("final", 1, "final"), ("amended", 2, "preliminary"),
     ("final", 2, "amended")],
)  # fmt: skip
def test_the_status_says_how_far_the_report_is(graded, state, version, status):
    summary = replace(graded, sample=replace(graded.sample, state=state, version=version))
    assert {r["status"] for k in ("DiagnosticReport", "Observation") for r in resources(summary, k)} == {status}


@pytest.mark.parametrize(
    "identity",
    [
        Identity(),
        Identity(birth_date="5.3.1962", collected="yesterday", sex="?", patient="Ö|^~\\&\n<b>", comment="a\n\nb"),
        Identity(birth_date="1962-03-05", collected="2026-11-02", received="2026-11", sex="F", patient_id="7"),
    ],
)
def test_whatever_is_typed_stays_valid(graded, identity):
    Bundle.model_validate(bundle(replace(graded, identity=identity)))


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2026", "2026"),
        ("2026-02", "2026-02"),
        (" 2026-02-28 ", "2026-02-28"),
        ("2026-02-30", ""),
        ("28.2.2026", ""),
        ("", ""),
    ],
)
def test_dates_are_taken_when_they_are_dates(typed, date):
    assert iso_date(typed) == date
