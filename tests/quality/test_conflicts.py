"""Conflicts of the demo city: each owner answers its own, or passes it to the base library."""

import pytest

from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.quality import conflicts
from servicehall.quality.rules import RULES
from tests.cases.halls import Scene

TAX, MARKET = "steward-tax", "steward-market"


def test_the_city_was_compared_and_every_owner_has_work(stage: Scene) -> None:
    with stage.work("supervisor") as work:
        latest, standing = conflicts.latest(work), conflicts.standing(work)
        assert latest.keys() == {rule.resource for rule in RULES}
        for code, told in latest.items():
            assert 80 <= told.complete_percent <= 100
            assert 80 <= told.timely_percent < 100
            assert told.cleaned > 0
            assert standing[code] == told.found > 0
    for login in ("steward-civil", "steward-hr", "steward-health", TAX, "steward-staffing"):
        with stage.work(login) as work:
            assert conflicts.waiting(work) == len(conflicts.to_answer(work)) > 0


def test_answered_in_writing_once(stage: Scene) -> None:
    with stage.work("steward-health") as work:
        row = conflicts.to_answer(work)[0]
        for answer in ("好", "长" * 501):
            with pytest.raises(Invalid) as wrong:
                conflicts.settle(work, row, corrected=True, answer=answer)
            assert wrong.value.field == "answer"
        conflicts.look(work, row)
        conflicts.settle(work, row, corrected=False, answer="健康档案与原件一致")
        with pytest.raises(Conflict):
            conflicts.settle(work, row, corrected=True, answer="再答复一次吧")
        assert row in conflicts.answered(work)
        assert row not in conflicts.to_answer(work)


def test_passed_to_the_base_library_and_no_further(stage: Scene) -> None:
    with stage.work(TAX) as work:
        key = conflicts.to_answer(work)[0].key
    with stage.later(days=7):
        with stage.work(TAX) as work:
            conflicts.pass_on(work, conflicts.of_desk(work, key), reason="法人库没有更新")
        with stage.work(TAX) as work, pytest.raises(NotFound):
            conflicts.of_desk(work, key)
        with stage.work(MARKET) as work:
            row = conflicts.of_desk(work, key)
            assert (row.passed, row.due_on.isoformat()) == ("法人库没有更新", "2026-03-23")
            with pytest.raises(Conflict):
                conflicts.pass_on(work, row, reason="又转回去试试")
            conflicts.settle(work, row, corrected=True, answer="已在法人库更正")


def test_others_neither_see_nor_answer(stage: Scene) -> None:
    with stage.work(TAX) as work:
        key = conflicts.to_answer(work)[0].key
    with stage.work("steward-civil") as work, pytest.raises(NotFound):
        conflicts.of_desk(work, key)
    for login in ("clerk", "supervisor", "wang"):
        with stage.work(login) as work, pytest.raises(Forbidden):
            conflicts.to_answer(work)


def test_figures_of_a_resource_over_time(stage: Scene) -> None:
    with stage.work("supervisor") as work:
        (one,) = conflicts.history(work, "tax.taxpayer")
        assert one.base == "legal.organization"
        assert not conflicts.history(work, "population.person")
