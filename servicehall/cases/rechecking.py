"""Rechecking (复核): registries are asked again before a decision; what has changed is shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from servicehall.cases import prefill
from servicehall.cases.editing import seen
from servicehall.cases.models import Case, PendingCheck, Recheck
from servicehall.cases.prefill import Fact
from servicehall.cases.states import OPEN
from servicehall.evidence import retaining
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.registries import grounds, lookups
from servicehall.registries.connector import Answer
from servicehall.registries.models import RegistryCall

FRESH = timedelta(hours=24)  # a decision rests on nothing older
PURPOSE = "作出决定前复核"  # said to the registry and on the citizen's page
UNPROVEN = frozenset({"declared", "unavailable"})
FIRST_TRY, MOST_WAIT = timedelta(minutes=5), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is not what it was: ``was`` and ``now`` are the statuses (``prefill.Fact``)."""

    name: str
    before: str
    after: str
    was: str
    now: str

    @property
    def dataset(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def field(self) -> str:
        return self.name.rpartition(".")[2]


def changes(recheck: Recheck) -> list[Change]:
    """What *recheck* found to differ."""
    return [Change(**told) for told in recheck.changes]


def last(case: Case) -> Recheck | None:
    """The newest recheck of *case*."""
    return case.rechecks[-1] if case.rechecks else None


def is_due(work: UnitOfWork, case: Case) -> bool:
    """Whether registries must be asked again before a decision, and may be: consent still holds."""
    newest = last(case)
    if not case.item.needs or (newest and work.now() - newest.at <= FRESH):
        return False
    return _may_ask(work, case)


def unseen(case: Case) -> list[Recheck]:
    """Rechecks that say something nobody has confirmed to have seen, oldest first.

    What changed stays to be seen; that a registry was silent only as long as nothing came later.
    """
    return [
        row for row in case.rechecks
        if row.seen_at is None and (row.changes or (row.unread and row is last(case)))
    ]  # fmt: skip


def plan(work: UnitOfWork, case: Case) -> list[RegistryCall]:
    """Put every question of the item on record anew; the caller commits, then fetches.

    The next time the hall would ask by itself moves on with them: whatever becomes of the fetch,
    it does not come back at every round. Raises Conflict for a case that is no longer open.
    """
    policy.require(work.actor, "case.recheck")
    _still_open(case)
    if pending := _pending(work, case):
        wait = min(MOST_WAIT, FIRST_TRY * 2 ** min(pending.tries, 10))
        pending.due_at, pending.tries = work.now() + wait, pending.tries + 1
    wanted = [prefill.wanted(work, case, need) for need in case.item.needs]
    asked = [replace(want, occasion=PURPOSE) for want in wanted]
    return lookups.plan(work, grounds.of(work, case.matter), asked)


def fetch(work: UnitOfWork, case: Case, calls: Sequence[RegistryCall], *, version: int) -> Recheck:
    """Ask, put beside each other what was known and what is said now, and keep what is new.

    The network comes first, the one transaction after it. What is as it was stays as it was frozen
    into the case, whose version then does not change either; a registry that does not answer leaves
    its values. Raises Conflict where the case is no longer at *version*.
    """
    answers = lookups.ask(work, calls)
    seen(work, case, version)
    _still_open(case)
    lookups.answered(work, calls, answers)
    retaining.keep(work, calls, answers)
    said = [fact for call, answer in zip(calls, answers, strict=True)
            for fact in _answered(case, call, answer)]  # fmt: skip
    known = {fact.name: fact for fact in prefill.facts(case)}
    found = [change for fact in said if (change := _change(known[fact.name], fact))]
    unread = [c.dataset for c, a in zip(calls, answers, strict=True) if not _is_answer(a)]
    if news := {f.name: asdict(f) for f in said if _is_new(known[f.name], f)}:
        case.facts = {**case.facts, **news}
    prefill.supply_anew(work, case)
    row = Recheck(
        at=work.now(), by=work.actor.id, changes=[asdict(c) for c in found], unread=unread,
        calls=_proofs(said), seen_at=None,
    )  # fmt: skip
    case.rechecks.append(row)
    watch(work, case)
    work.record(
        "case.rechecked", case.matter, person=case.party,
        changes=[c.name for c in found], unread=unread,
    )  # fmt: skip
    if found:
        _tell(work, case)
    return row


def proof(case: Case, fact: Fact) -> tuple[str, str, str]:
    """The call, the request's hash and the time that last confirmed *fact*."""
    newest = last(case)
    told = newest.calls.get(fact.dataset) if newest else None
    return tuple(told) if told else (fact.call, fact.request_hash, fact.at)


def acknowledge(work: UnitOfWork, case: Case, *, version: int) -> None:
    """The reviewer has seen what changed, or what could not be asked (确认已看过变化)."""
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    seen(work, case, version)
    for row in (news := unseen(case)):
        row.seen_at, row.seen_by = work.now(), work.actor.id
    if news:
        work.record("case.changes_seen", case.matter, person=case.party)


def watch(work: UnitOfWork, case: Case) -> None:
    """While a value is 待核验 the hall asks again by itself: after 5 minutes, then ever more rarely.

    Not where the consent was taken back: a question refused would come up again at every round.
    """
    pending = _pending(work, case)
    unproven = any(fact.status in UNPROVEN for fact in prefill.facts(case))
    if not unproven or not _may_ask(work, case):
        if pending:
            work.session.delete(pending)
        return
    if pending is None:
        work.session.add(PendingCheck(case_id=case.id, due_at=work.now() + FIRST_TRY, tries=0))


def ask_soon(work: UnitOfWork, case: Case) -> None:
    """A registry says that it corrected something: the worker asks again at its next round.

    Not where the consent was taken back.
    """
    if not _may_ask(work, case):
        return
    pending = _pending(work, case)
    if pending is None:
        work.session.add(PendingCheck(case_id=case.id, due_at=work.now(), tries=0))
    else:
        pending.due_at, pending.tries = work.now(), 0


def leave(work: UnitOfWork, case: Case) -> None:
    """Nothing more is asked by itself."""
    if pending := _pending(work, case):
        work.session.delete(pending)


def _may_ask(work: UnitOfWork, case: Case) -> bool:
    return grounds.of(work, case.matter).closed_at is None


def _still_open(case: Case) -> None:
    if case.state not in OPEN:
        raise Conflict(N_("这件事的状态已经改变，不能再做这一步，请刷新页面"))


def _pending(work: UnitOfWork, case: Case) -> PendingCheck | None:
    return work.session.query(PendingCheck).filter_by(case_id=case.id).one_or_none()


def _answered(case: Case, call: RegistryCall, answer: Answer) -> list[Fact]:
    return prefill.told(case, call, answer) if _is_answer(answer) else []


def _is_answer(answer: Answer) -> bool:
    return answer.outcome in ("found", "none")


def _proofs(said: Sequence[Fact]) -> dict[str, list[str]]:
    return {fact.dataset: [fact.call, fact.request_hash, fact.at] for fact in said}


def _is_new(known: Fact, said: Fact) -> bool:
    """What a person said or a clerk confirmed stays where the registry knows nothing."""
    if said.status != "verified" and known.status in ("declared", "confirmed"):
        return False
    return (known.value, known.status) != (said.value, said.status)


def _change(known: Fact, said: Fact) -> Change | None:
    """Another value, or one that is gone; what was never there is no change."""
    if not _is_new(known, said) or known.value == said.value:
        return None
    return Change(known.name, known.value, said.value, known.status, said.status)


def _tell(work: UnitOfWork, case: Case) -> None:
    outbox.post(
        work, case.party, case.matter,
        N_("您的办件 %(number)s“%(item)s”在办理中复核，共享数据与之前不同，请到办件页查看"),
        number=case.number, item=case.item_name,
    )  # fmt: skip
