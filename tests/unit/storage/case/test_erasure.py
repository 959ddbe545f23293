"""A patient's data, planted wherever a case has room, are deleted and found in no byte; the trail stays whole."""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import fields, replace
from pathlib import Path

import pytest

from rbc_desktop.domain.case.audit_trail import emptied_rows, first_break
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.patient_data import PATIENT_COLUMNS, has_patient_data, scrubber, words_of
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case import erasure
from rbc_desktop.storage.case.audit import entries_of, first_difference
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.workflows.verification.verifying import trail_findings
from tests.fakes.casework import Technician, describe, write_image

ROOT = Path(__file__).resolve().parents[4]
DATA = Path(__file__).parents[1] / "data"
FIRST = {name: f"Qx{number}vk Öß{number}zw" for number, name in enumerate(PATIENT_COLUMNS)}
SECOND = {name: f"Zy{number}vk-{number}Łw" for number, name in enumerate(PATIENT_COLUMNS)}
OTHERS = {f.name: f"lab {f.name}" for f in fields(Identity) if f.name not in PATIENT_COLUMNS}
IMAGE = "Jk77 Patientin.png"


def worked(folder):
    """A final case in which every detail was typed twice, one after the other, and stands in reasons, too."""
    store = CaseFile.create(folder / "case.rbc")
    pictures = [write_image(folder / name, n) for n, name in enumerate((IMAGE, "Jk78 other.png"))]
    technician = Technician(CaseEditor(Case(), store), pictures, seed=4)
    editor = technician.editor
    sample = SampleEditor(editor)
    for values in (FIRST, SECOND):
        for name, value in values.items():
            sample.set_identity(replace(editor.case.identity, **{name: value}))
    sample.set_identity(replace(editor.case.identity, **OTHERS))
    editor.undo()
    editor.redo()
    for _ in range(40):
        technician.act()
    sample.leave_out(list(editor.case.fields)[:1], f"{IMAGE} of {SECOND['patient']} is left out.")
    editor.remove_cells(list(editor.case.cells)[:1], reason=f"wrong patient: {FIRST['patient']}")
    sample.sign("final", operator="Ada", meaning="approved by", reason=f"as {SECOND['requester']} asked")
    return editor, store


def bytes_of(path):
    return b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*"))


def forms(text):
    """How a text may stand in a file: as UTF-8, UTF-16, and escaped in JSON."""
    return {text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()}


PLANTED = [*FIRST.values(), *SECOND.values(), "Qx2vk", "Zy2vk", "Jk77", "Patientin"]


def test_every_byte_is_gone_and_the_numbers_stay(tmp_path):
    editor, store = worked(tmp_path)
    before = describe(editor.case)
    assert all(any(form in bytes_of(store.path) for form in forms(text)) for text in PLANTED), "planted"
    store.erase_patient_data(operator="Bo", reason="asked for", image_names=True)
    assert [text for text in PLANTED if any(form in bytes_of(store.path) for form in forms(text))] == []
    store.close()
    assert [text for text in PLANTED if any(form in bytes_of(store.path) for form in forms(text))] == []
    read = read_trail(store.path)
    assert (read.break_, read.difference) == ("", "")
    assert not has_patient_data(read.case.identity)
    assert read.case.identity.stain == "lab stain"
    assert read.entries[-1].action == "Delete patient data"
    assert (read.entries[-1].operator, read.entries[-1].reason) == ("Bo", "asked for")
    after = describe(read.case)
    assert {k: after[k] for k in ("cells", "analyses")} == {k: before[k] for k in ("cells", "analyses")}
    assert [f.name for f in read.case.fields.values()] == [f"field {i}.png" for i in read.case.fields]
    assert read.case.sign_offs[-1].reason == "as (deleted) asked"


def test_names_of_images_stay_where_they_are_wanted(tmp_path):
    editor, store = worked(tmp_path)
    names = [f.path for f in editor.case.fields.values()]
    store.erase_patient_data(operator="Bo", reason="", image_names=False)
    store.close()
    read = read_trail(store.path)
    assert [f.path for f in read.case.fields.values()] == names
    assert (read.break_, read.difference) == ("", "")


def opened(path):
    return sqlite3.connect(path, isolation_level=None)


@pytest.fixture
def erased(tmp_path):
    _, store = worked(tmp_path)
    store.erase_patient_data(operator="Bo", reason="asked for", image_names=True)
    store.close()
    connection = opened(store.path)
    yield connection
    connection.close()


def test_no_row_can_be_emptied_or_changed_behind_the_applications_back(erased):
    entries = entries_of(erased)
    listed = emptied_rows(entries)
    assert listed
    number = min(listed)
    for column, value in (("reason", "another"), ("time", "2020-01-01T00:00:00+00:00"), ("details", "{}")):
        erased.execute("BEGIN")
        erased.execute(f"UPDATE audit SET {column} = ? WHERE id = ?", (value, number))
        assert str(number) in first_break(entries_of(erased))
        erased.execute("ROLLBACK")
    untouched = next(e.number for e in entries if e.number not in listed and e.number > number)
    erased.execute("UPDATE audit SET details = '{}' WHERE id = ?", (untouched,))
    assert f"Row {untouched} " in first_break(entries_of(erased))


def test_what_stood_in_a_row_cannot_be_tried(tmp_path):
    """The head was made over a salt, which is gone: the same row with the right name has another head."""
    _, store = worked(tmp_path)
    before = entries_of(store._hold.connection)
    salted = [e for e in before if '"identity"' in e.details and '"was"' in e.details]
    assert salted
    assert all(len(json.loads(e.details)["salt"]) == 32 for e in salted)
    store.erase_patient_data(operator="Bo", reason="", image_names=True)
    after = {e.number: e for e in entries_of(store._hold.connection)}
    assert not any("salt" in json.loads(after[e.number].details) for e in salted)
    assert all(after[e.number].head == e.head for e in before), "reports made earlier still name a row"
    store.close()


def test_a_second_deletion_and_later_work_fit_the_trail(tmp_path):
    _, store = worked(tmp_path)
    store.erase_patient_data(operator="Bo", reason="asked for", image_names=False)
    store.close()
    store, case = CaseFile.open(store.path)
    editor = CaseEditor(case, store)
    sample = SampleEditor(editor)
    sample.sign("amended", operator="Ada", meaning="approved by", reason="more")
    sample.set_identity(replace(editor.case.identity, patient="Vw99 Again"))
    store.erase_patient_data(operator="Bo", reason="asked for again", image_names=True)
    store.close()
    read = read_trail(store.path)
    assert (read.break_, read.difference) == ("", "")
    assert b"Vw99" not in bytes_of(store.path)


def test_a_process_that_ends_before_the_file_is_written_anew_is_made_up_for(tmp_path, monkeypatch):
    _, store = worked(tmp_path)

    def die(_connection):
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "finish", die)
    with pytest.raises(KeyboardInterrupt):
        store.erase_patient_data(operator="Bo", reason="", image_names=True)
    monkeypatch.undo()
    left = tmp_path / "left"
    left.mkdir()
    for path in tmp_path.glob("case.rbc*"):
        shutil.copy(path, left)
    store.close()
    again, case = CaseFile.open(left / "case.rbc")
    assert not has_patient_data(case.identity)
    assert [text for text in PLANTED if any(form in bytes_of(again.path) for form in forms(text))] == []
    again.close()
    assert read_trail(again.path).break_ == ""


@pytest.mark.parametrize("name", sorted(p.name for p in DATA.glob("*.rbc")))
def test_cases_of_earlier_versions_lose_them_too(tmp_path, name):
    path = Path(shutil.copy(DATA / name, tmp_path / "case.rbc"))
    store, case = CaseFile.open(path)
    values = [v for n in PATIENT_COLUMNS for v in [getattr(case.identity, n)] if len(v) > 4]
    store.erase_patient_data(operator="Bo", reason="", image_names=True)
    store.close()
    read = read_trail(path)
    assert not has_patient_data(read.case.identity)
    assert read.break_ == ""
    assert [v for v in values if any(form in bytes_of(path) for form in forms(v))] == []


def test_words_are_whole_and_numbers_of_cells_stay():
    pattern = scrubber([*words_of("patient", "Anna Li-Meier"), *words_of("sample_id", "12"), *words_of("sex", "F")])
    assert pattern.sub("_", "ANNA Meier, Meierling, 12 cells, F") == "_ _, Meierling, 12 cells, F"
    assert scrubber(()) is None


def test_the_digests_fit_what_the_file_holds(erased):
    assert first_difference(erased, entries_of(erased)) == ""


ERASE = textwrap.dedent("""
    import sys
    from pathlib import Path
    from rbc_desktop.storage.case.case_file import CaseFile

    store, _ = CaseFile.open(Path(sys.argv[1]))
    print("ready", flush=True)
    store.erase_patient_data(operator="Bo", reason="asked for", image_names=True)
    print("done", flush=True)
    sys.stdin.read()
""")


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_killed_deletion_is_there_whole_or_not_at_all(tmp_path):
    """Killed at any moment, and opened again: all data are there and the trail is whole, or no byte of them is."""
    _, store = worked(tmp_path)
    store.close()
    dice = random.Random(8)
    ends = set()
    for kill in range(8):
        folder = tmp_path / f"{kill}"
        folder.mkdir()
        path = Path(shutil.copy(store.path, folder / "case.rbc"))
        child = subprocess.Popen(
            [sys.executable, "-c", ERASE, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline() == "ready\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=dice.choice((0.0, 0.002, 0.005, 0.01, 0.02, 0.05)))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()
        again, case = CaseFile.open(path)
        left = [text for text in PLANTED if any(form in bytes_of(path) for form in forms(text))]
        assert left == [] if not has_patient_data(case.identity) else len(left) == len(PLANTED)
        again.close()
        assert read_trail(path).break_ == ""
        ends.add(bool(left))
    assert ends


def test_verify_says_what_lost_data_and_which_head_vouches_for_what(tmp_path):
    _, store = worked(tmp_path)
    reported = store.head
    store.erase_patient_data(operator="Bo", reason="asked for", image_names=True)
    store.close()
    read = read_trail(store.path)
    lost = emptied_rows(read.entries)
    said = {finding.name: finding for finding in trail_findings(read, head=reported[:16])}
    assert all(finding.ok for finding in said.values())
    assert f"{len(lost)} rows up to row {max(lost)} lost patient data when" in said["audit trail"].detail
    assert f"before row {max(lost)}, which lost patient data since" in said["report"].detail
