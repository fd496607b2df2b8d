"""init: everything is there before anyone comes, and a second time changes nothing."""

from pathlib import Path

import pytest

from servicehall.cli import opening
from servicehall.kernel import audit
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cli.conftest import Run


def test_init_twice_changes_nothing(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init") == 0
    assert capsys.readouterr().out == "一切就绪\n"
    assert run("log", "verify") == 0
    before = capsys.readouterr().out
    assert run("init") == 0
    capsys.readouterr()
    assert run("log", "verify") == 0
    assert capsys.readouterr().out == before


def test_preparing_again_after_a_cut_makes_only_what_is_missing(opened: Hall) -> None:
    """The last step is the mark: without it everything is looked at anew, and nothing doubled."""
    with opened.work(SYSTEM) as work:
        length = audit.head(work.session).length
        work.record(opening.PREPARED, "other files")
        work.commit()
    assert opening.prepare(opened) == "一切就绪"
    with opened.work(SYSTEM) as work:
        assert audit.head(work.session).length == length + 2  # both marks, and nothing else


def test_an_unknown_setting_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path,
                                    capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setenv("HALL_COLOUR", "red")
    assert run("init") == 2
    assert "unknown settings: colour" in capsys.readouterr().err
