"""A case without whose it is: what every de-identified output is made from.

What stays is listed here and nothing else does, so that a detail which the application learns to keep one day stays out
until somebody decides about it. After the Safe Harbor method (45 CFR 164.514(b)(2)): no names, numbers, free texts,
serial numbers, or dates finer than a year; no year of birth of a person of ninety or older. What is written or can be
seen in the pictures themselves stays.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ...language import mark
from ..cells.cell import Cell, CellAnalysis
from ..cells.column_values import ColumnValues
from ..fields.calibration import Calibration
from ..sample.grading import Grading, Scheme
from ..sample.second_reading import SecondReading
from ..sample.sign_off import SignOff
from .case import Case, Field, Identity, Remark, RemarkKind

OWN_MODELS = ("compact-sam2", "rbc-lightgbm")
"""Names of the models that ship; those of others are a laboratory's words."""

REMOVED = mark("(name removed)")
OLDEST_YEARS = 90

_SEXES = {"m": "M", "male": "M", "f": "F", "female": "F", "w": "F", "other": "other", "x": "other"}
_STAINS = (
    "Wright", "Giemsa", "Wright-Giemsa", "May-Grünwald-Giemsa", "Leishman", "Jenner-Giemsa", "Romanowsky", "Field",
    "Diff-Quik",
)  # fmt: skip
_SPECIMENS = ("EDTA blood", "Peripheral blood", "Peripheral blood smear", "Venous blood", "Capillary blood")
_KNOWN = {text.casefold(): text for text in (*_STAINS, *_SPECIMENS)}
"""Details that are no free text: a common stain or specimen says nothing of a person."""

_REMARKS: dict[RemarkKind, str] = {
    "incomplete": mark("A part of the image is missing."),
    "scale": mark("The image contradicts the scale that its file states."),
    "no cells": mark("No cell was found."),
    "missed": mark("Cells may have been missed."),
    "left out": mark("left out by a person"),
}
"""Stand for the sentences about a field, which name its file; an image-level reading has a laboratory's words."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HASH = re.compile(r"\(([0-9a-f]{8})\)\s*$")
_LINE_DETAIL = re.compile(r"[\d.]+ µm over [\d.]+ px")


def new_pseudonym() -> str:
    """A code that is derived from nothing, to call a sample by."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "anon-" + "".join(secrets.choice(alphabet) for _ in range(6))


def deidentified(case: Case, *, pseudonym: str, year: int, schemes: Collection[Scheme]) -> Case:
    """The case without what names or dates it.

    Args:
        case: a snapshot; it stays as it is.
        pseudonym: stands for the number of the sample.
        year: the present one.
        schemes: that ship; another one is a laboratory's own, whose name stays out.
    """
    return Case(
        identity=_identity(case.identity, pseudonym=pseudonym, year=year),
        fields={number: _field(field) for number, field in case.fields.items()},
        cells=ColumnValues.of({number: _cell(cell) for number, cell in case.cells.items()}),
        analyses=ColumnValues.of({number: _analysis(each) for number, each in case.analyses.items()}),
        qualities=dict(case.qualities),
        next_field_id=case.next_field_id,
        next_cell_id=case.next_cell_id,
        own_classes=dict(case.own_classes),
        grading=_grading(case.grading, schemes),
        sign_offs=tuple(_sign_off(step) for step in case.sign_offs),
        readings=_readings(case.readings),
    )


def model_name(model: str) -> str:
    """How a model is called: as it is when it ships, else by its hash."""
    if not model or model.startswith(OWN_MODELS):
        return model
    found = _HASH.search(model)
    return f"custom model ({found.group(1)})" if found else "custom model"


def year_of(text: str) -> str:
    """The year in a text, "" without one."""
    found = _YEAR.search(text)
    return found.group() if found else ""


def names_the_sample(text: str, identity: Identity) -> bool:
    """Whether a text, such as a file's name, holds one of the sample's details."""
    said = (identity.sample_id, identity.accession, identity.patient, identity.patient_id)
    parts = [part for detail in said for part in (detail.strip(), *detail.split()) if len(part) >= 3]
    return any(part.casefold() in text.casefold() for part in parts)


def _identity(identity: Identity, *, pseudonym: str, year: int) -> Identity:
    born = year_of(identity.birth_date)
    return Identity(
        sample_id=pseudonym,
        birth_date=born if born and year - int(born) < OLDEST_YEARS else "",
        sex=_SEXES.get(identity.sex.strip().casefold(), ""),
        collected=year_of(identity.collected),
        received=year_of(identity.received),
        stain=_KNOWN.get(identity.stain.strip().casefold(), ""),
        specimen=_KNOWN.get(identity.specimen.strip().casefold(), ""),
    )


def _field(field: Field) -> Field:
    remarks = tuple(Remark(r.kind, _REMARKS[r.kind]) for r in field.remarks if r.kind in _REMARKS)
    return Field(
        id=field.id,
        path=Path(f"field_{field.id:03d}"),
        sha256="",
        width=field.width,
        height=field.height,
        calibration=_calibration(field.calibration),
        remarks=remarks,
    )


def _calibration(calibration: Calibration | None) -> Calibration | None:
    if calibration is None or (calibration.source == "line" and _LINE_DETAIL.fullmatch(calibration.detail)):
        return calibration
    return replace(calibration, detail="")


def _cell(cell: Cell) -> Cell:
    return replace(cell, segmenter=model_name(cell.segmenter))


def _analysis(analysis: CellAnalysis) -> CellAnalysis:
    prediction = analysis.prediction
    named = None if prediction is None else replace(prediction, model=model_name(prediction.model))
    return replace(analysis, prediction=named, made=None)


def _grading(grading: Grading, schemes: Collection[Scheme]) -> Grading:
    scheme = grading.scheme
    if scheme is not None and scheme not in schemes:
        scheme = replace(scheme, name=mark("A scheme of the laboratory"), version=mark("not named"), source="", note="")
    return replace(grading, scheme=scheme)


def _sign_off(step: SignOff) -> SignOff:
    return SignOff(step.state, REMOVED, step.meaning, year_of(step.time), version=step.version)


def _readings(readings: Sequence[SecondReading]) -> tuple[SecondReading, ...]:
    """The same person has the same code in all; the number that a draw began with was typed, and goes."""
    codes: dict[str, str] = {}
    for reading in readings:
        codes.setdefault(_folded(reading.operator), mark("reader {number}", number=len(codes) + 1))
    return tuple(
        replace(
            reading,
            operator=codes[_folded(reading.operator)],
            began=year_of(reading.began),
            ended=year_of(reading.ended),
            seed=0,
        )
        for reading in readings
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
