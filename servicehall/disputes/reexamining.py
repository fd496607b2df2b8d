"""Reexamining (证照复查): a license whose ground no longer holds is kept, issued anew, or revoked."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from msgspec.structs import replace
from sqlalchemy import ColumnElement, func, select

from servicehall.cases.models import Case
from servicehall.disputes.models import Dispute, LicenseReview
from servicehall.identity import directory, policy
from servicehall.kernel import workdays
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import issuing, library
from servicehall.licenses.models import License, State
from servicehall.licenses.ordering import IssueOrder
from servicehall.licenses.record import Evidence, Holder, Record
from servicehall.licenses.schema import LicenseTypes
from servicehall.notices import outbox

WITHIN_DAYS = 20  # working days; the hall's own promise (演示数据)
NAMED = frozenset({"population.person.name", "legal.organization.name"})  # what holders are called
STATES: Final = {
    "open": N_("待复查"), "kept": N_("维持"), "reissued": N_("已换发"), "revoked": N_("已撤销"),
}  # fmt: skip


def affected(work: UnitOfWork, licenses: Sequence[License]) -> list[License]:
    """Those of *licenses* that somebody may still rely on."""
    today = work.today()
    return [
        one for one in licenses
        if one.state in (State.VALID, State.SUSPENDED) and not one.expired(today)
    ]  # fmt: skip


def queue(work: UnitOfWork, dispute: Dispute, license: License, now: str) -> LicenseReview:
    """Its issuer must look at *license* again: the value of *dispute* is *now* another (待复查).

    The holder is told; the license stays as it is until its issuer decides.
    """
    made = LicenseReview(dispute=dispute, about=dispute.about, was=dispute.shown, now=now)
    return _queued(
        work, made, license, N_("数据更正后，您的“%(name)s”由颁发机构复查，复查期间照常有效")
    )


def queue_after(work: UnitOfWork, fallen: License, license: License) -> LicenseReview:
    """Its issuer must look at *license* again, which was granted on *fallen* (连带复查).

    As with a corrected value nothing happens to it by itself (行政许可法 第69条: who granted it
    may revoke it).
    """
    made = LicenseReview(fallen=fallen, about=fallen.identifier, was="", now=fallen.state.value)
    return _queued(
        work, made, license,
        N_("您的“%(name)s”所依据的“%(basis)s”已经失效，由颁发机构复查，复查期间照常有效"),
        basis=fallen.record.type.name,
    )  # fmt: skip


def to_decide(work: UnitOfWork) -> Sequence[LicenseReview]:
    """What waits for the actor's department, the soonest due first."""
    query = select(LicenseReview).where(*_waiting(work))
    return work.session.scalars(query.order_by(LicenseReview.due_on, LicenseReview.id)).all()


def waiting(work: UnitOfWork) -> int:
    """How many reviews wait for the actor's department; 0 for whoever decides none."""
    if not policy.may(work.actor, "license.change"):
        return 0
    return work.session.scalar(select(func.count()).where(*_waiting(work))) or 0


def decided(work: UnitOfWork, most: int = 50) -> Sequence[LicenseReview]:
    """What the actor's department decided lately, newest first."""
    policy.require(work.actor, "license.change")
    mine = LicenseReview.issuer == work.actor.department, LicenseReview.state != "open"
    query = select(LicenseReview).where(*mine).order_by(LicenseReview.decided_at.desc())
    return work.session.scalars(query.limit(most)).all()


def of_desk(work: UnitOfWork, key: str) -> LicenseReview:
    """A review that lies with the actor's department. Raises NotFound, also for another's."""
    policy.require(work.actor, "license.change")
    found = work.session.scalar(select(LicenseReview).filter_by(key=key))
    if found is None or found.issuer != work.actor.department:
        raise NotFound
    return found


def look(work: UnitOfWork, review: LicenseReview) -> None:
    """Put on record that the actor looked into it (查看留痕)."""
    work.record("license.review_viewed", review.key, person=review.party)


def of_party(work: UnitOfWork, license: License) -> Sequence[LicenseReview]:
    """The reviews of one's own *license*, newest first."""
    policy.require_party(work.actor, license.party)
    query = select(LicenseReview).filter_by(license_id=license.id)
    return work.session.scalars(query.order_by(LicenseReview.id.desc())).all()


def faces(work: UnitOfWork, review: LicenseReview) -> list[str]:
    """The lines of the face that print the corrected value; [] where it is only evidence."""
    case = work.session.scalar(select(Case).filter_by(number=_number(review.license)))
    result = case.item.result if case else None
    source = f"registry:{review.about}"
    return [face for face, told in result.carries.items() if told == source] if result else []


def keep(work: UnitOfWork, review: LicenseReview, *, reason: str) -> None:
    """The license stands (维持): the other value changes nothing. Raises Invalid without a reason."""
    _may_decide(work, review, reason)
    _decide(work, review, "kept", reason)


def revoke(work: UnitOfWork, review: LicenseReview, *, reason: str, law: str) -> None:
    """The license is revoked (撤销, 行政许可法 第69条). Raises Invalid without reason and law."""
    _may_decide(work, review, reason)
    library.revoke(work, review.license, reason=reason, law=law)
    review.law = law.strip()
    _decide(work, review, "revoked", reason)


def reissue(work: UnitOfWork, review: LicenseReview, *, reason: str) -> License:
    """A new version with the corrected value is planned (换发); the caller commits, then finishes it.

    The old one is superseded once the new one is valid. Raises Conflict where the value is not
    printed on it, Invalid without a reason.
    """
    corrected = faces(work, review)
    if not corrected and review.about not in NAMED:
        raise Conflict(N_("照面上没有这项数据，不用换发，请选择维持或撤销"))
    _may_decide(work, review, reason)
    made = issuing.plan(work, _order(work, review, review.license.record, corrected))
    _decide(work, review, "reissued", reason)
    return made


def finish_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Finish one license planned in a review and cut off, not among *tried* yet (the worker)."""
    query = (
        select(License)
        .join(LicenseReview, License.supersedes_id == LicenseReview.license_id)
        .where(License.state == State.INTENT, LicenseReview.state == "reissued")
    )
    for license in work.session.scalars(query.where(License.id.not_in(tried)).limit(1)):
        tried.add(license.id)
        issuing.finish(work, license)
        return True
    return False


def _queued(
    work: UnitOfWork, made: LicenseReview, license: License, words: str, **told: str
) -> LicenseReview:
    made.key, made.license, made.issuer = directory.new_key(), license, license.issuer
    made.party, made.opened_at, made.state = license.party, work.now(), "open"
    made.due_on = workdays.due(work.session, work.today(), WITHIN_DAYS)
    work.session.add(made)
    work.record("license.review_opened", license.identifier, person=license.party, about=made.about)
    outbox.post(work, license.party, made.key, words, name=license.record.type.name, **told)
    return made


def _waiting(work: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    policy.require(work.actor, "license.change")
    return LicenseReview.issuer == work.actor.department, LicenseReview.state == "open"


def _may_decide(work: UnitOfWork, review: LicenseReview, reason: str) -> None:
    of_desk(work, review.key)
    work.hold(review)
    if review.state != "open":
        raise Conflict(N_("这件复查已经作出决定"))
    if len(reason.strip()) < 5:
        raise Invalid(N_("请写明理由（至少 5 个字）"), field="reason")


def _decide(work: UnitOfWork, review: LicenseReview, state: str, reason: str) -> None:
    review.state, review.reason = state, reason.strip()
    review.decided_at, review.decided_by = work.now(), work.actor.id
    work.record(
        "license.review_decided", review.license.identifier, person=review.party, state=state
    )
    outbox.post(
        work, review.party, review.key, N_("您的“%(name)s”已复查完毕，请到“我的证照”查看结果"),
        name=review.license.record.type.name,
    )  # fmt: skip


def _order(
    work: UnitOfWork, review: LicenseReview, old: Record, corrected: Sequence[str]
) -> IssueOrder:
    """The old license with the corrected value, and with the correction as its proof."""
    told = {face.code: face.value for face in old.faces}
    name = review.now if review.about in NAMED else old.holder.name
    license = review.license
    return IssueOrder(
        key=f"{_number(license)}/{license.version + 1}",
        type=work.use(LicenseTypes)[license.type],
        holder=Holder(kind=old.holder.kind, code=old.holder.code, name=name),
        faces={**told, **dict.fromkeys(corrected, review.now)},
        party=license.party,
        evidence=[_proof(review, one) for one in old.evidence],
        valid_from=license.valid_from,
        valid_to=license.valid_to,
        renews=license,
    )


def _proof(review: LicenseReview, known: Evidence) -> Evidence:
    """What was corrected rests on the answer to the dispute, all else on what it rested on."""
    dispute = review.dispute
    if dispute is None or known.fact != review.about or dispute.answered_at is None:
        return known
    digest = sha256((dispute.answer or "").encode()).hexdigest()
    return replace(known, call=dispute.key, request_hash=digest, fetched_at=dispute.answered_at)


def _number(license: License) -> str:
    """The number of the case that the license came of; versions issued later append to it."""
    return license.issue_key.partition("/")[0]
