"""What a DICOM slide says of itself besides its pixels, for what refers to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...errors import ImageReadError
from ...language import tr
from ..digest import known_digest
from ..formats.image_file import check_file
from ..formats.image_limits import reading

_PREAMBLE, _MARK = 128, b"DICM"

SPECIMEN = ("ContainerIdentifier", "IssuerOfTheContainerIdentifierSequence", "ContainerTypeCodeSequence",
            "SpecimenDescriptionSequence")  # fmt: skip
PATIENT = ("PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex")
STUDY = ("StudyInstanceUID", "StudyDate", "StudyTime", "ReferringPhysicianName", "StudyID", "AccessionNumber",
         "StudyDescription")  # fmt: skip
IMAGE = ("SpecificCharacterSet", "TimezoneOffsetFromUTC", "SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID")

DEVICE = ("Manufacturer", "ManufacturerModelName")

WANTED = (*IMAGE, *PATIENT, *STUDY, *SPECIMEN)
"""What is read; nothing else of the file is looked at."""


def is_dicom(path: Path) -> bool:
    """Whether a file is DICOM by its first bytes; False where it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(_PREAMBLE + len(_MARK))[_PREAMBLE:] == _MARK
    except OSError:
        return False


def device_texts(path: Path) -> dict[str, str]:
    """Maker and model of the scanner by OpenSlide's names, in the character set that the file states.

    OpenSlide hands the file's bytes on as if they were UTF-8, so letters of another set come out broken.

    Args:
        path: a file of the series.

    Raises:
        Exception: whatever pydicom raises.
    """
    from pydicom import dcmread

    header = dcmread(path, stop_before_pixels=True, specific_tags=["SpecificCharacterSet", *DEVICE])
    return {f"dicom.{name}": str(header.get(name) or "") for name in DEVICE}


def read_header(path: Path, *, sha256: str) -> Any:
    """The elements `WANTED` of the instance that holds a slide's full size, as a ``pydicom.Dataset``.

    Any file of the series may be given, as any opens the slide; patient, study and specimen are the same in all of
    them, and the instance of the full size is asked of OpenSlide.

    Args:
        path: the file that was opened.
        sha256: of its bytes, when the case was made.

    Raises:
        ImageReadError: when it has gone, changed, or is no DICOM slide.
    """
    import openslide
    from pydicom import dcmread

    with reading(path):
        check_file(path)
        if known_digest(path) != sha256:
            raise ImageReadError(tr("{file} has changed since the case was made; locate the original.", file=path.name))
        header = dcmread(path, stop_before_pixels=True, specific_tags=list(WANTED))
        with openslide.OpenSlide(str(path)) as slide:
            header.SOPInstanceUID = slide.properties["dicom.SOPInstanceUID"]
    return header
