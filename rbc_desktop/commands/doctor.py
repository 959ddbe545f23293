"""`doctor` checks the installation: device, weights' hashes, one real click on the bundled sample.

Models that the window's settings choose are checked too.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import RESEARCH_USE_ONLY, __version__
from ..domain.cells.prompts import PromptSet
from ..errors import InferenceError, RbcError
from ..language import tr
from ..models.choice.choice import ModelChoice, load_classifier, load_image_level, load_segmenter
from .terminal.streams import answer

if TYPE_CHECKING:
    from ..engine.pipeline import Pipeline
    from ..ports import CellClassifier, Segmenter

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


def doctor(*, as_json: bool, models: ModelChoice | None = None) -> int:
    """Check the device, the weights' hashes, and one click on the sample; status 0 when all is well.

    Args:
        as_json: print for machines.
        models: which to check; the bundled ones when None.
    """
    diagnosis = Diagnosis()
    _diagnose(diagnosis, models or ModelChoice())
    written = answer(_as_json(diagnosis) if as_json else _as_text(diagnosis))
    return 0 if diagnosis.ok and written else 1


def _as_json(diagnosis: Diagnosis) -> str:
    checks = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in diagnosis.checks]
    return json.dumps({"ok": diagnosis.ok, "version": __version__, **diagnosis.values, "checks": checks}, indent=2)


def _as_text(diagnosis: Diagnosis) -> str:
    width = max(len(check.name) for check in diagnosis.checks)
    lines = [f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<{width}}  {check.detail}" for check in diagnosis.checks]
    return "\n".join([f"rbc-desktop {__version__}", *lines, RESEARCH_USE_ONLY])


def _diagnose(diagnosis: Diagnosis, models: ModelChoice) -> None:
    segmenters: list[Segmenter] = []
    classifiers: list[CellClassifier] = []
    diagnosis.run("segmenter", lambda: _load_segmenter(models, diagnosis.values, segmenters))
    diagnosis.run("classifier", lambda: _load_classifier(models, classifiers))
    if models.image_level is not None:
        diagnosis.run("image level", lambda: _load_image_level(models))
    if segmenters and classifiers:
        from ..engine.pipeline import Pipeline

        pipeline = Pipeline(segmenters[0], classifiers[0])
        values = diagnosis.values
        diagnosis.run("device", lambda: "; ".join((values["device"], *values["notes"])))
        diagnosis.run("sample", lambda: _click_on_sample(pipeline, values))
    diagnosis.run("signatures", _seal_and_check)
    _diagnose_settings(diagnosis)


def _seal_and_check() -> str:
    """Seal a signature and check it: the library behind is one of C."""
    from ..domain.laboratory.operator import Operator
    from ..domain.sample.sign_off import SignOff
    from ..storage.laboratory.pass_phrase import sealing_key, unlock, with_phrase

    try:
        somebody = with_phrase(Operator("doctor"), "only for this check")
        step = SignOff("final", somebody.name, "approved by", "now")
        sealed = replace(step, seal=unlock(somebody, "only for this check").seal(step))
        key = sealing_key(sealed)
    except (ImportError, ValueError, OSError) as error:
        raise RbcError(
            tr("Signatures can't be sealed: {reason}; install the application again.", reason=error)
        ) from error
    if key != somebody.key:
        raise RbcError(tr("Signatures can't be sealed: the key is another one; install the application again."))
    return "a signature was sealed and checked"


def _load_segmenter(models: ModelChoice, values: dict[str, Any], loaded: list[Segmenter]) -> str:
    from ..storage.paths import resource_root

    segmenter, notes = load_segmenter(models, bundled=resource_root() / "weights")
    values.update(device=segmenter.device, notes=list(notes))
    loaded.append(segmenter)
    return segmenter.model_id


def _load_classifier(models: ModelChoice, loaded: list[CellClassifier]) -> str:
    from ..storage.paths import resource_root

    loaded.append(load_classifier(models, bundled=resource_root() / "weights"))
    return loaded[-1].model_id


def _load_image_level(models: ModelChoice) -> str:
    model = load_image_level(models)
    return "none" if model is None else model.model_id


def _diagnose_settings(diagnosis: Diagnosis) -> None:
    """Whether the user's own folder can be written, and models of the user's own that the window loads."""
    from ..storage.laboratory.settings import load_settings

    folders: list[Path] = []
    diagnosis.run("own folders", lambda: _try_folders(folders))
    if not folders:
        return
    settings = load_settings(folders[0] / "settings.json")
    chosen = ModelChoice.of(
        segmenter=settings.segmenter_weights,
        classifier=settings.classifier_weights,
        device="cpu",
        image_level=settings.image_level_weights,
    )
    if chosen.segmenter is not None:
        diagnosis.run("chosen in settings", lambda: _load_segmenter(chosen, {}, []))
    if chosen.classifier is not None:
        diagnosis.run("chosen in settings", lambda: _load_classifier(chosen, []))
    if chosen.image_level is not None:
        diagnosis.run("chosen in settings", lambda: _load_image_level(chosen))


def _try_folders(found: list[Path]) -> str:
    """Write a file into each of the user's folders; they are added to `found` when all can be written.

    Raises:
        RbcError: when one can't be made or written.
    """
    from ..storage import paths

    try:
        folders = [paths.settings_file().parent, paths.data_folder(), paths.log_folder()]
        for folder in folders:
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else "the home folder"
        raise RbcError(
            tr(
                "The window can't keep settings, unsaved cases and log: {where} can't be written ({reason});"
                " ask for access, or set {variable} to another folder.",
                where=where,
                reason=error.strerror,
                variable=paths.USER_FOLDER_VARIABLE,
            )
        ) from error
    found += folders
    return str(folders[1])


def _click_on_sample(pipeline: Pipeline, values: dict[str, Any]) -> str:
    """Segment and classify one cell of the sample.

    Raises:
        InferenceError: when the answer is no cell, or not the cell under the click.
    """
    from ..storage.images.image_reader import read_image
    from ..storage.paths import resource_root

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
        raise InferenceError(tr("A click on the sample gave no cell; install the application again."))
    cell = proposal.as_cell(1, field_id=1, origin="prompt")
    (analysis,) = pipeline.analyse(prepared, [cell])
    if analysis.prediction is None:
        raise InferenceError(tr("The sample's cell was not classified; install the application again."))
    answer = analysis.prediction.best  # whether it may be claimed depends on a scale, which isn't the question here
    values.update(
        seconds_per_tile=round(embedded - started, 4),
        seconds_per_click=round(clicked - embedded, 4),
        sample_area_px=proposal.mask.area,
        sample_class=str(answer),
    )
    return (
        f"one click: {proposal.mask.area} px, {answer}; "
        f"{1000 * (embedded - started):.0f} ms per tile, {1000 * (clicked - embedded):.0f} ms per click"
    )
