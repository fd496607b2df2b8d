"""Rechecking: what a registry says at the decision is put beside what it said at the application."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from servicehall.cases import prefill, rechecking
from servicehall.cases.models import PendingCheck
from servicehall.cases.states import OPEN
from servicehall.city.ledger import Ledger
from servicehall.city.town import town
from servicehall.handling import decisions, sweeping
from servicehall.kernel.errors import Conflict, Forbidden, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import wallet
from servicehall.notices.models import Notice
from servicehall.registries.connector import Answer, Query, RegistryConnector
from tests.builders import NOON
from tests.cases.halls import NURSE, Scene

HEALTH = "reviewer-health"
DEGREE = "education.degree"


class Silent:
    """No registry answers."""

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return [Answer(q.call, "unavailable", "0" * 64, at, reason="off") for q in queries]


@contextmanager
def registry_change(stage: Scene, dataset: str, **values: str) -> Iterator[None]:
    """While it lasts the registry says something else about wang; then it is put right again."""
    number, ledger = town().cast.wang.number, Ledger.open(stage.hall.settings.folder)
    (before,) = ledger.records(dataset, number)
    ledger.amend(dataset, number, values, reason="更正登记", at=NOON)
    try:
        yield
    finally:
        was = {field: before[field] for field in values}
        ledger.amend(dataset, number, was, reason="恢复", at=NOON)
        ledger.close()


@pytest.fixture
def key(stage: Scene) -> Iterator[str]:
    """A nurse's case in which only the decision is missing; withdrawn at the end if it is open."""
    made = stage.applied("wang", NURSE)
    stage.accepted(made)
    stage.agreed(HEALTH, made)
    yield made
    if stage.state(made) in OPEN:
        stage.withdrawn("wang", made)


def changes(stage: Scene, key: str) -> list[tuple[str, str, str]]:
    with stage.work("auditor") as work:
        newest = rechecking.last(stage.case(work, key))
        assert newest is not None
        return [(c.name, c.before, c.after) for c in rechecking.changes(newest)]


def test_no_decision_on_data_of_yesterday(stage: Scene, key: str) -> None:
    with pytest.raises(Conflict, match="要先复核"):
        stage.does(HEALTH, key, decisions.grant)
    with pytest.raises(Conflict, match="要先复核"):
        stage.does(HEALTH, key, decisions.refuse, reason="不符合法定条件")
    version = _version(stage, key)
    stage.rechecked(HEALTH, key)
    assert changes(stage, key) == []
    assert _version(stage, key) == version  # whoever has the page open may go on
    with stage.later(hours=25), pytest.raises(Conflict, match="要先复核"):
        stage.does(HEALTH, key, decisions.grant)


def test_a_change_stays_to_be_seen_when_a_later_recheck_finds_none(stage: Scene, key: str) -> None:
    with registry_change(stage, DEGREE, major="中药学"):
        stage.rechecked(HEALTH, key)
        stage.rechecked(HEALTH, key)
    with stage.work("auditor") as work:
        assert len(rechecking.unseen(stage.case(work, key))) == 1


def test_a_proof_that_fell_away_is_to_be_brought(stage: Scene, key: str) -> None:
    ledger, number = Ledger.open(stage.hall.settings.folder), town().cast.wang.number
    (before,) = ledger.records(DEGREE, number)
    ledger.strike(DEGREE, number, reason="证书撤销", at=NOON)
    stage.rechecked(HEALTH, key)
    ledger.amend(DEGREE, number, before, reason="恢复", at=NOON)
    ledger.close()
    assert {after for _, _, after in changes(stage, key)} == {""}
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        fallen = [row.code for row in case.materials if row.how == "window"]
        assert fallen
        assert "还有必要材料没有交齐" in decisions.obstacles(work, case)


def test_a_silent_registry_leaves_what_was_known_and_is_said(stage: Scene, key: str) -> None:
    before = _facts(stage, key)
    with _connector(stage, Silent()):
        stage.rechecked(HEALTH, key)
    assert _facts(stage, key) == before
    with stage.work("auditor") as work:
        (row,) = rechecking.unseen(stage.case(work, key))
        assert not row.changes
        assert DEGREE in row.unread
    with pytest.raises(Conflict, match="没有查到"):
        stage.does(HEALTH, key, decisions.grant)
    stage.does(HEALTH, key, rechecking.acknowledge)
    with stage.work("auditor") as work:
        assert decisions.obstacles(work, stage.case(work, key)) == []


def test_a_declared_value_is_checked_by_the_hall_itself(stage: Scene) -> None:
    with _connector(stage, Silent()):
        key = stage.begin("chen", NURSE)
    with stage.work("chen") as work:
        case = stage.case(work, key)
        truth = {f.name: stage.truth("chen", f.name) for f in prefill.facts(case)}
        prefill.declare(work, case, {**truth, "population.person.name": "陈秀瑛"})
    stage.fill("chen", key)
    stage.submit("chen", key)
    assert _swept(stage) is False  # not yet due
    with stage.later(minutes=6):
        with _connector(stage, Silent()):
            assert _swept(stage) is True
        assert _statuses(stage, key) == {"declared"}
        assert _swept(stage) is False  # the next try comes later than the first
        with stage.hall.work(SYSTEM) as work:  # planned and then cut off: not again at once
            case = stage.case(work, key)
            rechecking.ask_soon(work, case)
            rechecking.plan(work, case)
            assert sweeping.unverified(work, set()) is None
            work.rollback()
    with stage.later(minutes=30):
        assert _swept(stage) is True
    assert "verified" in _statuses(stage, key)
    assert any(before == "陈秀瑛" for _, before, _ in changes(stage, key))
    stage.withdrawn("chen", key)


def test_a_case_that_is_over_asks_nobody(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.withdrawn("wang", key)
    with pytest.raises(Conflict):
        stage.rechecked(HEALTH, key)


def test_who_came_second_sees_the_first(stage: Scene, key: str) -> None:
    with stage.work(HEALTH) as work:
        case = stage.case(work, key)
        calls = rechecking.plan(work, case)
        work.commit()
        stage.rechecked(HEALTH, key)
        with pytest.raises(Conflict, match="别人更新"):
            rechecking.fetch(work, case, calls, version=case.version - 1)
        work.rollback()


def test_what_changed_is_shown_confirmed_and_goes_into_the_decision(stage: Scene, key: str) -> None:
    with registry_change(stage, DEGREE, school="示范第二医学院"):
        stage.rechecked(HEALTH, key)
    ((name, before, after),) = changes(stage, key)
    assert (name, after) == (f"{DEGREE}.school", "示范第二医学院")
    assert before not in ("", after)
    with pytest.raises(Conflict, match="有变化"):
        stage.does(HEALTH, key, decisions.grant)
    with pytest.raises(NotFound):  # another department confirms nothing
        stage.does("reviewer-market", key, rechecking.acknowledge)
    with pytest.raises(Forbidden):
        stage.does("clerk", key, rechecking.acknowledge)
    stage.does(HEALTH, key, rechecking.acknowledge)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert prefill.value(case, name) == after
        newest = rechecking.last(case)
        assert newest is not None
        asked = {dataset: call for dataset, (call, _, _) in newest.calls.items()}
        told = work.session.query(Notice).filter_by(matter=key).all()
        assert any("共享数据与之前不同" in notice.text for notice in told)
    stage.does(HEALTH, key, decisions.grant)
    with stage.work(HEALTH) as work:
        case = stage.case(work, key)
        decisions.finish(work, case)
        license = wallet.of_case(work, case.number)
        assert license is not None
        evidence = {e.fact: e.call for e in license.record.evidence}
        # every value, changed or not, is proven by the call of the recheck
        assert evidence == {fact: asked[fact.rpartition(".")[0]] for fact in evidence}


def _facts(stage: Scene, key: str) -> dict[str, str]:
    with stage.work("auditor") as work:
        return {f.name: f.value for f in prefill.facts(stage.case(work, key))}


def _version(stage: Scene, key: str) -> int:
    with stage.work("auditor") as work:
        return stage.case(work, key).version


def _statuses(stage: Scene, key: str) -> set[str]:
    with stage.work("auditor") as work:
        return {f.status for f in prefill.facts(stage.case(work, key))}


def _swept(stage: Scene) -> bool:
    """One turn of the worker: whether a case was due."""
    with stage.hall.work(SYSTEM) as work:
        case = sweeping.unverified(work, set())
        if case is None:
            return False
        calls = rechecking.plan(work, case)
        work.commit()
        rechecking.fetch(work, case, calls, version=case.version)
        assert work.session.query(PendingCheck).filter_by(case_id=case.id).count() <= 1
        work.commit()
        return True


@contextmanager
def _connector(stage: Scene, other: object) -> Iterator[None]:
    """For a while the hall asks *other*."""
    held = stage.hall
    stage.hall = replace(held, adapters={**held.adapters, RegistryConnector: other})
    try:
        yield
    finally:
        stage.hall = held
