"""items rebuild proves entries and index equal to the wordings, or mends them and says so."""

import pytest
from sqlalchemy import text

from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cli.conftest import Run


def test_what_is_right_is_proven_and_what_is_wrong_mended(
    run: Run, opened: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("items", "rebuild") == 0
    assert "as they must be" in capsys.readouterr().out
    with opened.work(SYSTEM) as work:
        work.session.execute(text("UPDATE search_place SET number = number + 1"))
        work.record("test.broken", "search_place")
        work.commit()
    assert run("items", "rebuild") == 1
    assert run("items", "rebuild") == 0


def test_the_desk_is_proven_or_mended(
    run: Run, opened: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("desk", "rebuild") == 0
    assert "as they must be" in capsys.readouterr().out
    with opened.work(SYSTEM) as work:
        work.session.execute(
            text("INSERT INTO tally (department, step, count) VALUES ('', 'done', 3)")
        )
        work.record("test.broken", "tally")
        work.commit()
    assert run("desk", "rebuild") == 1
    assert run("desk", "rebuild") == 0
