"""The manual's pictures of what a laboratory keeps: retraining, charts, the reference band, readings, recent cases.

One case of drawn fields, measured and classified by the bundled models. The days before it are random parts of its own
cells, so that the charts have a past; everything that is shown of it was computed by the application.
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
from PIL import Image
from place_pictures import Camera
from PySide6.QtWidgets import QWidget

from rbc_desktop.domain import clock
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.cells.cell import Measurements
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.cells.proposal import Candidate, Proposal
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.laboratory.control_film import Film, KeptFilm
from rbc_desktop.domain.laboratory.reference_band import PALLOR, SHAPE, SIZE, Profile, ReferenceSample, profile_of
from rbc_desktop.domain.statistics import median
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.laboratory.control_file import control_file, write_films
from rbc_desktop.storage.laboratory.reference_file import reference_file, write_samples
from rbc_desktop.ui.sample.sample_window import SampleWindow
from training.renderer import Kind, RenderedField, render_field, scatter

TODAY = 1_772_456_400
"""2026-03-02 13:00 UTC, so that the pictures don't change by the day."""

WIDTH, HEIGHT = 640, 480
DIAMETER = 39
SCALE = Calibration(7.5 / DIAMETER, "typed")
FIELDS = 6
KINDS = (Kind.NORMAL,) * 16 + (Kind.SCHISTOCYTE,) * 4 + (Kind.TARGET_CELL,) * 4
SCOPE = "Axio 2"
DAYS, NORMAL_SAMPLES = 24, 43
ADA, BO = "A. Keller", "B. Sommer"
SAMPLE_SIZE, FILMS_SIZE = (1040, 720), (960, 760)
"""Logical pixels: larger than the screen that the offscreen platform has."""

SLIPS = 3
"""Cells that the second reader calls otherwise."""


def take_records(p: Camera) -> None:
    """Of a window whose models are loaded; it leaves an empty case."""
    os.environ["SOURCE_DATE_EPOCH"] = str(TODAY)
    folder = Path(tempfile.mkdtemp(prefix="rbc-records-")) / "smears"
    folder.mkdir()
    _open_reviewed(p, folder)
    _take_retraining(p)
    _take_control_films(p)
    _take_reference(p)
    _take_second_reading(p)
    _take_recent(p, folder)


def _open_reviewed(p: Camera, folder: Path) -> None:
    """A case of drawn fields, each cell called what was drawn."""
    window, editor = p.window, p.window.services.editor
    window.services.files.new_case()
    p.until(lambda: not window.services.files.is_busy and not editor.case.fields)
    drawn = [_draw(seed) for seed in range(1, FIELDS + 1)]
    paths = [folder / f"field {number}.png" for number in range(1, FIELDS + 1)]
    for picture, path in zip(drawn, paths, strict=True):
        Image.fromarray(picture.rgb).save(path)
    window.services.files.open_paths(paths)
    p.until(lambda: len(editor.case.fields) == FIELDS and not window.services.files.is_busy)
    editor.set_calibration(list(editor.case.fields), SCALE)
    SampleEditor(editor).set_identity(
        Identity(sample_id="H-2026-0412", stain="May-Grünwald-Giemsa", instrument=SCOPE, operator=ADA)
    )
    for number, picture in zip(list(editor.case.fields), drawn, strict=True):
        made = editor.add_cells(number, [_proposal(cell.mask) for cell in picture.cells], run=editor.new_run())
        for cell, rendered in zip(made, picture.cells, strict=True):
            editor.set_class([cell.id], rendered.spec.kind.cell_class)
    case = editor.case
    p.until(lambda: all(case.analysis_of(cell) is not None for cell in case.cells.values()))


def _draw(seed: int) -> RenderedField:
    specs = scatter(list(KINDS), width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=np.random.default_rng(seed))
    return render_field(specs, width=WIDTH, height=HEIGHT, seed=seed)


def _proposal(mask: CellMask) -> Proposal:
    at = mask.centroid
    return Proposal(
        PromptSet.click(at.x, at.y), (Candidate(mask, 0.9, mask.touches_border(width=WIDTH, height=HEIGHT)),)
    )


def _take_retraining(p: Camera) -> None:
    """The dialog with what was gained."""
    p.window.action_set["retrain"].trigger()
    dialog = p.window.dialogs.relearning
    assert dialog is not None
    p.until(lambda: dialog.start.isEnabled())
    dialog.start.click()
    p.until(lambda: dialog.use.isVisible())
    p.save("retraining", dialog)
    dialog.close()


def _measured(case: Case) -> list[Measurements]:
    """Of the normal cells, those that the edge doesn't cut."""
    return [
        analysis.measurements
        for cell in case.cells.values()
        if cell.is_counted and cell.reviewed_class == CellClass.NORMAL and (analysis := case.analysis_of(cell))
    ]


def _take_control_films(p: Camera) -> None:
    """The chart of a microscope whose films grow larger in the end."""
    window, rng = p.window, random.Random(4)
    cells = _measured(window.services.editor.case)
    films = [_film(rng.choices(cells, k=40), day=day, growth=1 + 0.012 * max(0, day + 4)) for day in range(-DAYS, 0)]
    write_films(films, control_file())
    window.action_set["control-films"].trigger()
    shown = window.laboratory.window
    assert shown is not None
    shown.resize(*FILMS_SIZE)
    shown.films.add.click()
    p.until(lambda: shown.films.table.rowCount() > DAYS)
    p.save("control-films", shown, colours=64)
    shown.close()


def _film(cells: Sequence[Measurements], *, day: int, growth: float) -> KeptFilm:
    time = clock.now() + timedelta(days=day)
    found = {
        "diameter": median([growth * SCALE.um_per_px * cell.diameter_px for cell in cells]),
        "optical density": median([cell.mean_density for cell in cells]),
        "pallor": median([cell.pallor_ratio for cell in cells]),
    }
    values = {measure: value for measure, value in found.items() if value is not None}
    return KeptFilm(Film(f"K {time:%m-%d}", SCOPE, time.isoformat(), values), f"{day}", operator=ADA)


def _take_reference(p: Camera) -> None:
    """The case beside the band of normal samples."""
    window, rng = p.window, random.Random(5)
    editor = window.services.editor
    cells = _measured(editor.case)
    write_samples([_sample(rng.choices(cells, k=150), number=n) for n in range(NORMAL_SAMPLES)], reference_file())
    SampleEditor(editor).sign("reviewed", operator=ADA, meaning="reviewed by")
    shown = _sample_window(p)
    shown.tabs.setCurrentWidget(shown.reference)
    p.until(lambda: window.services.references.present.profiles)
    shown.reference.add.click()
    p.until(lambda: shown.reference.table.rowCount() > NORMAL_SAMPLES)
    p.save("reference", shown, colours=64)


def _sample(cells: Sequence[Measurements], *, number: int) -> ReferenceSample:
    added = (clock.now() - timedelta(days=NORMAL_SAMPLES - number)).date().isoformat()
    profiles: dict[str, Profile] = {
        SIZE: profile_of([SCALE.um_per_px * cell.diameter_px for cell in cells]),
        SHAPE: profile_of([cell.axis_ratio for cell in cells]),
        PALLOR: profile_of([cell.pallor_ratio for cell in cells]),
    }
    return ReferenceSample(hashlib.sha256(bytes([number])).hexdigest(), added, ADA, len(cells), profiles)


def _sample_window(p: Camera) -> SampleWindow:
    p.window.sample.open()
    shown = p.window.sample.window
    assert shown is not None
    shown.resize(*SAMPLE_SIZE)
    return shown


def _take_second_reading(p: Camera) -> None:
    """A second reader has read every cell again, and a few of them otherwise."""
    window = p.window
    shown = _sample_window(p)
    shown.tabs.setCurrentWidget(shown.reading)
    was = {cell.id: cell.reviewed_class for cell in window.services.editor.case.cells.values()}
    shown.reading.share.setValue(25)
    shown.reading.reader.setText(BO)
    shown.reading.begin.click()
    p.until(lambda: window.reviewing.is_reviewing and window.services.selection.ids)
    slips = SLIPS
    while (progress := window.reviewing.progress).done < progress.flagged:
        [cell] = window.services.selection.ids
        called = was[cell]
        if slips and called == CellClass.SCHISTOCYTE:
            called, slips = CellClass.UNCATEGORISED, slips - 1
        assert called is not None
        before = progress.done
        action = window.action_set[f"class:{called.value}"]
        p.until(action.isEnabled)
        action.trigger()
        p.until(lambda before=before: window.reviewing.progress.done > before)  # type: ignore[misc]
    window.reading.bar.finish.click()
    p.until(lambda: _is_open(window.sample.window) and shown.reading.table.model().rowCount())
    p.save("second-reading", shown, colours=64)
    shown.close()


def _is_open(widget: QWidget | None) -> bool:
    return widget is not None and widget.isVisible()


def _take_recent(p: Camera, folder: Path) -> None:
    """The case under its name, another one of one field, and one that was never saved."""
    files, editor = p.window.services.files, p.window.services.editor
    files.save_as(folder / "H-2026-0412.rbc")
    p.until(lambda: not files.is_busy)
    for sample, name in (("H-2026-0413", "H-2026-0413.rbc"), ("H-2026-0414", "")):
        files.new_case()
        p.until(lambda: not files.is_busy and not editor.case.fields)
        files.open_paths([folder / "field 2.png"])
        p.until(lambda: not files.is_busy and p.window.presenter.shows_image)
        SampleEditor(editor).set_identity(Identity(sample_id=sample))
        if name:
            files.save_as(folder / name)
            p.until(lambda: not files.is_busy)
    files.new_case()
    p.until(lambda: not files.is_busy and not editor.case.fields)
    p.window.action_set["open-recent"].trigger()
    dialog = p.window.cases.dialog
    assert dialog is not None
    p.until(lambda: dialog.list.count() >= 3)
    dialog.resize(680, 370)
    p.save("recent-cases", dialog)
    dialog.close()
