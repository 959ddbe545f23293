"""What can be exported: one list for the dialog, the command line and its help."""

from __future__ import annotations

from dataclasses import dataclass

from ..language import mark


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One kind of file.

    Attributes:
        key: its name on the command line.
        label: what the dialog calls it, to be translated.
        ending: of the file's name; of a file for each field it follows the field's number.
        about: what it holds, in a few words; for the command line, in English.
        per_field: there is one file for each field with cells.
        per_slide: there is one file for each DICOM slide with cells.
        reads_images: it can't be written without the pixels.
        in_batch: `analyze` writes it.
    """

    key: str
    label: str
    ending: str
    about: str
    per_field: bool = False
    per_slide: bool = False
    reads_images: bool = False
    in_batch: bool = True


FORMATS: dict[str, ExportFormat] = {
    one.key: one
    for one in (
        ExportFormat("pdf", mark("PDF report"), "report.pdf", "the report", reads_images=True),
        ExportFormat("csv", mark("CSV table"), "cells.csv", "one row per cell"),
        ExportFormat("summary", mark("Summary of the sample (CSV)"), "sample.csv", "one row per class, also per field"),
        ExportFormat("xlsx", mark("Workbook of the sample (XLSX)"), "sample.xlsx",
                     "classes, fields and details as sheets"),
        ExportFormat("fhir", mark("FHIR bundle (JSON)"), "sample_fhir.json",
                     "DiagnosticReport, one Observation per class"),
        ExportFormat("hl7", mark("HL7 message (ORU^R01)"), "sample.hl7", "version 2.5.1, for a watched folder"),
        ExportFormat("coco", mark("Masks as COCO JSON"), "masks.json", "every mask, run-length encoded"),
        ExportFormat("geojson", mark("Outlines as GeoJSON (QuPath)"), ".geojson", "outlines, numbers", per_field=True),
        ExportFormat("labels", mark("Label images (TIFF)"), "_labels.tif", "numbers of cells as pixels",
                     per_field=True),
        ExportFormat("dicom", mark("DICOM annotations of the slide"), "_annotations.dcm",
                     "outlines by class, of DICOM slides only", per_slide=True, reads_images=True),
        ExportFormat("crops", mark("Pictures of the cells, by class"), "crops/index.csv",
                     "a PNG per cell in a folder per class", reads_images=True),
        ExportFormat("training", mark("Training set (images and reviewed cells)"), "training/cells.json",
                     "to train a custom model", reads_images=True, in_batch=False),
    )
}  # fmt: skip

BATCH_FORMATS = tuple(key for key, one in FORMATS.items() if one.in_batch)


def formats_help() -> str:
    """Every format of the command line with its file, as lines of text."""
    shown = [FORMATS[key] for key in BATCH_FORMATS]
    wide = max(len(one.key) for one in shown), max(len(_file(one)) for one in shown)
    return "\n".join(f"{one.key:<{wide[0]}}  {_file(one):<{wide[1]}}  {one.about}" for one in shown)


def _file(one: ExportFormat) -> str:
    return f"001_IMAGE{one.ending}" if one.per_field or one.per_slide else one.ending
