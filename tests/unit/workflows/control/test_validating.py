"""Who read a case first and when is taken from its trail; a case that isn't as its trail says is left out."""

import random
import sqlite3

import pytest

from rbc_desktop.cli import main
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.reading_editor import ReadingEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.control.validating import case_files, imaging_of, rereads_of
from rbc_desktop.workflows.sample.rereading import new_reading
from tests.fakes.casework import make_analysis, make_proposal, write_image

NORMAL, TEARDROP = CellClass.NORMAL, CellClass.TEARDROP


@pytest.fixture
def case_path(tmp_path):
    """Twenty cells that Ada read and Bo read again twenty days later; Bo calls five of them teardrops."""
    folder = tmp_path / "cases" / "deep"
    folder.mkdir(parents=True)
    store = CaseFile.create(folder / "S-1.rbc")
    editor = CaseEditor(Case(), store)
    editor.operator = "Ada"
    editor.add_fields([write_image(folder / "1.png", 1)])
    rng = random.Random(5)
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(20)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng, predicted_share=1) for cell in cells])
    editor.set_class(range(1, 21), NORMAL)
    SampleEditor(editor).set_identity(Identity(sample_id="S-1"))
    SampleEditor(editor).set_grading(Grading(read_scheme(bundled_schemes() / "icsh_like.json")))
    reader = ReadingEditor(editor)
    last = read_later(store)
    reader.begin(new_reading(editor.case, operator="Bo", share=1, seed=1, began=last))
    editor.set_class(range(1, 16), NORMAL)
    editor.set_class(range(16, 21), TEARDROP)
    reader.leave(finish=True)
    store.close()
    return store.path


def read_later(store):
    """Twenty days after the last class."""
    from datetime import datetime, timedelta

    rows = [row for row in store.trail(most=1000) if '"class"' in row.was]
    return (datetime.fromisoformat(rows[-1].time) + timedelta(days=20)).isoformat()


def test_readers_days_pairs_and_grades(case_path):
    (found,) = rereads_of(read_trail(case_path), name="S-1")
    assert (found.first_reader, found.second_reader, found.kind) == ("Ada", "Bo", "inter-observer")
    assert found.days == pytest.approx(20)
    assert (len(found.pairs), found.agreed) == (20, 15)
    assert found.grades["teardrop"] == ("not graded", "3+")
    assert not found.grades_agree


def test_the_machine_alone(case_path):
    case = read_trail(case_path).case
    found = imaging_of(case, name="S-1")
    red = [p.best for c in case.cells.values() if (p := case.prediction_of(c)).best is not CellClass.NOT_RED_CELL]
    assert (found.sample, found.cells, found.diameter_um) == ("S-1", len(red), None)
    assert sum(found.shares.values()) == pytest.approx(1)


def test_a_changed_case_is_left_out(case_path):
    connection = sqlite3.connect(case_path)
    connection.execute("UPDATE reading_cell SET second = first")
    connection.commit()
    connection.close()
    with pytest.raises(CaseFileError, match="S-1 is left out: Second reading 1 isn't"):
        rereads_of(read_trail(case_path), name="S-1")


def test_the_command_finds_cases_in_folders_and_writes_page_and_csv(case_path, tmp_path, capsys):
    assert case_files([tmp_path]) == [case_path]
    assert main(["validate", str(tmp_path / "cases"), "--out", str(tmp_path / "study")]) == 0
    said = capsys.readouterr().out
    assert "Inter-observer: 15 of 20 cells in 1 case agree, 75.0 % (" in said
    assert "too few to conclude from" in said
    assert (tmp_path / "study" / "validation.pdf").read_bytes().startswith(b"%PDF")
    assert "S-1,inter-observer,Ada,Bo,20.0" in (tmp_path / "study" / "validation_cases.csv").read_text("utf-8-sig")


def test_no_case_is_wrong_usage_and_a_broken_one_is_named(tmp_path, capsys):
    assert main(["validate", str(tmp_path), "--out", str(tmp_path / "study")]) == 2
    assert "no case file" in capsys.readouterr().err
    (tmp_path / "no.rbc").write_bytes(b"no case")
    assert main(["validate", str(tmp_path), "--out", str(tmp_path / "study")]) == 1
    assert "no.rbc" in capsys.readouterr().out
