"""Outlines as DICOM bulk annotations of the slide that they were drawn on: a group per class, a polygon per cell.

Microscopy Bulk Simple Annotations (PS3.3 A.87): places are in pixels of the slide's full size, counted from the corner
of its top left pixel. Patient, study and specimen are those of the slide; texts are UTF-8, whatever it writes itself.
https://dicom.nema.org/medical/dicom/current/output/html/part03.html#sect_A.87
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...domain.case.case import Case, Field
from ...domain.cells.cell import Cell
from ..codes import local_code
from ..summary.rows import CellRow, rows_of, segmenters_of
from ..summary.summary import RUO_LINE, ReportContext
from .interchange import on_slide, polygon_geometry

ANNOTATIONS = "1.2.840.10008.5.1.4.1.1.91.1"
OWN_SCHEME = "99RBCDESKTOP"
"""Of the classes and of what DICOM and SNOMED CT have no code for; schemes of one's own begin with 99."""

_MODEL = re.compile(r"^(.*?) (\S+ \([0-9a-f]{8}\))$")
_LONGEST_CODE, _LONGEST_TEXT = 16, 64


def write_annotations(path: Path, case: Case, fields: Sequence[Field], *, header: Any, context: ReportContext) -> None:
    """Write the cells of one slide.

    A mask of several parts is drawn by its largest, and a hole in it is filled: DICOM's polygons have neither.

    Args:
        path: where to write.
        case: with the cells.
        fields: of the slide: the whole of it, or regions.
        header: of the slide; see `storage.slides.dicom_header`.
        context: version, time and head of the audit trail; two exports never share a UID unless all three are equal.

    Raises:
        OSError: when the path can't be written to.
    """
    from pydicom.dataset import FileDataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    seed = f"{header.SOPInstanceUID}/{context.head}/{context.generated.isoformat()}"
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = ANNOTATIONS, _uid(seed, "instance")
    file = FileDataset(path, {}, file_meta=meta, preamble=bytes(128))
    header.decode()
    for element in header:
        if element.keyword not in ("SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID"):
            file.add(element)
    for keyword in ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime",
                    "ReferringPhysicianName", "StudyID", "AccessionNumber"):  # fmt: skip
        if keyword not in file:  # may be empty, not missing
            setattr(file, keyword, None)
    file.SpecificCharacterSet = "ISO_IR 192"
    file.SOPClassUID, file.SOPInstanceUID = ANNOTATIONS, meta.MediaStorageSOPInstanceUID
    file.SeriesInstanceUID, file.SeriesNumber, file.InstanceNumber = _uid(seed, "series"), 1, 1
    _say_who_made_it(file, context, operator=case.identity.operator)
    _refer_to(file, header)
    file.AnnotationCoordinateType, file.PixelOriginInterpretation = "2D", "VOLUME"
    file.AnnotationGroupSequence = [
        _group(case, rows, number=number, name=name, uid=_uid(seed, name))
        for number, (name, rows) in enumerate(_grouped(case, fields).items(), start=1)
    ]
    file.save_as(path, enforce_file_format=True)


def _grouped(case: Case, fields: Sequence[Field]) -> dict[str, list[CellRow]]:
    wanted = {field.id for field in fields}
    groups: dict[str, list[CellRow]] = {}
    for row in rows_of(case):
        if row.field_id in wanted:
            groups.setdefault(row.group, []).append(row)
    return groups


def _say_who_made_it(file: Any, context: ReportContext, *, operator: str) -> None:
    made = context.generated
    file.Modality, file.Manufacturer, file.ManufacturerModelName = "ANN", "RBC Desktop", "rbc-desktop"
    file.DeviceSerialNumber, file.SoftwareVersions = "none", context.app_version
    file.ContentDate, file.ContentTime = f"{made:%Y%m%d}", f"{made:%H%M%S}"
    file.ContentLabel, file.ContentDescription = "RED_CELLS", RUO_LINE
    file.ContentCreatorName = _one_line(operator).replace("^", " ").replace("=", " ").replace("\\", " ")


def _refer_to(file: Any, header: Any) -> None:
    image, series = _dataset(), _dataset()
    image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = header.SOPClassUID, header.SOPInstanceUID
    series.SeriesInstanceUID, series.ReferencedInstanceSequence = header.SeriesInstanceUID, [image]
    file.ReferencedImageSequence, file.ReferencedSeriesSequence = [image], [series]


def _group(case: Case, rows: Sequence[CellRow], *, number: int, name: str, uid: str) -> Any:
    """The cells of one class, in the order of the table."""
    outlines = [_outline(case, row) for row in rows]
    group = _dataset()
    group.AnnotationGroupNumber, group.AnnotationGroupUID = number, uid
    group.AnnotationGroupLabel = _one_line(name)
    reviewed = sum(row.reviewed for row in rows)
    drawn_by = segmenters_of(rows)
    named = ", ".join((*drawn_by, *dict.fromkeys(row.classifier for row in rows if row.classifier)))
    group.AnnotationGroupDescription = (
        f"{len(rows)} cells, {reviewed} of them classified by a person. {named or 'No model'}. {RUO_LINE}"
    )
    by_hand = any(row.reviewed or has_a_hand(case.cells[row.cell]) for row in rows)
    group.AnnotationGroupGenerationType = "MANUAL" if not drawn_by else "SEMIAUTOMATIC" if by_hand else "AUTOMATIC"
    if drawn_by:  # readers take one only; all models stand in the description
        group.AnnotationGroupAlgorithmIdentificationSequence = [_algorithm(drawn_by[0])]
    group.AnnotationPropertyCategoryCodeSequence = [_code("91723000", "SCT", "Anatomical Structure")]
    group.AnnotationPropertyTypeCodeSequence = [_own_code(name)]
    group.PrimaryAnatomicStructureSequence = [_code("4421005", "SCT", "Cell")]
    group.NumberOfAnnotations, group.AnnotationAppliesToAllOpticalPaths = len(rows), "YES"
    group.GraphicType = "POLYGON"
    group.PointCoordinatesData = np.concatenate(outlines).astype("<f4").tobytes()
    lengths = [2 * len(outline) for outline in outlines]
    group.LongPrimitivePointIndexList = (np.cumsum([0, *lengths[:-1]]) + 1).astype("<u4").tobytes()
    group.MeasurementsSequence = list(_measurements(rows))
    return group


def has_a_hand(cell: Cell) -> bool:
    """Whether a person clicked or changed the outline."""
    return cell.origin != "segment all" or bool(cell.edits)


def _outline(case: Case, row: CellRow) -> npt.NDArray[np.float64]:
    """The outer ring ``(N, 2)`` of a mask's largest part, pixels of the slide, not closed."""
    geometry = polygon_geometry(on_slide(case.cells[row.cell].mask, case.fields[row.field_id]))
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = [np.asarray(part[0][:-1], np.float64) for part in parts]
    return max(rings, key=_area)


def _area(ring: npt.NDArray[np.float64]) -> float:
    x, y = ring.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _measurements(rows: Sequence[CellRow]) -> Iterable[Any]:
    measured: tuple[tuple[Any, Any, Callable[[CellRow], float | None]], ...] = (
        (_own_code("cell number"), _code("1", "UCUM", "no units"), lambda row: row.cell),
        (_code("42798000", "SCT", "Area"), _code("um2", "UCUM", "square micrometer"), lambda row: row.area_um2),
        (_code("81827009", "SCT", "Diameter"), _code("um", "UCUM", "micrometer"), lambda row: row.diameter_um),
        (_own_code("class probability"), _code("1", "UCUM", "no units"), lambda row: row.class_probability),
    )
    for concept, unit, value_of in measured:
        known = [(place, value) for place, row in enumerate(rows, start=1) if (value := value_of(row)) is not None]
        if not known:
            continue
        values, item = _dataset(), _dataset()
        values.FloatingPointValues = np.array([value for _, value in known], "<f4").tobytes()
        if len(known) < len(rows):
            values.AnnotationIndexList = np.array([place for place, _ in known], "<u4").tobytes()
        item.ConceptNameCodeSequence, item.MeasurementUnitsCodeSequence = [concept], [unit]
        item.MeasurementValuesSequence = [values]
        yield item


def _algorithm(model: str) -> Any:
    found = _MODEL.match(model)
    item = _dataset()
    item.AlgorithmFamilyCodeSequence = [_code("123110", "DCM", "Artificial Intelligence")]
    item.AlgorithmName = _one_line(found.group(1) if found else model)
    item.AlgorithmVersion = _one_line(found.group(2) if found else "not known")
    return item


def _own_code(name: str) -> Any:
    return _code(local_code(name), OWN_SCHEME, _one_line(name))


def _code(value: str, scheme: str, meaning: str) -> Any:
    code = _dataset()
    setattr(code, "CodeValue" if len(value) <= _LONGEST_CODE else "LongCodeValue", value)
    code.CodingSchemeDesignator, code.CodeMeaning = scheme, meaning
    return code


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\", "/").split())[:_LONGEST_TEXT]


def _dataset() -> Any:
    from pydicom.dataset import Dataset

    return Dataset()


def _uid(seed: str, name: str) -> str:
    """Under 2.25, where UIDs are made of UUIDs (PS3.5 B.2)."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_URL, f'rbc-desktop:{seed}/{name}').int}"
