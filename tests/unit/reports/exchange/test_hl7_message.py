"""The HL7 message, parsed and validated by a library of its own."""

from dataclasses import replace

import pytest
from hl7apy.parser import parse_message

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.reports.exchange.hl7_message import escaped, message, write_hl7
from rbc_desktop.reports.summary.summary import RUO_LINE

HARD = Identity(
    sample_id="S|1^2~3&4\\5", patient="Müller-Łukasiewicz, Zoë", patient_id="77", birth_date="1962-03-05", sex="w",
    requester="Dr. No", laboratory="Лаборатория 3", collected="2026-11-02", received="2026-11-03",
    comment="one\ntwo|three",
)  # fmt: skip


def fields_of(summary, segment):
    return [line.split("|") for line in message(summary).split("\r") if line.startswith(segment + "|")]


@pytest.mark.parametrize("identity", [Identity(), HARD])
def test_the_message_is_valid(graded, identity):
    parsed = parse_message(message(replace(graded, identity=identity)), find_groups=True)
    assert parsed.validate()
    assert parsed.msh.msh_9.to_er7() == "ORU^R01^ORU_R01"
    assert parsed.msh.msh_18.to_er7() == "UNICODE UTF-8"


def test_grades_and_percentages(graded):
    observations = {(f[2], f[3].split("^")[-2 if f[2] == "NM" else 1]): f for f in fields_of(graded, "OBX")}
    grade = observations["CWE", "Dacrocytes"]
    assert grade[3] == "7791-7^Dacrocytes^LN^teardrop^teardrop^99RBC"
    assert (grade[5], grade[11]) == ("^3+", "P")
    assert grade[17] == "^ICSH-like, version 2", "a grade means nothing without its scheme"
    assert observations["NM", "teardrop percent"][17:] == [], "a percentage is of no scheme"
    share = observations["NM", "teardrop percent"]
    assert (share[5], share[6]) == ("10.00", "%")
    assert [int(f[1]) for f in fields_of(graded, "OBX")] == list(range(1, len(fields_of(graded, "OBX")) + 1))


def test_what_could_not_be_assessed_has_no_value_and_its_reason(graded):
    text = message(graded).split("\r")
    place = next(n for n, line in enumerate(text) if "^Macrocytes^" in line)
    assert text[place].split("|")[5] == ""
    assert text[place].split("|")[11] == "X"
    assert text[place + 1] == "NTE|1||not assessable: the field is not calibrated"


def test_delimiters_line_ends_and_the_research_line(graded, tmp_path):
    assert escaped("a|b^c~d\\e&f\r\ng\x07") == r"a\F\b\S\c\R\d\E\e\T\f\.br\g "
    write_hl7(tmp_path / "one.hl7", replace(graded, identity=HARD))
    data = (tmp_path / "one.hl7").read_bytes()
    assert data.endswith(b"\r")
    assert b"\n" not in data
    assert "Łukasiewicz" in data.decode("utf-8")
    assert RUO_LINE.encode() in data
    assert fields_of(replace(graded, identity=HARD), "PID")[0][7:9] == ["19620305", "F"]


@pytest.mark.parametrize(("state", "version", "status"), [("final", 1, "F"), ("final", 2, "C"), ("amended", 2, "P")])
def test_the_status_says_how_far_the_report_is(graded, state, version, status):
    summary = replace(graded, sample=replace(graded.sample, state=state, version=version))
    assert fields_of(summary, "OBR")[0][25] == status
    assert {f[11] for f in fields_of(summary, "OBX")} == {status, "X"}
