"""Lookups (数据核验): every question has a ground and a purpose and is first put on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from servicehall.identity import policy
from servicehall.identity.directory import new_key
from servicehall.kernel.errors import Forbidden
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.registries.connector import Answer, Query, RegistryConnector
from servicehall.registries.models import Ground, RegistryCall
from servicehall.sharing import granting
from servicehall.sharing.datasets import DATASETS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask: fields of a dataset about *subject* (identity number or credit code).

    ``purpose`` is the one that was agreed to and granted; ``occasion`` says why it is asked again.
    """

    dataset: str
    fields: tuple[str, ...]
    purpose: str
    subject: str
    occasion: str = ""


def plan(work: UnitOfWork, ground: Ground, wanted: Sequence[Wanted]) -> list[RegistryCall]:
    """Put every question on record; the caller commits, then asks.

    Raises Forbidden where the ground is closed or does not declare a field. What the department was
    not granted is put on record as refused, with why, and never asked: both before any network.
    The ground is held, so that nobody closes it while the questions are put on record.
    """
    work.hold(ground)
    if ground.closed_at is not None:
        raise Forbidden(N_("授权已经撤回或这件事已经结束，不能再查询共享数据"))
    for want in wanted:
        undeclared = set(want.fields) - set(ground.needs.get(want.dataset, ()))
        if undeclared or not want.fields or want.dataset not in DATASETS:
            raise Forbidden(N_("事项没有声明需要这些数据，不能查询"))
    calls = [_call(work, ground, want) for want in wanted]
    work.session.add_all(calls)
    for call in calls:
        refused = {"refused": call.reason} if call.outcome == "refused" else {}
        work.record(
            "registry.refused" if refused else "registry.asked", ground.matter,
            person=ground.party, dataset=call.dataset, fields=call.fields, purpose=call.purpose,
            call=call.key, item=ground.item, **refused,
        )  # fmt: skip
    return calls


def _call(work: UnitOfWork, ground: Ground, want: Wanted) -> RegistryCall:
    """The question, or, where there is no grant for it, the refusal to ask it."""
    refusal = granting.refusal(
        work, item=ground.item, dataset=want.dataset, fields=want.fields, purpose=want.purpose
    )
    return RegistryCall(
        key=new_key(), ground_id=ground.id, ground=ground, dataset=want.dataset,
        fields=list(want.fields), purpose=want.occasion or want.purpose, actor=work.actor.id,
        subject=want.subject, asked_at=work.now(), answered_at=None, reason=refusal,
        outcome="refused" if refusal else "asked",
    )  # fmt: skip


def ask(work: UnitOfWork, calls: Sequence[RegistryCall]) -> list[Answer]:
    """Ask the registries, all at once; no transaction is open meanwhile. What was refused is not
    asked: its answer says so.

    RuntimeError where the questions are not yet durable on record: first commit, then ask.
    """
    if work.unfinished:
        raise RuntimeError("commit the questions before asking them")
    queries = [
        Query(
            call=c.key, dataset=c.dataset, subject=c.subject, fields=tuple(c.fields),
            purpose=c.purpose, item=c.ground.item, case=c.ground.matter, actor=c.actor,
            party=c.ground.party,
        )
        for c in calls if c.outcome != "refused"
    ]  # fmt: skip
    heard = iter(work.use(RegistryConnector).ask(queries, work.now()) if queries else ())
    return [_refused(work, c) if c.outcome == "refused" else next(heard) for c in calls]


def refusals(work: UnitOfWork, matter: str) -> dict[str, str]:
    """Dataset → why it was not asked for *matter* (granting.REFUSALS), by the newest call."""
    newest = {call.dataset: call for call in of_matter(work, matter)}
    return {code: call.reason for code, call in newest.items() if call.reason in granting.REFUSALS}


def answered(work: UnitOfWork, calls: Sequence[RegistryCall], answers: Sequence[Answer]) -> None:
    """Put the outcome of each call on record; the values themselves go to the caller only."""
    for call, answer in zip(calls, answers, strict=True):
        if call.outcome == "refused":
            continue  # on record already
        call.outcome, call.answered_at = answer.outcome, work.now()
        call.request_hash, call.response_hash = answer.request_hash, answer.response_hash
        call.reason, call.milliseconds = answer.reason[:200], answer.milliseconds
        work.record(
            "registry.answered", call.ground.matter, person=call.ground.party, call=call.key,
            dataset=call.dataset, outcome=answer.outcome,
        )  # fmt: skip


def turned_down(work: UnitOfWork) -> list[tuple[str, str, str, int]]:
    """(item, dataset, reason, how often) of what was not asked for want of a grant, by the items of
    the actor's department: the oftenest first."""
    policy.require(work.actor, "sharing.ask")
    of = Ground.item, RegistryCall.dataset, RegistryCall.reason
    often = func.count(RegistryCall.id)
    query = select(*of, often).join(Ground).where(
        RegistryCall.outcome == "refused", RegistryCall.reason.in_(granting.REFUSALS),
        Ground.item.startswith(work.actor.department, autoescape=True),
    )  # fmt: skip
    rows = work.session.execute(query.group_by(*of).order_by(often.desc(), *of).limit(50))
    return [(item, dataset, reason, many) for item, dataset, reason, many in rows.all()]


def _refused(work: UnitOfWork, call: RegistryCall) -> Answer:
    return Answer(call.key, "refused", "", work.now(), reason=call.reason)


def of_matter(work: UnitOfWork, matter: str) -> Sequence[RegistryCall]:
    """Every call made for *matter*, oldest first."""
    return work.session.scalars(
        select(RegistryCall).join(Ground).where(Ground.matter == matter).order_by(RegistryCall.id)
    ).all()
