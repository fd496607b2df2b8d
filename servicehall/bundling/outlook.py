"""Outlook (一件事进度): every case of a group in its order, and how long the whole takes and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from servicehall.bundling import releasing
from servicehall.bundling.models import CaseGroup, GroupMember
from servicehall.cases import matters
from servicehall.cases.models import Case
from servicehall.cases.states import ENDED, OPEN, State
from servicehall.identity import policy
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Stop:
    """One case on the way; ``after`` are the names of the items it waits for."""

    member: GroupMember
    after: tuple[str, ...]
    cause: Case | None

    @property
    def case(self) -> Case:
        return self.member.case


@dataclass(frozen=True, slots=True)
class Leg:
    """One item of the longest way (关键路径) and the working days promised for it."""

    name: str
    days: int


def stages(group: CaseGroup) -> list[list[Stop]]:
    """The cases of *group*, those that run side by side together, in order."""
    done: set[str] = set()
    left, found = list(group.members), list[list[Stop]]()
    while left:
        ready = [m for m in left if set(m.after) <= done] or left
        found.append([_stop(group, member) for member in ready])
        done |= {member.item_code for member in ready}
        left = [member for member in left if member not in ready]
    return found


def way(group: CaseGroup) -> list[Leg]:
    """The longest way as promised at submission: its days add up to those of the whole."""
    names = {member.item_code: member.case.item_name for member in group.members}
    return [Leg(names.get(code, code), days) for code, days in group.way]


def standing(group: CaseGroup) -> str:
    """draft 草稿, running 办理中, done 全部办成, ended 已结束 (not everything came about)."""
    states = {member.case.state for member in group.members}
    if group.submitted_at is None and State.DRAFT in states:
        return "draft"
    if states & (OPEN | {State.DRAFT, State.WAITING, State.GRANTED}):
        return "running"
    return "done" if states == {State.CLOSED} else "ended"


def counted(group: CaseGroup) -> tuple[int, int]:
    """(how many cases are through, how many there are)."""
    return sum(m.case.state in ENDED for m in group.members), len(group.members)


def _stop(group: CaseGroup, member: GroupMember) -> Stop:
    before: Sequence[Case] = releasing.before(member)
    cause = releasing.failed(member) if member.case.state is State.LAPSED else None
    return Stop(member, tuple(case.item_name for case in before), cause)


def for_staff(work: UnitOfWork, key: str) -> CaseGroup:
    """A group of which a case lies with the actor's department; the lead and the one window see any.

    What was never handed in is nobody's business but the applicant's. Raises Forbidden or NotFound.
    """
    policy.require(work.actor, "case.read")
    found = work.session.scalar(select(CaseGroup).filter_by(key=key))
    if found is None or found.number is None or not _concerns(work, found):
        work.refuse(
            "bundle.denied", found.matter if found else "", person=found.party if found else ""
        )
        raise NotFound
    work.record("bundle.viewed", found.matter, person=found.party)
    return found


def opens(work: UnitOfWork, case: Case) -> bool:
    """Whether the actor's department may open this child: its own, and handed in already."""
    return case.number is not None and matters.lies_with(work, case)


def _concerns(work: UnitOfWork, group: CaseGroup) -> bool:
    mine = work.actor.department
    return mine == group.lead or any(opens(work, member.case) for member in group.members)
