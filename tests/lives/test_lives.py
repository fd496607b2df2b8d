"""Lives: at random over real verbs and rows, no act happens that the law does not know."""

from datetime import date

from servicehall.kernel.work import SYSTEM
from servicehall.oversight import integrity
from tests.cases.halls import FOOD, Scene, hall, stage
from tests.lives.machine import Machine, walk

__all__ = ["hall", "stage"]


def test_no_walk_leaves_the_law(stage: Scene) -> None:
    walk(stage, examples=12, steps=25)
    with stage.hall.work(SYSTEM) as work:
        assert not list(integrity.breaches(work, stage.hall.heads()))


def test_taken_back_while_the_clock_stands(stage: Scene) -> None:
    """The days of the departments go on from that day, not from when the hearing was to end."""
    life = type("Walk", (Machine,), {"stage": stage})()
    life.begins(item=FOOD, start=date(2026, 7, 27), paper=False)
    for act in ("submit", "accept", "suspend", "withdraw"):
        life.attempt(act)
        life.stands_where_the_law_says()
