"""``cases export``: a folder, a line, and a refusal for what is no day."""

from pathlib import Path

from servicehall.wiring import Hall
from tests.cli.conftest import Run
from tests.journeys.stage import Stage

NURSE = "119901010000002388499012300200001"


def test_the_tables_are_written(run: Run, opened: Hall, tmp_path: Path, capsys) -> None:
    stage = Stage(opened)
    stage.accepted(stage.applied("wang", NURSE))
    out = tmp_path / "up"
    assert run("cases", "export", "--since", "2026-01-01", "--out", str(out)) == 0
    assert "up_pro_accept 1" in capsys.readouterr().out
    assert (out / "up_pro_accept.csv").exists()
    assert run("cases", "export", "--since", "yesterday", "--out", str(out)) == 2
