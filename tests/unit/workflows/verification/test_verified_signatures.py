"""Signatures fit the head before them and the keys that are known; what was put in their place is named."""

import json
import sqlite3

import pytest

from rbc_desktop import RESEARCH_USE_ONLY
from rbc_desktop.commands.verify import verify
from rbc_desktop.domain.case.audit_trail import chained
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.laboratory.operator import Operator
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.storage.case.audit import entries_of
from rbc_desktop.storage.case.audit_record import present_digests
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.laboratory.pass_phrase import unlock, with_phrase
from rbc_desktop.workflows.verification.verified_signatures import signature_findings
from rbc_desktop.workflows.verification.verifying import trail_findings


@pytest.fixture(scope="module")
def ada():
    return with_phrase(Operator("Ada"), "three green cells")


@pytest.fixture
def signed(tmp_path, ada):
    """A case that Bo reviewed and Ada sealed."""
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    sample = SampleEditor(editor)
    sample.sign("reviewed", operator="Bo", meaning="reviewed by")
    sample.sign("final", operator="Ada", meaning="approved by", seal=unlock(ada, "three green cells").seal)
    store.close()
    return store.path


def found(path, *operators):
    return [(f.ok, f.detail) for f in signature_findings(read_trail(path), operators=operators)]


def test_sealed_and_unsealed_signatures_fit(signed, ada):
    ((ok, detail),) = found(signed, ada, Operator("Bo"))
    assert ok
    assert detail.startswith("2, each over the head before it; sealed by Ada with key ")
    assert found(signed) == [(ok, detail)], "a stranger's key is no fault"


def test_the_key_must_be_the_one_that_the_computer_knows_for_the_name(signed):
    other = with_phrase(Operator("Ada"), "another pass phrase")
    ((ok, detail),) = found(signed, other)
    assert not ok
    assert "isn't the one of Ada on this computer" in detail


def test_the_command_speaks_german_where_it_is_asked_to(signed, capsys, german):
    assert verify(signed, head="0" * 8, replay=False, models=ModelChoice()) == 1
    said = capsys.readouterr().out
    assert "ok      Prüfpfad" in said
    assert "gesiegelt von Ada mit Schlüssel" in said
    assert "FEHLER  Bericht" in said
    assert "Keine Zeile hat den Kopfwert 00000000" in said
    assert RESEARCH_USE_ONLY in said
    connection = sqlite3.connect(signed)
    connection.execute("UPDATE audit SET reason = 'none' WHERE id = 2")
    connection.commit()
    connection.close()
    assert verify(signed, head="", replay=False, models=ModelChoice()) == 1
    assert "Zeile 2 des Prüfpfads" in capsys.readouterr().out


def rewrite(path, sql):
    """Change the file and make the whole chain anew, as somebody who knows how it is made."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(sql)
    digests = dict(present_digests(connection))
    previous = ""
    for entry in entries_of(connection):
        details = json.loads(entry.details)
        for kind, objects in details.get("put", {}).items():
            for number in objects:
                objects[number] = digests[kind, int(number)]
        text = json.dumps(details, separators=(",", ":"))
        values = {name: getattr(entry, name) for name in ("number", "time", "operator", "action", "reason")}
        head = chained(previous, **values, details=text)
        connection.execute("UPDATE audit SET details = ?, head = ? WHERE id = ?", (text, head, entry.number))
        previous = head
    connection.close()


def test_a_chain_made_anew_breaks_the_signatures_over_it(signed, ada):
    rewrite(signed, "UPDATE \"case\" SET patient = 'somebody else'")
    read = read_trail(signed)
    assert all(f.ok for f in trail_findings(read)), "the chain by itself fits"
    findings = found(signed, ada)
    assert [ok for ok, _ in findings] == [False, False]
    assert "the head that it vouches for isn't the one before it" in findings[0][1]


def test_heads_that_are_made_to_fit_break_the_seal(signed, ada):
    rewrite(signed, "UPDATE \"case\" SET patient = 'somebody else'")
    for _ in range(3):  # each new head changes the rows after it
        entries = read_trail(signed).entries
        rewrite(signed, f"UPDATE sign_off SET head = '{entries[0].head}' WHERE id = 1")
        entries = read_trail(signed).entries
        rewrite(signed, f"UPDATE sign_off SET head = '{entries[1].head}' WHERE id = 2")
    ((ok, detail),) = found(signed, ada)
    assert not ok
    assert detail == "Signature 2 (final, approved by Ada): the seal doesn't belong to this step."


def test_nothing_is_said_where_nobody_signed(tmp_path):
    CaseFile.create(tmp_path / "new.rbc").close()
    assert found(tmp_path / "new.rbc") == []


def test_what_is_no_trail_is_left_to_the_finding_about_it(signed):
    connection = sqlite3.connect(signed, isolation_level=None)
    connection.execute("UPDATE audit SET details = '[' WHERE id = 1")
    connection.close()
    with pytest.raises(CaseFileError, match="Row 1"):
        read_trail(signed)
