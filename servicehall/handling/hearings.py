"""Hearings (听证): the right to one is told, asked for within five days, held within twenty (第47条).

The party asks on its page or at the counter; what it costs the office bears. The hearing itself is
the special procedure of that name (``reviewing.suspend``): announced seven days before with
its hour and its place (第48条), clock stopped.
"""

from datetime import date

from servicehall.cases import deadlines, letters
from servicehall.cases.editing import readable, seen
from servicehall.cases.later import HearingRight
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.identity import policy
from servicehall.kernel.clock import local_date
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.standard.schema import Limit

ASK_WITHIN = Limit(days=5, note="行政许可法 第47条")  # from being told
TOLD_BEFORE = Limit(days=7, note="行政许可法 第48条")  # the day is announced
HELD_WITHIN = Limit(days=20, note="行政许可法 第47条")  # from being asked for


def may_tell(case: Case) -> bool:
    """Whether the party is still to be told of its right: the item has hearings, nobody told it."""
    declared = any(special.kind == "hearing" for special in case.item.specials)
    return declared and case.hearing is None and case.state is State.ACCEPTED


def tell(work: UnitOfWork, case: Case, *, version: int) -> HearingRight:
    """Tell the party in writing that it may ask for a hearing (听证权利告知). Raises Conflict."""
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    seen(work, case, version)
    if not may_tell(case):
        raise Conflict(N_("现在不能告知听证权利：事项没有听证程序，或者已经告知过"))
    case.hearing = HearingRight(
        told_at=work.now(), told_by=work.actor.id, reason=None, asked_at=None,
        ask_by=deadlines.due(work, work.today(), ASK_WITHIN), hold_by=None,
    )  # fmt: skip
    case.saved_at = work.now()
    work.record("case.hearing_told", case.matter, person=case.party)
    letters.hearing_told(work, case, case.hearing)
    outbox.post(
        work, case.party, case.matter,
        N_("您的办件 %(number)s“%(item)s”作出决定前，您有权要求听证，请在 %(day)s 前提出，不收费用"),
        number=case.number, item=case.item_name, day=str(case.hearing.ask_by or ""),
    )  # fmt: skip
    return case.hearing


def ask(work: UnitOfWork, case: Case, reason: str) -> None:
    """The party asks for a hearing (申请听证), once, in time. Raises Invalid or Conflict."""
    policy.require_party(work.actor, case.party)
    work.hold(case)
    _asked(work, case, reason)


def ask_at_window(work: UnitOfWork, case: Case, reason: str, *, version: int) -> None:
    """The party handed its request in on paper, and a clerk enters it. Raises as ``ask``."""
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    _asked(work, case, reason)


def bounds(work: UnitOfWork, case: Case) -> tuple[date | None, date | None]:
    """The first and the last day for a hearing that is announced today."""
    first = deadlines.due(work, work.today(), TOLD_BEFORE)
    if case.hearing and case.hearing.asked_at:
        return first, case.hearing.hold_by
    return first, deadlines.due(work, work.today(), HELD_WITHIN)


def hindrance(work: UnitOfWork, case: Case) -> str:
    """Why nothing may be decided yet (N_), "" where a hearing is no matter."""
    right = case.hearing
    if right is None or _held(case):
        return ""
    if right.asked_at is not None:
        return N_("申请人要求听证，听证以后才能作出决定")
    if right.ask_by is None or right.ask_by >= work.today():
        return N_("已告知听证权利，申请听证的期限届满以后才能作出决定")
    return ""


def _asked(work: UnitOfWork, case: Case, reason: str) -> None:
    right, said = case.hearing, readable(reason)
    if right is None or case.state is not State.ACCEPTED:
        raise Conflict(N_("这件事现在不能申请听证"))
    if right.asked_at is not None:
        raise Conflict(N_("已经申请过听证"))
    if right.ask_by is not None and right.ask_by < work.today():
        raise Conflict(N_("申请听证的期限已过（被告知之日起五个工作日）"))
    if not said:
        raise Invalid(N_("请写明要求听证的理由"), field="hearing_reason")
    right.reason, right.asked_at, case.saved_at = said[:2000], work.now(), work.now()
    right.hold_by = deadlines.due(work, local_date(work.now()), HELD_WITHIN)
    work.record("case.hearing_asked", case.matter, person=case.party)


def _held(case: Case) -> bool:
    return any(pause.kind == "hearing" and pause.ended_on for pause in case.pauses)
