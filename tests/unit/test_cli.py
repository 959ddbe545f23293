"""The console program."""

import pytest

from rbc_desktop.cli import commands_only


def test_console_program_knows_the_commands_but_no_window(capsys):
    assert commands_only([]) == 2
    assert "segment" in capsys.readouterr().out
    with pytest.raises(SystemExit) as wrong:
        commands_only(["image.png"])
    assert wrong.value.code == 2
