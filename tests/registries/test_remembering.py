"""Each call once: repeated, it is refused for as long as it could still be taken for new."""

from datetime import timedelta

import pytest

from servicehall.registries.protocol import SKEW
from servicehall.registries.remembering import Answered, Repeated
from tests.builders import NOON


@pytest.fixture
def answered():
    return Answered(NOON)


def test_the_same_call_of_the_same_requester_is_refused(answered):
    answered.once("hall", "call-1", at=NOON, now=NOON)
    answered.once("hall", "call-2", at=NOON, now=NOON)
    answered.once("another hall", "call-1", at=NOON, now=NOON)
    with pytest.raises(Repeated, match="answered already"):
        answered.once("hall", "call-1", at=NOON, now=NOON + SKEW)


def test_a_call_is_remembered_while_its_time_would_pass_and_then_forgotten(answered):
    late = NOON + SKEW  # the clocks may differ by so much
    answered.once("hall", "call-1", at=late, now=NOON)
    for now in (NOON + SKEW + timedelta(seconds=1), late + SKEW):
        with pytest.raises(Repeated):
            answered.once("hall", "call-1", at=late, now=now)
    later = late + 3 * SKEW
    answered.once("hall", "call-2", at=later, now=later)
    assert list(answered._calls) == [("hall", "call-2")]


def test_what_came_before_the_start_is_not_answered(answered):
    with pytest.raises(Repeated, match="before this service started"):
        answered.once("hall", "call-1", at=NOON - timedelta(seconds=1), now=NOON)


def test_seconds_are_whole_on_the_wire():
    started = Answered(NOON.replace(microsecond=900_000))
    started.once("hall", "call-1", at=NOON, now=NOON + timedelta(seconds=1))
