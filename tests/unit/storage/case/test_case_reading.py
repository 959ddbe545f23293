"""A case that is only looked at."""

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_reading import read_case
from tests.fakes.casework import write_image


@pytest.fixture
def saved(tmp_path):
    image = write_image(tmp_path / "a.png", 1)
    store = CaseFile.create(tmp_path / "other.rbc")
    CaseEditor(Case(), store).add_fields([image.facts])
    store.close()
    return tmp_path / "other.rbc"


def test_reading_changes_nothing_and_holds_nothing(saved):
    before = saved.read_bytes(), sorted(path.name for path in saved.parent.iterdir())
    read = read_case(saved)
    assert [field.name for field in read.case.fields.values()] == ["a.png"]
    assert before == (saved.read_bytes(), sorted(path.name for path in saved.parent.iterdir()))
    CaseFile.open(saved)[0].close()


def test_a_case_that_is_open_or_none_is_refused_with_a_sentence(saved, tmp_path):
    store, _ = CaseFile.open(saved)
    with pytest.raises(CaseFileError, match="open"):
        read_case(saved)
    store.close()
    (tmp_path / "no.rbc").write_bytes(b"text")
    with pytest.raises(CaseFileError):
        read_case(tmp_path / "no.rbc")
    with pytest.raises(CaseFileError):
        read_case(tmp_path / "gone.rbc")
