"""Recounting: a desk that does not say what the cases say is found out, and mended."""

import pytest
from sqlalchemy import text

from servicehall.desk import recounting
from tests.cases.halls import NURSE, Scene

BREAKS = (
    "UPDATE tally SET count = count + 1 WHERE step = 'accept'",
    "DELETE FROM task",
    "UPDATE task SET due_on = '2030-01-01'",
    "DELETE FROM tally",
)


@pytest.mark.parametrize("statement", BREAKS)
def test_found_and_mended(stage: Scene, statement: str) -> None:
    stage.applied("wang", NURSE) if not recounted(stage) else None
    with stage.work("auditor") as work:
        assert list(recounting.breaches(work)) == []
        assert recounting.rebuild(work) == 0
        work.session.execute(text(statement))
        assert list(recounting.breaches(work))
        assert recounting.is_behind(work) is (statement == "DELETE FROM tally")
        assert recounting.rebuild(work) > 0
    with stage.work("auditor") as work:
        assert list(recounting.breaches(work)) == []


def recounted(stage: Scene) -> int:
    with stage.work("auditor") as work:
        return work.session.scalar(text("SELECT count(*) FROM task")) or 0
