"""Drafts (事项草稿): written by one person, checked like a file, put in force by another."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from servicehall.catalogue import publishing
from servicehall.catalogue.models import ItemDraft as ItemDraft
from servicehall.catalogue.models import ItemEntry
from servicehall.catalogue.models import ItemRevision as ItemRevision
from servicehall.identity import policy
from servicehall.kernel import declarations
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.levels import Directory
from servicehall.standard.schema import Item

Check = Callable[[ItemDraft], Sequence[object]]
"""What is still wrong with a draft; the room above knows license types and datasets."""


def declared(work: UnitOfWork, draft: ItemDraft) -> Item:
    """The item that *draft* words, with what it takes over from the directory.

    Raises Misdeclared with every fault of its form.
    """
    item = declarations.examine(draft.body, Item, name=draft.code)
    return work.use(Directory).inherited(item)


def unfinished(work: UnitOfWork, code: str) -> ItemDraft | None:
    """The draft of item *code* that is open, proposed or approved, if there is one."""
    return work.session.scalar(select(ItemDraft).where(ItemDraft.slot == code))


def pending(work: UnitOfWork) -> Sequence[ItemDraft]:
    """Every unfinished draft, the newest first."""
    query = select(ItemDraft).where(ItemDraft.slot.is_not(None)).order_by(ItemDraft.id.desc())
    return work.session.scalars(query).all()


def past(work: UnitOfWork, code: str) -> Sequence[ItemDraft]:
    """The finished drafts of item *code*, the newest first."""
    query = select(ItemDraft).where(ItemDraft.code == code, ItemDraft.slot.is_(None))
    return work.session.scalars(query.order_by(ItemDraft.id.desc())).all()


def revisions(work: UnitOfWork, code: str) -> Sequence[ItemRevision]:
    """Every wording that item *code* ever had, the newest first."""
    query = select(ItemRevision).where(ItemRevision.code == code)
    return work.session.scalars(query.order_by(ItemRevision.id.desc())).all()


def numbered(known: Sequence[ItemRevision]) -> dict[int, int]:
    """The number of each of an item's *revisions* (第几版): 1 is the oldest."""
    return {revision.id: number for number, revision in enumerate(reversed(known), 1)}


def in_force(work: UnitOfWork, code: str) -> ItemRevision | None:
    """The wording in force of item *code*, in whatever state it is; None of a new item."""
    query = select(ItemEntry).filter_by(code=code).options(joinedload(ItemEntry.current))
    entry = work.session.scalar(query)
    return entry.current if entry else None


def begin(
    work: UnitOfWork, code: str, *, body: Mapping[str, Any] | None = None, summary: str = ""
) -> ItemDraft:
    """Open a draft of item *code* (起草): from *body*, else from the wording in force.

    Raises Conflict while another draft of it is unfinished, NotFound for neither wording nor body.
    """
    policy.require(work.actor, "item.edit")
    if found := unfinished(work, code):
        raise Conflict(N_("这个事项已有一份没有办完的草稿，由%(name)s起草"), name=found.author_name)
    base = in_force(work, code)
    if body is None and base is None:
        raise NotFound(N_("没有这个事项，它可能已经取消"))
    if base is None and not re.fullmatch(r"[0-9A-Z]{31}([0-9]{2})?", code):
        raise Invalid(N_("实施编码应为 31 位或 33 位数字和大写字母"), field="code")
    draft = ItemDraft(
        code=code, slot=code, based_on_id=base.id if base else None, state="open",
        body=dict(base.body if body is None and base else body or {}), author=work.actor.id,
        author_name=work.actor.name, authors=f",{work.actor.id},", held_since=work.now(),
        takeover={}, publisher=None, summary=summary, effective_on=None,
        revision_id=None, opened_at=work.now(), saved_at=work.now(), proposed_at=None,
        decided_at=None,
    )  # fmt: skip
    work.session.add(draft)
    work.session.flush()
    work.record("item.draft_opened", code, draft=draft.id, base=draft.based_on_id or 0)
    return draft


def save(work: UnitOfWork, draft: ItemDraft, body: Mapping[str, Any], *, version: int) -> None:
    """Keep *body*, whole or not (保存). Raises Conflict if it was saved since *version* was read."""
    _by_author(work, draft)
    _seen(work, draft, version, "open")
    if body == draft.body:
        return
    draft.body, draft.saved_at = dict(body), work.now()
    _keep(work, draft, "item.draft_saved")


def take_over(work: UnitOfWork, draft: ItemDraft, *, version: int, reason: str) -> None:
    """Go on with another person's open draft (接手); from now on both are its authors.

    Raises Invalid without a reason, Conflict for one's own draft.
    """
    policy.require(work.actor, "item.edit")
    _seen(work, draft, version, "open")
    if draft.author == work.actor.id:
        raise Conflict(N_("这份草稿本来就由您起草"))
    if not reason.strip():
        raise Invalid(N_("请写明接手的理由，原起草人会看到"), field="takeover")
    held = draft.author
    draft.takeover = {"from": held, "from_name": draft.author_name, "reason": reason.strip()}
    draft.author, draft.author_name, draft.held_since = work.actor.id, work.actor.name, work.now()
    if not is_author(draft, work.actor.id):
        draft.authors += f"{work.actor.id},"
    _keep(work, draft, "item.draft_taken_over", held=held)


def is_author(draft: ItemDraft, account: str) -> bool:
    """Whether *account* ever held *draft*: then it may not publish it."""
    return f",{account}," in draft.authors


def rebase(work: UnitOfWork, draft: ItemDraft, *, version: int) -> None:
    """The author has compared the draft with the wording now in force and keeps the draft's."""
    _by_author(work, draft)
    _seen(work, draft, version, "open")
    draft.based_on_id = _current(work, draft.code)
    _keep(work, draft, "item.draft_rebased", base=draft.based_on_id or 0)


def propose(
    work: UnitOfWork, draft: ItemDraft, check: Check, *, version: int, summary: str,
    effective_on: date | None = None,
) -> None:  # fmt: skip
    """Hand the draft to a second person (送审), to be in force from *effective_on*, else at once.

    Raises Invalid while *check* finds anything or without a summary, Conflict where the wording in
    force changed since the draft was based on it.
    """
    _by_author(work, draft)
    _seen(work, draft, version, "open")
    if not summary.strip():
        raise Invalid(N_("请写明改了什么、为什么改"), field="summary")
    if effective_on and effective_on < work.today():
        raise Invalid(N_("生效日期不能早于今天"), field="effective_on")
    _may_stand(work, draft, check)
    draft.state, draft.summary, draft.returned = "proposed", summary.strip(), ""
    draft.effective_on, draft.proposed_at = effective_on, work.now()
    _keep(work, draft, "item.draft_proposed")


def give_back(work: UnitOfWork, draft: ItemDraft, *, version: int, reason: str) -> None:
    """Return the draft to its author with the reasons (退回). Raises Invalid without them."""
    policy.require(work.actor, "item.publish")
    _seen(work, draft, version, "proposed", "approved")
    if not reason.strip():
        raise Invalid(N_("请写明退回的理由"), field="reason")
    draft.state, draft.returned, draft.publisher = "open", reason.strip(), None
    draft.publisher_name = ""
    _keep(work, draft, "item.draft_returned")


def withdraw(work: UnitOfWork, draft: ItemDraft, *, version: int) -> None:
    """Put the draft away for good (撤销草稿); what it said stays on file."""
    policy.require(work.actor, "item.edit")
    _seen(work, draft, version, "open", "proposed", "approved")
    draft.state, draft.slot, draft.decided_at = "withdrawn", None, work.now()
    _keep(work, draft, "item.draft_withdrawn")


def publish(work: UnitOfWork, draft: ItemDraft, check: Check, *, version: int) -> None:
    """Publish what another person proposed (发布): at once, or on its day by ``effect``.

    Raises Forbidden for whoever wrote part of it, Invalid while *check* finds anything, Conflict
    where the wording in force changed meanwhile.
    """
    policy.require(work.actor, "item.publish")
    if is_author(draft, work.actor.id):
        raise Forbidden(N_("起草人不能发布自己的草稿，请由另一位事项管理员发布"))
    _seen(work, draft, version, "proposed")
    _may_stand(work, draft, check)
    draft.publisher, draft.publisher_name = work.actor.id, work.actor.name
    draft.decided_at = work.now()
    if draft.effective_on and draft.effective_on > work.today():
        draft.state = "approved"
        _keep(work, draft, "item.draft_approved", on=str(draft.effective_on))
        return
    _put_in_force(work, draft)


def due(work: UnitOfWork) -> Sequence[ItemDraft]:
    """Approved drafts whose day has come."""
    query = select(ItemDraft).where(
        ItemDraft.state == "approved", ItemDraft.effective_on <= work.today()
    )
    return work.session.scalars(query).all()


def effect(work: UnitOfWork, draft: ItemDraft, check: Check) -> None:
    """Put an approved draft in force on its day (生效); what no longer stands goes back."""
    policy.require(work.actor, "item.publish")
    work.hold(draft)
    if draft.state != "approved":
        return
    try:
        _may_stand(work, draft, check)
    except (Conflict, Invalid) as error:
        give_back(work, draft, version=draft.version, reason=str(error))
        return
    _put_in_force(work, draft)


def is_behind(work: UnitOfWork, draft: ItemDraft) -> bool:
    """Whether another wording has come into force since the draft was based on one."""
    return _current(work, draft.code) != draft.based_on_id


def _put_in_force(work: UnitOfWork, draft: ItemDraft) -> None:
    publishing.publish(work, [declared(work, draft)])
    draft.state, draft.slot = "published", None
    draft.revision_id = _current(work, draft.code)
    _keep(work, draft, "item.draft_published", author=draft.author)


def _may_stand(work: UnitOfWork, draft: ItemDraft, check: Check) -> None:
    if found := len(check(draft)):
        raise Invalid(N_("草稿还有 %(count)s 处问题没有改好"), count=found)
    if declared(work, draft).code != draft.code:
        raise Invalid(N_("实施编码不能改变；编码不同的是另一个事项，请另行起草"), field="code")
    if entry := work.session.scalar(select(ItemEntry).filter_by(code=draft.code)):
        work.hold(entry)  # nobody puts another wording in force between this look and the act
    if is_behind(work, draft):
        raise Conflict(N_("起草以后，这个事项的现行版本又变了；请先核对新的现行版本"))


def _by_author(work: UnitOfWork, draft: ItemDraft) -> None:
    policy.require(work.actor, "item.edit")
    if work.actor.id != draft.author:
        raise Forbidden(
            N_("草稿由%(name)s起草，只能由起草人修改和送审；要改请先接手"), name=draft.author_name
        )


def _seen(work: UnitOfWork, draft: ItemDraft, version: int, *states: str) -> None:
    work.hold(draft)
    if draft.version != version or draft.state not in states:
        raise Conflict(N_("这份草稿在您查看之后已有变化，请先看最新内容再操作"))


def _keep(work: UnitOfWork, draft: ItemDraft, act: str, **detail: Any) -> None:
    work.session.flush()  # moves the version: whoever holds the old one sees a conflict
    work.record(act, draft.code, draft=draft.id, **detail)


def _current(work: UnitOfWork, code: str) -> int | None:
    return work.session.scalar(select(ItemEntry.current_id).filter_by(code=code))
