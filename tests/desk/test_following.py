"""Following: whatever is done to cases, tasks and counts stay equal to them, also where it is taken back."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from servicehall.applying import intake
from servicehall.cases import holding
from servicehall.desk import recounting, worklist
from servicehall.desk.models import Task
from servicehall.handling import acceptance, decisions, reviewing
from servicehall.kernel.errors import HallError
from tests.cases.halls import FOOD, ID_CARD, NURSE, VENUE, Scene

OFFICES = ("reviewer-health", "reviewer-market", "reviewer-police", "reviewer-fire",
           "reviewer-culture")  # fmt: skip
ACTS = {
    "accept": ("clerk", acceptance.accept, {}),
    "correct": ("clerk", acceptance.ask_correction, {"points": ["照片不清晰"]}),
    "refuse": ("clerk", acceptance.refuse, {"reason": "不属于职权范围"}),
    "agree": (None, reviewing.opine, {"agrees": True, "opinion": ""}),
    "disagree": (None, reviewing.opine, {"agrees": False, "opinion": "不符合"}),
    "suspend": (None, reviewing.suspend, {"kind": "inspection", "officers": "赵一，钱二"}),
    "resume": (None, reviewing.resume, {"result": "符合要求"}),
    "deny": (None, decisions.refuse, {"reason": "不符合法定条件"}),
}


def clean(stage: Scene) -> None:
    with stage.work("auditor") as work:
        assert list(recounting.breaches(work)) == []


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_walk_keeps_the_desk_in_step(stage: Scene, data: st.DataObject) -> None:
    firm = stage.firm()
    item = data.draw(st.sampled_from([NURSE, ID_CARD, FOOD, VENUE]))
    owner = ("li", firm) if item in (FOOD, VENUE) else ("chen", "")
    key = stage.applied(owner[0], item, owner[1])
    for name in data.draw(st.lists(st.sampled_from([*ACTS, "hold", "withdraw"]), max_size=8)):
        login = data.draw(st.sampled_from(OFFICES)) if name not in ("hold", "withdraw") else ""
        try:
            if name == "hold":
                with stage.work("clerk") as work:
                    holding.claim(work, stage.case(work, key))
                    holding.release(work, stage.case(work, key))
            elif name == "withdraw":
                stage.withdrawn(owner[0], key, owner[1])
            else:
                who, verb, said = ACTS[name]
                stage.does(who or login, key, verb, **said)
        except HallError:
            pass
    clean(stage)
    with stage.work(*owner) as work:
        case = stage.case(work, key)
        if case.closed_at is None:
            try:
                intake.withdraw(work, case)
            except HallError:
                work.rollback()
    clean(stage)


def test_what_is_taken_back_leaves_no_trace_on_the_desk(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("clerk") as work:
        before = worklist.counts(work)
        case = stage.case(work, key)
        acceptance.accept(work, case, version=case.version)
        assert work.session.scalar(
            select(func.count()).where(Task.case_id == case.id, Task.step == "review")
        )
        work.rollback()
        assert worklist.counts(work) == before
    stage.accepted(key)
    clean(stage)
    with stage.work("clerk") as work:
        assert worklist.counts(work)["accept"] == before["accept"] - 1
