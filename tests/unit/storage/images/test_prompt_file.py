import time

import pytest

from rbc_desktop.domain.geometry import Box
from rbc_desktop.errors import UsageError
from rbc_desktop.storage.images.prompt_file import read_prompts


def write(tmp_path, text, *, encoding="utf-8"):
    path = tmp_path / "prompts.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_points_of_a_cell_are_gathered_in_order(tmp_path):
    cells = read_prompts(write(tmp_path, "cell,x,y,label\n7,10.5,20,1\na,1,2,1\n7,30,40,0\n", encoding="utf-8-sig"))
    assert [c.name for c in cells] == ["7", "a"]
    assert [(p.x, p.y, p.positive) for p in cells[0].prompts.points] == [(10.5, 20, True), (30, 40, False)]


def test_boxes_may_have_swapped_corners(tmp_path):
    (cell,) = read_prompts(write(tmp_path, "Cell, x0 ,y0,x1,y1\n1,30,40,10,20\n"))
    assert cell.prompts.box == Box(10, 20, 30, 40)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cell,x,y\n1,2,3\n", "needs the columns"),
        ("", "needs the columns"),
        ("cell,x,y,label\n1,two,3,1\n", "Line 2 .* x is 'two'"),
        ("cell,x,y,label\n1,nan,3,1\n", "Line 2 .* x is 'nan'"),
        ("cell,x,y,label\n1,2,3,5\n", "label is neither"),
        ("cell,x,y,label\n1,2,3,0\n", "no positive point"),
        ("cell,x,y,label\n,2,3,1\n", "names no cell"),
        ("cell,x0,y0,x1,y1\n1,2,2,2,9\n", "the box is empty"),
        ("cell,x0,y0,x1,y1\n1,2,2,2\n", "y1 is ''"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(tmp_path, text, sentence):
    with pytest.raises(UsageError, match=sentence):
        read_prompts(write(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UsageError, match="can't be read"):
        read_prompts(tmp_path / "none.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_delimiters_and_encodings_of_spreadsheets(tmp_path, delimiter, encoding, ending):
    lines = ["cell;x;y;label", "Zelle 1;10.5;20;1", '"b;c";1;2;1']
    if delimiter != ";":
        lines = [line.replace(";", delimiter) for line in lines]
    path = tmp_path / "prompts.csv"
    path.write_bytes(ending.join(lines).encode(encoding))
    cells = read_prompts(path)
    assert [cell.name for cell in cells] == ["Zelle 1", f"b{delimiter}c"]
    assert (cells[0].prompts.points[0].x, cells[0].prompts.points[0].y) == (10.5, 20)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas(tmp_path, delimiter):
    text = "cell;x0;y0;x1;y1\n1;1,5;2,25;10;20\n".replace(";", delimiter)
    (cell,) = read_prompts(write(tmp_path, text))
    assert cell.prompts.box == Box(1.5, 2.25, 10, 20)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('cell,x,y,label\n1,2,3,1\n"' + "a" * 200_000 + ",2,3,1\n", r"Line \d+ .* quotation mark that is never closed"),
        ("cell,x,y,label\n1," + "9" * 200_000 + ",3,1\n", r"Line 2 .*"),
        ("cell,x,y,label\n1," + "x" * 1000 + ",3,1\n", r"Line 2 .* x is 'x{40}…'"),
        ("cell,x,y,label\n1,2\0,3,1\n", r"Line 2 .*"),
        ("cell,x,y,label\n" + "1,2,3,1\n" * 300_000, "more than 1,000 points; split it or thin it out"),
        ("cell,x,y,label\n" + "".join(f"{n},2,3,1\n" for n in range(300_000)), "more than 50,000 cells"),
        ("cell,x,y,label\n1,inf,3,1\n", "x is 'inf'"),
    ],
    ids=["open quote", "long number", "long text", "nul", "one cell", "many cells", "infinite"],
)
def test_files_that_are_too_much_end_soon_in_a_sentence(tmp_path, text, sentence):
    begin = time.process_time()
    with pytest.raises(UsageError, match=sentence) as caught:
        read_prompts(write(tmp_path, text))
    assert time.process_time() - begin < 5
    assert len(caught.value.message) < 250


def test_many_points_are_read_in_seconds(tmp_path):
    rows = "".join(f"{n % 40_000},{n},{n},1\n" for n in range(300_000))
    begin = time.process_time()
    cells = read_prompts(write(tmp_path, "cell,x,y,label\n" + rows))
    assert time.process_time() - begin < 10
    assert sum(len(cell.prompts.points) for cell in cells) == 300_000


def test_a_hollow_giant_and_other_encodings(tmp_path):
    path = write(tmp_path, "cell,x,y,label\n")
    with path.open("r+b") as file:
        file.truncate(2**31)
    with pytest.raises(UsageError, match="larger than 64 MB"):
        read_prompts(path)
    path.write_bytes("cell,x,y,label\n1é,2,3,1\n".encode("latin-1"))
    with pytest.raises(UsageError, match="in UTF-8"):
        read_prompts(path)
