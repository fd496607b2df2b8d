"""Raising: a value that is wrong, a look that is not understood; one at a time, by whom it concerns."""

from datetime import date

import pytest

from servicehall.disputes import raising
from servicehall.disputes.models import Dispute
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.sharing.datasets import DATASETS
from tests.cases.halls import NURSE, Scene

STATUS = "credit.record.trusted"
REFORM = DATASETS["credit.record"].provider


@pytest.fixture(scope="module")
def key(stage: Scene) -> str:
    return stage.applied("wang", NURSE)


def said_wrong(stage: Scene, key: str, said: str = "我没有失信", login: str = "wang") -> str:
    with stage.work(login) as work:
        return raising.about_value(work, stage.case(work, key), STATUS, said=said).key


def test_a_value_goes_to_the_department_that_answers_for_it(stage: Scene, key: str) -> None:
    made = said_wrong(stage, key)
    with stage.work("wang") as work:
        found = raising.own(work, made)
        assert (found.owner, found.matter, found.state) == (REFORM, key, "open")
        assert found.shown == "是"
        assert found.due_on == date(2026, 3, 16)  # ten working days after 2 March
        assert raising.of_case(work, stage.case(work, key)) == {STATUS: found}
        assert [one.key for one in raising.mine(work)] == [made]
        raising.withdraw(work, found)


def test_one_at_a_time_and_again_after_it_was_taken_back(stage: Scene, key: str) -> None:
    made = said_wrong(stage, key)
    with pytest.raises(Conflict, match="正在处理"):
        said_wrong(stage, key)
    with stage.work("wang") as work:
        raising.withdraw(work, raising.own(work, made))
    with stage.work("wang") as work, pytest.raises(Conflict):
        raising.withdraw(work, raising.own(work, made))
    again = said_wrong(stage, key)
    with stage.work("wang") as work:
        raising.withdraw(work, raising.own(work, again))


@pytest.mark.parametrize("words", ["", " ", "错", "\u202e", "长" * 501])
def test_words_are_needed_and_few_enough(stage: Scene, key: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        said_wrong(stage, key, words)
    assert refused.value.field == "said"


def test_only_whom_it_concerns(stage: Scene, key: str) -> None:
    with pytest.raises(NotFound):
        said_wrong(stage, key, login="chen")
    with stage.work("wang") as work, pytest.raises(NotFound):
        raising.about_value(work, stage.case(work, key), "credit.record.moon", said="不对啊")
    made = said_wrong(stage, key)
    with stage.work("chen") as work, pytest.raises(NotFound):
        raising.own(work, made)
    with stage.work("wang") as work:
        raising.withdraw(work, raising.own(work, made))


def test_a_look_is_questioned_by_whom_it_concerned(stage: Scene, key: str) -> None:
    with stage.work("wang") as work:
        look = work.session.query(AuditEntry).filter_by(act="registry.asked", subject=key).first()
        assert look is not None
        made = raising.about_look(work, look.id, said="为什么要查我的信用")
        assert (made.kind, made.owner, made.shown) == ("look", "", "registry.asked")
    with stage.work("chen") as work, pytest.raises(NotFound):
        raising.about_look(work, look.id, said="别人的")
    with stage.work("wang") as work, pytest.raises(NotFound):
        raising.about_look(work, 10**9, said="没有这一条")


def test_the_database_knows_no_words_of_it(stage: Scene, key: str) -> None:
    made = said_wrong(stage, key, "特别的说法")
    with stage.work("wang") as work:
        raw = work.session.connection().exec_driver_sql("SELECT said FROM dispute").scalars().all()
        assert all("特别的说法".encode() not in bytes(each) for each in raw)
        assert work.session.query(Dispute).filter_by(key=made).one().said == "特别的说法"
