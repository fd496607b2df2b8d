"""Raising (提出异议): this value is wrong, or: why was this looked at?"""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.cases import deadlines, editing, prefill
from servicehall.cases.models import Case
from servicehall.disputes.models import Dispute
from servicehall.identity import directory, policy
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.schema import Limit

ANSWER_WITHIN = Limit(days=10)  # working days; the hall's own promise (演示数据)
MOST = 500
NAMES = {
    "open": N_("处理中"),
    "corrected": N_("已更正"),
    "explained": N_("已说明"),
    "withdrawn": N_("已撤回"),
}


def about_value(work: UnitOfWork, case: Case, name: str, *, said: str) -> Dispute:
    """The value ``dataset.field`` shown in *case* is wrong (数据有误); its owner must answer.

    The application goes on meanwhile. Raises NotFound for no such value, Invalid without words,
    Conflict while the same is already being looked into.
    """
    policy.require_party(work.actor, case.party)
    fact = next((fact for fact in prefill.facts(case) if fact.name == name), None)
    if fact is None:
        raise NotFound
    owner = DATASETS[fact.dataset].provider
    return _raise(work, "data", name, said, matter=case.matter, owner=owner, shown=fact.value)


def about_look(work: UnitOfWork, number: int, *, said: str) -> Dispute:
    """Why was this looked at (质疑此次查询)? *number* is that of the look on the record.

    Raises NotFound where it did not concern the actor's party, Invalid, Conflict as above.
    """
    entry = work.session.get(AuditEntry, number)
    if entry is None or entry.person != work.actor.party:
        raise NotFound
    return _raise(work, "look", str(number), said, matter=entry.subject, owner="", shown=entry.act)


def withdraw(work: UnitOfWork, dispute: Dispute) -> None:
    """The party takes it back (撤回). Raises Conflict once it was answered."""
    policy.require_party(work.actor, dispute.party)
    work.hold(dispute)
    if dispute.state != "open":
        raise Conflict(N_("这件异议已经答复，不能再撤回"))
    dispute.state, dispute.slot, dispute.answered_at = "withdrawn", None, work.now()
    work.record("dispute.withdrawn", dispute.key, person=dispute.party)


def mine(work: UnitOfWork) -> Sequence[Dispute]:
    """Every dispute of the actor's party, newest first."""
    query = select(Dispute).where(Dispute.party == work.actor.party)
    return work.session.scalars(query.order_by(Dispute.id.desc())).all()


def own(work: UnitOfWork, key: str) -> Dispute:
    """The actor's own dispute. Raises NotFound, also for somebody else's."""
    found = work.session.scalar(select(Dispute).where(Dispute.key == key))
    if found is None or found.party != work.actor.party:
        raise NotFound
    return found


def of_case(work: UnitOfWork, case: Case) -> dict[str, Dispute]:
    """The newest dispute about each value of *case*, by the fact's name."""
    query = select(Dispute).where(Dispute.matter == case.matter, Dispute.kind == "data")
    return {row.about: row for row in work.session.scalars(query.order_by(Dispute.id))}


def _raise(
    work: UnitOfWork, kind: str, about: str, said: str, *, matter: str, owner: str, shown: str
) -> Dispute:
    words = editing.readable(said)
    if len(words) < 2:
        raise Invalid(N_("请写明哪里不对、为什么"), field="said")
    if len(words) > MOST:
        raise Invalid(N_("请不要超过 %(most)d 个字"), field="said", most=MOST)
    party = work.actor.party
    slot = f"{party}|{about}"
    if work.session.scalar(select(Dispute.id).where(Dispute.slot == slot)):
        raise Conflict(N_("这一项您已经提出过异议，正在处理"))
    made = Dispute(
        key=directory.new_key(), kind=kind, party=party, about=about, matter=matter, owner=owner,
        slot=slot, shown=shown, said=words, opened_at=work.now(), state="open",
        due_on=deadlines.due(work, work.today(), ANSWER_WITHIN), answer=None, answered_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record("dispute.raised", made.key, person=party, kind=kind, about=about)
    return made
