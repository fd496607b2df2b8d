"""The table of states: named, reachable, and left by no walk; verbs walk it in tests/lives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.applying import intake
from servicehall.cases.states import DECIDED, EDITABLE, ENDED, NAMES, NEXT, OPEN, State, after
from servicehall.handling import decisions, sweeping
from servicehall.kernel.errors import Conflict
from tests.cases.halls import Scene

ACTS = sorted({act for _, act in NEXT})
STEPS = st.lists(st.sampled_from(ACTS), max_size=30)


def test_every_state_has_a_name_and_can_be_reached() -> None:
    assert set(NAMES) == set(State)
    assert {State.DRAFT, *NEXT.values()} == set(State)


def test_every_state_is_in_exactly_one_group() -> None:
    for state in State:
        homes = [
            state in (State.DRAFT, State.WAITING),
            state in DECIDED,
            state in OPEN,
            state in ENDED,
        ]
        assert sum(homes) == 1, state
    assert {State.DRAFT, State.CORRECTION} == EDITABLE


def test_what_has_ended_has_no_next_step_but_revocation() -> None:
    assert [step for step in NEXT if step[0] in ENDED] == [(State.CLOSED, "revoke")]


@given(STEPS)
def test_any_walk_stays_in_the_table(acts: list[str]) -> None:
    state = State.DRAFT
    for act in acts:
        if (state, act) in NEXT:
            state = after(state, act)
            continue
        with pytest.raises(Conflict):
            after(state, act)
    assert state in State


REFUSAL = "不符合法定条件，见审查意见"


def test_a_granted_case_is_only_closed(stage: Scene) -> None:
    key = stage.granted_nurse()
    assert stage.state(key) is State.CLOSED
    with pytest.raises(Conflict):
        stage.withdrawn("wang", key)
    for act in (decisions.refuse, decisions.grant):
        more = {"reason": REFUSAL} if act is decisions.refuse else {}
        with pytest.raises(Conflict):
            stage.does("reviewer-health", key, act, **more)
    with stage.work("auditor") as work:
        assert not list(sweeping.unfinished(work))
        assert intake.draft(work, "nothing") is None
