"""`doctor`: does this installation work? Device, weights' hashes, one real click on the bundled sample."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import RESEARCH_USE_ONLY, __version__
from .batch import build_pipeline, make_cell
from .domain.cell import shown_class
from .domain.prompts import PromptSet
from .errors import InferenceError, RbcError

if TYPE_CHECKING:
    from .engine.pipeline import Pipeline

SAMPLE_CLICK = (489.0, 210.0)
"""A single normal cell of the bundled sample, field pixels."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding of `doctor`."""

    name: str
    ok: bool
    detail: str


@dataclass(slots=True)
class Diagnosis:
    """What `doctor` found."""

    checks: list[Check] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def run(self, name: str, check: Callable[[], str]) -> None:
        """Add one check; an error of ours becomes its finding."""
        try:
            self.checks.append(Check(name, True, check()))
        except RbcError as error:
            self.checks.append(Check(name, False, error.message))

    @property
    def ok(self) -> bool:
        """Whether every check passed."""
        return all(check.ok for check in self.checks)


def doctor(*, as_json: bool) -> int:
    """Check the device, the weights' hashes, and one click on the sample; status 0 when all is well."""
    diagnosis = Diagnosis()
    _diagnose(diagnosis)
    if as_json:
        checks = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in diagnosis.checks]
        print(json.dumps({"ok": diagnosis.ok, "version": __version__, **diagnosis.values, "checks": checks}, indent=2))
    else:
        print(f"rbc-desktop {__version__}")
        for check in diagnosis.checks:
            print(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<11} {check.detail}")
        print(RESEARCH_USE_ONLY)
    return 0 if diagnosis.ok else 1


def _diagnose(diagnosis: Diagnosis) -> None:
    from .models.manifest import read_entry
    from .storage.paths import resource_root

    weights = resource_root() / "weights"
    diagnosis.run("segmenter", lambda: read_entry("segmenter", weights).model_id)
    diagnosis.run("classifier", lambda: read_entry("classifier", weights).model_id)
    if not diagnosis.ok:
        return
    notes: list[str] = []
    pipelines: list[Pipeline] = []

    def device() -> str:
        pipelines.append(build_pipeline(notify=notes.append))
        diagnosis.values.update(device=pipelines[0].segmenter.device, notes=notes)
        return "; ".join((pipelines[0].segmenter.device, *notes))

    diagnosis.run("device", device)
    if pipelines:
        diagnosis.run("sample", lambda: _click_on_sample(pipelines[0], diagnosis.values))


def _click_on_sample(pipeline: Pipeline, values: dict[str, Any]) -> str:
    """Segment and classify one cell of the sample.

    Raises:
        InferenceError: when the answer is no cell, or not the cell under the click.
    """
    from .storage.image_reader import read_image
    from .storage.paths import resource_root

    prepared = pipeline.prepare(read_image(resource_root() / "sample" / "sample_smear.png"))
    prompts = PromptSet.click(*SAMPLE_CLICK)
    pipeline.propose(prepared, prompts)  # the first call also warms up the device
    tile = next(t for t in prepared.grid.tiles if not pipeline.is_embedded(prepared, t))
    started = time.perf_counter()
    pipeline.embed(prepared, tile)
    embedded = time.perf_counter()
    proposal = pipeline.propose(prepared, prompts)
    clicked = time.perf_counter()
    if proposal is None or not proposal.mask.contains(prompts.anchor):
        raise InferenceError("A click on the sample gave no cell; install the application again.")
    cell = make_cell(1, 1, proposal, origin="prompt")
    (analysis,) = pipeline.analyse(prepared, [cell])
    if analysis.prediction is None:
        raise InferenceError("The sample's cell was not classified; install the application again.")
    answer = shown_class(cell, analysis.prediction, calibration=None)
    values.update(
        seconds_per_tile=round(embedded - started, 4),
        seconds_per_click=round(clicked - embedded, 4),
        sample_area_px=proposal.mask.area,
        sample_class=str(answer),
    )
    return (
        f"one click: {proposal.mask.area} px, {answer}; "
        f"{1000 * (embedded - started):.0f} ms a tile, {1000 * (clicked - embedded):.0f} ms a click"
    )
