"""Slides as DICOM, as scanners and converters write them: one file per level in one folder, tiled without gaps.

Written with pydicom, which the application doesn't have, so that no mistake of its own writer can hide here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import imagecodecs
import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, JPEGBaseline8Bit

from .slide_files import Film

VL_WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
PREFIX = "1.2.826.0.1.3680043.8.498.77."
"""Below it stand study, series, frame of reference and instances of a slide that is written here."""


def write_dicom(
    folder: Path,
    film: Film,
    *,
    factors: tuple[int, ...] = (1, 4, 16),
    um_per_px: float = 0.25,
    tile: int = 256,
    jpeg: bool = True,
    patient: str = "Doe^Jane",
    series: int = 1,
) -> Path:
    """A pyramid in a folder, one file per level; returns the path of the largest.

    Args:
        folder: made if it doesn't exist.
        film: what is on the slide.
        factors: by which the levels are reduced, the first being 1.
        um_per_px: of the full size.
        tile: side of a frame, pixels.
        jpeg: frames as JPEG (baseline, as most scanners do), else as plain RGB.
        patient: name of the patient, as DICOM writes it.
        series: tells slides apart: part of every UID.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, factor in enumerate(factors, start=1):
        path = folder / f"level_{number}.dcm"
        level = _level(film.level(factor), number, series=series, spacing=um_per_px * factor / 1000, tile=tile)
        level.PatientName = patient
        level.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE" if factor == 1 else "RESAMPLED"]
        _fill(level, film.level(factor), tile=tile, jpeg=jpeg)
        level.save_as(path, enforce_file_format=True)
        paths.append(path)
    return paths[0]


def _level(pixels: np.ndarray, number: int, *, series: int, spacing: float, tile: int) -> FileDataset:
    uid = f"{PREFIX}{series}.3.{number}"
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = VL_WHOLE_SLIDE, uid
    level = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    level.SOPClassUID, level.SOPInstanceUID = VL_WHOLE_SLIDE, uid
    level.StudyInstanceUID, level.SeriesInstanceUID = f"{PREFIX}{series}.1", f"{PREFIX}{series}.2"
    level.FrameOfReferenceUID, level.PyramidUID = f"{PREFIX}{series}.4", f"{PREFIX}{series}.5"
    level.PositionReferenceIndicator = "SLIDE_CORNER"
    level.PatientID, level.PatientSex, level.PatientBirthDate = "P-4711", "F", "19700102"
    level.AccessionNumber, level.StudyID, level.ReferringPhysicianName = "ACC-0815", "S1", "Roe^Richard"
    level.StudyDate, level.StudyTime = "20260304", "050607"
    level.ContentDate, level.ContentTime, level.AcquisitionDateTime = "20260304", "050607", "20260304050607"
    level.Modality, level.SeriesNumber, level.InstanceNumber = "SM", 1, number
    level.Manufacturer, level.ManufacturerModelName = "Drawn", "Film scanner"
    level.DeviceSerialNumber, level.SoftwareVersions = "SN-1234", "1.0"
    level.ContainerIdentifier, level.IssuerOfTheContainerIdentifierSequence = "GLASS-99", Sequence()
    level.ContainerTypeCodeSequence = Sequence([_code("433466003", "SCT", "Microscope slide")])
    level.SpecimenDescriptionSequence = Sequence([_specimen(series)])
    level.AcquisitionContextSequence = Sequence()
    _matrix(level, pixels, spacing=spacing, tile=tile)
    return level


def _matrix(level: FileDataset, pixels: np.ndarray, *, spacing: float, tile: int) -> None:
    """How frames make the picture, and how large it is on the glass."""
    height, width = pixels.shape[:2]
    level.TotalPixelMatrixColumns, level.TotalPixelMatrixRows = width, height
    level.TotalPixelMatrixFocalPlanes, level.FocusMethod, level.ExtendedDepthOfField = 1, "AUTO", "NO"
    level.ImagedVolumeWidth, level.ImagedVolumeHeight = width * spacing, height * spacing
    level.ImagedVolumeDepth, level.VolumetricProperties = 1.0, "VOLUME"
    level.Columns, level.Rows = tile, tile
    level.NumberOfFrames = -(-width // tile) * -(-height // tile)
    level.DimensionOrganizationType = "TILED_FULL"
    level.ImageOrientationSlide = [0, -1, 0, -1, 0, 0]
    origin = Dataset()
    origin.XOffsetInSlideCoordinateSystem, origin.YOffsetInSlideCoordinateSystem = 20.0, 40.0
    level.TotalPixelMatrixOriginSequence = Sequence([origin])
    measures, shared, frame_type = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [spacing, spacing], 0.001
    frame_type.FrameType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    shared.PixelMeasuresSequence = Sequence([measures])
    shared.WholeSlideMicroscopyImageFrameTypeSequence = Sequence([frame_type])
    level.SharedFunctionalGroupsSequence = Sequence([shared])
    path = Dataset()
    path.OpticalPathIdentifier, path.ObjectiveLensPower = "1", 40.0
    path.IlluminationTypeCodeSequence = Sequence([_code("111744", "DCM", "Brightfield illumination")])
    path.IlluminationColorCodeSequence = Sequence([_code("414298005", "SCT", "Full Spectrum")])
    level.NumberOfOpticalPaths, level.OpticalPathSequence = 1, Sequence([path])
    level.BurnedInAnnotation, level.SpecimenLabelInImage = "NO", "NO"


def _fill(level: FileDataset, pixels: np.ndarray, *, tile: int, jpeg: bool) -> None:
    level.SamplesPerPixel, level.PlanarConfiguration, level.PixelRepresentation = 3, 0, 0
    level.BitsAllocated, level.BitsStored, level.HighBit = 8, 8, 7
    level.LossyImageCompression = "01" if jpeg else "00"
    frames = list(_frames(pixels, tile))
    if jpeg:
        level.file_meta.TransferSyntaxUID, level.PhotometricInterpretation = JPEGBaseline8Bit, "YBR_FULL_422"
        level.LossyImageCompressionRatio, level.LossyImageCompressionMethod = 10.0, "ISO_10918_1"
        level.PixelData = encapsulate([imagecodecs.jpeg_encode(f, level=95, subsampling="422") for f in frames])
        level["PixelData"].VR = "OB"
    else:
        level.file_meta.TransferSyntaxUID, level.PhotometricInterpretation = ExplicitVRLittleEndian, "RGB"
        level.PixelData = b"".join(frame.tobytes() for frame in frames)
        level["PixelData"].VR = "OB"


def _frames(pixels: np.ndarray, tile: int) -> Iterator[np.ndarray]:
    """Row by row; those at the right and bottom are filled up by repeating the edge."""
    height, width = pixels.shape[:2]
    whole = np.pad(pixels, ((0, -height % tile), (0, -width % tile), (0, 0)), mode="edge")
    for y in range(0, whole.shape[0], tile):
        for x in range(0, whole.shape[1], tile):
            yield np.ascontiguousarray(whole[y : y + tile, x : x + tile])


def _specimen(series: int) -> Dataset:
    specimen = Dataset()
    specimen.SpecimenIdentifier, specimen.SpecimenUID = "GLASS-99", f"{PREFIX}{series}.6"
    specimen.IssuerOfTheSpecimenIdentifierSequence = Sequence()
    specimen.SpecimenPreparationSequence = Sequence()
    return specimen


def _code(value: str, scheme: str, meaning: str) -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    return code
