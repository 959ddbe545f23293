"""The list of what can be written."""

from rbc_desktop.domain.export_formats import BATCH_FORMATS, FORMATS, formats_help


def test_keys_labels_and_files_are_distinct():
    assert list(FORMATS) == [one.key for one in FORMATS.values()]
    for values in ([one.label for one in FORMATS.values()], [one.ending for one in FORMATS.values()]):
        assert len(set(values)) == len(values)


def test_the_help_names_each_format_of_the_command_line_with_its_file():
    lines = formats_help().splitlines()
    assert [line.split()[0] for line in lines] == list(BATCH_FORMATS)
    assert "training" not in BATCH_FORMATS
    assert all(len(line) <= 100 for line in lines)
    assert any("001_IMAGE.geojson" in line for line in lines)
