"""The list of control films comes back as it was; whatever else lies there is refused and never written over."""

import json
import os
import stat

import pytest

from rbc_desktop.domain.laboratory.control_film import Film, KeptFilm
from rbc_desktop.errors import LabListError
from rbc_desktop.storage.laboratory.control_file import KIND, control_file, read_films, write_films

TIME = "2026-03-02T10:00:00+00:00"
FILMS = (
    KeptFilm(Film("Kontrolle 1", "BX 53", TIME, {"diameter": 7.25, "pallor": 0.3}), "a1", "Ada Ö.", left_out="damaged"),
    KeptFilm(Film("", "Axio", TIME, {"diameter in pixels": 39.5}), "b2", anew="another lamp"),
)


def entry(**changes):
    return {"case": "a", "name": "n", "instrument": "i", "time": TIME, "values": {"pallor": 0.3}, **changes}


def document(*entries, **more):
    return json.dumps({"format": KIND.format, "version": 1, "entries": list(entries), **more})


def test_a_list_is_read_as_it_was_written_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "control_films.json"
    assert read_films(path) == ()
    write_films(FILMS, path)
    assert read_films(path) == FILMS
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert control_file().name == "control_films.json"


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{", '{"entries": []}', document(version="1"), document(version=True), document(version=0),
        json.dumps({"format": "another", "version": 1, "entries": []}), "[" * 100_000, "x" * (KIND.most_bytes + 1),
        json.dumps({"format": KIND.format, "version": 1, "entries": {}}),
        document(None), document(7), document({}), document(entry(values={})), document(entry(values=[])),
        document(entry(values={"pallor": "x"})), document(entry(values={"pallor": None})),
        document(entry(values={"pallor": float("nan")})), document(entry(values={"pallor": float("inf")})),
        document(entry(values={"weight": 1})), document(entry(values={"pallor": 10**400})),
        document(entry(time="")), document(entry(time="yesterday")), document(entry(time=7)),
        document(entry(name=None)), document(entry(name="x" * 501)), document(entry(left_out=True)),
        document(entry(time="0001-01-01T00:00:00+14:00")), document(*[entry()] * (KIND.most + 1)),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(tmp_path, text):
    path = tmp_path / "control_films.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        LabListError, match=r"can't be read; restore the file, or move it away to begin another list\.$"
    ):
        read_films(path)


def test_a_newer_list_a_folder_and_a_pipe_are_refused(tmp_path):
    newer = tmp_path / "newer.json"
    newer.write_text(document(version=2))
    with pytest.raises(LabListError, match="newer version"):
        read_films(newer)
    with pytest.raises(LabListError):
        read_films(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.json")
        with pytest.raises(LabListError):
            read_films(tmp_path / "pipe.json")


def test_a_list_that_cannot_be_written_or_is_full_says_so(tmp_path):
    with pytest.raises(LabListError, match="can't be stored"):
        write_films(FILMS, tmp_path / "missing" / "folder" / "control_films.json")
    with pytest.raises(LabListError, match="is full"):
        write_films(FILMS[:1] * (KIND.most + 1), tmp_path / "control_films.json")
