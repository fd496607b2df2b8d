"""Groups (一件事完整性): the cases of one thing belong together, and none of them waits for nothing."""

from collections.abc import Iterator

from sqlalchemy import select

from servicehall.bundling import grouping
from servicehall.bundling.models import CaseGroup, GroupMember
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.kernel import codes
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import UnitOfWork

HELD = frozenset({State.DRAFT, State.WAITING})  # the states in which a group still holds a case


def breaches(work: UnitOfWork) -> Iterator[str]:
    """Everything about groups that is not as it must be."""
    known = set()
    for group in work.session.scalars(select(CaseGroup).execution_options(yield_per=500)):
        known.add(group.key)
        yield from _numbered(work, group)
        for member in group.members:
            yield from _child(group, member)
    for case in work.session.scalars(select(Case).where(Case.bundle != "")):
        group_of = grouping.of_case(work, case)
        if group_of is None or group_of.key != case.bundle or case.bundle not in known:
            yield f"case {case.key} is held by the group {case.bundle}, which does not have it"
    waiting = select(Case.key).where(Case.state == State.WAITING, Case.bundle == "")
    yield from (f"case {key} waits in no group" for key in work.session.scalars(waiting))


def _numbered(work: UnitOfWork, group: CaseGroup) -> Iterator[str]:
    """A number from submission on, with the right check character, as the record says."""
    if (group.number is None) != (group.submitted_at is None):
        yield f"group {group.key}: number and submission do not agree"
    if group.number and not codes.is_check37(group.number):
        yield f"group number {group.number} has a wrong check character"
    query = select(AuditEntry.detail).filter_by(act="bundle.submitted", subject=group.key)
    told = [detail.get("number") for detail in work.session.scalars(query)]
    if told != ([group.number] if group.number else []):
        yield f"group {group.key} has number {group.number}, the record says {told}"


def _child(group: CaseGroup, member: GroupMember) -> Iterator[str]:
    case, items = member.case, {one.item_code for one in group.members}
    name = f"group {group.key}: case {case.key}"
    if case.party != group.party or case.item_code != member.item_code:
        yield f"{name} is another party's or for another item"
    if set(member.after) - items:
        yield f"{name} waits for {sorted(set(member.after) - items)}, which the group does not have"
    if case.bundle and (case.bundle != group.key or case.state not in HELD):
        yield f"{name} is {case.state} and held by {case.bundle}"
    if case.state is State.WAITING and not (group.submitted_at and member.after):
        yield f"{name} waits for nothing"
