"""Requests: a department asks for its own item; the provider answers in ten working days."""

from datetime import timedelta

import pytest

from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.sharing import granting, requesting, resources
from tests.cases.halls import FOOD, NURSE, Scene

POLICE, HEALTH = "steward-police", "steward-health"
WHY = "登记时免填，减少重复填写"


def ask(stage: Scene, purpose: str, **given) -> str:
    told = {"item": NURSE, "fields": ["name", "sex"], "reason": WHY, **given}
    dataset = told.pop("dataset", "population.person")
    with stage.work(told.pop("login", HEALTH)) as work:
        return requesting.ask(work, resources.one(work, dataset), purpose=purpose, **told).key


def test_from_asking_to_taking(stage: Scene) -> None:
    key = ask(stage, "核对户籍所在地")
    with pytest.raises(Conflict):
        ask(stage, "核对户籍所在地")
    with stage.work(POLICE) as work:
        request = requesting.one(work, key)
        assert key in [one.key for one in requesting.to_answer(work)]
        assert requesting.waiting(work) == len(requesting.to_answer(work))
        late = work.today() + timedelta(days=30)
        for fields, until, field in ((["number"], late, "fields"), (["sex"], None, "expires_on")):
            with pytest.raises(Invalid) as wrong:
                requesting.grant(work, request, fields=fields, expires_on=until, answer="")
            assert wrong.value.field == field
        requesting.grant(work, request, fields=["name"], expires_on=late, answer="只同意姓名")
        with pytest.raises(Conflict):
            requesting.refuse(work, request, answer="又不同意了")
    with stage.work(HEALTH) as work:
        assert requesting.one(work, key).state == "granted"
        assert requesting.one(work, key).answer == "只同意姓名"
        may = {"item": NURSE, "dataset": "population.person", "purpose": "核对户籍所在地"}
        assert granting.refusal(work, fields=["name"], **may) == ""
        assert granting.refusal(work, fields=["sex"], **may) == "fields"


def test_ten_working_days_and_then_it_is_late(stage: Scene) -> None:
    key = ask(stage, "核对年龄条件")
    with stage.work(POLICE) as work:
        request = requesting.one(work, key)
        assert request.due_on is not None
        assert request.due_on.isoformat() == "2026-03-16"  # asked on Monday, 2 March
        assert not requesting.is_late(work, request)
    with stage.later(days=15), stage.work("supervisor") as work:
        late = [one for one in requesting.everywhere(work) if requesting.is_late(work, one)]
        assert key in [one.key for one in late]
    with stage.work(HEALTH) as work:
        requesting.withdraw(work, requesting.one(work, key))
        with pytest.raises(Conflict):
            requesting.withdraw(work, requesting.one(work, key))


def test_refused_in_writing(stage: Scene) -> None:
    key = ask(stage, "核对民族成分")
    with stage.work(POLICE) as work:
        request = requesting.one(work, key)
        with pytest.raises(Invalid):
            requesting.refuse(work, request, answer="不行")
        requesting.refuse(work, request, answer="与办理条件无关")
        assert request in requesting.answered(work)
    with stage.work(HEALTH) as work:
        assert [one.state for one in requesting.asked(work) if one.key == key] == ["refused"]


@pytest.mark.parametrize(("given", "error"), [
    ({"item": FOOD}, Forbidden),
    ({"fields": []}, Invalid),
    ({"fields": ["secret"]}, Invalid),
    ({"reason": "要"}, Invalid),
    ({"reason": "长" * 501}, Invalid),
    ({"dataset": "health.record"}, Invalid),
    ({"dataset": "tax.taxpayer"}, Conflict),
    ({"login": "clerk"}, Forbidden),
])  # fmt: skip
def test_what_cannot_be_asked(stage: Scene, given: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(stage, "核对其他内容", **given)


def test_others_neither_see_nor_answer(stage: Scene) -> None:
    key = ask(stage, "核对居住地址")
    with stage.work("steward-market") as work, pytest.raises(NotFound):
        requesting.one(work, key)
    with stage.work(HEALTH) as work:
        with pytest.raises(NotFound):
            requesting.refuse(work, requesting.one(work, key), answer="自己拒绝自己")
        with pytest.raises(Invalid):
            ask(stage, "短")
    with stage.work("wang") as work, pytest.raises(Forbidden):
        requesting.one(work, key)
