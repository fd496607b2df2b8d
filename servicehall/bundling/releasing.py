"""Releasing (前置办成后自动提交): a case that waited is handed in by the hall, or ends with its cause."""

from collections.abc import Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from servicehall.applying import answering, intake
from servicehall.bundling import grouping
from servicehall.bundling.models import GroupMember
from servicehall.cases import prefill
from servicehall.cases.models import Case
from servicehall.cases.states import ENDED, State, after
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox


def move_one(work: UnitOfWork, tried: set[int]) -> bool:
    """One waiting case that is not among *tried* (row numbers), moved on if it may be.

    Registries and the license library are asked anew first: what the item before it made is taken
    from there, never asked from the applicant. The questions are durable before the network.
    """
    for member in _waiting(work, tried):
        tried.add(member.case_id)
        if cause := failed(member):
            work.hold(member.case)
            grouping.lapse(work, member, cause)
            return True
        if is_ready(member):
            _release(work, member)
            return True
    return False


def before(member: GroupMember) -> list[Case]:
    """The cases that *member* waits for."""
    return [one.case for one in member.group.members if one.item_code in member.after]


def failed(member: GroupMember) -> Case | None:
    """A case before *member* that ended without its result, if there is one."""
    return next((c for c in before(member) if c.state in ENDED - {State.CLOSED}), None)


def is_ready(member: GroupMember) -> bool:
    """Whether every item before it is done and its result made."""
    return all(case.state is State.CLOSED for case in before(member))


def _waiting(work: UnitOfWork, tried: set[int]) -> Iterator[GroupMember]:
    """Nothing moves before something beside it has ended: those groups alone are read."""
    beside, theirs = aliased(GroupMember), aliased(Case)
    ended = exists().where(
        beside.group_id == GroupMember.group_id, theirs.id == beside.case_id,
        theirs.state.in_(ENDED),
    )  # fmt: skip
    query = select(GroupMember).join(Case).where(Case.state == State.WAITING, ended)
    for member in work.session.scalars(query.order_by(GroupMember.id)).all():
        if member.case_id not in tried:
            yield member


def _release(work: UnitOfWork, member: GroupMember) -> None:
    case = member.case
    calls = prefill.plan_anew(work, case)
    work.commit()
    prefill.fetch(work, case, calls)
    if case.state is not State.WAITING:  # taken back meanwhile
        return
    _take_newest(work, case)
    if gaps := answering.gaps(case, today=work.today()):
        _give_back(work, case, len(gaps))
        return
    intake.hand_in(work, case, key=f"{member.group.submit_key}:{member.item_code}")


def _take_newest(work: UnitOfWork, case: Case) -> None:
    """What a license replaces is replaced by the newest of its kind: that of the item before."""
    for row in case.materials:
        if row.how == "license":
            row.how, row.evidence = "pending", {}
    prefill.supply(work, case)


def _give_back(work: UnitOfWork, case: Case, gaps: int) -> None:
    """Something is missing after all: the applicant completes it and hands it in alone."""
    case.state, case.bundle = after(case.state, "reopen"), ""
    work.record("case.reopened", case.matter, person=case.party, gaps=gaps)
    outbox.post(
        work, case.party, case.matter,
        N_("“%(item)s”可以提交了，但还缺内容，请补齐后提交"), item=case.item_name,
    )  # fmt: skip
