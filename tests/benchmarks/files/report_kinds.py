"""Reports of ten kinds of cases, drawn to be looked at as the head of a laboratory who would sign them.

Usage: python -m tests.benchmarks.files.report_kinds [--out docs/reports]

Writes one sheet per kind with its first pages, small; every cell is drawn by our own renderer.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.grading import Grading, Scheme
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.ports import RgbImage
from rbc_desktop.reports.pdf.paper.page_pictures import draw_page
from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.letterhead import Letterhead
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.results.report_material import ReportMaterial, without_identity
from rbc_desktop.workflows.sample.graded_sample import with_suggested
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, SCALE, add_field, drawn_field
from training.renderer import Kind

PAGE_WIDTH, MOST_PAGES = 560, 3
MIX = [Kind.NORMAL] * 50 + [Kind.TARGET_CELL] * 14 + [Kind.TEARDROP] * 8 + [Kind.MACROCYTE] * 3 + [Kind.PLATELET] * 3
SCHEME = read_scheme(bundled_schemes() / "icsh_like.json")
WHO = Identity(
    sample_id="S-2026-0042", accession="A 117-26", patient="Zoë Łukasiewicz", patient_id="4711", sex="F",
    birth_date="1961-07-29", laboratory="Haematology", requester="Dr. Grün", specimen="EDTA blood",
    collected="2026-03-04", received="2026-03-05", stain="May-Grünwald-Giemsa", smear_by="B. Ö.",
    instrument="100×/1.30, DS-Fi2", operator="Ada Ö.", comment="Second smear.\nPlatelets clumped.",
)  # fmt: skip
SCRIPTS = (
    "Привет, мир. Καλημέρα. Ąćęłńóśźż. “quotes” & <b>tags</b> ½ µ ≥ ✓ n̈ x́\nשלום עולם (7). مرحبا بالعالم، 12. Բարեւ."
    " გამარჯობა.\n你好 こんにちは. Sawatdi."
)
REVIEWED = SignOff("reviewed", "Ada Ö.", "reviewed by", "2026-03-05T10:00:00+01:00")
FINAL = SignOff("final", "Bo", "approved by", "2026-03-05T11:00:00+01:00", "clumps left unseen")
AMENDED = SignOff("amended", "Bo", "approved by", "2026-03-06T11:00:00+01:00", "another scale was set", 2)


@dataclass(frozen=True)
class Shown:
    """One kind of case, and how its report is made."""

    name: str
    case: Case
    pixels: dict[int, RgbImage]
    options: ReportOptions
    letterhead: Letterhead = Letterhead()  # noqa: RUF009
    pseudonym: str | None = None


def made(
    kinds: list[Kind] = MIX,
    *,
    fields: int = 1,
    scale: Calibration | None = SCALE,
    reviewed: bool = True,
    scheme: Scheme | None = SCHEME,
    who: Identity = WHO,
    name: str = "field",
) -> tuple[Case, dict[int, RgbImage]]:
    """A case of drawn fields; every 17th cell is a teardrop by a person's word."""
    case, pixels = Case(identity=who, grading=Grading(scheme)), {}
    drawn = drawn_field(kinds, width=1000, height=750)
    for number in range(1, fields + 1):
        field = add_field(case, drawn, name=f"{name} {number}.png", calibration=scale)
        case.qualities[field.id], pixels[field.id] = GOOD, drawn.rgb
    for number, cell in list(case.cells.items()):
        prediction = case.prediction_of(cell)
        if reviewed and prediction is not None:
            given = CellClass.TEARDROP if number % 17 == 0 else prediction.best
            case.cells[number] = replace(cell, reviewed_class=given)
    return case, pixels


def kinds(logo: Path) -> Iterator[Shown]:
    """The ten kinds."""
    short, full = ReportOptions(short=True), ReportOptions()
    head = Letterhead("Department of Haematology\n12 High Street, 1234 Anytown\nTel. +00 1234 5678", logo)
    case, pixels = made(fields=3)
    case.sign_offs = (REVIEWED, FINAL)
    case.grading = with_suggested(case.grading, build(case, context=CONTEXT).sample.grades)
    yield Shown("1-final", case, pixels, short, head)
    yield Shown("2-draft", *made(reviewed=False), full)
    long = Identity(**{key: f"{text} " * 7 for key, text in asdict(replace(WHO, comment="Word. " * 120)).items()})
    yield Shown("3-long-names", *made(who=long, name="x" * 150), short, head)
    yield Shown("4-forty-fields", *made(MIX + [Kind.NORMAL] * 22, fields=40), full)
    yield Shown("5-no-cells", *made([]), full)
    yield Shown("6-one-cell", *made([Kind.NORMAL], scheme=None), full)
    yield Shown("7-no-calibration", *made(scale=None), short)
    scripts = replace(WHO, patient="فاطمة الزهراء", requester="ד״ר כהן", laboratory="王小明", comment=SCRIPTS)
    yield Shown("8-scripts", *made(who=scripts), short)
    case, pixels = made()
    case.grading = replace(case.grading, blood_count=BloodCount(hb=88, mcv=68, mch=21, rdw=19, platelets=90))
    case.sign_offs = (FINAL, AMENDED)
    yield Shown("9-amended", case, pixels, short)
    case, pixels = made(fields=2)
    case.sign_offs = (REVIEWED, FINAL)
    read = tuple(
        ReadCell(number, cell.reviewed_class, CellClass.NORMAL if number % 9 == 0 else cell.reviewed_class)
        for number, cell in case.cells.items()
        if cell.reviewed_class is not None
    )
    case.readings = (SecondReading(1, "Bo", "2026-03-05T12:00:00+01:00", "2026-03-05T13:00:00+01:00", cells=read),)
    options = ReportOptions(overview=False, gallery=False, cell_table=False)
    yield Shown("10-de-identified", case, pixels, options, head, "anon-7k2m9p")


def sheet_of(shown: Shown) -> Image.Image:
    """The first pages side by side."""
    context = replace(CONTEXT, head="ab" * 32, letterhead=shown.letterhead)
    material = ReportMaterial(shown.case, context, lambda field: shown.pixels[field.id])
    if shown.pseudonym is not None:
        material = without_identity(material, pseudonym=shown.pseudonym)
    target = io.BytesIO()
    summary = build(material.case, context=material.context)
    write_pdf(target, summary, material.case, pixels=material.pixels, options=shown.options)
    first = draw_page(target.getvalue(), number=1, width=PAGE_WIDTH)
    numbers = range(2, min(MOST_PAGES, first.pages or 1) + 1)
    pages = [first, *(draw_page(target.getvalue(), number=n, width=PAGE_WIDTH) for n in numbers)]
    return Image.fromarray(np.hstack([page.pixels for page in pages]))


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("docs/reports"), help="folder for the sheets")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    logo = out / ".logo.png"
    Image.new("RGB", (120, 120), "#0B6A94").save(logo)
    for shown in kinds(logo):
        few = sheet_of(shown).quantize(128, dither=Image.Dither.NONE)
        few.save(out / f"{shown.name}.png", optimize=True)
    logo.unlink()


if __name__ == "__main__":
    main()
