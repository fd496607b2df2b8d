"""The command line: every command has a name, and what is wrong is said in one line."""

import pytest

from servicehall.cli import main
from tests.cli.conftest import Run

COMMANDS = (
    "serve",
    "init",
    "worker",
    "journey",
    "fsck",
    "doctor",
    "backup",
    "restore",
    "license",
    "log",
    "items",
)


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(command in said for command in COMMANDS)


@pytest.mark.parametrize("arguments", [[], ["fly"], ["items"], ["license", "verify"]])
def test_a_command_that_is_none_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(arguments)
    assert ended.value.code == 2


def test_what_is_wrong_is_said_in_one_line(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("license", "verify", "/nowhere/license.pdf") == 2
    said = capsys.readouterr().err
    assert said.startswith("servicehall: ")
    assert said.count("\n") == 1
