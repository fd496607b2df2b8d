"""Settling: the owner answers in writing; a correction is looked at again wherever it matters."""

from typing import Any

import pytest

from servicehall.disputes import raising, reexamining, settling
from servicehall.handling import sweeping
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.notices.models import Notice
from servicehall.oversight import usage
from tests.cases.halls import ID_CARD, Scene

SCHOOL, ADDRESS = "education.degree.school", "population.person.name"
EDUCATION, POLICE = "reviewer-education", "reviewer-police"


@pytest.fixture(scope="module")
def granted(stage: Scene) -> str:
    return stage.granted_nurse()


def raised(stage: Scene, key: str, name: str) -> str:
    with stage.work("wang") as work:
        return raising.about_value(work, stage.case(work, key), name, said="和证书上的不一样").key


def settle(stage: Scene, login: str, key: str, *, value: str = "", **said: Any) -> None:
    with stage.work(login) as work:
        settling.settle(work, settling.of_desk(work, key), value=value, **said)


def test_only_the_owner_sees_and_answers(stage: Scene, granted: str) -> None:
    key = raised(stage, granted, SCHOOL)
    with stage.work(EDUCATION) as work:
        assert [one.key for one in settling.to_answer(work)] == [key]
        assert settling.waiting(work) == 1
    with stage.work(POLICE) as work:
        assert not settling.to_answer(work)
        assert settling.waiting(work) == 0
        with pytest.raises(NotFound):
            settling.of_desk(work, key)
    for login in ("wang", "supervisor", "items"):
        with stage.work(login) as work, pytest.raises(Forbidden):
            settling.to_answer(work)
    for corrected, answer, field in ((None, "已经核对过了", "result"), (True, "好", "answer")):
        with pytest.raises(Invalid) as refused:
            settle(stage, EDUCATION, key, corrected=corrected, answer=answer)
        assert refused.value.field == field
    settle(stage, EDUCATION, key, corrected=False, answer="登记与毕业证书一致")
    with pytest.raises(Conflict):
        settle(stage, EDUCATION, key, corrected=True, answer="再答复一次")
    with stage.work("wang") as work:
        found = raising.own(work, key)
        assert (found.state, found.answer) == ("explained", "登记与毕业证书一致")
        assert work.session.query(Notice).filter_by(matter=key).count() == 1
        with pytest.raises(Conflict):
            raising.withdraw(work, found)


def test_a_correction_finds_the_licenses_that_carry_the_value(stage: Scene, granted: str) -> None:
    key = raised(stage, granted, SCHOOL)
    with stage.work(EDUCATION) as work:
        (license,) = settling.dependent_licenses(work, settling.of_desk(work, key))
        assert any(proof.fact == SCHOOL for proof in license.record.evidence)
    for value in ("", "x" * 201):  # none, or one that its element cannot hold
        with pytest.raises(Invalid) as refused:
            settle(stage, EDUCATION, key, corrected=True, answer="已按证书更正", value=value)
        assert refused.value.field == "value"
    settle(stage, EDUCATION, key, corrected=True, answer="已按证书更正", value="示范大学")
    with stage.work("reviewer-health") as work:
        (review,) = reexamining.to_decide(work)
        assert (review.license_id, review.now) == (license.id, "示范大学")
    with stage.work(EDUCATION) as work:
        assert settling.answered(work)[0].state == "corrected"


def test_a_correction_is_looked_at_again_in_open_cases(stage: Scene) -> None:
    open_case = stage.applied("wang", ID_CARD)
    key = raised(stage, open_case, ADDRESS)
    with stage.hall.work(SYSTEM) as work:
        assert sweeping.unverified(work, set()) is None
    settle(stage, POLICE, key, corrected=True, answer="已更正姓名用字", value="王雨彤")
    with stage.hall.work(SYSTEM) as work:
        due = sweeping.unverified(work, set())
        assert due is not None
        assert due.key == open_case
    stage.withdrawn("wang", open_case)


def test_auditors_answer_for_looks(stage: Scene, granted: str) -> None:
    with stage.work("wang") as work:
        number = usage.find(work)[0].number
        key = raising.about_look(work, number, said="为什么看我的办件").key
    with stage.work("clerk") as work, pytest.raises(NotFound):
        settling.of_desk(work, key)
    with stage.work("auditor") as work:
        found = settling.of_desk(work, key)
        settling.look(work, found)
        assert not settling.dependent_licenses(work, found)
        assert not settling.dependent_cases(work, found)
    settle(stage, "auditor", key, corrected=None, answer="办理您的申请所必需")
    with stage.work("wang") as work:
        assert raising.own(work, key).state == "explained"
        assert any(look.act == "查看异议" for look in usage.find(work))
