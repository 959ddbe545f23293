"""The window and `analyze` say the same of the same fields, byte for byte, whatever way the technician took."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.workflows.results.exporting import ExportChoice

ROOT = Path(__file__).resolve().parents[3]
SLOW = 180_000
SCALE = 0.125
EPOCH = "1772719620"
"""Both are told the same time: the table holds that of the analysis."""


@pytest.fixture(autouse=True)
def same_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture(scope="module")
def fields(tmp_path_factory, sample_image):
    """Three fields of one sample: parts of the drawn smear, turned."""
    smear = cv2.imread(str(sample_image))
    folder = tmp_path_factory.mktemp("sample")
    parts = (smear[:300, :400], np.rot90(smear[120:420, 200:600]), smear[180:, 240:, ::1][::-1])
    paths = [folder / f"field {number}.png" for number in (1, 2, 3)]
    for path, part in zip(paths, parts, strict=True):
        path.write_bytes(cv2.imencode(".png", np.ascontiguousarray(part))[1].tobytes())
    return paths


@pytest.fixture(scope="module")
def analyzed(fields, tmp_path_factory):
    """`cells.csv` of `analyze`, with and without a scale; no Qt was loaded for it."""

    def run(*options):
        out = tmp_path_factory.mktemp("out")
        arguments = ["analyze", *map(str, fields), "--out", str(out), "--formats", "csv", *options]
        code = (
            "import json, sys; from rbc_desktop.cli import main\n"
            f"status = main({arguments!r})\n"
            "print(json.dumps([status, [m for m in sys.modules if m.startswith('PySide6')]]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
            capture_output=True, text=True, timeout=240, check=True,
        )  # fmt: skip
        assert json.loads(done.stdout.splitlines()[-1]) == [0, []], done.stderr
        return (out / "cells.csv").read_bytes()

    return {None: run(), SCALE: run("--um-per-px", str(SCALE))}


@pytest.fixture
def window(qtbot):
    built = assembly.build_window(QApplication.instance())
    qtbot.addWidget(built)
    built.show()
    built.services.engine.start()
    yield built
    built.close()
    assembly.close_down(built)


def open_fields(qtbot, window, fields):
    window.services.files.open_paths(fields)
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.status.is_ready, timeout=SLOW)


def segment_every_field(qtbot, window):
    editor = window.services.editor
    for field_id in editor.case.fields:
        editor.set_current_field(field_id)
        qtbot.waitUntil(lambda shown=field_id: window.session.work.field_id == shown, timeout=SLOW)
        with qtbot.waitSignal(window.queue.run_finished, timeout=SLOW):
            window.queue.segment_shown()


def exported(qtbot, window, folder):
    """The table as *Export report* writes it; it waits by itself for what is still being classified."""
    choice = ExportChoice(folder, "", ("csv",), ReportOptions())
    with qtbot.waitSignal(window.writing.finished, timeout=SLOW):
        window.writing.start(choice, models=window.status.models)
    return (folder / "cells.csv").read_bytes()


@pytest.mark.parametrize("scale", [None, SCALE])
def test_window_and_command_line_give_equal_rows(qtbot, window, fields, analyzed, tmp_path, scale):
    open_fields(qtbot, window, fields)
    editor = window.services.editor
    if scale is not None:
        editor.set_calibration(editor.case.fields, Calibration(scale, "typed"))
    segment_every_field(qtbot, window)
    assert len(editor.case.cells) > 60
    assert exported(qtbot, window, tmp_path) == analyzed[scale]


def test_a_scale_given_afterwards_reaches_the_classes_of_every_field(qtbot, window, fields, tmp_path):
    open_fields(qtbot, window, fields)
    editor = window.services.editor
    segment_every_field(qtbot, window)
    before = exported(qtbot, window, tmp_path / "before")
    editor.set_calibration(editor.case.fields, Calibration(SCALE, "typed"))
    at_once = exported(qtbot, window, tmp_path / "at once")
    assert at_once != before
    assert all(a.um_per_px == SCALE for a in editor.case.analyses.values())
    for field_id in editor.case.fields:
        editor.set_current_field(field_id)
        qtbot.waitUntil(lambda shown=field_id: window.session.work.field_id == shown, timeout=SLOW)
    assert exported(qtbot, window, tmp_path / "looked at each") == at_once
    editor.undo()
    assert exported(qtbot, window, tmp_path / "undone") == before


def test_an_export_says_what_could_not_be_brought_up_to_date(qtbot, window, fields, tmp_path):
    copies = [tmp_path / path.name for path in fields[:2]]
    for path, copy in zip(fields[:2], copies, strict=True):
        copy.write_bytes(path.read_bytes())
    open_fields(qtbot, window, copies)
    editor = window.services.editor
    segment_every_field(qtbot, window)
    exported(qtbot, window, tmp_path / "before")
    window.services.images.clear()  # as when memory ran out
    copies[0].unlink()
    editor.set_calibration(editor.case.fields, Calibration(SCALE, "typed"))
    said = []
    window.services.notices.show_with(lambda text, level: said.append((text, level)))
    exported(qtbot, window, tmp_path / "after")
    count = len(editor.case.cells_of(1))
    assert (f"{count:,} cells keep their classes", "warning") in [
        (text.split(" of an")[0], level) for text, level in said
    ]


def test_a_scale_of_a_file_that_the_image_contradicts_is_left_aside_by_both(qtbot, window, sample_image, tmp_path):
    path = tmp_path / "stated.tif"
    smear = cv2.cvtColor(cv2.imread(str(sample_image)), cv2.COLOR_BGR2RGB)
    stated = {"PhysicalSizeX": 0.5, "PhysicalSizeXUnit": "µm", "PhysicalSizeY": 0.5, "PhysicalSizeYUnit": "µm"}
    tifffile.imwrite(path, smear, photometric="rgb", metadata={"axes": "YXS", **stated}, ome=True)
    said = []
    window.services.notices.show_with(lambda text, level: said.append((text, level)))
    window.services.files.open_paths([path])
    editor = window.services.editor
    qtbot.waitUntil(lambda: any(f.remarks for f in editor.case.fields.values()), timeout=SLOW)
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.status.is_ready, timeout=SLOW)
    [field] = editor.case.fields.values()
    assert field.calibration is None
    assert [level for text, level in said if "left aside" in text] == ["warning"]
    segment_every_field(qtbot, window)
    done = subprocess.run(
        [sys.executable, "-m", "rbc_desktop", "analyze", str(path), "--out", str(tmp_path / "out"), "--formats", "csv"],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    assert field.remarks[0].text in done.stderr
    rows = exported(qtbot, window, tmp_path / "window")
    assert field.remarks[0].text.encode() in rows
    assert rows == (tmp_path / "out" / "cells.csv").read_bytes()
