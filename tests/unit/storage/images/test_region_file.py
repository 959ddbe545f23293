import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.errors import UsageError
from rbc_desktop.storage.images.region_file import read_regions


@pytest.mark.parametrize(
    "text",
    [
        "x,y,width,height\n10,20,500,300\n",
        "X;Y;Width;Height\n10;20;500;300\n",
        "\ufeffheight,width,y,x\n300,500,20,10\n",
    ],
)
def test_regions_are_read_as_spreadsheets_write_them(tmp_path, text):
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    assert read_regions(tmp_path / "r.csv") == (("", Region(10, 20, 510, 320)),)


def test_a_region_can_belong_to_one_slide(tmp_path):
    (tmp_path / "r.csv").write_text("image,x,y,width,height\na.svs,0,0,500,500\nb.svs,0,0,500,500\n")
    assert [name for name, _ in read_regions(tmp_path / "r.csv")] == ["a.svs", "b.svs"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x,y\n1,2\n", "needs the columns x,y,width,height"),
        ("x,y,width,height\n", "holds no region"),
        ("x,y,width,height\n1,2,3,x\n", "Line 2 of r.csv needs four whole numbers"),
        ("x,y,width,height\n1,2,30,3000\n", "128 to 8,192 pixels a side"),
        ("x,y,width,height\n-5,2,300,300\n", "begins outside every slide"),
        ("x,y,width,height\n0,0,300,300\n200,200,300,300\n", "Line 3 of r.csv overlaps a region before it"),
    ],
)
def test_what_is_no_region_is_refused_by_its_line(tmp_path, text, sentence):
    (tmp_path / "r.csv").write_text(text)
    with pytest.raises(UsageError, match=sentence):
        read_regions(tmp_path / "r.csv")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UsageError, match="can't be read"):
        read_regions(tmp_path / "none.csv")
