"""Fsck of decisions by rule: sound ones are clean, and each way of breaking one is told."""

import pytest
from sqlalchemy import delete

from servicehall.automating.models import InstantDecision
from servicehall.oversight import ruled
from servicehall.wiring import Hall
from tests.automating.test_instant import ELSEWHERE, judged
from tests.cases.halls import Scene, hall

__all__ = ["hall"]


@pytest.fixture(scope="module")
def key(hall: Hall) -> str:
    stage = Scene(hall)
    key = stage.applied("wang", ELSEWHERE)
    judged(stage, key)
    return key


def _unmet(row: InstantDecision) -> None:
    row.verdicts = [{**row.verdicts[0], "outcome": "unmet"}]


def _person(row: InstantDecision) -> None:
    row.case.decided_by = "somebody"


def _otherwise(row: InstantDecision) -> None:
    row.granted = False


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda row: None, ""), (_unmet, "not every rule"), (_person, "decided by somebody"),
        (_otherwise, "not on record"),
    ],
)  # fmt: skip
def test_each_breach_is_told(hall: Hall, key: str, break_it, words: str) -> None:  # type: ignore[no-untyped-def]
    with hall.work(Scene(hall).actor("auditor")) as work:
        break_it(work.session.query(InstantDecision).one())
        work.session.flush()
        found = "\n".join(ruled.breaches(work))
        work.rollback()
    assert words in found
    assert bool(found) == bool(words)


def test_what_is_gone_is_missed(hall: Hall, key: str) -> None:
    with hall.work(Scene(hall).actor("auditor")) as work:
        work.session.execute(delete(InstantDecision))
        assert "answer is gone" in "\n".join(ruled.breaches(work))
        work.rollback()
