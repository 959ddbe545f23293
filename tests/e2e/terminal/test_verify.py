"""`verify` on a case that `analyze` made: all is well, then one thing at a time is changed and named."""

import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.e2e.terminal.test_command_line import ROOT, rbc

KINDS = "csv,summary,xlsx,pdf"


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    """The sample beside its case, made by the command line."""
    folder = tmp_path_factory.mktemp("verify")
    shutil.copy(ROOT / "resources/sample/sample_smear.png", folder)
    done = rbc("analyze", "sample_smear.png", "--um-per-px", "0.125", "--out", "out", "--formats", KINDS, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def case(analysed, tmp_path):
    """A copy of both, in a folder of its own."""
    shutil.copytree(analysed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out" / "analysis.rbc"


def change(path, sql):
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_an_untouched_case_holds_and_its_outlines_come_out_again(case):
    before = case.read_bytes()
    result = rbc("verify", case, "--replay", cwd=case.parent)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "FAIL" not in result.stdout
    drawn, cells = (int(result.stdout.split(w)[0].split()[-1]) for w in (" of ", " outlines came"))
    assert drawn == cells > 60
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE cell SET x0 = x0 + 1 WHERE id = 7", "Cell 7 isn't as row 2"),
        ("UPDATE audit SET action = 'Nothing' WHERE id = 2", "Row 2 of the audit trail"),
        ("DELETE FROM audit WHERE id = 1", "Row 1 of the audit trail is missing"),
        ("DELETE FROM audit", "The audit trail was emptied"),
        ("UPDATE field SET sha256 = replace(sha256, substr(sha256, 1, 4), 'abcd')", "Field 1 isn't as row 2"),
    ],
)
def test_a_changed_case_is_named(case, sql, says):
    change(case, sql)
    result = rbc("verify", case, cwd=case.parent)
    assert result.returncode == 1
    assert says in result.stdout


def test_the_numbers_that_were_exported_are_compared(case):
    exported = case.parent / "cells.csv"
    files = [exported, *(case.parent / name for name in ("sample.csv", "sample.xlsx", "report.pdf"))]
    again = rbc("verify", case, "--numbers", *files, cwd=case.parent)
    assert again.returncode == 0, again.stdout + again.stderr
    assert again.stdout.count("says what the case says") == 4
    assert again.stdout.count("The report was made at row 2") == 3
    change(case, "INSERT OR REPLACE INTO review VALUES (7, 'not a red cell')")
    result = rbc("verify", case, "--numbers", *files, cwd=case.parent)
    assert result.returncode == 1
    assert "Cell 7, class: the file says " in result.stdout
    assert len(re.findall(r"FAIL  numbers +.*: the file says “.+”, the case “.+”", result.stdout)) == 4


def test_a_changed_image_is_named(case):
    image = case.parents[1] / "sample_smear.png"
    image.write_bytes(image.read_bytes() + b"\0")
    result = rbc("verify", case, cwd=case.parent)
    assert result.returncode == 1
    assert "sample_smear.png has changed" in result.stdout


def test_the_head_of_a_report_finds_a_chain_that_was_made_anew(case):
    head = rbc("verify", case, cwd=case.parent).stdout.split("head ")[1].split()[0]
    again = rbc("verify", case, "--head", head, cwd=case.parent)
    assert again.returncode == 0
    assert "The report was made at row 2" in again.stdout
    forge = (
        "import sqlite3, sys; from rbc_desktop.domain.case.audit_trail import chained;"
        "c = sqlite3.connect(sys.argv[1]);"
        "c.execute(\"UPDATE audit SET operator = 'Mallory' WHERE id = 2\");"
        "rows = c.execute('SELECT id, time, operator, action, reason, details FROM audit ORDER BY id').fetchall();"
        "head = ''\n"
        "for n, t, o, a, r, d in rows:\n"
        "    head = chained(head, number=n, time=t, operator=o, action=a, reason=r, details=d)\n"
        "    c.execute('UPDATE audit SET head = ? WHERE id = ?', (head, n))\n"
        "c.commit()"
    )
    subprocess.run([sys.executable, "-c", forge, str(case)], check=True, cwd=ROOT)
    assert rbc("verify", case, cwd=case.parent).returncode == 0, "a chain that was made anew is whole in itself"
    caught = rbc("verify", case, "--head", head, cwd=case.parent)
    assert caught.returncode == 1
    assert "the case isn't the one that was reported" in caught.stdout


def test_what_is_no_case_gets_a_sentence(tmp_path):
    (tmp_path / "no.rbc").write_bytes(b"no case at all")
    for name in ("no.rbc", "missing.rbc"):
        result = rbc("verify", tmp_path / name, cwd=tmp_path)
        assert result.returncode == 1
        assert result.stderr.startswith(name)
        assert "Traceback" not in result.stderr
