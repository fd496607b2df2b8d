"""Wordings (版本完整性): what is in force was said by two persons or a file, is on record, and stays."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from servicehall.cases.models import Case
from servicehall.catalogue import drafts
from servicehall.catalogue.models import ItemDraft, ItemEntry, ItemPlan, ItemRevision
from servicehall.kernel import jcs
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import UnitOfWork

ACTS = (
    "item.published", "item.draft_opened", "item.draft_published", "item.draft_approved",
    "item.plan_asked", "item.plan_agreed",
)  # fmt: skip
UNFINISHED = frozenset({"open", "proposed", "approved"})
AGREED = frozenset({"agreed", "running", "ended"})
Said = dict[tuple[str, str], list[dict[str, Any]]]


def breaches(work: UnitOfWork) -> Iterator[str]:
    """Everything about wordings, drafts and plans that is not as it must be."""
    said = _said(work)
    checks: tuple[Callable[[UnitOfWork, Said], Iterator[str]], ...] = (
        _revisions, _in_force, _drafts, _plans, _cases,
    )  # fmt: skip
    for check in checks:
        yield from check(work, said)


def _said(work: UnitOfWork) -> Said:
    """The details of every act about a wording, by act and item, in order."""
    found: Said = defaultdict(list)
    query = select(AuditEntry.act, AuditEntry.subject, AuditEntry.detail)
    for act, code, detail in work.session.execute(
        query.where(AuditEntry.act.in_(ACTS)).order_by(AuditEntry.id)
    ):
        found[act, code].append(detail)
    return found


def _revisions(work: UnitOfWork, _: Said) -> Iterator[str]:
    """A published wording is what was published: its digest is that of its body."""
    columns = select(ItemRevision.id, ItemRevision.code, ItemRevision.digest, ItemRevision.body)
    for number, code, digest, body in work.session.execute(
        columns.execution_options(yield_per=500)
    ):
        if sha256(jcs.canonical(body)).hexdigest() != digest:
            yield f"revision {number} of item {code} was altered"
        elif body.get("code") != code:
            yield f"revision {number} of item {code} words another item"


def _in_force(work: UnitOfWork, said: Said) -> Iterator[str]:
    """What is in force is a wording of its own item, and the last that was recorded."""
    columns = select(ItemEntry.code, ItemEntry.applicable, ItemRevision.code, ItemRevision.digest)
    rows = work.session.execute(columns.join(ItemEntry.current, isouter=True))
    for code, applicable, owner, digest in rows.all():
        if owner != code:
            yield f"item {code} is in force with a wording of {owner}"
            continue
        last = said["item.published", code][-1:]
        if applicable and (not last or last[0].get("digest") != digest):
            yield f"item {code} is in force with a wording that is not on record"


def _drafts(work: UnitOfWork, said: Said) -> Iterator[str]:
    """A draft belongs to one item; whoever wrote it did not publish it; its day is not missed."""
    columns = select(ItemRevision.id, ItemRevision.code)
    owners = dict(work.session.execute(columns).all())
    for draft in work.session.scalars(select(ItemDraft)):
        name = f"draft {draft.id} of item {draft.code}"
        if (draft.slot == draft.code) != (draft.state in UNFINISHED):
            yield f"{name} is {draft.state} and holds the place {draft.slot}"
        if draft.publisher and drafts.is_author(draft, draft.publisher):
            yield f"{name} was published by one of its authors"
        for number in filter(None, (draft.based_on_id, draft.revision_id)):
            if owners.get(number) != draft.code:
                yield f"{name} refers to revision {number}, which is none of that item"
        if not _told(said, "item.draft_opened", draft.code, draft=draft.id):
            yield f"{name} was never opened"
        yield from _decided(work, said, draft, name)


def _decided(work: UnitOfWork, said: Said, draft: ItemDraft, name: str) -> Iterator[str]:
    if draft.state == "published":
        if not (draft.publisher and draft.revision_id):
            yield f"{name} is published without its second person or its wording"
        if not _told(said, "item.draft_published", draft.code, draft=draft.id):
            yield f"{name} is published and that is not on record"
    if draft.state == "approved":
        if not (draft.publisher and _told(said, "item.draft_approved", draft.code, draft=draft.id)):
            yield f"{name} is approved and that is not on record"
        if draft.effective_on is None or draft.effective_on < work.today():
            yield f"{name} should be in force since {draft.effective_on}"


def _plans(work: UnitOfWork, said: Said) -> Iterator[str]:
    """A plan is for an item, agreed by a second person, and done on its days."""
    entries = {entry.code: entry for entry in _with_plans(work)}
    for plan in work.session.scalars(select(ItemPlan)):
        name = f"plan {plan.id} for item {plan.code}"
        if plan.code not in entries:
            yield f"{name}: there is no such item"
            continue
        if (plan.slot == plan.code) != (plan.status in {"proposed", "agreed", "running"}):
            yield f"{name} is {plan.status} and holds the place {plan.slot}"
        if plan.approver == plan.author:
            yield f"{name} was agreed by who asked for it"
        if plan.status in AGREED and not (
            plan.approver and _told(said, "item.plan_agreed", plan.code, plan=plan.id)
        ):
            yield f"{name} is {plan.status} and nobody agreed"
        yield from _on_its_days(work, plan, entries[plan.code], name)


def _on_its_days(work: UnitOfWork, plan: ItemPlan, entry: ItemEntry, name: str) -> Iterator[str]:
    today = work.today()
    if plan.status == "agreed" and plan.starts_on < today:
        yield f"{name} should run since {plan.starts_on}"
    if plan.status == "running":
        if plan.ends_on and plan.ends_on < today - timedelta(days=1):
            yield f"{name} should have ended on {plan.ends_on}"
        if entry.state != plan.state:
            yield f"{name} runs and the item is {entry.state}"


def _with_plans(work: UnitOfWork) -> Iterator[ItemEntry]:
    planned = select(ItemPlan.code)
    yield from work.session.scalars(select(ItemEntry).where(ItemEntry.code.in_(planned)))


def _cases(work: UnitOfWork, _: Said) -> Iterator[str]:
    """Every case has the wording it began under, and that is one of its item."""
    columns = select(Case.key, Case.item_code, ItemRevision.code)
    rows = work.session.execute(columns.join(Case.revision, isouter=True))
    for key, code, owner in rows.all():
        if owner != code:
            yield f"case {key} for item {code} has a wording of {owner}"


def _told(said: Said, act: str, code: str, **detail: int) -> bool:
    """Whether *act* with *detail* is on the record of item *code*."""
    return any(one.items() >= detail.items() for one in said[act, code])
