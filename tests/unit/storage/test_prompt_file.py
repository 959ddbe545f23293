import pytest

from rbc_desktop.domain.geometry import Box
from rbc_desktop.errors import UsageError
from rbc_desktop.storage.prompt_file import read_prompts


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
