"""Offered unasked: one notice to whoever the rule holds for and who can answer; yes, no, never again."""

import pytest
from sqlalchemy import func, select

from servicehall.applying import consenting, intake
from servicehall.automating import entitling
from servicehall.automating.models import Entitlement
from servicehall.evidence.models import Exchange
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.notices.models import Notice
from servicehall.oversight import integrity
from servicehall.registries.models import Ground, RegistryCall
from tests.cases.halls import ALLOWANCE, Scene


def rounds(stage: Scene, name: str = "") -> int:
    """One round; how many offers there are now."""
    tried: set[int] = set()
    with stage.hall.work(SYSTEM) as work:
        while entitling.round_one(work, tried, name=name):
            work.commit()
        return work.session.scalar(select(func.count()).select_from(Entitlement)) or 0


def test_only_who_can_answer_is_asked_and_once(stage: Scene) -> None:
    """陈 is over eighty and has an account; a thousand others have none and leave no trace."""
    assert rounds(stage) == 1
    assert rounds(stage) == 1, "this month was looked at"
    assert rounds(stage, "again") == 1, "nobody is asked twice"
    with stage.work("chen") as work:
        (offer,) = entitling.mine(work)
        assert (offer.item, offer.state) == (ALLOWANCE, "offered")
        assert entitling.wording(work, offer).code == ALLOWANCE
        notices = work.session.scalars(select(Notice).filter_by(matter=offer.key)).all()
        assert len(notices) == 1
    with stage.work("wang") as work, pytest.raises(NotFound):
        entitling.own(work, offer.key)
    with stage.work("auditor") as work:
        ground = work.session.scalars(select(Ground).filter_by(kind="offer")).first()
        assert ground is not None
        assert (ground.party, ground.closed_at is not None) == (
            f"department:{ALLOWANCE[:18]}",
            True,
        )
        call = work.session.scalars(select(RegistryCall).filter_by(ground_id=ground.id)).one()
        assert (call.subject, call.outcome, call.response_hash) == ("*", "found", "")
        assert work.session.scalar(select(func.count()).select_from(Exchange)) == 0
        assert not list(integrity.breaches(work, stage.hall.heads()))


def test_a_no_is_remembered(stage: Scene) -> None:
    with stage.work("chen") as work:
        (offer,) = entitling.mine(work)
        entitling.decline(work, offer)
    assert rounds(stage, "later") == 1
    with stage.work("chen") as work:
        assert not entitling.mine(work)
        found = entitling.own(work, offer.key)
        with pytest.raises(Conflict):
            entitling.decline(work, found)


def test_a_yes_fills_in_what_the_hall_knows(stage: Scene) -> None:
    with stage.work("chen") as work:
        made = Entitlement(
            key="offer-two", party=work.actor.party, item=ALLOWANCE, period="2027", state="offered",
            offered_at=work.now(), answered_at=None,
        )  # fmt: skip
        work.session.add(made)
        work.record("test.offered", made.key)
    with stage.work("chen") as work:
        offer = entitling.own(work, "offer-two")
        item = entitling.wording(work, offer)
        case = intake.begin(work, ALLOWANCE, words=consenting.words(item))
        entitling.accept(work, offer, case)
        assert case.answers["phone"].startswith("1")
        assert offer.state == "accepted"
