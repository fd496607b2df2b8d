"""Intake (收件): begin a case with consent, withdraw it, submit it once."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from servicehall.applying import answering, collecting, sending
from servicehall.cases import deadlines, matters, numbering, prefill, rechecking
from servicehall.cases.models import Case, CaseMaterial
from servicehall.cases.states import State, after
from servicehall.catalogue import items
from servicehall.identity import attending, directory, policy
from servicehall.identity.attending import Attendance
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.schema import LicenseTypes
from servicehall.notices import outbox
from servicehall.registries import grounds
from servicehall.standard import merging
from servicehall.standard.schema import Item, ItemType

RENEW_BEFORE = timedelta(days=30)  # 有效期届满三十日前 (行政许可法 第50条)


def draft(work: UnitOfWork, code: str, bundle: str = "") -> Case | None:
    """The unfinished application of the actor's party for this item, if there is one."""
    return work.session.scalar(
        select(Case).where(
            Case.party == work.actor.party, Case.item_code == code, Case.state == State.DRAFT,
            Case.bundle == bundle,
        )
    )  # fmt: skip


def begin(
    work: UnitOfWork, code: str, *, words: str, bundle: str = "",
    awaited: Collection[str] = (),
) -> Case:  # fmt: skip
    """A draft for item *code*, after the applicant agreed to *words* (授权); an open one is resumed.

    Opens the ground on which registries may be asked, as far as the item declares. In a *bundle*
    the license types *awaited* will come from the items before it. Raises Forbidden or Invalid
    where this party cannot apply, NotFound for an unknown item.
    """
    policy.require(work.actor, "case.apply")
    alone(work)
    if found := draft(work, code, bundle):
        return found
    revision = items.open_entry(work, code).current
    item = revision.item
    here = _at_the_counter(work, item)
    _may_apply(work, item, awaited)
    _, _, name = directory.holder(work, work.actor.party)
    case = Case(
        key=directory.new_key(), number=None, query_code=None, revision_id=revision.id,
        revision=revision, item_code=item.code, item_name=item.name, department=item.department,
        party=work.actor.party, applicant=name, applicant_index=name, agent=_agent(work, here), state=State.DRAFT,
        bundle=bundle, facts={}, answers={}, submit_key=None, begun_at=work.now(), saved_at=work.now(),
        submitted_at=None, accept_by=None, accepted_at=None, due_on=None, statutory_on=None,
        decided_at=None, reason=None, closed_at=None, supply_by=None, renews_until=None, correction=None,
        extension=None, hearing=None, delivery=None, revocation=None,
        materials=[_material(m.code) for m in item.materials],
    )  # fmt: skip
    work.session.add(case)
    channel = "window" if here else "online"
    grounds.open_for(
        work, case.matter, item=item.code, needs=prefill.needs_of(item), words=words,
        channel=channel,
    )  # fmt: skip
    work.record("case.begun", case.matter, person=case.party, item=item.code, channel=channel)
    return case


def withdraw(work: UnitOfWork, case: Case) -> None:
    """Take the matter back (撤回) before it is decided; a draft is simply put away.

    A special procedure under way ends with it.
    """
    policy.require_party(work.actor, case.party)
    work.hold(case)
    case.state, case.bundle = after(case.state, "withdraw"), ""
    case.closed_at = work.now()
    for pause in case.pauses:
        if pause.ended_on is None:
            pause.ended_on = max(work.today(), pause.starts_on)
            deadlines.set_clock(work, case)
    grounds.close(work, case.matter)
    work.record("case.withdrawn", case.matter, person=case.party)


def submit(
    work: UnitOfWork, case: Case, *, key: str, address: str = "", formal: bool = False
) -> Case:
    """Hand the matter in (提交), exactly once for each *key*; answers come after the commit.

    *address* is where the result is posted to, where the applicant chose that (``sending``);
    *formal* that the window of another region looked at identity and form (``collecting``).

    A second submit with the same key returns the same receipt. Raises Invalid naming what is
    missing, Conflict where the case was submitted otherwise.
    """
    policy.require_party(work.actor, case.party)
    work.hold(case)
    if case.submit_key == key and case.state not in (State.DRAFT, State.CORRECTION):
        return case
    if case.bundle:
        raise Conflict(N_("这是“一件事”里的一项，请在“一件事”的页面一起提交"))
    if "attended" in work.actor.roles:
        collecting.receive(work, case, formal=formal)
    return hand_in(work, case, key=key, address=address)


def hand_in(work: UnitOfWork, case: Case, *, key: str, address: str = "") -> Case:
    """What submission does to a case that is held; its bundle hands it in too (一件事)."""
    case.state, case.bundle = after(case.state, "submit"), ""
    if gaps := answering.gaps(case, today=work.today()):
        raise Invalid(N_("还不能提交，请先补齐：%(gaps)s"), gaps="、".join(g.label for g in gaps))
    answering.settle(case, today=work.today())
    sending.choose(case, address)
    case.submit_key = key
    if case.number is None:
        case.renews_until = _renews_until(work, case)
        channel = numbering.COUNTER if "attended" in work.actor.roles else numbering.ONLINE
        case.number = numbering.next_number(work, case.item.region, channel)
        case.query_code = numbering.query_code()
        case.submitted_at = work.now()
    elif case.correction:
        case.correction.answered_at = work.now()
    case.accept_by = deadlines.due(work, work.today(), deadlines.ACCEPT_WITHIN)
    rechecking.watch(work, case)
    work.record("case.submitted", case.matter, person=case.party, number=case.number)
    outbox.post(
        work, case.party, case.matter, N_("您的申请“%(item)s”已提交，办件编号 %(number)s"),
        item=case.item_name, number=case.number,
    )  # fmt: skip
    return case


def new_submit_key() -> str:
    """A key for one submission; the check page carries it, so that a double click is one act."""
    return secrets.token_urlsafe(16)


def mine(work: UnitOfWork) -> Sequence[Case]:
    """Every case of the actor's party, newest first (我的办件)."""
    return work.session.scalars(
        select(Case)
        .where(Case.party == work.actor.party, Case.state != State.WITHDRAWN)
        .order_by(Case.id.desc())
        .limit(200)
        .options(*matters.UNREAD)
    ).all()


def _renews_until(work: UnitOfWork, case: Case) -> date | None:
    """The last day of the license that a permit renews, asked for in time (行政许可法 第50条)."""
    result = case.item.result
    if case.item.type is not ItemType.PERMIT or not (result and result.renews):
        return None
    _, code, _ = directory.holder(work, case.party)
    held = library.held(work, code, result.license_type)
    last = held.valid_to if held else None
    return last if last and last - work.today() >= RENEW_BEFORE else None


def alone(work: UnitOfWork) -> None:
    """Whoever begins holds the party until the commit: a double click opens one draft, not two."""
    if code := work.actor.organization:
        work.hold(directory.organization(work, code))
    else:
        work.hold(directory.person(work, work.actor.person))


def _at_the_counter(work: UnitOfWork, item: Item) -> Attendance | None:
    """Who stands at the counter, if anybody; a helper only for what the letter says (帮办代办)."""
    here = attending.at_the_counter(work)
    if here and here.helper and here.scope != item.code:
        raise Forbidden(N_("授权委托书不包括这个事项，请核对委托事项"))
    if here:
        collecting.require_here(work, item)
    return here


def _agent(work: UnitOfWork, here: Attendance | None) -> str:
    """Who acts: the helper who came with a letter, else the person."""
    return here.helper.key if here and here.helper else work.actor.person


def _may_apply(work: UnitOfWork, item: Item, awaited: Collection[str]) -> None:
    if not item.applicable:
        raise Forbidden(N_("这个事项暂不支持在本大厅在线申请，请按办事指南到窗口办理"))
    if item.for_organizations and not work.actor.organization:
        raise Forbidden(N_("这个事项由企业或其他组织申请，请先在右上角切换到您代表的单位"))
    if work.actor.organization and item.objects == ("natural_person",):
        raise Forbidden(N_("这个事项由个人申请，请先在右上角切换回个人身份"))
    if directory.person(work, work.actor.person).level < item.least_level:
        raise Forbidden(N_("您的实名等级不够，请到窗口核验身份后再办理"))
    _may_hold(work, item)
    _has_what_is_carried(work, item, awaited)


def _may_hold(work: UnitOfWork, item: Item) -> None:
    result = item.result
    if result and result.license_type:
        _, code, _ = directory.holder(work, work.actor.party)
        held = library.held(work, code, result.license_type)
        if result.renews and held is None:
            raise Invalid(N_("没有查到您名下有效的“%(name)s”，不能办理延续"), name=result.name)
        made = work.use(LicenseTypes)[result.license_type]
        once = not made.repeats and (result.kind == "license" or made.single)
        if not result.renews and held and once:
            raise Conflict(N_("您名下已有有效的“%(name)s”，不需要重复申请"), name=result.name)


def _has_what_is_carried(work: UnitOfWork, item: Item, awaited: Collection[str]) -> None:
    """A result that repeats what another license says is applied for by whoever holds that one."""
    _, code, _ = directory.holder(work, work.actor.party)
    for slug in merging.rests_on(item):
        if slug not in awaited and library.held(work, code, slug) is None:
            name = work.use(LicenseTypes)[slug].name
            raise Invalid(N_("要先取得“%(name)s”，才能办理这个事项"), name=name)


def _material(code: str) -> CaseMaterial:
    return CaseMaterial(
        code=code, evidence={}, file_key=None, file_name=None, file_type=None, file_size=None,
        sha256=None, supplied_at=None,
    )  # fmt: skip
