"""Fsck of groups: a sound one is clean, and each way of breaking it is told."""

import pytest

from servicehall.cases.states import State
from servicehall.oversight import groups
from servicehall.wiring import Hall
from tests.bundling.halls import FOOD_SOLE, NEWBORN, Together
from tests.cases.halls import hall

__all__ = ["hall"]


@pytest.fixture(scope="module")
def key(hall: Hall) -> str:
    stage = Together(hall)
    key = stage.together("wang", NEWBORN, insure="yes", card="yes")
    stage.filled("wang", key)
    stage.handed_in("wang", key)
    return key


def told(hall: Hall, key: str, break_it) -> str:  # type: ignore[no-untyped-def]
    """What fsck says of the group once *break_it* was done to it; nothing is kept."""
    stage = Together(hall)
    with hall.work(stage.actor("auditor")) as work:
        break_it(stage.group(work, key))
        work.session.flush()
        found = "\n".join(groups.breaches(work))
        work.rollback()
        return found


def _number(group):  # type: ignore[no-untyped-def]
    group.number = "x" * 23


def _party(group):  # type: ignore[no-untyped-def]
    group.members[0].case.party = "person:nobody"


def _after(group):  # type: ignore[no-untyped-def]
    group.members[1].after = [FOOD_SOLE]


def _state(group):  # type: ignore[no-untyped-def]
    group.members[1].case.state = State.SUBMITTED


def _loose(group):  # type: ignore[no-untyped-def]
    group.members[1].case.bundle = ""


def _stolen(group):  # type: ignore[no-untyped-def]
    group.members[1].case.bundle = "another"


def _nothing(group):  # type: ignore[no-untyped-def]
    group.members[1].after = []


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda group: None, ""),
        (_number, "wrong check character"),
        (_party, "another party's"),
        (_after, "which the group does not have"),
        (_state, "held by"),
        (_loose, "waits in no group"),
        (_stolen, "does not have it"),
        (_nothing, "waits for nothing"),
    ],
)
def test_each_breach_is_told(hall: Hall, key: str, break_it, words: str) -> None:  # type: ignore[no-untyped-def]
    found = told(hall, key, break_it)
    assert words in found
    assert bool(found) == bool(words)
