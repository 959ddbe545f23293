"""The PDF, read back with pypdf."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pypdf
import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.image_reading import READING_TITLE
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.laboratory.control_film import Verdict
from rbc_desktop.domain.laboratory.reference_band import LEVELS, SHAPE, Reference
from rbc_desktop.errors import ExportError
from rbc_desktop.reports.pdf import pdf_report
from rbc_desktop.reports.pdf.paper.pdf_images import OUTSIDE, outline_points, thumbnails
from rbc_desktop.reports.pdf.paper.pdf_style import printable, register_fonts, shortened, width_of
from rbc_desktop.reports.pdf.pdf_report import ExportCancelledError, write_pdf
from rbc_desktop.reports.pdf.pdf_statement import read_statement
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import RUO_LINE, build
from rbc_desktop.reports.text.shaped_text import MISSING
from tests.fakes.report_cases import CONTEXT, add_cell, add_field, certain, disc, drawn_field, measured, small_case
from training.renderer import Kind


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The full report of a small case: path, case, summary, drawn field."""
    case, drawn = small_case()
    summary = build(case, context=CONTEXT)
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_pdf(path, summary, case, pixels=lambda field: drawn.rgb)
    return path, case, summary, drawn


def texts(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def write(tmp_path, case, drawn=None, **arguments):
    path = tmp_path / "report.pdf"
    summary = build(case, context=CONTEXT)
    write_pdf(path, summary, case, pixels=lambda field: drawn.rgb, **arguments)
    return texts(path)


def test_every_page_says_research_use_and_its_number(made):
    pages = texts(made[0])
    assert len(pages) >= 2
    for number, text in enumerate(pages, start=1):
        assert RUO_LINE in text
        assert f"Page {number} of {len(pages)}" in text


def test_first_page_tells_who_what_and_by_what_means(made):
    first = texts(made[0])[0]
    for expected in (
        "S-0042", "Zoë Łukasiewicz", "Лаборатория 3", "0.19 µm/px, line drawn (10 µm over 52.6 px)",
        CONTEXT.segmenter, CONTEXT.classifier, "cpu", "5 Mar 2026, 14:07 (UTC+00:00)", "Not assessed",
        "because of the outline diameters are off",
    ):  # fmt: skip
        assert expected in first, expected
    assert "Operator" not in first  # an empty field of the identity has no line


def test_counts_and_intervals_are_those_of_the_summary(made):
    _, _, summary, _ = made
    first = texts(made[0])[0]
    for count in summary.counts:
        assert count.name in first
        if count.share is not None:
            assert f"{100 * count.share:.1f}" in first
            assert f"{100 * count.low:.1f} – {100 * count.high:.1f}" in first
    assert "apart" in first  # the platelet
    assert "not counted" in first  # the cells that the edge cuts
    assert "wholly in the image" in first


def test_cell_table_lists_every_cell(made):
    text = "\n".join(texts(made[0]))
    table = text[text.index("core/rim over") if "core/rim over" in text else text.index("Cells\n") :]
    for row in made[2].rows:
        assert f"{row.area_um2:,.1f}" in table


def test_a_table_that_nobody_would_read_on_paper_is_left_to_the_csv(made, tmp_path, monkeypatch):
    _, case, summary, drawn = made
    options = ReportOptions(overview=False, histogram=False, gallery=False)
    monkeypatch.setattr(pdf_report, "MOST_LISTED", len(summary.rows) - 1)
    write_pdf(tmp_path / "x.pdf", summary, case, pixels=lambda field: drawn.rgb, options=options)
    text = " ".join("\n".join(texts(tmp_path / "x.pdf")).split())
    assert f"{len(summary.rows)} cells are not listed here" in text
    assert "core/rim over" not in text
    monkeypatch.setattr(pdf_report, "MOST_LISTED", len(summary.rows))
    write_pdf(tmp_path / "y.pdf", summary, case, pixels=lambda field: drawn.rgb, options=options)
    assert "not listed here" not in "\n".join(texts(tmp_path / "y.pdf"))


def test_pictures_are_embedded_as_jpeg(made):
    images = [image for page in pypdf.PdfReader(made[0]).pages for image in page.images]
    assert {image.name.rsplit(".", 1)[1] for image in images} == {"jpg"}
    assert len(images) >= len(made[1].cells) + 1


def test_fonts_are_embedded(made):
    fonts = {}
    for page in pypdf.PdfReader(made[0]).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            fonts[font["/BaseFont"]] = font.get("/FontDescriptor")
    used = {name: d for name, d in fonts.items() if "DejaVu" in name}
    assert used
    assert all("/FontFile2" in d.get_object() for d in used.values())


def test_an_image_level_reading_has_a_block_only_where_there_is_one(tmp_path, made):
    assert READING_TITLE not in " ".join(texts(made[0]))
    case, drawn = small_case()
    case.fields[1] = case.fields[1].with_remark("image level", "<b>anaemic</b>, probability 0.80. ours was right.")
    text = " ".join(write(tmp_path, case, drawn)).replace("\n", " ")
    assert text.count(READING_TITLE) == 1
    assert "<b>anaemic</b>, probability 0.80." in text  # a model's label is text, not markup
    assert "A smear has no haemoglobin" in text
    assert text.count("probability 0.80") == 1


def test_options_leave_parts_out(tmp_path):
    case, drawn = small_case()
    options = ReportOptions(overview=False, histogram=False, gallery=False, cell_table=False)

    def no_pixels(field):
        pytest.fail("no picture is wanted, so no field should be read")

    path = tmp_path / "report.pdf"
    write_pdf(path, build(case, context=CONTEXT), case, pixels=no_pixels, options=options)
    text = "\n".join(texts(path))
    for part in ("Overview", "Gallery", "Size of the red cells", "core/rim"):
        assert part not in text
    assert "target cell" in text
    assert drawn.cells


def test_gallery_limit_is_stated(tmp_path):
    case, drawn = small_case()
    text = "\n".join(write(tmp_path, case, drawn, options=ReportOptions(gallery_limit=3)))
    normal = build(case, context=CONTEXT).counts[0]
    assert normal.count > 3
    assert f"{normal.count} cells, the first 3 shown" in text


def test_without_calibration_no_micrometre_is_printed(tmp_path):
    case = Case()
    drawn = drawn_field([Kind.NORMAL] * 6)
    add_field(case, drawn, calibration=None)
    text = "\n".join(write(tmp_path, case, drawn))
    assert "because of the outline diameters" not in text
    assert "Not calibrated" in text
    assert "µm" not in text
    assert "Ø px" in text


def test_an_empty_case_still_makes_a_report(tmp_path):
    pages = write(tmp_path, Case())
    assert "No cells" in pages[0]
    assert RUO_LINE in pages[0]


def test_a_thousand_cells_keep_the_table_head_on_every_page(tmp_path):
    case = Case()
    field = add_field(case, drawn_field([]), name="x" * 180 + ".tif")
    for i in range(1000):
        mask = disc(20 + 15 * (i % 40), 20 + 17 * (i // 40), 7)
        classes = list(BUILT_IN)
        prediction = certain(classes[i % len(classes)], probability=0.8)
        add_cell(case, field, mask, prediction=prediction, measurements=measured(15))
    pages = write(tmp_path, case, options=ReportOptions(overview=False, gallery=False))
    table = [p for p in pages if "core/rim" in p.split("circularity")[-1]]
    assert len(table) > 10
    numbers = "\n".join(pages)
    assert all(f"\n{n}\n" in numbers for n in (1, 500, 1000))


def test_progress_ends_at_the_total_and_cancel_stops(tmp_path):
    case, drawn = small_case()
    steps = []
    write(tmp_path, case, drawn, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    with pytest.raises(ExportCancelledError):
        write(tmp_path, case, drawn, cancelled=lambda: True)


def test_a_folder_that_is_gone_gives_one_sentence(tmp_path):
    case, drawn = small_case()
    with pytest.raises(ExportError, match="can't be written"):
        write(tmp_path / "gone", case, drawn)


def test_missing_fonts_give_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("reportlab.pdfbase.pdfmetrics.getRegisteredFontNames", list)
    with pytest.raises(ExportError, match="install the application again"):
        register_fonts(tmp_path)


@pytest.mark.parametrize("lines", [2, 40])
def test_lines_of_a_comment_stay_lines(tmp_path, lines):
    case, drawn = small_case()
    typed = [f"finding {n} of the comment" for n in range(lines)]
    case.identity = replace(case.identity, comment="\n".join(typed))
    found = "\n".join(write(tmp_path, case, drawn)).splitlines()
    assert [line.strip() for line in found if "of the comment" in line] == typed


def test_text_in_the_identity_cannot_be_markup(tmp_path):
    case = Case()
    case.identity = Identity(sample_id="<b>A&B</b>", comment="1 < 2")
    assert "<b>A&B</b>" in write(tmp_path, case)[0]


def test_unknown_signs_become_boxes_and_long_names_keep_both_ends(no_system_fonts):
    register_fonts()
    assert printable("a\n\U00012345 µ") == f"a {MISSING} µ"
    name = shortened("begin" + "x" * 200 + "end.tif", 7, 120)
    assert name.startswith("begin")
    assert name.endswith("end.tif")
    assert width_of(name, 7) <= 120


def test_outlines_lie_on_the_mask():
    mask = disc(50, 40, 12)
    points = outline_points(mask)
    distance = np.hypot(points[:, 0] - 50.5, points[:, 1] - 40.5)
    assert np.all((distance > 11) & (distance < 12.1))  # through the centres of the outermost pixels


def test_thumbnails_show_the_cell_in_the_middle_and_grey_beyond_the_border():
    case, drawn = small_case()
    rows = build(case, context=CONTEXT).rows
    cut = [r for r in rows if r.x0 == 0]
    for thumb in thumbnails(drawn.rgb, rows, case):
        image = cv2.imdecode(np.frombuffer(thumb.jpeg, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
        assert image.shape[0] == image.shape[1]
        centre = (thumb.outline.min(axis=0) + thumb.outline.max(axis=0)) / 2
        assert np.allclose(centre, 0.5, atol=0.03)
        if thumb.row in cut:
            assert np.abs(image[image.shape[0] // 2, 1] - np.array(OUTSIDE)).max() < 12


def test_a_field_without_cells_and_scale_stands_beside_one_with_cells(tmp_path):
    case = Case()
    drawn = drawn_field([Kind.NORMAL] * 3)
    add_field(case, drawn, calibration=None)
    bare = drawn_field([])
    add_field(case, bare, name="bare.png", calibration=None)
    pages = write(tmp_path, case, drawn)
    assert any("bare.png" in page for page in pages)


EMOJI = "👩‍🔬🧫 \ud83d \u202e\x00\x1b <b>&amp; ]]> "
LONG_TEXTS = {
    "one above the old limit": "word " * 497,
    "many pages": "Anisozytose, Größe µm. " * 2_000,
    "one endless word": "x" * 20_000,
    "emoji": EMOJI * 500,
    "lines": "line\n\n" * 3_000,
}


@pytest.mark.parametrize("place", ["comment", "patient"])
@pytest.mark.parametrize("text", LONG_TEXTS)
def test_no_text_that_a_person_types_breaks_the_report(tmp_path, text, place):
    case, drawn = small_case()
    case.identity = Identity("S 1", **{place: LONG_TEXTS[text] + " THE END"})
    pages = write(tmp_path, case, drawn)
    assert any("THE END" in page for page in pages)
    assert all(RUO_LINE in page for page in pages)
    assert "S 1" in pages[0]


def test_the_longest_text_that_a_case_keeps_is_set_in_seconds(tmp_path):
    import time

    case, drawn = small_case()
    case.identity = Identity(comment="lorem ipsum " * 80_000)
    begun = time.process_time()
    assert len(write(tmp_path, case, drawn)) > 50
    assert time.process_time() - begun < 120


def test_odd_names_break_nothing(tmp_path):
    """Names of files and models and the words on a scale come from elsewhere."""
    case, drawn = small_case()
    for number, field in case.fields.items():
        scale = Calibration(0.19, "file", EMOJI * 100)
        case.fields[number] = replace(field, path=Path("/data") / (EMOJI.replace("\0", "") * 8), calibration=scale)
    context = replace(CONTEXT, segmenter=EMOJI * 20, classifier="m" * 3_000, device=EMOJI)
    path = tmp_path / "report.pdf"
    write_pdf(path, build(case, context=context), case, pixels=lambda field: drawn.rgb)
    assert texts(path)


@pytest.mark.parametrize(("kind", "times"), [("missing", 2), ("fine", 1)])
def test_what_the_control_film_says_stands_in_the_method_and_a_problem_among_the_limits(tmp_path, kind, times):
    case, drawn = small_case()
    summary = build(case, context=replace(CONTEXT, control=Verdict(kind, "The film of Scope 7 says so.")))
    path = tmp_path / "report.pdf"
    write_pdf(path, summary, case, pixels=lambda field: drawn.rgb)
    text = " ".join(" ".join(texts(path)).split())
    assert text.count("The film of Scope 7 says so.") == times
    assert "Control film" in text


@pytest.mark.parametrize("words", [0, 300, 600, 900])
def test_the_heading_of_the_large_images_stands_above_the_first(tmp_path, words):
    case, drawn = small_case()
    add_field(case, drawn, name="second.png")
    case.identity = Identity(comment="word " * words)
    options = ReportOptions(gallery=False, cell_table=False)
    pages = [page.splitlines() for page in write(tmp_path, case, drawn, options=options)]
    (page,) = [page for page in pages if "Overview" in page]
    assert any(line.startswith("Field 1: smear µ 1.png, ") for line in page)


def test_normal_samples_stand_in_the_full_report_alone_and_survive_the_statement(tmp_path):
    case, drawn = small_case()
    profile = tuple(1.0 + level for level in LEVELS)
    band = tuple((value - 0.1, value + 0.1) for value in profile)
    reference = Reference({SHAPE: 40}, {SHAPE: band})
    context = replace(CONTEXT, reference=reference, control=Verdict("missing", "No film of Scope 7."))
    path = tmp_path / "report.pdf"
    for short in (False, True):
        summary = build(case, context=context)
        write_pdf(path, summary, case, pixels=lambda field: drawn.rgb, options=ReportOptions(short=short))
        assert ("Beside normal samples" in "".join(texts(path))) is not short
        stated = read_statement(path.read_bytes()).context
        assert stated.reference == reference
        assert stated.control == context.control
