"""Forty identifiers are planted wherever a case has room for words, and none is in any de-identified output."""

import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pypdf
import pytest
from fhir.resources.R4B.bundle import Bundle
from hl7apy.parser import parse_message
from PIL import Image, TiffImagePlugin

from rbc_desktop.domain.case.case import Case, Field, Identity, Remark
from rbc_desktop.domain.case.deidentification import REMOVED
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.export_formats import FORMATS
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.laboratory.control_film import Verdict
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.reports.summary.letterhead import Letterhead
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.results.exporting import ExportChoice, export
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, add_cell, certain, drawn_field, measured
from training.renderer import Kind

COUNT = 40
ZONE = timezone(timedelta(hours=1))
DATES = {
    datetime(1961, 7, 29): "1961-07-29", datetime(2026, 3, 4): "2026-03-04", datetime(2026, 3, 5): "2026-03-05",
    datetime(2026, 3, 6): "", datetime(2026, 3, 7): "", datetime(2026, 11, 26): "", datetime(2026, 2, 3): "",
}  # fmt: skip
"""Born, collected, received, signed, amended, reported, analysed."""


OF_THE_SETTINGS = ("Lz41qvk", "Lz42qvk", "Lz43qvk")
"""Lines of the laboratory's letterhead."""


class Planter:
    """Gives words that occur nowhere else."""

    def __init__(self):
        self.words = []

    def word(self):
        self.words.append(f"Qx{len(self.words):02d}zvk")
        return self.words[-1]


class Control:
    def check(self): ...

    def progress(self, done, total): ...


def photographed(path, rgb, planter):
    """A JPEG whose EXIF data name the patient, the photographer and the camera."""
    path.parent.mkdir(parents=True)
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = planter.word(), planter.word(), planter.word()
    exif[0x0132] = "2026:02:03 09:10:11"
    inner = exif.get_ifd(0x8769)
    inner[0xA431], inner[0x9286] = planter.word(), f"ASCII\0\0\0{planter.word()}".encode()
    Image.fromarray(rgb).save(path, exif=exif, comment=planter.word().encode(), quality=92)
    return read_image(path)


def planted(tmp_path):
    """A case with a word of its own in each place; and all the words."""
    planter = Planter()
    word = planter.word
    drawn = drawn_field([Kind.NORMAL] * 8 + [Kind.TARGET_CELL] * 4)
    identity = Identity(
        sample_id=word(), accession=word(), patient=f"{word()} {word()}", patient_id=word(), birth_date="1961-07-29",
        sex="female", requester=word(), laboratory=word(), specimen=f"blood of {word()}", collected="2026-03-04",
        received="2026-03-05", stain=f"lot {word()}", smear_by=word(), instrument=f"serial {word()}", operator=word(),
        comment=f"called {word()}\non {word()}",
    )  # fmt: skip
    case = Case(identity=identity)
    for number in (1, 2):
        path = tmp_path / word() / f"{word()} smear.jpg"
        image = photographed(path, drawn.rgb, planter)
        remarks = tuple(
            Remark(kind, f"{path.name}: {word() if number == 1 else 'see there'}.")
            for kind in ("incomplete", "scale", "no cells", "missed", "image level")
        )
        scale = Calibration(0.19, "preset", f"objective {word()}") if number == 1 else Calibration(0.19, "typed")
        field = Field(number, path, image.sha256, 640, 480, scale, remarks=remarks, searched=word())
        case.fields[number] = field
        case.qualities[number] = GOOD
        for rendered in drawn.cells:
            prediction = replace(
                certain(CellClass.TARGET_CELL, probability=0.8), model=f"{planter.words[0]}-lab 2 (12ab34cd)"
            )
            cell = add_cell(case, field, rendered.mask, prediction=prediction, measurements=measured(39.0))
            case.cells[cell.id] = replace(
                cell, segmenter=f"{planter.words[1]}-net 1 (ab12cd34)", reviewed_class=CellClass.TARGET_CELL
            )
            made = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
            case.analyses[cell.id] = replace(case.analyses[cell.id], made=made)
    case.fields[3] = Field(3, tmp_path / word() / "x.png", "c" * 64, 50, 50, remarks=(Remark("left out", word()),))
    case.next_field_id = 4
    case.slides = {1: SlideEntry(1, tmp_path / f"{word()}.svs", "d" * 64, 9, 9, scanner=word(), scanned="2026-02-03")}
    read = tuple(
        ReadCell(cell, CellClass.TARGET_CELL, CellClass.NORMAL if cell % 3 else CellClass.TARGET_CELL)
        for cell in list(case.cells)[:12]
    )
    case.readings = (
        SecondReading(1, word(), "2026-03-06T09:00:00+01:00", "2026-03-07T09:00:00+01:00", 0.5, 20260306, read),
        SecondReading(2, word(), "2026-03-06T09:00:00+01:00", "", 1.0, 20260306, read),
    )
    scheme = read_scheme(bundled_schemes() / "icsh_like.json")
    scheme = replace(scheme, name=word(), version=word(), source=word(), note=word())
    case.grading = Grading(scheme).with_grade("target cell", "3+")
    seal = f"1:{'ab' * 32}:{'cd' * 64}"
    case.sign_offs = (
        SignOff("reviewed", word(), "reviewed by", "2026-03-06T10:11:12+01:00", word(), head="de" * 32, seal=seal),
        SignOff("final", word(), "approved by", "2026-03-07T10:11:12+01:00", word(), head="fa" * 32),
    )
    return case, planter.words


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return planted(tmp_path_factory.mktemp("planted"))


def write(case, folder, *, deidentified, name):
    keys = tuple(key for key in FORMATS if key != "dicom")  # names its slide by its nature
    letterhead = Letterhead("\n".join(OF_THE_SETTINGS), folder / f"{OF_THE_SETTINGS[0]}.png")
    Image.new("RGB", (30, 20)).save(letterhead.logo)
    context = replace(CONTEXT, generated=datetime(2026, 11, 26, 13, 14, 15, tzinfo=ZONE), head="be" * 32,
                      letterhead=letterhead, control=Verdict("missing", f"No film of {OF_THE_SETTINGS[2]}."),
                      segmenter="Qx00zvk-net 1 (ab12cd34)")  # fmt: skip
    files = []
    for short in (False, True):
        choice = ExportChoice(folder / str(short), name, keys, ReportOptions(short=short), deidentified=deidentified)
        export(
            case, choice, context=context, control=Control(),
            pixels=lambda f: read_image(f.path).pixels if f.id < 3 else np.zeros((50, 50, 3), np.uint8),
        )  # fmt: skip
        files += [path for path in choice.folder.rglob("*") if path.is_file()]
    return files


def said(path: Path, root: Path) -> str:
    """All that a file says, its name included: streams unpacked, metadata read."""
    data = path.read_bytes()
    parts = [
        str(path.relative_to(root)),
        data.decode("latin-1"),
        data.decode("utf-8", "ignore"),
        data.decode("utf-16-le", "ignore"),
    ]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            parts += [book.read(name).decode("utf-8") for name in book.namelist()]
    elif path.suffix == ".pdf":
        reader = pypdf.PdfReader(path)
        parts += [str(reader.metadata), *(page.extract_text() for page in reader.pages)]
        for number in range(1, reader.trailer["/Size"]):
            found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
            parts.append(str(found))
            if isinstance(found, pypdf.generic.StreamObject):
                content = found.get_data() if "/DCTDecode" not in str(found.get("/Filter")) else found._data
                parts.append(content.decode("latin-1"))
    elif path.suffix in (".png", ".tif"):
        with Image.open(path) as picture:
            assert not picture.getexif() or path.suffix == ".tif"
            parts.append(str(picture.info))
            if isinstance(picture, TiffImagePlugin.TiffImageFile):
                parts.append(str(dict(picture.tag_v2)))
    return "\n".join(parts)


def dates_in(text: str) -> set[str]:
    """The planted dates in any of the usual forms."""
    forms = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y:%m:%d", "%m/%d/%Y", "%d %b %Y", "%b %Y", "%Y-%m")
    found = {day.strftime(form) for day in DATES for form in forms if day.strftime(form) in text}
    return found | {f"{d.day} {d:%b} {d.year}" for d in DATES if f"{d.day} {d:%b} {d.year}" in text}


def test_there_are_forty_and_the_search_finds_them_in_what_names_the_sample(material, tmp_path):
    case, words = material
    assert len(words) >= COUNT
    files = write(case, tmp_path, deidentified=False, name=words[0])
    text = "\n".join(said(path, tmp_path) for path in files)
    found = {word for word in words if word in text}  # the others lie in EXIF data, which no output has
    assert len(found) > 28, sorted(set(words) - found)
    assert all(line in text for line in OF_THE_SETTINGS)
    assert {"2026-03-06", "2026-11-26", "4 Mar 2026"} & dates_in(text)


def test_none_of_them_is_in_any_deidentified_output(material, tmp_path):
    case, words = material
    files = write(case, tmp_path, deidentified=True, name="anon-7k2m9p")
    kinds = {path.suffix for path in files}
    assert kinds == {".pdf", ".csv", ".json", ".geojson", ".tif", ".xlsx", ".hl7", ".png"}
    hashes = [field.sha256 for field in case.fields.values()]
    heads = ["be" * 32, "be" * 10, "de" * 32, "fa" * 32, "ab" * 32]
    for path in files:
        text = said(path, tmp_path).casefold()
        for secret in (
            *words,
            *hashes,
            *(h[:16] for h in hashes),
            *heads,
            *(str(f.path.parent) for f in case.fields.values()),
        ):
            assert secret.casefold() not in text, f"{secret} in {path.name}"
        assert not dates_in(said(path, tmp_path)), path.name


def test_what_may_stay_does(material, tmp_path):
    case, _ = material
    (tmp_path / "out").mkdir()
    write(case, tmp_path / "out", deidentified=True, name="anon-7k2m9p")
    folder = tmp_path / "out" / "False"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "anon-7k2m9p_report.pdf").pages)
    for expected in (
        "anon-7k2m9p",
        "1961",
        "2026",
        "target cell",
        "3+",
        REMOVED,
        "custom model (12ab34cd)",
        "0.19 µm/px",
        "Second reading 1 by reader 1, 2026: 50 % of the cells; 12 of 12 read",
        "Differences: 8",
    ):
        assert expected in text, expected
    assert (folder / "anon-7k2m9p_001.geojson").exists()
    Bundle.model_validate(json.loads((folder / "anon-7k2m9p_sample_fhir.json").read_text("utf-8")))
    assert parse_message((folder / "anon-7k2m9p_sample.hl7").read_bytes().decode("utf-8"), find_groups=True).validate()
    assert re.search(r"OBR\|1\|\|anon-7k2m9p\|", (folder / "anon-7k2m9p_sample.hl7").read_text("utf-8"))
    assert (folder / "anon-7k2m9p_crops" / "target_cell" / "0001.png").exists()
