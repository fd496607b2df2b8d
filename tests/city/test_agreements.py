"""The agreements of the demo city: every item may take what it needs, and there is something to do."""

from servicehall.catalogue import items
from servicehall.city import agreements
from servicehall.kernel.work import SYSTEM
from servicehall.sharing import granting, requesting
from servicehall.wiring import Hall
from tests.cases.halls import Scene, hall, stage

__all__ = ["hall", "stage"]


def test_every_item_in_use_may_take_what_it_declares(hall: Hall) -> None:
    with hall.work(SYSTEM) as work:
        needs = [
            (entry.code, need) for entry in items.applicable(work)
            for need in entry.current.item.needs
        ]  # fmt: skip
        assert len(needs) > 100
        for item, need in needs:
            assert not granting.refusal(
                work, item=item, dataset=need.dataset, fields=need.fields, purpose=need.purpose
            ), (item, need)


def test_again_it_makes_nothing(hall: Hall) -> None:
    with hall.work(SYSTEM) as work:
        needs = [
            (entry.code, need.dataset, need.fields, need.purpose)
            for entry in items.applicable(work) for need in entry.current.item.needs
        ]  # fmt: skip
        assert agreements.conclude(work, needs) == 0
        assert not work.unfinished


def test_there_is_one_request_to_answer_and_grants_that_end_soon(stage: Scene) -> None:
    with stage.work("steward-police") as work:
        (request,) = requesting.to_answer(work)
        assert request.purpose == "核对紧急联系人"
        assert [one.state for one in requesting.answered(work)] == ["refused"]
        assert any(grant.ended_at for grant in granting.given(work))
        assert len(granting.ending(work)) == 2
