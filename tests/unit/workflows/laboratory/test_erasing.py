"""Cases past their date are listed, the chosen ones lose their data, and nothing else does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.patient_data import has_patient_data
from rbc_desktop.domain.laboratory.control_film import Film, KeptFilm
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.reports.exchange.training_fields import case_hash
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.laboratory.control_file import control_file, read_films, write_films
from rbc_desktop.storage.safekeeping import autosave
from rbc_desktop.storage.safekeeping.backup import backups_in, write_backup
from rbc_desktop.storage.safekeeping.known_cases import known_cases, remember
from rbc_desktop.workflows.cases.case_listing import known_of
from rbc_desktop.workflows.laboratory.erasing import erasable_cases, erase_cases
from tests.fakes.casework import write_image

NOW = datetime.now().astimezone()


class Control:
    def check(self):
        pass

    def progress(self, done, total):
        pass


def made(path, *, patient, days, unsaved=False):
    """A closed case that was open last so many days ago."""
    store = autosave.new_case_file() if unsaved else CaseFile.create(path)
    editor = CaseEditor(Case(), store)
    editor.add_fields([write_image(path.with_suffix(".png"), 1)])
    if patient:
        SampleEditor(editor).set_identity(Identity(patient=patient, sample_id=f"S {patient}"))
    known = replace(known_of(editor.case, store.path), used=NOW - timedelta(days=days))
    remember(known)
    return store, known


@pytest.fixture
def cases(tmp_path):
    found = {}
    for name, patient, days in (("old", "Qx1vk", 400), ("new", "Qx2vk", 2), ("nobody", "", 900)):
        store, found[name] = made(tmp_path / f"{name}.rbc", patient=patient, days=days)
        write_backup(store, tmp_path / "backups")
        store.close()
    return found


def listed(present=None, *, unsaved=0, identity=0):
    return erasable_cases(present=present, keep_unsaved_days=unsaved, keep_identity_days=identity, now=NOW)


def test_what_is_past_its_date_comes_first_and_what_holds_nobody_is_not_listed(cases):
    assert [(x.case.path.stem, x.is_due) for x in listed()] == [("old", False), ("new", False)]
    assert [(x.case.path.stem, x.is_due) for x in listed(identity=365)] == [("old", True), ("new", False)]
    present = listed(cases["new"], identity=365)
    assert [(x.case.path.stem, x.is_present) for x in present] == [("new", True), ("old", False)]


def test_only_what_was_chosen_loses_its_data_and_its_backups(cases, tmp_path):
    chosen = [x for x in listed(identity=365) if x.is_due]
    erased = erase_cases(
        chosen, operator="Bo", reason="over", image_names=True, backup_folder=str(tmp_path / "backups"),
        control=Control(),
    )  # fmt: skip
    assert (erased.emptied, erased.discarded, erased.backups, erased.problems) == (1, 0, 1, ())
    assert sorted(b.name for b in backups_in(tmp_path / "backups")) == ["new", "nobody"]
    old, new = (read_trail(cases[name].path) for name in ("old", "new"))
    assert not has_patient_data(old.case.identity)
    assert new.case.identity.patient == "Qx2vk"
    everything = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".png")
    assert b"Qx1vk" not in everything
    assert b"Qx2vk" in everything
    (known,) = (k for k in known_cases() if k.path == cases["old"].path)
    assert (known.sample_id, known.image, known.has_identity) == ("", "", False)
    assert [x.case.path.stem for x in listed(identity=1)] == ["new"]


def test_a_control_film_keeps_its_values_without_the_name(cases):
    code = case_hash(read_trail(cases["old"].path).case)
    films = (
        KeptFilm(Film("S Qx1vk", "Scope 1", NOW.isoformat(), {"pallor": 0.3}), code),
        KeptFilm(Film("control 2", "Scope 1", NOW.isoformat(), {"pallor": 0.3}), "another"),
    )
    write_films(films, control_file())
    chosen = [x for x in listed() if x.case.path == cases["old"].path]
    erase_cases(chosen, operator="Bo", reason="x", image_names=True, backup_folder="", control=Control())
    assert [k.film.name for k in read_films(control_file())] == ["", "control 2"]


def test_unsaved_work_past_its_date_goes_as_a_whole(tmp_path):
    store, known = made(tmp_path / "x.rbc", patient="Qx3vk", days=0, unsaved=True)
    store.close()
    assert listed(unsaved=30) == []
    later = NOW + timedelta(days=31)
    (line,) = erasable_cases(present=None, keep_unsaved_days=30, keep_identity_days=0, now=later)
    assert (line.is_due, line.goes_whole) == (True, True)
    erased = erase_cases([line], operator="", reason="over", image_names=True, backup_folder="", control=Control())
    assert (erased.emptied, erased.discarded) == (0, 1)
    assert not known.path.exists()


def test_a_case_that_is_open_elsewhere_stays_and_is_named(cases, tmp_path):
    store, _ = CaseFile.open(cases["old"].path)
    erased = erase_cases(listed(), operator="Bo", reason="x", image_names=True, backup_folder="", control=Control())
    assert erased.emptied == 1
    assert erased.problems == ("old.rbc is open in this window already.",)
    store.close()
    assert read_trail(cases["old"].path).case.identity.patient == "Qx1vk"
