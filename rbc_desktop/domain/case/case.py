"""A case: one sample under review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

import numpy as np

from ...phrases import template
from ..cells.cell import Cell, CellAnalysis, CellOrigin, Prediction, shown_class, shown_unless_withheld
from ..cells.column_values import ColumnValues
from ..cells.overlaps import Overlaps
from ..cells.stored_analyses import StoredAnalyses
from ..cells.stored_cells import NO_CODE, StoredCells
from ..classes.assessability import withheld_classes
from ..classes.taxonomy import CellClass
from ..fields.calibration import Calibration
from ..fields.field_quality import FieldQuality
from ..fields.regions import Region
from ..sample.grading import Grading
from ..sample.second_reading import SecondReading
from ..sample.sign_off import SignOff
from ..slides.slide import SlideEntry


@dataclass(frozen=True, slots=True)
class Identity:
    """What the laboratory writes on the report; all optional texts, empty by default.

    Attributes:
        sample_id, accession: number of the sample and of its order.
        patient, patient_id, birth_date, sex: whose it is.
        laboratory, requester: who reports, and to whom.
        operator: who reads the film.
        specimen, collected, received: what it is, and when it was taken and came.
        stain, smear_by, instrument: how film and images were made; objective, aperture and camera.
        comment: free text over several lines.
    """

    sample_id: str = ""
    patient: str = ""
    laboratory: str = ""
    operator: str = ""
    stain: str = ""
    comment: str = ""
    accession: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    requester: str = ""
    specimen: str = ""
    collected: str = ""
    received: str = ""
    smear_by: str = ""
    instrument: str = ""


Picture = tuple[str, int, Region | None]
"""What tells a picture from every other one: the file's hash, the page, and the region of a slide."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What is known of an image without its pixels.

    Attributes:
        path: absolute path it was read from.
        sha256: hex digest of the file's bytes.
        width, height: pixels, upright.
        calibration: the scale that the file states, or None.
        page, page_count: which page this is and how many the file has.
        complete_share: share of the picture that the file holds; below 1 the decoder filled in the rest.
        region: of a slide: which part of it this is, in its pixels; None for a whole image.
    """

    path: Path
    sha256: str
    width: int
    height: int
    calibration: Calibration | None = None
    page: int = 0
    page_count: int = 1
    complete_share: float = 1.0
    region: Region | None = None

    @property
    def name(self) -> str:
        """File name, for sentences; of a region with its place."""
        return place_name(self.path, self.region)

    @property
    def picture(self) -> Picture:
        """Which picture it is."""
        return self.sha256, self.page, self.region

    @property
    def is_incomplete(self) -> bool:
        """Whether the file was cut off; such an image is taken only when somebody says so."""
        return self.complete_share < 1

    @property
    def complete_percent(self) -> int:
        """About how much of an incomplete image is there."""
        return min(99, round(100 * self.complete_share))


RemarkKind = Literal["incomplete", "scale", "no cells", "missed", "image level", "left out"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a field that the report repeats.

    Attributes:
        kind: a part of the image is missing, the image contradicts a scale, no cell was found, some may be missed, or
            what an image-level model says (`image_reading`), or why a person left it out of the count.
        text: one sentence with the field's name, to be `told`.
    """

    kind: RemarkKind
    text: str


SEARCHED_EARLIER = "an earlier version"
"""Stands for the segmenter where a case file doesn't say whether there was one; its cells tell."""


@dataclass(frozen=True, slots=True)
class Field:
    """One image of a case, or one region of a slide. Pixels stay in the file.

    Attributes:
        id: number within the case, from 1, never used twice.
        path: absolute path of the image.
        sha256: hex digest of the file's bytes.
        width, height: pixels, after EXIF orientation; of the region, where it is one.
        calibration: scale, or None without one.
        page: index in a multi-page file.
        remarks: at most one of each kind.
        searched: ``model_id`` of the segmenter that has looked for every cell, "" while none has.
        region: of a slide: which part of it the field is, in pixels of the slide; None for a whole image. Field pixels
            count from its corner.
    """

    id: int
    path: Path
    sha256: str
    width: int
    height: int
    calibration: Calibration | None = None
    page: int = 0
    remarks: tuple[Remark, ...] = ()
    searched: str = ""
    region: Region | None = None

    @classmethod
    def of(
        cls, image: ImageFacts, *, number: int, calibration: Calibration | None, remarks: tuple[Remark, ...] = ()
    ) -> Field:
        """The field that an image makes; that a part of the image is missing is remarked."""
        field = cls(
            number, image.path, image.sha256, image.width, image.height, calibration, image.page, remarks,
            region=image.region,
        )  # fmt: skip
        return field.with_remark("incomplete", missing_part(image)) if image.complete_share < 1 else field

    @property
    def name(self) -> str:
        """File name, for lists and reports; of a region with its place."""
        return place_name(self.path, self.region)

    @property
    def picture(self) -> Picture:
        """Which picture it shows."""
        return self.sha256, self.page, self.region

    def remark(self, kind: RemarkKind) -> str:
        """The remark of this kind, "" without one."""
        return next((remark.text for remark in self.remarks if remark.kind == kind), "")

    @property
    def left_out(self) -> str:
        """Why a person left it out of the count; "" when it counts."""
        return self.remark("left out")

    def at_scale(self, calibration: Calibration | None) -> Field:
        """The field with this scale, or none; what was said of the scale before is void."""
        return replace(self, calibration=calibration).with_remark("scale", None)

    def with_remark(self, kind: RemarkKind, text: str | None) -> Field:
        """The field with this remark of its kind, or with none."""
        others = tuple(r for r in self.remarks if r.kind != kind)
        return replace(self, remarks=others if text is None else (*others, Remark(kind, text)))


_MISSING_PART = template(
    "Only about {percent} % of {name} is there; the rest is filler, so what was found holds for a part of the field;"
    " copy or export the image again from its source."
)


def missing_part(image: ImageFacts) -> str:
    """The sentence about an image that was cut off and filled up."""
    return _MISSING_PART(percent=image.complete_percent, name=image.name)


Cells = ColumnValues[Cell, StoredCells]
"""Cells by number: rows of the case file, and what was put since."""

Analyses = ColumnValues[CellAnalysis, StoredAnalyses]
"""Analyses by the number of the cell."""


@dataclass(slots=True)
class Case:
    """The working state of one case. Only `editing.CaseEditor` (and a case file while loading) changes it.

    Attributes:
        fields, cells: by id, in the order in which they were added. Cells are made from columns when they are asked
            for, so go over all of them only where nobody waits.
        analyses: by cell id; valid only while their mask revision is the cell's.
        grading: how the sample is graded.
        sign_offs: the steps of its state, oldest first.
        readings: second readings, oldest first.
        is_blind: it is what a second reader sees (`editing.blind`); nothing is measured, classified or noted in it.
        own_classes: those that a laboratory named and the case has used, by name, as they were then.
        overlaps: which cells other cells cover; follows `cells`.
        qualities: what the image of a field shows, by field id; derived data like the analyses.
        slides: by id, in the order in which they were added; their regions are among the fields.
    """

    identity: Identity = field(default_factory=Identity)
    fields: dict[int, Field] = field(default_factory=dict)
    cells: Cells = field(default_factory=ColumnValues)
    analyses: Analyses = field(default_factory=ColumnValues)
    qualities: dict[int, FieldQuality] = field(default_factory=dict)
    next_field_id: int = 1
    next_cell_id: int = 1
    grading: Grading = field(default_factory=Grading)
    sign_offs: tuple[SignOff, ...] = ()
    readings: tuple[SecondReading, ...] = ()
    is_blind: bool = False
    own_classes: dict[str, CellClass] = field(default_factory=dict)
    slides: dict[int, SlideEntry] = field(default_factory=dict)
    overlaps: Overlaps = field(init=False)

    def __post_init__(self) -> None:
        self.cells, self.analyses = ColumnValues.of(self.cells), ColumnValues.of(self.analyses)
        self.overlaps = Overlaps(self.cells)

    def ids_of(self, field_ids: Collection[int]) -> list[int]:
        """The numbers of the cells of some fields, ascending."""
        stored, put = self.cells.columns, self.cells.put
        own = [number for number, cell in put.items() if cell.field_id in field_ids]
        if stored is None:
            return sorted(own)
        wanted = np.isin(stored.field, np.fromiter(field_ids, np.int64, len(field_ids))) & self.cells.live
        return sorted([*stored.ids[wanted].tolist(), *own])

    def cells_of(self, field_id: int) -> list[Cell]:
        """The cells of one field, in the order in which they were added."""
        return [self.cells[number] for number in self.ids_of((field_id,))]

    @property
    def reviewed(self) -> int:
        """How many cells have a class that a person set or confirmed."""
        stored, put = self.cells.columns, self.cells.put.values()
        base = 0 if stored is None else int(np.count_nonzero(self.cells.live & (stored.reviewed != NO_CODE)))
        return base + sum(cell.reviewed_class is not None for cell in put)

    @property
    def unconfirmed(self) -> int:
        """How many cells that are counted have no class that a person set or confirmed."""
        stored, put = self.cells.columns, self.cells.put.values()
        base = 0
        if stored is not None:
            base = int(np.count_nonzero(self.cells.live & stored.is_counted & (stored.reviewed == NO_CODE)))
        return base + sum(cell.is_counted and cell.reviewed_class is None for cell in put)

    def fields_with(self, origin: CellOrigin) -> set[int]:
        """The fields with a cell that came about so."""
        stored = self.cells.columns
        found = {cell.field_id for cell in self.cells.put.values() if cell.origin == origin}
        if stored is not None and origin in stored.origins:
            rows = self.cells.live & (stored.origin == stored.origins.index(origin))
            found |= set(np.unique(stored.field[rows]).tolist())
        return found

    def cells_in_fields(self) -> Counter[int]:
        """How many cells each field has that has any."""
        counts = Counter(cell.field_id for cell in self.cells.put.values())
        if (stored := self.cells.columns) is not None:
            fields, times = np.unique(stored.field[self.cells.live], return_counts=True)
            counts.update(dict(zip(fields.tolist(), times.tolist(), strict=True)))
        return counts

    def fields_of(self, ids: Collection[int]) -> Counter[int]:
        """How many of these cells lie in each field that has any of them; unknown ones are passed over."""
        put, stored = self.cells.put, self.cells.columns
        counts = Counter(put[number].field_id for number in (put.keys() & set(ids) if put else ()))
        if stored is not None:
            rows = self.cells.live & np.isin(stored.ids, np.fromiter(ids, np.int64, len(ids)))
            fields, times = np.unique(stored.field[rows], return_counts=True)
            counts.update(dict(zip(fields.tolist(), times.tolist(), strict=True)))
        return counts

    def slide_of(self, field: Field) -> SlideEntry | None:
        """The slide of which a field is a region, or None."""
        if field.region is None:
            return None
        return next((s for s in self.slides.values() if (s.sha256, s.page) == (field.sha256, field.page)), None)

    def fields_of_slide(self, slide: SlideEntry) -> list[Field]:
        """The fields that are regions of a slide, in the order in which they were added."""
        same = slide.sha256, slide.page
        return [f for f in self.fields.values() if f.region is not None and (f.sha256, f.page) == same]

    def analysis_of(self, cell: Cell) -> CellAnalysis | None:
        """The analysis of the cell's present mask, or None."""
        analysis = self.analyses.get(cell.id)
        return analysis if analysis is not None and analysis.mask_revision == cell.mask_revision else None

    def prediction_of(self, cell: Cell) -> Prediction | None:
        """The prediction for the cell's present mask, or None."""
        analysis = self.analysis_of(cell)
        return analysis.prediction if analysis is not None else None

    def fits(self, analysis: CellAnalysis) -> bool:
        """Whether an analysis belongs to the present mask of its cell."""
        cell = self.cells.get(analysis.cell_id)
        return cell is not None and cell.mask_revision == analysis.mask_revision

    def shown_class_of(self, cell: Cell) -> CellClass | None:
        """The class that a cell counts as on its field; see `cell.shown_class`."""
        calibration, quality = self.fields[cell.field_id].calibration, self.qualities.get(cell.field_id)
        return shown_class(cell, self.prediction_of(cell), calibration=calibration, quality=quality)

    def shown_classes_of(self, cells: Iterable[Cell]) -> Iterator[tuple[Cell, CellClass | None]]:
        """Each cell with the class that it counts as; quick for thousands."""
        fields: dict[int, tuple[Calibration | None, FieldQuality | None, Container[CellClass]]] = {}
        for cell in cells:
            if (known := fields.get(cell.field_id)) is None:
                scale, quality = self.fields[cell.field_id].calibration, self.qualities.get(cell.field_id)
                known = fields[cell.field_id] = (scale, quality, withheld_classes(calibration=scale, quality=quality))
            told, (scale, quality, hidden) = self.prediction_of(cell), known
            yield cell, shown_unless_withheld(cell, told, calibration=scale, quality=quality, withheld=hidden)


def snapshot(case: Case) -> Case:
    """The case as it is now, for another thread: the values in it never change, the dicts do."""
    return Case(**{f.name: copy(getattr(case, f.name)) for f in fields(Case) if f.init})


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters, ends of lines, and what turns the direction of writing."""


def printable(name: str) -> str:
    """A file name as one line that every file format takes.

    A byte that isn't UTF-8, and what can't be seen but changes how a name reads, are written as escapes.
    """
    try:
        text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half of a pair, as Windows allows
        text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return _UNSEEN.sub(lambda unseen: unseen[0].encode("unicode_escape").decode("ascii"), text)


def place_name(path: Path, region: Region | None) -> str:
    """What a field is called: as its file, with the top left corner in pixels where it is a region of a slide."""
    return printable(path.name) + ("" if region is None else f" ({region.x0}, {region.y0})")


def distinct_names(fields: Iterable[Field]) -> dict[int, str]:
    """A name for each field that no other has, by id: the file's name, with as many folders as it takes.

    Fields of the same file, or files whose paths end alike down to the root, are told apart by their page.
    """
    every = list(fields)
    names = {f.id: f.name for f in every}
    for depth in range(2, max((len(f.path.parts) for f in every), default=0) + 1):
        taken = Counter(names.values())
        clashing = [f for f in every if taken[names[f.id]] > 1]
        names.update({f.id: _deeper(f, depth) for f in clashing if len(f.path.parts) >= depth})
    taken = Counter(names.values())
    same_file = {f.id: f"{f.name} (page {f.page + 1})" for f in every if taken[names[f.id]] > 1}
    return {**names, **same_file}


def _deeper(field: Field, depth: int) -> str:
    """The name with so many folders before it."""
    folders = "/".join(field.path.parts[-depth:-1])
    return printable(folders) + f"/{field.name}"
