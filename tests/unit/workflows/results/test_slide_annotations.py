"""Which slides of a case take annotations, and exporting them with the rest."""

import highdicom
import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.cells.column_values import ColumnValues
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import ExportError, ImageReadError
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.storage.slides.vendor_pyramid import is_vendor_slide
from rbc_desktop.workflows.results.exporting import ExportChoice, export, planned_files
from rbc_desktop.workflows.results.slide_annotations import annotated_slides, why_no_annotations
from tests.fakes.dicom_files import write_dicom
from tests.fakes.report_cases import CONTEXT, add_cell, disc
from tests.fakes.slide_files import drawn_film, write_pages


class Control:
    def check(self):
        """Never stopped."""

    def progress(self, done, total):
        assert 0 <= done <= total


@pytest.fixture
def case(tmp_path):
    """Two DICOM slides, one of them by two regions, and a TIFF; a further region has no cells."""
    film = drawn_film(400, 300, cells=5)
    first = write_dicom(tmp_path / "a", film, factors=(1,), series=1)
    second = write_dicom(tmp_path / "b", film, factors=(1,), series=2)
    plain = write_pages(tmp_path / "film.tif", film, factors=(1,))
    case = Case()
    for number, path in enumerate((plain, first, first, second, second), start=1):
        region = Region(0, 0, 200, 150) if number == 2 else Region(200, 0, 400, 150) if number == 3 else None
        case.fields[number] = Field(number, path, sha256_of(path), 200, 150, page=number, region=region)
        for x in range(40, 40 + 30 * number, 30) if number < 5 else ():
            add_cell(case, case.fields[number], disc(x, 60))
    return case


def choice(folder, *formats, deidentified=False):
    return ExportChoice(folder, "case", formats, ReportOptions(), deidentified=deidentified)


def write(case, chosen):
    return export(case, chosen, context=CONTEXT, pixels=lambda _: pytest.fail("needs no pixels"), control=Control())


def test_a_file_per_dicom_slide_and_none_for_other_images(case, tmp_path):
    assert annotated_slides(case) == (2, 4)
    files = write(case, choice(tmp_path / "out", "csv", "dicom"))
    names = ["case_cells.csv", "case_002_level_1_annotations.dcm", "case_004_level_1_annotations.dcm"]
    assert [path.name for path in files] == names
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(names)
    cells = [
        sum(group.NumberOfAnnotations for group in highdicom.ann.annread(path).AnnotationGroupSequence)
        for path in files[1:]
    ]
    assert cells == [2 + 3, 4]


def test_planned_are_those_of_known_slides(case, tmp_path):
    chosen = choice(tmp_path, "dicom")
    assert planned_files(case, chosen) == []
    assert [file.field_id for file in planned_files(case, chosen, slides=(2, 4))] == [2, 4]


def test_without_a_dicom_slide_one_sentence_says_so(case, tmp_path):
    for number in (2, 3, 4):
        del case.fields[number]
    case.cells = ColumnValues.of({i: cell for i, cell in case.cells.items() if cell.field_id == 1})
    assert annotated_slides(case) == ()
    with pytest.raises(ExportError, match=r"^There is no DICOM slide with cells, so there are no DICOM annotations"):
        write(case, choice(tmp_path / "out", "dicom"))


def test_a_deidentified_export_has_none(case, tmp_path):
    with pytest.raises(ExportError, match=r"^DICOM annotations name their slide and its patient"):
        write(case, choice(tmp_path / "out", "dicom", deidentified=True))
    assert why_no_annotations((1,), deidentified=False) == ""


def test_a_slide_that_has_gone_or_changed_is_named(case, tmp_path):
    path = case.fields[2].path
    path.write_bytes(path.read_bytes() + b"\0\0")
    with pytest.raises(ImageReadError, match=r"^level_1\.dcm has changed since the case was made; locate"):
        write(case, choice(tmp_path / "out", "dicom"))
    path.unlink()
    assert annotated_slides(case) == (4,)


def test_annotations_beside_their_slide_leave_it_readable(case, tmp_path):
    files = write(case, choice(case.fields[2].path.parent, "dicom"))
    slide = open_slide(case.fields[2].path)
    assert (slide.width, slide.height, len(slide.info.levels)) == (400, 300, 1)
    slide.close()
    assert not is_vendor_slide(files[0])
