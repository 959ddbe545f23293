"""Annotations of a DICOM slide, read back with highdicom: the tool that they are for reads them the same way."""

from dataclasses import replace

import highdicom
import numpy as np
import pydicom
import pytest

from rbc_desktop.domain.case.case import Case, Field, Identity
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import ImageReadError
from rbc_desktop.reports.exchange.dicom_annotations import OWN_SCHEME, write_annotations
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.slides.dicom_header import read_header
from tests.fakes.dicom_files import write_dicom
from tests.fakes.report_cases import CONTEXT, SCALE, add_cell, certain, disc, measured
from tests.fakes.slide_files import drawn_film

CONTEXT = replace(CONTEXT, head="ab" * 32)


@pytest.fixture(scope="module")
def slide(tmp_path_factory):
    return write_dicom(tmp_path_factory.mktemp("slide"), drawn_film(700, 500, cells=6), factors=(1, 4))


@pytest.fixture
def case(slide):
    """Two regions of a slide: normal and target cells, one cell that a person classified, one without a class."""
    case = Case(identity=Identity(sample_id="S 7", operator="Ada Löwe"))
    for number, region in ((1, Region(0, 0, 300, 200)), (2, Region(300, 100, 600, 400))):
        case.fields[number] = Field(number, slide, sha256_of(slide), region.width, region.height, SCALE, region=region)
    for x, kind in ((30, CellClass.NORMAL), (70, CellClass.NORMAL), (110, CellClass.TARGET_CELL)):
        for number in (1, 2):
            given = {"prediction": certain(kind, probability=0.9), "measurements": measured(20 + x / 10)}
            cell = add_cell(case, case.fields[number], disc(x, 50, 12), **given)
            case.cells[cell.id] = replace(cell, origin="segment all")
    add_cell(case, case.fields[1], disc(200, 50), reviewed=CellClass.TEARDROP, measurements=measured())
    add_cell(case, case.fields[1], disc(250, 50))
    return case


def written(case, slide, tmp_path, *, context=CONTEXT):
    header = read_header(slide, sha256=sha256_of(slide))
    path = tmp_path / "annotations.dcm"
    write_annotations(path, case, list(case.fields.values()), header=header, context=context)
    return path


def area(ring):
    x, y = ring.T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def test_another_reader_finds_every_cell_where_it_lies_on_the_slide(case, slide, tmp_path):
    found = highdicom.ann.annread(written(case, slide, tmp_path))
    rows = rows_of(case)
    groups = {group.label: group for group in found.get_annotation_groups()}
    assert set(groups) == {row.group for row in rows}
    for name, group in groups.items():
        of_class = [row for row in rows if row.group == name]
        outlines = group.get_graphic_data("2D")
        assert len(outlines) == group.NumberOfAnnotations == len(of_class)
        for row, outline in zip(of_class, outlines, strict=True):
            region, mask = case.fields[row.field_id].region, case.cells[row.cell].mask
            assert area(outline) == mask.area == row.area_px
            corner = [mask.box.x0 + region.x0, mask.box.y0 + region.y0]
            assert outline.min(axis=0).tolist() == corner
    assert {str(g.annotated_property_type.scheme_designator) for g in groups.values()} == {OWN_SCHEME}


def test_measurements_belong_to_their_cells(case, slide, tmp_path):
    found = highdicom.ann.annread(written(case, slide, tmp_path))
    rows = {row.cell: row for row in rows_of(case)}
    for group in found.get_annotation_groups():
        names, values, units = group.get_measurements()
        by_name = {name.meaning: values[:, i] for i, name in enumerate(names)}
        assert {name.meaning: unit.value for name, unit in zip(names, units, strict=True)}.items() <= {
            "cell number": "1", "Area": "um2", "Diameter": "um", "class probability": "1",
        }.items()  # fmt: skip
        for place, number in enumerate(by_name["cell number"]):
            row = rows[int(number)]
            assert row.group == group.label
            for name, value in (("Area", row.area_um2), ("Diameter", row.diameter_um)):
                given = by_name[name][place] if name in by_name else np.nan
                assert np.isclose(given, value) if value is not None else np.isnan(given)


def test_it_refers_to_the_slide_and_says_who_did_what(case, slide, tmp_path):
    source = pydicom.dcmread(slide, stop_before_pixels=True)
    found = pydicom.dcmread(written(case, slide, tmp_path))
    assert (found.SOPClassUID.name, found.Modality) == ("Microscopy Bulk Simple Annotations Storage", "ANN")
    same = ("StudyInstanceUID", "PatientID", "PatientName", "PatientBirthDate", "PatientSex", "AccessionNumber",
            "StudyDate", "ContainerIdentifier", "SpecimenDescriptionSequence")  # fmt: skip
    assert all(found[name] == source[name] for name in same)
    assert found.ReferencedImageSequence[0].ReferencedSOPInstanceUID == source.SOPInstanceUID
    assert found.ReferencedSeriesSequence[0].SeriesInstanceUID == source.SeriesInstanceUID
    assert found.SeriesInstanceUID != source.SeriesInstanceUID
    assert "Research Use Only" in found.ContentDescription
    kinds = {g.AnnotationGroupLabel: g.AnnotationGroupGenerationType for g in found.AnnotationGroupSequence}
    assert kinds["normal"] == kinds["target cell"] == "AUTOMATIC"
    assert kinds["teardrop"] == kinds["unclassified"] == "SEMIAUTOMATIC", "a person clicked them"
    models = found.AnnotationGroupSequence[0].AnnotationGroupAlgorithmIdentificationSequence
    assert [(m.AlgorithmName, m.AlgorithmVersion) for m in models] == [("compact-sam2", "1.0 (ab12cd34)")]
    assert "rbc-lightgbm 1.0 (12ab34cd)" in found.AnnotationGroupSequence[0].AnnotationGroupDescription
    assert "DeviceSerialNumber" in found
    assert found.DeviceSerialNumber != source.DeviceSerialNumber


def test_any_file_of_the_series_leads_to_the_full_size(case, slide, tmp_path):
    small = slide.with_name("level_2.dcm")
    header = read_header(small, sha256=sha256_of(small))
    assert header.SOPInstanceUID == pydicom.dcmread(slide, stop_before_pixels=True).SOPInstanceUID


def test_equal_exports_are_equal_and_others_have_other_uids(case, slide, tmp_path):
    first = written(case, slide, tmp_path).read_bytes()
    assert written(case, slide, tmp_path).read_bytes() == first
    later = pydicom.dcmread(written(case, slide, tmp_path, context=replace(CONTEXT, head="cd" * 32)))
    assert later.SOPInstanceUID != pydicom.dcmread(pydicom.filebase.DicomBytesIO(first)).SOPInstanceUID


@pytest.mark.parametrize(
    ("charset", "name"),
    [("ISO_IR 100", "Müller^Jörg"), ("ISO_IR 192", "王^小明"), ("ISO_IR 144", "Иванов^Пётр"), (None, "Doe^Jane"),
     (["ISO 2022 IR 6", "ISO 2022 IR 87"], "Yamada^Tarou=山田^太郎=やまだ^たろう")],
)  # fmt: skip
def test_names_are_the_slides_whatever_its_character_set(case, slide, tmp_path, charset, name):
    copy = tmp_path / "level_1.dcm"
    source = pydicom.dcmread(slide)
    if charset:
        source.SpecificCharacterSet, source.PatientName = charset, name
    source.save_as(copy)
    case.own_classes["Lücke"] = named = own_class("Lücke", code="LU", colour="#336699")
    case.cells[1] = replace(case.cells[1], reviewed_class=named)
    found = pydicom.dcmread(written(case, copy, tmp_path))
    assert (str(found.PatientName), found.SpecificCharacterSet) == (name, "ISO_IR 192")
    assert "Lücke" in {str(g.AnnotationGroupLabel) for g in found.AnnotationGroupSequence}
    assert found.ContentCreatorName == "Ada Löwe"


def test_a_mask_of_parts_is_drawn_by_its_largest_and_without_holes(case, slide, tmp_path):
    crop = np.zeros((20, 40), bool)
    crop[:, :20], crop[5:8, 30:], crop[8:11, 8:11] = True, True, False
    cell = case.cells[1]
    case.cells[1] = replace(cell, mask=CellMask(10, 10, crop), mask_revision=2, edits=(HandEdit("cut"),))
    found = highdicom.ann.annread(written(case, slide, tmp_path))
    group = next(g for g in found.get_annotation_groups() if g.label == "unclassified")
    assert area(group.get_graphic_data("2D")[0]) == 400


def test_a_slide_without_optional_details_and_a_case_without_a_scale(case, slide, tmp_path):
    copy = tmp_path / "level_1.dcm"
    source = pydicom.dcmread(slide)
    for name in ("AccessionNumber", "StudyID", "ReferringPhysicianName", "PatientSex", "StudyTime"):
        del source[name]
    source.save_as(copy)
    for number, field in list(case.fields.items()):
        case.fields[number] = replace(field, calibration=None)
    found = highdicom.ann.annread(written(case, copy, tmp_path))
    assert found.AccessionNumber in ("", None)
    names = {n.meaning for g in found.get_annotation_groups() for n in g.get_measurements()[0]}
    assert names == {"cell number", "class probability"}


def test_a_slide_that_changed_is_refused(slide, tmp_path):
    with pytest.raises(ImageReadError, match=r"^level_1\.dcm has changed since the case was made; locate"):
        read_header(slide, sha256="0" * 64)
    with pytest.raises(ImageReadError, match=r"^gone\.dcm doesn't exist; it may have been moved or renamed\.$"):
        read_header(tmp_path / "gone.dcm", sha256="0" * 64)
