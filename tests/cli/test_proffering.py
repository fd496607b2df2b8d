"""``offers run``: one round now, however often; nobody is asked twice."""

import pytest

from tests.cli.conftest import Run


def test_a_round_says_how_many_items_it_looked_at(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run("offers", "run") == 0
        assert "offers: 1 items looked at" in capsys.readouterr().out
