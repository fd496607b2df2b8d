"""Lives: at random over real verbs and rows, no act happens that the law does not know."""

from servicehall.kernel.work import SYSTEM
from servicehall.oversight import integrity
from tests.cases.halls import Scene, hall, stage
from tests.lives.machine import walk

__all__ = ["hall", "stage"]


def test_no_walk_leaves_the_law(stage: Scene) -> None:
    walk(stage, examples=12, steps=25)
    with stage.hall.work(SYSTEM) as work:
        assert not list(integrity.breaches(work, stage.hall.heads()))
