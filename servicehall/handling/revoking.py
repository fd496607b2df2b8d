"""Revoking (撤销): what was granted wrongly is taken back, after hearing the party (行政许可法 第69条)."""

from servicehall.cases import deadlines, letters
from servicehall.cases.editing import readable, seen
from servicehall.cases.later import Revocation
from servicehall.cases.models import Case
from servicehall.cases.states import State, after
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.models import State as LicenseState
from servicehall.notices import outbox
from servicehall.standard.schema import Limit

HEAR_WITHIN = Limit(days=5, note="行政许可法 第47条")  # as long as for asking for a hearing
LEAST = 5  # characters of a reason


def tell(work: UnitOfWork, case: Case, *, reason: str, law: str, version: int) -> Revocation:
    """Tell the party what is intended and why (撤销事先告知), before anything is decided.

    Raises Invalid, or Conflict where it was told before or there is nothing to revoke.
    """
    _may(work, case, version)
    after(case.state, "revoke")
    if case.revocation is not None:
        raise Conflict(N_("这件事已经告知过拟撤销"))
    if len(reason.strip()) < LEAST:
        raise Invalid(N_("请写明撤销的事实和理由（至少 5 个字）"), field="revoke_reason")
    if not law.strip():
        raise Invalid(N_("请写明法律依据"), field="revoke_law")
    case.revocation = told = Revocation(
        reason=reason.strip(), law=law.strip(), told_at=work.now(), told_by=work.actor.id,
        hear_by=deadlines.due(work, work.today(), HEAR_WITHIN), statement=None, stated_at=None,
        revoked=None, answer=None, decided_at=None,
    )  # fmt: skip
    case.saved_at = work.now()
    work.record("case.revocation_told", case.matter, person=case.party)
    letters.revocation_told(work, case, told)
    _say(work, case, N_("您的办件 %(number)s“%(item)s”拟撤销，您可以陈述申辩，请查看告知书"))
    return told


def state(work: UnitOfWork, case: Case, statement: str) -> None:
    """What the party says to it (陈述申辩), once, until the decision. Raises Invalid, Conflict."""
    policy.require_party(work.actor, case.party)
    work.hold(case)
    told = _open(case)
    if told.statement is not None:
        raise Conflict(N_("您已经提交过陈述申辩"))
    said = readable(statement)
    if not said:
        raise Invalid(N_("请写下您的陈述申辩"), field="statement")
    told.statement, told.stated_at, case.saved_at = said[:2000], work.now(), work.now()
    work.record("case.stated", case.matter, person=case.party)


def revoke(work: UnitOfWork, case: Case, *, answer: str, version: int) -> None:
    """Revoke (撤销决定): the license falls too; told in writing with reasons and rights.

    Not before the party has answered or its days are over; an answer to what it said is due.
    Raises Conflict, Invalid.
    """
    _may(work, case, version)
    told = _heard(work, case)
    if told.statement and len(answer.strip()) < LEAST:
        raise Invalid(N_("请写明对陈述申辩的意见（至少 5 个字）"), field="revoke_answer")
    case.state = after(case.state, "revoke")
    _decide(work, case, told, revoked=True, answer=answer)
    try:
        license = library.by_key(work, case.number or "")
    except NotFound:
        license = None
    if license and license.state in (LicenseState.VALID, LicenseState.SUSPENDED):
        library.revoke(work, license, reason=told.reason, law=told.law)
    work.record("case.revoked", case.matter, person=case.party)
    letters.revoked(work, case, told)
    _say(work, case, N_("您的办件 %(number)s“%(item)s”的决定已撤销，请查看理由和救济途径"))


def drop(work: UnitOfWork, case: Case, *, answer: str, version: int) -> None:
    """What was granted stays (不予撤销); the party is told. Raises Invalid without a reason."""
    _may(work, case, version)
    told = _open(case)
    if len(answer.strip()) < LEAST:
        raise Invalid(N_("请写明不撤销的理由（至少 5 个字）"), field="revoke_answer")
    _decide(work, case, told, revoked=False, answer=answer)
    work.record("case.revocation_dropped", case.matter, person=case.party)
    _say(work, case, N_("您的办件 %(number)s“%(item)s”不再撤销，原决定继续有效"))


def is_heard(work: UnitOfWork, told: Revocation) -> bool:
    """Whether the party has answered, or its days for that are over."""
    return bool(told.statement) or (told.hear_by is not None and told.hear_by < work.today())


def _may(work: UnitOfWork, case: Case, version: int) -> None:
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    seen(work, case, version)


def _open(case: Case) -> Revocation:
    told = case.revocation
    if told is None or told.revoked is not None or case.state is not State.CLOSED:
        raise Conflict(N_("这件事没有正在办理的撤销"))
    return told


def _heard(work: UnitOfWork, case: Case) -> Revocation:
    told = _open(case)
    if not is_heard(work, told):
        raise Conflict(N_("要先听取陈述申辩，或者等告知的期限届满，才能作出撤销决定"))
    return told


def _decide(work: UnitOfWork, case: Case, told: Revocation, *, revoked: bool, answer: str) -> None:
    told.revoked, told.answer = revoked, answer.strip() or None
    told.decided_at, told.decided_by, case.saved_at = work.now(), work.actor.id, work.now()


def _say(work: UnitOfWork, case: Case, text: str) -> None:
    outbox.post(work, case.party, case.matter, text, number=case.number, item=case.item_name)
