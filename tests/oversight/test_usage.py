"""Usage: the person sees every look, by whom and why, and nobody else's."""

from servicehall.cases import matters
from servicehall.kernel.audit import AuditEntry
from servicehall.oversight import usage
from tests.cases.halls import FOOD, NURSE, Scene


def test_every_look_has_a_name_a_reason_and_a_place_on_the_chain(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("clerk") as work:
        matters.look(work, matters.for_staff(work, key))
    with stage.work("wang") as work:
        looks = usage.find(work)
        newest = looks[0]
        assert newest.act == "查看办件"
        assert newest.who
        assert newest.department
        entry = work.session.get_one(AuditEntry, newest.number)
        assert (entry.hash, entry.person) == (newest.hash, work.actor.party)
        asked = [look for look in looks if look.act == "查询共享数据"]
        assert len(asked) == 4
        assert all(look.reason and not look.who for look in asked)  # on her own application
        assert len(usage.find(work, most=2)) == 2
    with stage.work("chen") as work:
        assert not usage.find(work)


def test_an_organization_sees_its_own_looks(stage: Scene) -> None:
    firm = stage.firm()
    stage.begin("li", FOOD, firm)
    with stage.work("li", firm) as work:
        assert usage.find(work)
    with stage.work("li") as work:
        assert not usage.find(work)
