"""Tries a custom model in a process of its own, because a damaged one can end the process that reads it."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

from ...errors import ModelLoadError
from ...language import FOR_ANOTHER, speak, tr
from ...phrases import told
from ..manifest import CHOOSE_ANOTHER, Section
from .choice import ModelChoice, load_classifier, load_image_level, load_segmenter

SECONDS = 120
"""How long a trial may take: the largest official segmenter needs a quarter of it on two cores."""


def try_model(section: Section, path: Path, *, seconds: float = SECONDS) -> None:
    """Load a model and let it answer once, on the CPU and in another process.

    Args:
        section: which model.
        path: as in `ModelChoice`.
        seconds: after which the trial counts as hung.

    Raises:
        ModelLoadError: when it is refused, or ends or holds up the other process.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(section, path, there), daemon=True)
    process.start()
    there.close()
    try:
        refusal = here.recv() if here.poll(seconds) else None
    except EOFError:
        refusal = None
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()
    if refusal is None:
        raise ModelLoadError(
            tr(
                "The {section} {name} failed a trial run, so it is damaged; {remedy}.",
                section=tr(section),
                name=path.name,
                remedy=tr(CHOOSE_ANOTHER),
            )
        )
    if refusal:
        raise ModelLoadError(told(refusal))


def _answer(section: Section, path: Path, there: Connection) -> None:
    """In the other process: say why the model is refused, or nothing."""
    speak(FOR_ANOTHER)
    _silence()
    try:
        if section == "segmenter":
            _embed_and_click(path)
        elif section == "classifier":
            _classify(path)
        else:
            _read_field(path)
    except ModelLoadError as error:
        there.send(error.message)
    else:
        there.send("")


def _silence() -> None:
    """What native code prints about a model, or when it aborts, is nothing for the terminal of the application."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _classify(path: Path) -> None:
    import numpy as np

    from ...imaging.features import FEATURE_NAMES

    classifier = load_classifier(ModelChoice(classifier=path), bundled=path)
    shares = classifier.classify(np.zeros((1, len(FEATURE_NAMES)), np.float32))
    if not np.isfinite(shares).all():
        raise ModelLoadError(
            tr(
                "The classifier {name} answers no numbers; {remedy}.",
                name=path.name,
                remedy=tr(CHOOSE_ANOTHER),
            )
        )


def _read_field(path: Path) -> None:
    import numpy as np

    from ...errors import InferenceError
    from ...imaging.fields.field_features import FIELD_FEATURES

    model = load_image_level(ModelChoice(image_level=path))
    try:
        if model is not None:
            model.probabilities(np.zeros(len(FIELD_FEATURES), np.float32))
    except InferenceError as error:
        raise ModelLoadError(
            tr(
                "The image-level model {name} answers no numbers; {remedy}.",
                name=path.name,
                remedy=tr(CHOOSE_ANOTHER),
            )
        ) from error


def _embed_and_click(path: Path) -> None:
    import numpy as np

    from ...ports import TilePrompts

    segmenter, _ = load_segmenter(ModelChoice(segmenter=path, device="cpu"), bundled=path)
    side = segmenter.input_size
    embedding = segmenter.embed(np.full((side, side, 3), 200, np.uint8))
    point = np.full((1, 2), side / 2, np.float32)
    (answer,) = segmenter.segment(embedding, [TilePrompts(point, np.ones(1, np.int32))])
    if not (np.isfinite(answer.logits).all() and np.isfinite(answer.scores).all()):
        raise ModelLoadError(
            tr(
                "The segmenter {name} answers no numbers; {remedy}.",
                name=path.name,
                remedy=tr(CHOOSE_ANOTHER),
            )
        )
