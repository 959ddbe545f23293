"""What the smoke run of the frozen folder reads and compares; the run itself is `make smoke`."""

import json
from pathlib import Path

import pytest
import smoke_checks as checks
from pypdf import PdfReader
from smoke_checks import SmokeError

from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.reports.tables.csv_report import COLUMNS, write_cells
from rbc_desktop.storage.parts import Part, licences_page
from tests.fakes.report_cases import CONTEXT, small_case


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("ModuleNotFoundError: No module named 'skimage.draw'", True),
        (
            "2026-11-25 14:59:38,733 ERROR MainThread rbc_desktop.commands.desktop.assembly: a thread did not stop",
            True,
        ),
        ("libfoo.so.1: cannot open shared object file: No such file or directory", True),
        ('qt.qpa.plugin: Could not load the Qt platform plugin "xcb"', True),
        ("2026-11-25 14:59:56,968 WARNING MainThread qt: qt.qpa.services Unable to detect a launcher", False),
        ("1/1 sample_smear.png", False),
    ],
)
def test_lines_that_no_good_run_has(line, bad):
    assert checks.complaint(f"fine\n  {line}\nfine") == (line if bad else None)


def test_of_a_traceback_the_reason_is_told():
    text = 'CRITICAL app: error:\nTraceback (most recent call last):\n  File "a.py", line 1\nOSError: no disk\nBye.'
    assert checks.complaint(text) == "OSError: no disk"
    assert checks.complaint("Traceback (most recent call last):") == "Traceback (most recent call last):"


TRACE = r"""
7 execve("/tmp/L f\303\274r/rbc-desktop", ["/tmp/L f\303\274r/rbc-desktop"], 0x1 /* 2 vars */) = 0
7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3
8 execve("/bin/a \"b\"", ["a"], 0x1 /* 6 vars */) = -1 ENOENT (No such file or directory)
9 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = -1 EAFNOSUPPORT <unfinished ...>
9 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5
"""


def test_trace_names_network_and_programs():
    assert [line.split("(")[1][:8] for line in checks.network_attempts(TRACE)] == ["AF_INET6", "AF_INET,"]
    assert checks.programs_started(TRACE) == {"/tmp/L für/rbc-desktop", '/bin/a "b"'}


def test_runs_of_a_program_itself_are_counted():
    trace = """7 execve("/p l/rbc-desktop", ["x"], 0x1) = 0
8 execve("/p l/rbc-desktop", ["x", "--multiprocessing-fork"], 0x1 /* 3 vars */) = 0
8 execve("/p l/rbc-desktop", ["x"], 0x1) = -1 ENOENT (No such file or directory)
9 execve("/p l/rbc-desktop-cli", ["x"], 0x1) = 0
"""
    assert checks.runs_of_itself(trace, Path("/p l/rbc-desktop")) == 2


LDD = """
/x y/_internal/one.so:
\tlinux-vdso.so.1 (0x00007fff)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
\tlibwayland-cursor.so.0 => not found
\tlibQt6Core.so.6 => /x y/_internal/PySide6/Qt/lib/libQt6Core.so.6 (0x00007f)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f)
/x y/_internal/two.so:
\tlibxcb-cursor.so.0 => /lib/x86_64-linux-gnu/libxcb-cursor.so.0 (0x00007f)
\tlibgone.so.1 => not found
\tlibQt6Core.so.6 => not found
/x y/rbc-desktop:
\tstatically linked
"""


def test_libraries_that_the_folder_lacks():
    assert checks.foreign_libraries(LDD, Path("/x y")) == {"libxcb-cursor.so.0", "libgone.so.1", "libQt6Core.so.6"}


def test_newest_glibc_that_is_needed():
    text = "Name: GLIBC_2.2.5  Flags: none\n Name: GLIBC_2.36 \n Name: GLIBC_2.4\n Name: GLIBCXX_3.4.30"
    assert checks.needed_glibc(text) == "2.36"


@pytest.fixture
def table(tmp_path):
    def write(*, columns=COLUMNS, area="2700", name="cell class", counted="true"):
        row = {
            "cell": "1",
            "area_px": area,
            "class": name,
            "counted": counted,
            "notice": "For Research Use Only. Not for use.",
        }
        lines = [",".join(columns), *(",".join(row.get(c, "") for c in columns) for _ in range(2))]
        (tmp_path / "cells.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
        return tmp_path / "cells.csv"

    return write


def test_csv_with_everything(table):
    assert [row["area_px"] for row in checks.check_csv(table(), cells=2)] == ["2700", "2700"]
    checks.check_csv(table(name="", counted="false"), cells=2)


@pytest.mark.parametrize(
    ("changes", "cells", "words"),
    [
        ({"columns": COLUMNS[::-1]}, 2, "columns"),
        ({}, 3, "2 cells instead of 3"),
        ({"area": ""}, 2, "cell 1"),
        ({"name": ""}, 2, "cell 1"),
        ({"columns": COLUMNS[:-1]}, 2, "notice"),
    ],
)
def test_csv_that_lacks_something(table, changes, cells, words):
    with pytest.raises(SmokeError, match=words):
        checks.check_csv(table(**changes), cells=cells)


def test_every_picture_has_cells_and_the_same_pixels_give_the_same():
    found = [("a.tif", "9"), ("a.webp", "9"), ("a.jpg", "8")]
    rows = [{"image": name, "cell": str(n), "area_px": area} for n, (name, area) in enumerate(found, start=1)]
    names = [name for name, _ in found]
    checks.check_pictures(rows, pictures=names, alike=names[:2])
    with pytest.raises(SmokeError, match=r"a\.jpg gives other cells than a\.tif"):
        checks.check_pictures(rows, pictures=names, alike=names)
    with pytest.raises(SmokeError, match=r"no cell is found in a\.heic"):
        checks.check_pictures(rows, pictures=[*names, "a.heic"], alike=names[:2])


PAGE = "For Research Use Only. Not for use in diagnostic procedures."


def first_page(red, other, cells, *, unseen=""):
    numbers = f"{red}\n{other}\n0 of {cells}\n3\n{unseen}1"
    return f"{PAGE}\n{numbers}\nred cells classified\nnot red cells\nreviewed by a person"


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([first_page(1070, 1, "1,081"), PAGE], None),
        ([first_page(1050, 1, "1,081", unseen="20\n"), PAGE], None),
        ([first_page(1070, 1, "1,081"), "page 2"], "page 2"),
        ([first_page("1,070", 0, "1,081")], "1070 of 1081 instead of 1071 of 1081"),
        ([first_page("1,070", 1, "1,080")], "1071 of 1080 instead of 1071 of 1081"),
        ([PAGE], "nothing instead of 1071"),
        ([], "nothing instead of 1071"),
    ],
)
def test_text_of_the_report(pages, words):
    if words is None:
        checks.check_pdf_text("report.pdf", pages, cells=1081, counted=1071)
    else:
        with pytest.raises(SmokeError, match=words):
            checks.check_pdf_text("report.pdf", pages, cells=1081, counted=1071)


def test_what_the_application_writes_passes(tmp_path):
    case, drawn = small_case()
    summary = build(case, context=CONTEXT)
    write_cells(tmp_path / "cells.csv", summary.rows)
    write_pdf(tmp_path / "report.pdf", summary, case, pixels=lambda field: drawn.rgb)
    rows = checks.check_csv(tmp_path / "cells.csv", cells=len(summary.rows))
    texts = [page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages]
    counted = sum(row["counted"] == "true" for row in rows)
    checks.check_pdf_text("report.pdf", texts, cells=len(rows), counted=counted)


def test_results_are_compared_byte_by_byte(tmp_path):
    masks = [{"id": n, "segmentation": {"counts": f"a{n}"}, "score": 0.5} for n in range(1, 5)]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "masks.json").write_text(json.dumps({"annotations": masks}))
        (tmp_path / name / "cells.csv").write_text("cell\r\n")
    one, two = tmp_path / "one", tmp_path / "two"
    assert checks.differences(one, two, ["cells.csv", "masks.json"]) is None
    (two / "cells.csv").write_text("cell\n")
    assert checks.differences(one, two, ["cells.csv", "masks.json"]) == "cells.csv differs"
    masks[2]["segmentation"]["counts"] = "b"
    (two / "masks.json").write_text(json.dumps({"annotations": masks[:3]}))
    assert checks.differences(one, two, ["masks.json"]) == "masks.json differs: 2 of 4 masks, the first is cell 3"


def _bill(*, names=("torch", "Qt"), **component):
    parts = [{"name": name, "version": "1", "hashes": [{}], "licenses": [{}], **component} for name in names]
    root = {"name": "RBC Desktop", "version": "0", "hashes": [{}], "licenses": [{}]}
    return json.dumps({"metadata": {"component": root}, "components": parts})


def test_bill_of_materials():
    page = licences_page(
        [
            Part("RBC Desktop", "0", "MIT", "", "application", "text"),
            Part("torch", "1", "MIT", "", "python", "text"),
            Part("Qt", "1", "MIT", "", "library", "other"),
        ]
    )
    assert checks.check_bill(_bill(), page) == 3
    for bill, words in [
        (_bill(names=("torch",)), "other parts than the 2"),
        (_bill(names=("torch", "gone")), "no licence text for gone 1"),
        (_bill(hashes=[]), "no hashes for torch 1"),
        (_bill(licenses=[]), "no licenses for torch 1"),
    ]:
        with pytest.raises(SmokeError, match=words):
            checks.check_bill(bill, page)
