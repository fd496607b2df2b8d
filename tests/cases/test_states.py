"""The life of a case: nothing happens that the table does not hold, whoever tries and whenever."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicehall.applying import intake
from servicehall.cases.states import EDITABLE, ENDED, NAMES, NEXT, OPEN, State, after
from servicehall.handling import acceptance, decisions, reviewing, sweeping
from servicehall.kernel.errors import Conflict
from tests.cases.halls import FOOD, Scene

ACTS = sorted({act for _, act in NEXT})
STEPS = st.lists(st.sampled_from(ACTS), max_size=30)


def test_every_state_has_a_name_and_can_be_reached() -> None:
    assert set(NAMES) == set(State)
    assert {State.DRAFT, *NEXT.values()} == set(State)


def test_every_state_is_in_exactly_one_group() -> None:
    for state in State:
        alone = state in (State.DRAFT, State.WAITING, State.GRANTED)
        homes = [alone, state in OPEN, state in ENDED]
        assert sum(homes) == 1, state
    assert {State.DRAFT, State.CORRECTION} == EDITABLE


def test_what_has_ended_has_no_next_step() -> None:
    assert not [step for step in NEXT if step[0] in ENDED]


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


OF_GROUPS = ("wait", "reopen", "lapse")  # walked in tests/bundling
REASON, MARKET = "不属于职权范围", "reviewer-market"
OF_STAFF: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
    "ask_correction": ("clerk", acceptance.ask_correction, {"points": ["请补正"]}),
    "accept": ("clerk", acceptance.accept, {}),
    "refuse_acceptance": ("clerk", acceptance.refuse, {"reason": REASON}),
    "suspend": (MARKET, reviewing.suspend, {"kind": "inspection", "officers": "赵一，钱二"}),
    "resume": (MARKET, reviewing.resume, {"result": "现场符合要求"}),
    "refuse": (MARKET, decisions.refuse, {"reason": REFUSAL}),
}


def _perform(stage: Scene, key: str, act: str, firm: str) -> None:
    """One actor does *act* to the case as it stands, each as a unit of work of its own."""
    if act == "submit":
        stage.submit("li", key, firm, submit_key=f"{key}-{stage.clock.moment.timestamp()}")
    elif act == "withdraw":
        stage.withdrawn("li", key, firm)
    else:
        login, verb, options = OF_STAFF[act]
        if act == "refuse" and stage.state(key) is State.ACCEPTED:
            stage.rechecked(login, key)
        stage.does(login, key, verb, **options)


@settings(max_examples=12)
@given(
    first=st.sampled_from([["submit"], ["submit", "accept"], ["submit", "ask_correction"]]),
    rest=st.lists(
        st.sampled_from([a for a in ACTS if a not in ("grant", "close", *OF_GROUPS)]), max_size=6
    ),
)
def test_verbs_walk_the_same_table(stage: Scene, first: list[str], rest: list[str]) -> None:
    firm = stage.firm()
    key = stage.ready("li", FOOD, firm)
    for act in [*first, *rest]:
        stage.clock.forward(seconds=1)
        _one_act(stage, key, act, firm)
    if stage.state(key) is State.DRAFT:
        stage.withdrawn("li", key, firm)


def _one_act(stage: Scene, key: str, act: str, firm: str) -> None:
    """Legal: the state of the table. Illegal: a Conflict and nothing has changed."""
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        before, corrected = case.state, case.correction is not None
    expected = NEXT.get((before, act))
    if act == "ask_correction" and corrected:  # only once
        expected = None
    if expected is None:
        with pytest.raises(Conflict):
            _perform(stage, key, act, firm)
        expected = before
    else:
        _perform(stage, key, act, firm)
    assert stage.state(key) is expected


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
