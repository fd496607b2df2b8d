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


def test_a_new_field_is_granted_and_what_was_ended_is_not_granted_again(stage: Scene) -> None:
    need = (agreements.NURSE, "population.person", ("name", "ethnicity"), "核对示范用途")
    with stage.hall.work(SYSTEM) as work:
        assert agreements.conclude(work, [need]) == 1
        work.commit()
    with stage.work("steward-police") as work:
        (grant,) = [one for one in granting.given(work) if one.purpose == "核对示范用途"]
        granting.end(work, grant, reason="示范用途已经结束")
    more = (*need[:2], (*need[2], "sex"), need[3])
    with stage.hall.work(SYSTEM) as work:
        assert agreements.conclude(work, [need]) == 0
        assert agreements.conclude(work, [more]) == 1
        newest = max(granting.of_resource(work, "population.person"), key=lambda one: one.id)
        assert newest.fields == ["sex"]
        work.commit()
