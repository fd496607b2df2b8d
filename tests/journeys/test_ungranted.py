"""An item that nobody has granted any data yet can be applied for all the same."""

from sqlalchemy import delete

from servicehall.cases import prefill
from servicehall.cases.states import State
from servicehall.sharing.models import Grant
from servicehall.wiring import Hall
from tests.conftest import SignIn
from tests.journeys.stage import Stage

NURSE = "119901010000002388499012300200001"


def test_the_citizen_declares_what_may_not_be_asked(hall: Hall, sign_in: SignIn) -> None:
    stage = Stage(hall)
    with stage.work("auditor") as work:
        work.session.execute(delete(Grant))
        work.record("city.seeded", "city")
    begun = sign_in("wang").post(
        f"/items/{NURSE}/begin", data={"agree": "yes"}, follow_redirects=True
    )
    assert begun.status_code == 200
    assert "有些数据没有查询" in begun.text
    key = begun.request.path.split("/")[2]
    with stage.work("wang") as work:
        case = stage.case(work, key)
        gaps = [fact.name for fact in prefill.facts(case)]
        assert all(fact.status == "unavailable" for fact in prefill.facts(case))
        prefill.declare(work, case, {name: stage.truth("wang", name) for name in gaps})
    stage.fill("wang", key)
    stage.submit("wang", key)
    assert stage.state(key) is State.SUBMITTED
