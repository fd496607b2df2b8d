"""Drafts go the way of two persons: checked, proposed by one, put in force by another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from servicehall.catalogue import drafts, items, publishing
from servicehall.catalogue.models import ItemDraft
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from servicehall.revising import approving
from tests.cases.halls import ALLOWANCE, FOOD, FUND, ID_CARD, NURSE, VENUE, Scene


@contextmanager
def drafted(stage: Scene, code: str, **changes: Any) -> Iterator[tuple[UnitOfWork, ItemDraft]]:
    """A draft of *code* by items, with *changes*, rolled back at the end."""
    with stage.hall.work(stage.actor("items")) as work:
        draft = drafts.begin(work, code)
        drafts.save(work, draft, {**draft.body, **changes}, version=draft.version)
        yield work, draft
        work.rollback()


def proposed(work: UnitOfWork, draft: ItemDraft, **options: Any) -> None:
    approving.propose(work, draft, version=draft.version, summary="改名额", **options)


def as_publisher(stage: Scene, work: UnitOfWork) -> None:
    work.actor = stage.actor("publisher")


def test_two_persons_publish_and_open_cases_keep_their_wording(stage: Scene) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("items") as work:
        draft = drafts.begin(work, NURSE)
        drafts.save(work, draft, {**draft.body, "quota": "每年 200 名"}, version=draft.version)
        proposed(work, draft)
    with stage.work("publisher") as work:
        draft = drafts.pending(work)[0]
        approving.publish(work, draft, version=draft.version)
    with stage.work("wang") as work:
        case, current = stage.case(work, key), items.current(work, NURSE)
        assert current.item.quota == "每年 200 名"
        assert case.item.quota != "每年 200 名"
        assert case.revision_id != current.id
        done = work.session.scalars(select(ItemDraft).where(ItemDraft.code == NURSE)).one()
        assert (done.state, done.slot, done.revision_id) == ("published", None, current.id)
        assert done.author != done.publisher
        acts = work.session.scalars(
            select(AuditEntry.act).where(AuditEntry.subject == NURSE).order_by(AuditEntry.id)
        ).all()
    wanted = ["item.draft_opened", "item.draft_saved", "item.draft_proposed", "item.published",
              "item.draft_published"]  # fmt: skip
    assert list(acts)[-5:] == wanted


def test_the_author_cannot_publish(stage: Scene) -> None:
    with drafted(stage, ID_CARD, quota="有") as (work, draft):
        proposed(work, draft)
        with pytest.raises(Forbidden, match="起草人"):
            approving.publish(work, draft, version=draft.version)
        draft.publisher = draft.author
        with pytest.raises(IntegrityError):
            work.session.flush()


def test_only_the_author_edits_and_only_administrators_begin(stage: Scene) -> None:
    with drafted(stage, ID_CARD) as (work, draft):
        as_publisher(stage, work)
        with pytest.raises(Forbidden, match="事项管理员"):
            drafts.save(work, draft, {}, version=draft.version)
        with pytest.raises(Conflict, match="事项管理员"):
            drafts.begin(work, ID_CARD)
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        drafts.begin(work, ID_CARD)


def test_what_breaks_a_rule_is_not_proposed(stage: Scene) -> None:
    with drafted(stage, ID_CARD, bases=[], instant="?") as (work, draft):
        assert [p.where for p in approving.review(work, draft)] == ["instant"]
        drafts.save(work, draft, {**draft.body, "instant": False}, version=draft.version)
        found = approving.review(work, draft)
        assert "bases" in [p.where for p in found]
        assert all(p.rule and p.mend for p in found)
        with pytest.raises(Invalid, match="问题"):
            proposed(work, draft)


def test_a_draft_that_is_behind_must_be_compared_first(stage: Scene) -> None:
    with drafted(stage, ALLOWANCE, quota="有限") as (work, draft):
        other = items.current(work, ALLOWANCE).item.model_copy(update={"quota": "另有规定"})
        work.actor = SYSTEM
        publishing.publish(work, [other])
        work.actor = stage.actor("items")
        assert drafts.is_behind(work, draft)
        with pytest.raises(Conflict, match="现行版本"):
            proposed(work, draft)
        drafts.rebase(work, draft, version=draft.version)
        proposed(work, draft)
        assert draft.state == "proposed"


def test_two_windows_of_one_author(stage: Scene) -> None:
    with drafted(stage, ID_CARD) as (work, draft):
        old = draft.version
        drafts.save(work, draft, {**draft.body, "quota": "甲"}, version=old)
        work.session.flush()
        with pytest.raises(Conflict, match="已有变化"):
            drafts.save(work, draft, {**draft.body, "quota": "乙"}, version=old)
        drafts.save(work, draft, dict(draft.body), version=draft.version)  # nothing to keep
        assert draft.body["quota"] == "甲"


def test_a_draft_goes_back_with_reasons(stage: Scene) -> None:
    with drafted(stage, ID_CARD, quota="有") as (work, draft):
        proposed(work, draft)
        as_publisher(stage, work)
        with pytest.raises(Invalid, match="理由"):
            drafts.give_back(work, draft, version=draft.version, reason=" ")
        drafts.give_back(work, draft, version=draft.version, reason="依据不足")
        assert (draft.state, draft.returned) == ("open", "依据不足")
        drafts.withdraw(work, draft, version=draft.version)
        assert drafts.unfinished(work, ID_CARD) is None
        assert drafts.past(work, ID_CARD)[0] is draft


def test_a_day_in_the_future_is_waited_for(stage: Scene) -> None:
    with drafted(stage, FUND, quota="有") as (work, draft):
        with pytest.raises(Invalid, match="生效日期"):
            proposed(work, draft, effective_on=work.today() - timedelta(days=1))
        proposed(work, draft, effective_on=work.today() + timedelta(days=3))
        as_publisher(stage, work)
        approving.publish(work, draft, version=draft.version)
        assert draft.state == "approved"
        work.actor = SYSTEM
        assert not approving.effect_one(work)
        with stage.later(days=3):
            assert approving.effect_one(work, set())
            assert not approving.effect_one(work, set())
        assert items.current(work, FUND).item.quota == "有"


def test_what_no_longer_stands_on_its_day_goes_back(stage: Scene) -> None:
    with drafted(stage, FUND, quota="有") as (work, draft):
        proposed(work, draft, effective_on=work.today() + timedelta(days=3))
        as_publisher(stage, work)
        approving.publish(work, draft, version=draft.version)
        work.actor = SYSTEM
        other = items.current(work, FUND).item.model_copy(update={"quota": "另有规定"})
        publishing.publish(work, [other])
        with stage.later(days=3):
            assert approving.effect_one(work, set())
        assert (draft.state, draft.publisher) == ("open", None)
        assert "现行版本" in draft.returned


def test_an_earlier_wording_comes_back_the_same_way(stage: Scene) -> None:
    with drafted(stage, VENUE, quota="有") as (work, draft):
        first = draft.based_on_id
        proposed(work, draft)
        as_publisher(stage, work)
        approving.publish(work, draft, version=draft.version)
        old = drafts.revisions(work, VENUE)[-1]
        back = drafts.begin(work, VENUE, body=old.body, summary="恢复")
        approving.propose(work, back, version=back.version, summary="恢复")
        work.actor = stage.actor("items")
        approving.publish(work, back, version=back.version)
        assert items.current(work, VENUE).id == first == back.revision_id


def test_a_new_item_from_nothing(stage: Scene) -> None:
    with drafted(stage, ID_CARD) as (work, draft):
        body = {**draft.body, "code": ID_CARD[:31] + "77"}
        with pytest.raises(Invalid, match="编码"):
            drafts.begin(work, "../x", body=body)
        new = drafts.begin(work, body["code"], body=body)
        assert new.based_on_id is None
        proposed(work, new)
        as_publisher(stage, work)
        approving.publish(work, new, version=new.version)
        assert items.current(work, body["code"]).item.name == draft.body["name"]
        work.actor = stage.actor("items")
        drafts.save(work, draft, body, version=draft.version)
        with pytest.raises(Invalid, match="不能改变"):
            proposed(work, draft)


def test_the_database_refuses_a_lone_publisher(stage: Scene) -> None:
    with drafted(stage, ID_CARD) as (work, draft), pytest.raises(IntegrityError):
        work.session.execute(
            text("UPDATE item_draft SET publisher = author WHERE id = :id"), {"id": draft.id}
        )


def test_a_draft_is_held_to_the_directory(stage: Scene) -> None:
    with drafted(stage, FOOD, quota="每区 10 家", visits=0) as (work, draft):
        assert [(p.rule, p.where) for p in approving.review(work, draft)] == [
            ("directory.drift", "quota")
        ]
        with pytest.raises(Invalid, match="问题"):
            proposed(work, draft)
        body = {k: v for k, v in draft.body.items() if k != "quota"}
        drafts.save(work, draft, body, version=draft.version)
        assert approving.review(work, draft) == []  # what it does not say is taken over
        assert drafts.declared(work, draft).quota == "无数量限制"
        drafts.save(work, draft, {**body, "extends": ""}, version=draft.version)
        assert next(p.rule for p in approving.review(work, draft)) == "directory.extends"


def test_whoever_wrote_a_part_never_publishes_it(stage: Scene) -> None:
    with drafted(stage, VENUE, quota="有") as (work, draft):
        first = draft.author
        with pytest.raises(Conflict, match="本来"):
            drafts.take_over(work, draft, version=draft.version, reason="x")
        as_publisher(stage, work)
        with pytest.raises(Invalid, match="理由"):
            drafts.take_over(work, draft, version=draft.version, reason=" ")
        drafts.take_over(work, draft, version=draft.version, reason="原起草人休假")
        assert (draft.author, draft.takeover["from"]) == (work.actor.id, first)
        drafts.save(work, draft, {**draft.body, "quota": "无"}, version=draft.version)
        proposed(work, draft)
        for login in ("publisher", "items"):
            work.actor = stage.actor(login)
            with pytest.raises(Forbidden, match="起草"):
                approving.publish(work, draft, version=draft.version)
        work.actor = Actor("third", "第三人", frozenset({"item_admin"}))
        with pytest.raises(Conflict):  # what is with the second person is given back first
            drafts.take_over(work, draft, version=draft.version, reason="x")
        approving.publish(work, draft, version=draft.version)
        assert draft.state == "published"


@pytest.mark.parametrize("column", ["publisher", "author"])
def test_the_database_knows_every_author(stage: Scene, column: str) -> None:
    with drafted(stage, VENUE) as (work, draft):
        held = draft.author
        as_publisher(stage, work)
        drafts.take_over(work, draft, version=draft.version, reason="休假")
        work.session.flush()
        other = held if column == "publisher" else "somebody"
        with pytest.raises(IntegrityError):
            work.session.execute(
                text(f"UPDATE item_draft SET {column} = :other WHERE id = :id"),
                {"id": draft.id, "other": other},
            )
