"""German on the screen, English in every file: the same case under both languages, and whole families of sentences."""

import csv
import itertools
import random
import re
import sqlite3
import string
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from rbc_desktop import phrases
from rbc_desktop.commands.terminal.catalogues import german, translations_folder
from rbc_desktop.domain import export_formats
from rbc_desktop.domain.case import step_names
from rbc_desktop.domain.case.case import Case, Identity, Remark
from rbc_desktop.domain.cells import doubts, hand_edit
from rbc_desktop.domain.cells.cell import not_assessable
from rbc_desktop.domain.cells.missed_places import missed_text
from rbc_desktop.domain.classes.assessability import NEEDS, why_withheld
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.field_quality import FieldQuality, Trait, quality_facts
from rbc_desktop.domain.laboratory.control_chart import REJECTIONS
from rbc_desktop.domain.sample import findings, sign_off
from rbc_desktop.domain.sample.blood_count import QUANTITIES, BloodCount, consistency, impossible
from rbc_desktop.domain.sample.grading import Rule, Step, suggestion
from rbc_desktop.domain.slides.film_map import Zone
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import ModelLoadError
from rbc_desktop.language import ENGLISH, Marked, speak, tr
from rbc_desktop.models.choice.trial import try_model
from rbc_desktop.phrases import told
from rbc_desktop.reports.exchange.interchange import write_coco
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.reports.tables.csv_report import write_cells
from rbc_desktop.reports.tables.summary_csv import write_summary
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows import key_map
from rbc_desktop.workflows.fields import gating
from rbc_desktop.workflows.fields.field_queue import FieldQueue, ended_text
from rbc_desktop.workflows.review import reviewing
from rbc_desktop.workflows.sample import signing
from rbc_desktop.workflows.sample.auditing import trail_line
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.report_cases import CONTEXT, certain, small_case

GOOD = FieldQuality(40.0, 0.1, 0.5, 0.2, 0.01, 5.0, 0.3, 0.001, 0.9, 30)
BAD = FieldQuality(10.0, 0.3, 0.01, 0.9, 0.5, 40.0, 0.9, 0.1, 0.2, 30)
NAN = float("nan")
UNKNOWN = FieldQuality(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0)

SAME = {"{percent:.0f} %", "Hb", "RDW", "MCV", "MCH", "MCHC", "{density:.2f}", "{degrees:.0f}°", "–"}
"""Sentences without words."""

ENGLISH_WORDS = re.compile(r"\b(the|and|of|is|are|cells|with|were|has|to)\b")


@pytest.fixture
def spoken_german():
    before = speak(german())
    yield
    speak(before)


def assert_german(sentences):
    """Each has a translation, in which nothing English and no placeholder is left."""
    assert sentences
    for sentence in sentences:
        said = told(sentence)
        one = sentence.one if isinstance(sentence, Marked) else str(sentence)
        assert "{" not in said, said
        assert not ENGLISH_WORDS.search(said), said
        if one not in SAME and re.search("[a-z]{4}", str(sentence)):
            assert said != str(sentence) or one in _UNCHANGED, said


_UNCHANGED = {"monolayer", "PDF", "Version {version}", "{name}"}


def test_every_class_has_a_german_name(spoken_german):
    names = [cell_class.title for cell_class in BUILT_IN]
    assert len(set(names)) == len(BUILT_IN)
    assert CellClass.TARGET_CELL.title == "Targetzelle"
    assert CellClass("sickle cell", "Si", "#123456", is_own=True).title == "sickle cell"
    assert CellClass.TARGET_CELL.value == "target cell"


@pytest.mark.parametrize("quality", [GOOD, BAD, UNKNOWN], ids=["good", "bad", "unknown"])
def test_every_sentence_on_a_field_is_german(spoken_german, quality):
    facts = quality_facts(quality)
    assert_german([fact.sentence for fact in facts])
    assert_german([trait.value for trait in Trait] + [zone.value for zone in Zone])
    assert told(quality_facts(BAD)[6].sentence).startswith("Die Dichte der Färbung ist 0,90, außerhalb von 0,06–0,60")


def test_every_reason_that_withholds_a_class_is_german(spoken_german):
    poor = [BAD, replace(GOOD, edge_share=0.3), replace(GOOD, pallor_share=0.01)]
    scale = Calibration(0.1, "typed")
    reasons = {why_withheld(c, calibration=s, quality=q) for c in NEEDS for q in poor for s in (scale, None)} - {""}
    assert len(reasons) == 5
    assert_german(reasons)


def test_a_cell_that_can_t_be_assessed_says_so_in_german(spoken_german):
    case, _ = small_case()
    cell = next(c for c in case.cells.values() if c.is_counted and c.reviewed_class is None)
    prediction = certain(CellClass.SPHEROCYTE, probability=0.9)
    reason = not_assessable(cell, prediction, calibration=Calibration(0.1, "typed"), quality=BAD)
    assert reason == "may be spherocyte, but cells are 10 px across, under 26"
    assert told(reason) == "vielleicht Sphärozyt, aber Zellen messen 10 px, weniger als 26"


def test_doubts_findings_rules_and_formats_are_german(spoken_german):
    assert_german([doubts.TWO_CELLS, doubts.GHOST, doubts.CURLED, doubts.OVERLAPPING])
    every = frozenset(BUILT_IN)
    assert_german([*findings.patterns(every), *findings.patterns(every - {CellClass.TARGET_CELL})])
    assert_german([findings.NOTHING, findings.CLOSING, *REJECTIONS.values(), *(r for r in gating.REASONS.values())])
    assert_german([*reviewing.DELETION_REASONS, *gating.REMOVAL_REASONS, *reviewing.ORDER_NAMES.values()])
    assert_german([one.label for one in export_formats.FORMATS.values()])
    assert_german([*sign_off.WORDS, *hand_edit.WORDS, *key_map.RESERVED.values()])


def test_a_blood_count_that_doesn_t_fit_is_german(spoken_german):
    shares = dict.fromkeys((CellClass.MICROCYTE, CellClass.MACROCYTE, CellClass.HYPOCHROMIA), 0.3)
    shares |= {CellClass.SPHEROCYTE: 0.2, CellClass.SCHISTOCYTE: 0.05}
    counts = [
        BloodCount(mcv=90, mch=30, mchc=300, rdw=30, platelets=100),
        BloodCount(platelets=300, rdw=12, mchc=370),
    ]
    found = [s for c in counts for cv in (5.0, 20.0) for s in consistency(c, shares, size_cv_percent=cv)]
    found += consistency(BloodCount(mcv=70), {CellClass.MICROCYTE: 0.1, CellClass.MACROCYTE: 0.3}, size_cv_percent=None)
    found += consistency(
        BloodCount(mcv=120), {CellClass.MICROCYTE: 0.3, CellClass.MACROCYTE: 0.1}, size_cv_percent=None
    )
    found += consistency(BloodCount(mchc=370), {CellClass.SPHEROCYTE: 0.0}, size_cv_percent=None)
    assert len(set(found)) >= 9
    assert_german(found)
    assert_german(impossible(BloodCount(**dict.fromkeys(QUANTITIES, -1.0))))
    rule = Rule("target cell", ("target cell",), (Step("1+", "above", 1),), least_cells=1000)
    assert_german([suggestion(rule, count=0, total=n).reason for n in (0, 500)])


def sample_of(template, number):
    """A sentence of a template, with values by which they can be told apart."""
    parts = itertools.chain(*map(string.Formatter().parse, (template.one, template.many)))
    fields = {name: form for _, name, form, _ in parts if name}
    values = {name: 7 if form or name == "count" else f"a_{name}.b" for name, form in fields.items()}
    values |= {name: number for name in ("count",) if template.many}
    return template(**values)


def every_template():
    found = {id(made): made for made in itertools.chain.from_iterable(phrases._kept.values())}
    return list(found.values())


@pytest.mark.parametrize("number", [1, 1234])
def test_every_sentence_of_a_case_file_comes_back_in_german(spoken_german, number):
    templates = every_template()
    assert len(templates) > 100
    for made in templates:
        kept = str(sample_of(made, number))  # as the file gives it: plain text
        said = told(kept)
        assert said == tr(sample_of(made, number)), kept
        assert "{" not in said
        for name in re.findall(r"a_\w+\.b", kept):
            assert name in said
        if made.one.strip("{}a-z ×;,") and "{name}, version" not in made.one:
            assert said != kept, kept


def test_names_that_people_typed_stay(spoken_german):
    for name in ("Ada Lovelace", "smear.png", "Probe 7, Version B", "12"):
        assert told(name) == name


def test_sentences_with_numbers_choose_their_plural(spoken_german):
    assert told(str(missed_text("a.png", 1))) == "1 Zelle wurde in a.png vielleicht übersehen."
    assert told(str(missed_text("a.png", 1200))) == "Etwa 1.200 Zellen wurden in a.png vielleicht übersehen."
    assert (
        ended_text(FieldQueue(done=(1, 2), found_in={1: 1200, 2: 89}), names={})
        == "1.289 neue Zellen in 2 Feldern gefunden."
    )
    assert signing.unseen_text(1) == "1 zu prüfende Zelle ist nicht angesehen: N führt zur nächsten."


def work_on(folder):
    """A case through many steps; gives what stands in its file and in its tables."""
    folder.mkdir()
    store = CaseFile.create(folder / "case.rbc")
    editor = CaseEditor(Case(), store)

    rng = random.Random(5)
    images = [write_image(folder / f"{name}.png", seed, width=200) for seed, name in enumerate("ab")]
    fields = editor.add_fields([image.facts for image in images])
    run = editor.new_run()
    for field in fields:
        editor.add_cells(field.id, [make_proposal(rng) for _ in range(4)], run=run)
    editor.add_cell(fields[0].id, make_proposal(rng))
    cells = list(editor.case.cells.values())
    editor.set_analyses(make_analysis(c, rng) for c in cells)
    editor.set_class([c.id for c in cells[:3]], CellClass.TARGET_CELL)
    editor.confirm([cells[4].id])
    editor.set_calibration([f.id for f in fields], Calibration.from_line(length_um=12, length_px=150))
    editor.note_field(editor.case.fields[1].with_remark("missed", missed_text("a.png", 3)))
    editor.remove_cells([cells[5].id], reason="debris or stain")
    editor.undo()
    editor.redo()
    sample = SampleEditor(editor)
    sample.set_identity(Identity(sample_id="S 7", operator="Bo"))
    sample.leave_out([fields[1].id], gating.reason_sentence(fields[1], gating.OTHER))
    sample.sign("reviewed", operator="Bo", meaning="reviewed by", unseen=0)
    rows = rows_of(editor.case)
    write_cells(folder / "cells.csv", rows)
    summary = build(editor.case, context=CONTEXT)
    write_summary(folder / "sample.csv", summary)
    write_coco(folder / "masks.json", editor.case)
    lines = [trail_line(row) for row in store.trail(after=0)]
    store.close()
    tables = {name: (folder / name).read_bytes() for name in ("cells.csv", "sample.csv", "masks.json")}
    with sqlite3.connect(folder / "case.rbc") as connection:
        kept = list(connection.iterdump())
    connection.close()
    return tables, kept, lines, summary


def test_a_case_and_its_tables_are_equal_byte_for_byte_in_both_languages(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    monkeypatch.setattr("rbc_desktop.storage.case.audit.secrets.token_hex", lambda count: "5a" * count)
    speak(ENGLISH)
    tables, kept, lines, _ = work_on(tmp_path / "english")
    before = speak(german())
    try:
        german_tables, german_kept, german_lines, summary = work_on(tmp_path / "german")
        assert_german([notice for notice in summary.notices if isinstance(notice, Marked)])
    finally:
        speak(before)
    assert german_tables == tables
    assert german_kept == kept
    assert b"may be" in tables["cells.csv"] or b"not assessable" in tables["cells.csv"]
    rows = list(csv.DictReader(tables["cells.csv"].decode("utf-8-sig").splitlines()))
    assert {row["class"] for row in rows} >= {"target cell"}

    assert [line.head for line in german_lines] == [line.head for line in lines]
    actions, german_actions = [line.action for line in lines], [line.action for line in german_lines]
    assert "Set 3 cells to target cell" in actions
    assert "3 Zellen auf Targetzelle setzen" in german_actions
    assert "Rückgängig: 1 Zelle löschen" in german_actions
    assert "Bericht 1: geprüft von Bo" in german_actions
    assert not set(actions) & set(german_actions)
    assert any("Targetzelle" in line.change for line in german_lines)


def test_remarks_come_back_in_german(spoken_german):
    remark = Remark("missed", "About 3 cells may have been missed in a.png.")
    assert told(remark.text) == "Etwa 3 Zellen wurden in a.png vielleicht übersehen."
    left_out = "a.png is left out of the count: it is blurred."
    assert told(left_out) == "a.png ist nicht mitgezählt: es ist unscharf."
    assert told(str(step_names.UNDO(action=str(step_names.DELETE(count=2))))) == "Rückgängig: 2 Zellen löschen"


def test_keys_have_the_names_that_stand_on_them(spoken_german):
    assert [key_map.said(key) for key in ("Ctrl+Z", "Ctrl+Shift+Z", "F5", "+", "N")] == [
        "Strg+Z", "Strg+Umschalt+Z", "F5", "+", "N",
    ]  # fmt: skip


def catalogue(name):
    """English and German of every sentence without a plural."""
    tree = ElementTree.parse(translations_folder() / f"{name}_de.ts")
    return {m.findtext("source"): m.findtext("translation") for m in tree.iter("message") if not m.get("numerus")}


def test_sentences_name_the_entries_of_the_german_menus():
    named = {english.removeprefix("&"): text for english, text in catalogue("window").items()}
    found = []
    for english, text in {**catalogue("messages"), **catalogue("window"), **catalogue("reports")}.items():
        for menu, entry in re.findall(r"(File|Edit|View|Cells|Report|Help) › ([A-Z][\w ]+…?)", english):
            if entry not in named:
                continue
            path = f"{named[menu]} › {named[entry]}"
            found.append(path)
            assert path in text, english
    assert len(set(found)) >= 5


def test_a_model_that_another_process_refuses_is_refused_in_german(spoken_german, tmp_path):
    (tmp_path / "manifest.json").write_text('{"classifier": {"file": "a.txt"}}', encoding="utf-8")
    with pytest.raises(ModelLoadError) as refused:
        try_model("classifier", tmp_path)
    assert "Im Manifest (Klassifikator) fehlt: sha256; ein anderes wählen." in refused.value.message
