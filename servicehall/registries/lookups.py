"""Lookups (数据核验): every question has a ground and a purpose and is first put on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from servicehall.identity.directory import new_key
from servicehall.kernel.errors import Forbidden
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.registries.connector import Answer, Query, RegistryConnector
from servicehall.registries.models import Ground, RegistryCall
from servicehall.sharing.datasets import DATASETS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask: fields of a dataset about *subject* (identity number or credit code)."""

    dataset: str
    fields: tuple[str, ...]
    purpose: str
    subject: str


def plan(work: UnitOfWork, ground: Ground, wanted: Sequence[Wanted]) -> list[RegistryCall]:
    """Put every question on record; the caller commits, then asks.

    Raises Forbidden where the ground is closed or does not declare a field: refused before any
    network. The ground is held, so that nobody closes it while the questions are put on record.
    """
    work.hold(ground)
    if ground.closed_at is not None:
        raise Forbidden(N_("授权已经撤回或这件事已经结束，不能再查询共享数据"))
    for want in wanted:
        undeclared = set(want.fields) - set(ground.needs.get(want.dataset, ()))
        if undeclared or not want.fields or want.dataset not in DATASETS:
            raise Forbidden(N_("事项没有声明需要这些数据，不能查询"))
    calls = [
        RegistryCall(
            key=new_key(), ground_id=ground.id, ground=ground, dataset=w.dataset,
            fields=list(w.fields), purpose=w.purpose, actor=work.actor.id, subject=w.subject,
            asked_at=work.now(), answered_at=None,
        )
        for w in wanted
    ]  # fmt: skip
    work.session.add_all(calls)
    for call in calls:
        work.record(
            "registry.asked", ground.matter, person=ground.party, dataset=call.dataset,
            fields=call.fields, purpose=call.purpose, call=call.key, item=ground.item,
        )  # fmt: skip
    return calls


def ask(work: UnitOfWork, calls: Sequence[RegistryCall]) -> list[Answer]:
    """Ask the registries, all at once; no transaction is open meanwhile.

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
        for c in calls
    ]  # fmt: skip
    return work.use(RegistryConnector).ask(queries, work.now())


def answered(work: UnitOfWork, calls: Sequence[RegistryCall], answers: Sequence[Answer]) -> None:
    """Put the outcome of each call on record; the values themselves go to the caller only."""
    for call, answer in zip(calls, answers, strict=True):
        call.outcome, call.answered_at = answer.outcome, work.now()
        call.request_hash, call.response_hash = answer.request_hash, answer.response_hash
        call.reason, call.milliseconds = answer.reason[:200], answer.milliseconds
        work.record(
            "registry.answered", call.ground.matter, person=call.ground.party, call=call.key,
            dataset=call.dataset, outcome=answer.outcome,
        )  # fmt: skip


def of_matter(work: UnitOfWork, matter: str) -> Sequence[RegistryCall]:
    """Every call made for *matter*, oldest first."""
    return work.session.scalars(
        select(RegistryCall).join(Ground).where(Ground.matter == matter).order_by(RegistryCall.id)
    ).all()
