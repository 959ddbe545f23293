"""Real cases for tests: image files, masks, proposals, and random work of a technician."""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import cv2
import numpy as np

from rbc_desktop.domain.case.case import Case, Field, Identity
from rbc_desktop.domain.cells.cell import Cell, CellAnalysis, Measurements, Prediction
from rbc_desktop.domain.cells.hand_edit import EditKind, HandEdit, Mended, Repair
from rbc_desktop.domain.cells.look import LOOK_LENGTH
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.cells.proposal import Candidate, Proposal
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.field_quality import FieldQuality
from rbc_desktop.domain.geometry import Box
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.imaging.masks.mask_repair import grown
from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.images.image_reader import read_image


def write_image(path: Path, seed: int, *, width: int = 200, height: int = 150) -> LoadedImage:
    """A soft noise picture in a real file, read back."""
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    path.write_bytes(cv2.imencode(path.suffix, cv2.GaussianBlur(noise, (0, 0), 3))[1].tobytes())
    return read_image(path)


def make_mask(rng: random.Random) -> CellMask:
    """A cell of 20 to 60 px with a bump, somewhere in a field of 200 × 150 px."""
    canvas = np.zeros((90, 90), np.uint8)
    axes = (rng.randint(10, 28), rng.randint(10, 28))
    cv2.ellipse(canvas, (45, 45), axes, rng.uniform(0, 180), 0, 360, 1, -1)
    cv2.circle(canvas, (45 + rng.randint(-20, 20), 45 + rng.randint(-20, 20)), rng.randint(3, 9), 1, -1)
    mask = CellMask.from_array(canvas)
    assert mask is not None
    height, width = mask.crop.shape
    return replace(mask, x0=rng.randint(0, 200 - width), y0=rng.randint(0, 150 - height))


def make_proposal(rng: random.Random, *, cut_share: float = 0.1) -> Proposal:
    """A mask with the prompts that might have led to it; `cut_share` of them are said to be cut by the edge."""
    mask = make_mask(rng)
    centre = mask.centroid
    prompts = PromptSet.click(centre.x, centre.y)
    for _ in range(rng.randint(0, 2)):
        prompts = prompts.with_point(PromptPoint(rng.uniform(0, 200), rng.uniform(0, 150), positive=rng.random() < 0.5))
    if rng.random() < 0.3:
        prompts = prompts.with_box(Box(mask.x0, mask.y0, mask.x0 + 40.5, mask.y0 + 41.25))
    if rng.random() < 0.3:
        prompts = prompts.with_mask(make_mask(rng))
    return Proposal(
        prompts, (Candidate(mask, rng.random(), rng.random() < cut_share),), segmenter=rng.choice(("sam 1", "sam 2"))
    )


def make_analysis(
    cell: Cell, rng: random.Random, *, model: str = "booster 1", predicted_share: float = 0.9
) -> CellAnalysis:
    """An analysis of the cell's present mask."""
    values = {f.name: rng.uniform(0.1, 90) for f in dataclasses.fields(Measurements)}
    if rng.random() < 0.3:
        values["relative_diameter"] = math.nan
    weights = {c: rng.random() + 1e-3 for c in BUILT_IN}
    total = sum(weights.values())
    prediction = Prediction({c: w / total for c, w in weights.items()}, cell.mask_revision, model, 0.55)
    kept = prediction if rng.random() < predicted_share else None
    made = datetime(2026, 3, 5, tzinfo=UTC) + timedelta(seconds=rng.randrange(10**6))
    look = np.random.default_rng(cell.id).normal(size=LOOK_LENGTH).astype(np.float16) if cell.id % 5 else None
    return CellAnalysis(cell.id, cell.mask_revision, Measurements(**values), kept, made=made, look=look)


def describe(case: Case) -> dict[str, object]:
    """Everything that a case holds, as values that compare; the order of fields and cells included."""
    return {
        "identity": case.identity,
        "fields": list(case.fields.items()),
        "cells": [_describe_cell(c) for c in case.cells.values()],
        "analyses": {i: _describe_analysis(a) for i, a in case.analyses.items()},
        "qualities": {i: _known(q) for i, q in case.qualities.items()},
        "counters": (case.next_field_id, case.next_cell_id),
    }


def _describe_cell(cell: Cell) -> tuple[object, ...]:
    rest = (cell.score, cell.touches_border, cell.origin, cell.mask_revision, cell.reviewed_class)
    rest += (cell.edge_counted, cell.segmenter, cell.edits)
    prompts = cell.prompts
    marks = (prompts.points, prompts.box, prompts.mask and _describe_mask(prompts.mask))
    return cell.id, cell.field_id, _describe_mask(cell.mask), marks, rest


def _describe_mask(mask: CellMask) -> tuple[object, ...]:
    return mask.x0, mask.y0, mask.crop.shape, mask.crop.tobytes()


def _known(values: Measurements | FieldQuality) -> tuple[object, ...]:
    """The numbers, None for what isn't known: NaN equals nothing."""
    return tuple(None if math.isnan(v) else v for v in dataclasses.astuple(values))


def _describe_analysis(analysis: CellAnalysis) -> tuple[object, ...]:
    values = _known(analysis.measurements)
    look = None if analysis.look is None else analysis.look.tobytes()
    return (
        analysis.cell_id,
        analysis.mask_revision,
        values,
        analysis.prediction,
        analysis.um_per_px,
        analysis.made,
        look,
    )


class Technician:
    """Random work on a case; the same seed on the same case does the same.

    Args:
        editor: the case under work.
        images: what may be opened.
        seed: of the dice.
    """

    def __init__(self, editor: CaseEditor, images: Iterable[LoadedImage], seed: int) -> None:
        self.editor = editor
        self.images = list(images)
        self.rng = random.Random(seed)
        self.run = editor.new_run()

    def act(self) -> str:
        """Do one thing, at most one transaction; returns what it was."""
        case = self.editor.case
        if not case.fields:
            return self._open()
        verbs = [self._accept] * 4 + [self._segment_all] * 2 + [self._analyse] * 3 + [self._undo] * 4
        verbs += [self._redo] * 2 + [self._refine] * 3 + [self._mend] * 3 + [self._classify] * 3 + [self._delete] * 2
        verbs += [self._confirm, self._count_edge, self._calibrate, self._identify, self._open, self._close]
        return self.rng.choice(verbs)()

    def _some_cells(self) -> list[int]:
        ids = list(self.editor.case.cells)
        return self.rng.sample(ids, self.rng.randint(0, min(len(ids), 12)))

    def _some_field(self) -> int:
        return self.rng.choice(list(self.editor.case.fields))

    def _open(self) -> str:
        images = self.rng.sample(self.images, self.rng.randint(1, 2))
        return f"open {[f.id for f in self.editor.add_fields(images)]}"

    def _close(self) -> str:
        if len(self.editor.case.fields) < 2 or self.rng.random() < 0.7:
            return "nothing"
        field = self._some_field()
        self.editor.remove_field(field)
        return f"close {field}"

    def _accept(self) -> str:
        gone = self._some_cells()[:2] if self.rng.random() < 0.2 else []
        added = self.editor.add_cell(self._some_field(), make_proposal(self.rng), instead_of=gone)
        return f"accept {added.id} instead of {gone}"

    def _segment_all(self) -> str:
        if self.rng.random() < 0.5:
            self.run = self.editor.new_run()
        batch = [make_proposal(self.rng) for _ in range(self.rng.randint(1, 16))]
        return f"segment all, {len(self.editor.add_cells(self._some_field(), batch, run=self.run))} cells"

    def _analyse(self) -> str:
        cells = [c for c in self.editor.case.cells.values() if self.rng.random() < 0.5]
        return f"analyse {self.editor.set_analyses([make_analysis(c, self.rng) for c in cells])}"

    def _refine(self) -> str:
        if not self.editor.case.cells:
            return "nothing"
        cell_id = self.rng.choice(list(self.editor.case.cells))
        return f"refine {self.editor.replace_mask(cell_id, make_proposal(self.rng)).id}"

    def _mend(self) -> str:
        ids = self._some_cells()
        if not ids:
            return "nothing"
        first, *others = ids
        number = self.editor.case.cells[first].field_id
        kind = self.rng.choice(get_args(EditKind))
        masks = (
            Mended(make_mask(self.rng), HandEdit(kind, tuple(others)), first),
            Mended(make_mask(self.rng), HandEdit("cut", (first,)), parent=first),
            Mended(make_mask(self.rng), HandEdit("drawn")),
        )
        repair = Repair("Mend", number, masks[: self.rng.randint(1, 3)], tuple(others[:1]), tuple(others[1:2]))
        return f"mend {self.editor.repair(repair)}"

    def _classify(self) -> str:
        chosen = self.rng.choice([*BUILT_IN, None])
        return f"classify {self.editor.set_class(self._some_cells(), chosen)} {chosen}"

    def _confirm(self) -> str:
        return f"confirm {self.editor.confirm(self._some_cells())}"

    def _count_edge(self) -> str:
        include = self.rng.random() < 0.7
        return f"count at the edge {self.editor.set_edge_counted(self._some_cells(), include=include)}"

    def _delete(self) -> str:
        return f"delete {self.editor.remove_cells(self._some_cells())}"

    def _calibrate(self) -> str:
        scale = self.rng.choice([None, Calibration(self.rng.uniform(0.05, 0.2), "line", "10 µm over 88.0 px")])
        self.editor.set_calibration(list(self.editor.case.fields), scale)
        return f"calibrate {scale}"

    def _identify(self) -> str:
        number = f"№ {self.rng.randint(1, 99)}"
        identity = Identity(sample_id=number, comment="=1+1 'quoted' \u2028", requester="Dr Ö.")
        SampleEditor(self.editor).set_identity(identity)
        return "identify"

    def _undo(self) -> str:
        return f"undo {self.editor.undo()}"

    def _redo(self) -> str:
        return f"redo {self.editor.redo()}"


def field_of(image):
    return Field(1, image.path, image.sha256, image.width, image.height)


def grow(editor: CaseEditor, ids: Iterable[int]) -> None:
    """One step that makes the cells among these that lie in one field larger by a pixel."""
    cells = [editor.case.cells[number] for number in ids]
    fields = editor.case.fields
    made = [
        Mended(
            grown(c.mask, width=fields[c.field_id].width, height=fields[c.field_id].height).mask,
            HandEdit("grown"),
            c.id,
        )
        for c in cells
        if c.field_id == cells[0].field_id
    ]
    if made:
        editor.repair(Repair("Grow", cells[0].field_id, tuple(made)))
