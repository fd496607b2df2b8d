"""Sampling (抽查): some of what the rules granted is looked at again by a person, drawn every night."""

import math
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select

from servicehall.automating.models import InstantDecision
from servicehall.cases.models import Case
from servicehall.identity import policy
from servicehall.kernel.clock import local_date
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork


def draw_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Draw among what was granted before today and not drawn yet; at least one of each item.

    The lot is the hash of the case's random key with the day: nobody chooses, anybody can count it
    again.
    """
    query = select(InstantDecision).where(
        InstantDecision.granted, InstantDecision.drawn.is_(None), InstantDecision.id.not_in(tried)
    )
    rows = [r for r in work.session.scalars(query) if local_date(r.at) < work.today()]
    by_item: dict[str, list[InstantDecision]] = defaultdict(list)
    for row in rows:
        by_item[row.case.item_code].append(row)
    for code, made in sorted(by_item.items()):
        _draw(work, code, made)
        tried.update(row.id for row in made)
    return bool(rows)


def waiting(work: UnitOfWork) -> Sequence[InstantDecision]:
    """What was drawn and nobody looked at yet, of the actor's department, oldest first."""
    policy.require(work.actor, "case.decide")
    query = select(InstantDecision).join(Case).where(
        InstantDecision.drawn.is_(True), InstantDecision.looked_at.is_(None),
        Case.department == work.actor.department,
    )  # fmt: skip
    return work.session.scalars(query.order_by(InstantDecision.id)).all()


def many(work: UnitOfWork) -> int:
    """How many wait; none for whoever decides nothing."""
    return len(waiting(work)) if policy.may(work.actor, "case.decide") else 0


def looked(work: UnitOfWork, case: Case, *, sound: bool | None, note: str) -> InstantDecision:
    """A person of the department looked again (抽查结果). Raises Invalid, Conflict or NotFound."""
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    found = work.session.scalar(select(InstantDecision).filter_by(case_id=case.id, drawn=True))
    if found is None:
        raise NotFound
    work.hold(found)
    if found.looked_at is not None:
        raise Conflict(N_("这件事已经抽查过了"))
    if sound is None:
        raise Invalid(N_("请选择抽查结果"), field="sound")
    if not sound and len(note.strip()) < 5:
        raise Invalid(N_("请写明哪里不对（至少 5 个字）"), field="note")
    found.sound, found.note = sound, note.strip()
    found.looked_by, found.looked_at = work.actor.id, work.now()
    work.record("case.sampled", case.matter, person=case.party, sound=sound)
    return found


def _draw(work: UnitOfWork, code: str, made: Sequence[InstantDecision]) -> None:
    percent = max(one.case.item.automatic.sample for one in made if one.case.item.automatic)
    many = math.ceil(len(made) * percent / 100)
    day = work.today().isoformat()
    lots = sorted(made, key=lambda one: sha256(f"{day}:{one.case.key}".encode()).digest())
    for number, one in enumerate(lots):
        one.drawn = number < many
    work.record("item.sampled", code, granted=len(made), drawn=many)
