"""``timers run``: says what fired, and fires nothing twice."""

from servicehall.cases.states import State
from servicehall.handling import acceptance, sweeping
from servicehall.wiring import Hall
from tests.cli.conftest import Run
from tests.journeys.stage import Stage

NURSE = "119901010000002388499012300200001"


def test_one_round_says_what_fired(run: Run, opened: Hall, capsys) -> None:
    stage = Stage(opened)  # in March 2026; the command asks the computer's own clock
    key = stage.applied("wang", NURSE)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    assert run("timers", "run") == 0
    told = capsys.readouterr().out
    assert "uncorrected: 1" in told
    assert [line.partition(":")[0] for line in told.splitlines()] == list(sweeping.TIMERS)
    assert stage.state(key) is State.UNCORRECTED
    assert run("timers", "run") == 0
    assert "uncorrected: 0" in capsys.readouterr().out
