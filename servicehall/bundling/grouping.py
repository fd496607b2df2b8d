"""Grouping (一件事收件): begin the cases of one thing with one consent, hand them in once, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from servicehall.applying import consenting, intake
from servicehall.bundling import gathering, offering
from servicehall.bundling.models import CaseGroup, GroupMember
from servicehall.cases import letters, numbering
from servicehall.cases.models import Case
from servicehall.cases.states import NEXT, State, after
from servicehall.catalogue import items
from servicehall.identity import directory, policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.registries import grounds
from servicehall.standard import bundles
from servicehall.standard.bundles import Bundle, Bundles, Member
from servicehall.standard.schema import Item


def declared(work: UnitOfWork, slug: str) -> Bundle:
    """The bundle *slug*. Raises NotFound."""
    found = work.use(Bundles).get(slug)
    if found is None:
        raise NotFound(N_("没有这个一件事"))
    return found


def draft(work: UnitOfWork, slug: str) -> CaseGroup | None:
    """The group of the actor's party for this bundle that was not handed in yet, if any child is
    still open."""
    query = select(CaseGroup).filter_by(party=work.actor.party, slug=slug, submitted_at=None)
    found = work.session.scalars(query.order_by(CaseGroup.id.desc())).all()
    return next((group for group in found if drafts(group)), None)


def begin(work: UnitOfWork, slug: str, said: Mapping[str, Any]) -> CaseGroup:
    """One draft for each item that *said* calls for; an open group is resumed (一件事申请).

    Each child has its own consent, ground and wording, as if it were applied for alone. Raises what
    ``intake.begin`` raises, and Invalid where nothing is called for.
    """
    policy.require(work.actor, "case.apply")
    bundle = declared(work, slug)
    intake.alone(work)
    if found := draft(work, slug):
        return found
    taken = bundles.chosen(bundle, offering.said_of(bundle, said))
    if not taken:
        raise Invalid(N_("请至少选择一个要办的事项"))
    _, _, name = directory.holder(work, work.actor.party)
    group = CaseGroup(
        key=directory.new_key(), number=None, slug=slug, name=bundle.name, lead=bundle.lead,
        party=work.actor.party, applicant=name, said=offering.said_of(bundle, said), submit_key=None,
        begun_at=work.now(), submitted_at=None, days=None, way=[],
    )  # fmt: skip
    work.session.add(group)
    wordings = {m.item: items.open_entry(work, m.item).current.item for m in taken}
    for stage in bundle.stages():
        for member in (one for one in stage if one.item in wordings):
            group.members.append(_child(work, group, member, wordings))
    work.record("bundle.begun", group.matter, person=group.party, bundle=slug, cases=len(taken))
    return group


def own(work: UnitOfWork, key: str) -> CaseGroup:
    """The actor's own group. Raises NotFound; somebody else's looks the same as none."""
    found = work.session.scalar(select(CaseGroup).filter_by(key=key))
    if found is None or found.party != work.actor.party:
        work.refuse(
            "bundle.denied", found.matter if found else "", person=found.party if found else ""
        )
        raise NotFound
    return found


def mine(work: UnitOfWork) -> Sequence[CaseGroup]:
    """Every group of the actor's party of which something was not withdrawn, newest first."""
    query = select(CaseGroup).filter_by(party=work.actor.party).order_by(CaseGroup.id.desc())
    found = work.session.scalars(query.limit(50)).all()
    return [g for g in found if any(m.case.state is not State.WITHDRAWN for m in g.members)]


def of_case(work: UnitOfWork, case: Case) -> CaseGroup | None:
    """The group that *case* belongs to, if there is one."""
    query = select(CaseGroup).join(GroupMember).where(GroupMember.case_id == case.id)
    return work.session.scalar(query)


def drafts(group: CaseGroup) -> list[GroupMember]:
    """The children that can still be filled in with the others, in order."""
    return [m for m in group.members if m.case.bundle and m.case.state is State.DRAFT]


def submit(work: UnitOfWork, group: CaseGroup, *, key: str) -> CaseGroup:
    """Hand everything in (一次提交), exactly once for each *key*.

    What waits for nothing is submitted now; what needs another's result is kept as it stands and
    submitted by the hall once that is granted. Raises Invalid naming what is missing, Conflict
    where it was submitted otherwise.
    """
    policy.require_party(work.actor, group.party)
    work.hold(group)
    if group.submitted_at is not None:
        if group.submit_key == key:
            return group
        raise Conflict(N_("这件事已经提交过了"))
    gaps = gathering.gaps(group, today=work.today())
    if gaps:
        raise Invalid(N_("还不能提交，请先补齐：%(gaps)s"), gaps="、".join(g.label for g in gaps))
    members = drafts(group)
    if not members:
        raise Conflict(N_("这件事里已经没有可以提交的事项"))
    _promise(work, group, members)
    for member in members:
        _hand_in(work, group, member, key)
    group.submit_key, group.submitted_at = key, work.now()
    group.number = numbering.group_number(work, members[0].case.item.region)
    work.record("bundle.submitted", group.matter, person=group.party, number=group.number)
    outbox.post(
        work, group.party, group.matter,
        N_("您的“%(name)s”已一次提交，共 %(count)s 个事项，编号 %(number)s"),
        name=group.name, count=len(members), number=group.number,
    )  # fmt: skip
    return group


def withdraw(work: UnitOfWork, group: CaseGroup) -> int:
    """Take everything back that can be (整件撤回); how many cases. Decided ones stay decided."""
    policy.require_party(work.actor, group.party)
    work.hold(group)
    taken = [m for m in group.members if (m.case.state, "withdraw") in NEXT]
    if not taken:
        raise Conflict(N_("这件事里已经没有可以撤回的事项"))
    for member in taken:
        intake.withdraw(work, member.case)
    work.record("bundle.withdrawn", group.matter, person=group.party, cases=len(taken))
    return len(taken)


def lapse(work: UnitOfWork, member: GroupMember, cause: Case) -> None:
    """A child whose predecessor *cause* came to nothing ends too, with a letter (不再办理)."""
    case = member.case
    case.state, case.bundle = after(case.state, "lapse"), ""
    case.closed_at = work.now()
    grounds.close(work, case.matter)
    work.record("case.lapsed", case.matter, person=case.party, cause=cause.item_code)
    letters.lapsed(work, case, cause, member.group.name)
    outbox.post(
        work, case.party, case.matter,
        N_("“%(item)s”要以“%(cause)s”办成为前提，后者没有办成，这一项不再办理；条件具备后可以单独申请"),
        item=case.item_name, cause=cause.item_name,
    )  # fmt: skip


def _child(
    work: UnitOfWork, group: CaseGroup, member: Member, wordings: Mapping[str, Item]
) -> GroupMember:
    awaited = gathering.awaited([wordings[code] for code in member.after if code in wordings])
    case = intake.begin(
        work, member.item, words=consenting.words(wordings[member.item]), bundle=group.key,
        awaited=awaited,
    )  # fmt: skip
    before = [code for code in member.after if code in wordings]
    return GroupMember(case=case, item_code=member.item, after=before)


def _promise(work: UnitOfWork, group: CaseGroup, members: Sequence[GroupMember]) -> None:
    """How long the whole takes, as it is promised now (总时限, 关键路径)."""
    bundle = work.use(Bundles).get(group.slug)
    codes = {member.item_code for member in members}
    if bundle is None or not codes <= {member.item for member in bundle.members}:
        return
    wordings = {m.item: items.entry(work, m.item).current.item for m in bundle.members}
    wordings |= {member.item_code: member.case.item for member in members}
    taken = [member for member in bundle.members if member.item in codes]
    way = bundles.critical(bundle, wordings, taken)
    if way is not None:
        group.days = sum(leg.days for leg in way)
        group.way = [[leg.item.code, leg.days] for leg in way]


def _hand_in(work: UnitOfWork, group: CaseGroup, member: GroupMember, key: str) -> None:
    case = member.case
    work.hold(case)
    if _waits(group, member):
        case.state = after(case.state, "wait")
        work.record("case.waiting", case.matter, person=case.party, after=member.after)
    else:
        intake.hand_in(work, case, key=f"{key}:{member.item_code}")


def _waits(group: CaseGroup, member: GroupMember) -> bool:
    """Whether an item of the same group comes before it and is not done yet."""
    before = [one.case.state for one in group.members if one.item_code in member.after]
    return any(state is not State.CLOSED for state in before)
