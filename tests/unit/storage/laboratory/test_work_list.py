"""A work list is read whatever wrote it; what can't be told apart fills in nothing."""

import pytest

from rbc_desktop.errors import RbcError
from rbc_desktop.storage.laboratory.work_list import read_work_list

LINES = [
    ["Accession", "Patient  name", "Date of birth", "Ward", "Sample number"],
    ["A-17", "Müller, Anna", "1970-01-31", "3", "S-1"],
    ["A-18", "Bo", "", "4", "S-2"],
    ["", "Cy", "", "", "S-3"],
]


def write(path, delimiter, encoding):
    quoted = [[f'"{v}"' if delimiter in v else v for v in line] for line in LINES]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in quoted).encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_kind_of_csv_is_read(tmp_path, delimiter, encoding):
    found = read_work_list(write(tmp_path / "list.csv", delimiter, encoding))
    first = {"accession": "A-17", "patient": "Müller, Anna", "birth_date": "1970-01-31", "sample_id": "S-1"}
    assert found["a-17"] == found["s-1"] == first
    assert found["a-18"] == {"accession": "A-18", "patient": "Bo", "sample_id": "S-2"}
    assert set(found) == {"a-17", "s-1", "a-18", "s-2", "s-3"}


def test_a_number_that_stands_twice_stands_for_nobody(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("accession,patient\nA-1,Anna\nA-2,Bo\na-1,Cy\n")
    assert set(read_work_list(path)) == {"a-2"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column"), (b"ward,bed\n1,2\n", "no column"), (b"\xff\x00\xff", "can't be read"),
        (b'accession\n"' + b"x" * 200_000, "can't be read as CSV"),
    ],
)  # fmt: skip
def test_what_is_no_work_list_gets_a_sentence(tmp_path, content, says):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(RbcError, match=says) as refused:
        read_work_list(path)
    assert refused.value.message.endswith(".")
    with pytest.raises(RbcError, match="can't be read"):
        read_work_list(tmp_path / "missing.csv")
