"""Fields of a case."""

from pathlib import Path

from rbc_desktop.domain.case import Field, distinct_names


def test_fields_of_the_same_file_name_are_told_apart():
    paths = ["a/HE/1.jpg", "a/HS/1.jpg", "a/HS/2.jpg", "b/stack.tif", "b/stack.tif"]
    fields = [Field(i, Path(p), "0" * 64, 8, 8, page=int(i == 5)) for i, p in enumerate(paths, start=1)]
    assert list(distinct_names(fields).values()) == [
        "HE/1.jpg",
        "HS/1.jpg",
        "2.jpg",
        "stack.tif (page 1)",
        "stack.tif (page 2)",
    ]
    assert distinct_names([]) == {}
