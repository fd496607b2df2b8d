"""Agreeing (用证授权): a department asks, the holder says yes or no, and may take a yes back.

个人信息保护法 第13、14、15条: agreed to knowingly, for a stated purpose, withdrawn as easily.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.lending import inquiries, resourcing
from servicehall.lending.inquiries import Inquiry
from servicehall.lending.models import LicenseConsent
from servicehall.notices import outbox

ANSWERED_WITHIN, LASTS = timedelta(days=15), timedelta(days=10)  # ours: as short as a case needs
STATES: Final = {
    "asked": N_("待同意"), "given": N_("已同意"), "refused": N_("不同意"), "withdrawn": N_("已撤回"),
}  # fmt: skip
SHOWN: Final = frozenset({resourcing.HELD, resourcing.LAST, resourcing.CONTENT, resourcing.FILE})


def ask(work: UnitOfWork, asked: Inquiry) -> LicenseConsent:
    """Ask the holder to let the department see licenses of this type (征求同意).

    What is being asked, or was given and still holds, is not asked again. Raises Forbidden as
    ``inquiries.admitted``, Conflict for a holder who does not use this hall.
    """
    kind = inquiries.admitted(work, asked, SHOWN)
    party = inquiries.party(work, asked.holder_code)
    if not party:
        raise Conflict(N_("持证主体没有使用本大厅，不能在线征求同意"), field="holderCode")
    if (open_ := known(work, asked, kind.slug)) is not None:
        return open_
    slot, today = _slot(work, asked, kind.slug, party), work.today()
    work.session.execute(
        update(LicenseConsent).where(LicenseConsent.slot == slot).values(slot=None)
    )  # one that has run out
    made = LicenseConsent(
        key=directory.new_key(), slot=slot, party=party, department=work.actor.department,
        client=work.actor.id, item=asked.item_code, cause=asked.use_cause, type=kind.slug,
        state="asked", asked_at=work.now(), answered_at=None, until=today + ANSWERED_WITHIN,
    )  # fmt: skip
    work.session.add(made)
    work.record("license.consent_asked", made.key, person=party, type=kind.slug,
                item=asked.item_code)  # fmt: skip
    name = directory.department(work, work.actor.department).name
    outbox.post(work, party, made.key, N_("%(department)s为“%(cause)s”请求查看您的%(license)s，请到“我的证照”答复"),
                department=name, cause=asked.use_cause, license=kind.name)  # fmt: skip
    return made


def asked_by(work: UnitOfWork, key: str) -> LicenseConsent:
    """One that the actor's department asked for. Raises NotFound, also for another's."""
    found = _one(work, key)
    if found.department != work.actor.department:
        raise NotFound
    return found


def known(work: UnitOfWork, asked: Inquiry, slug: str) -> LicenseConsent | None:
    """What the holder was asked by this very question, while it waits or holds."""
    party = inquiries.party(work, asked.holder_code)
    slot = _slot(work, asked, slug, party)
    found = work.session.scalar(select(LicenseConsent).where(LicenseConsent.slot == slot))
    today = work.today()
    return found if found is not None and (found.waits(today) or found.holds(today)) else None


def mine(work: UnitOfWork, most: int = 50) -> Sequence[LicenseConsent]:
    """What the actor's party was asked, the newest first."""
    query = select(LicenseConsent).where(LicenseConsent.party == work.actor.party)
    return work.session.scalars(query.order_by(LicenseConsent.id.desc()).limit(most)).all()


def own(work: UnitOfWork, key: str) -> LicenseConsent:
    """One question to the actor's party, held. Raises NotFound, also for another's."""
    found = _one(work, key)
    if found.party != work.actor.party:
        raise NotFound
    work.hold(found)
    return found


def answer(work: UnitOfWork, key: str, *, agreed: bool) -> LicenseConsent:
    """The holder says yes, for ten days, or no. Raises NotFound, Conflict once answered or too late."""
    found = own(work, key)
    if not found.waits(work.today()):
        raise Conflict(N_("这个请求已经答复过，或者已经过期"))
    found.state, found.answered_at = "given" if agreed else "refused", work.now()
    if agreed:
        found.until = work.today() + LASTS
    else:
        found.slot = None
    work.record(f"license.consent_{found.state}", found.key, person=found.party, type=found.type)
    return found


def withdraw(work: UnitOfWork, key: str) -> LicenseConsent:
    """The holder takes the yes back; from now on nothing is shown on it. Raises NotFound, Conflict."""
    found = own(work, key)
    if not found.holds(work.today()):
        raise Conflict(N_("这项授权已经撤回或到期"))
    found.state, found.slot, found.answered_at = "withdrawn", None, work.now()
    work.record("license.consent_withdrawn", found.key, person=found.party, type=found.type)
    return found


def _one(work: UnitOfWork, key: str) -> LicenseConsent:
    found = work.session.scalar(select(LicenseConsent).filter_by(key=key))
    if found is None:
        raise NotFound
    return found


def _slot(work: UnitOfWork, asked: Inquiry, slug: str, party: str) -> str:
    return "|".join((work.actor.department, asked.item_code, asked.use_cause, slug, party))
