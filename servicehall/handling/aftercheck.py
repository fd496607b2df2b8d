"""Aftercheck (承诺事后核查): what was promised is looked at within the days that were told."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.cases import deadlines, letters, promises
from servicehall.cases.models import Case
from servicehall.cases.promises import PromiseCheck
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library, wallet
from servicehall.notices import outbox
from servicehall.standard.schema import Limit


def open_for(work: UnitOfWork, case: Case) -> None:
    """After a grant: one check for each promise it rests on, where the item told of it."""
    told = case.item.commitment
    for row in case.materials if told else ():
        if told and row.how == "promise":
            due = deadlines.due(work, work.today(), Limit(days=told.check_days))
            work.session.add(
                PromiseCheck(
                    case_id=case.id, material=row.code, state="open", due_on=due, note=None,
                    at=None, repaired_at=None,
                )
            )  # fmt: skip


def waiting(work: UnitOfWork) -> Sequence[PromiseCheck]:
    """The promises that the actor's department has to look at or that are not put right, by day."""
    policy.require(work.actor, "case.decide")
    query = select(PromiseCheck).join(Case).where(
        Case.department == work.actor.department, PromiseCheck.state.in_(("open", "broken"))
    )  # fmt: skip
    return work.session.scalars(query.order_by(PromiseCheck.due_on, PromiseCheck.id)).all()


def many(work: UnitOfWork) -> int:
    """How many promises wait; none for whoever decides nothing."""
    return len(waiting(work)) if policy.may(work.actor, "case.decide") else 0


def kept(work: UnitOfWork, case: Case, material: str) -> PromiseCheck:
    """What was promised is so (核查相符). Raises NotFound or Conflict."""
    found = _one(work, case, material, "open")
    return _settled(work, found, "kept", "")


def broken(
    work: UnitOfWork, case: Case, material: str, *, note: str, revoke: bool, law: str
) -> PromiseCheck:
    """What was promised is not so (承诺不实): told in writing, and the license revoked if *revoke*.

    Raises Invalid without what was found or, to revoke, the law; NotFound or Conflict.
    """
    found = _one(work, case, material, "open")
    if len(note.strip()) < 5:
        raise Invalid(N_("请写明核查发现的情况（至少 5 个字）"), field="note")
    license = wallet.of_case(work, case.number)
    if revoke and license is not None:
        library.revoke(work, license, reason=note, law=law)
    letters.promise_broken(work, case, found.declared.name, note.strip(), revoked=revoke)
    outbox.post(
        work, case.party, case.matter,
        N_("您在办件 %(number)s“%(item)s”中的承诺经核查不实，请查看告知书，改正前再申请的要提交证明"),
        number=case.number, item=case.item_name,
    )  # fmt: skip
    return _settled(work, found, "broken", note.strip())


def repaired(work: UnitOfWork, case: Case, material: str) -> PromiseCheck:
    """What was wrong was put right (已改正): the party may promise again."""
    found = _one(work, case, material, "broken")
    found.repaired_at = work.now()
    return _settled(work, found, "repaired", found.note or "")


def _one(work: UnitOfWork, case: Case, material: str, state: str) -> PromiseCheck:
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    found = next((one for one in promises.of_case(work, case) if one.material == material), None)
    if found is None:
        raise NotFound
    work.hold(found)
    if found.state != state:
        raise Conflict(N_("这项承诺已经有核查结果了，请刷新页面"))
    return found


def _settled(work: UnitOfWork, found: PromiseCheck, state: str, note: str) -> PromiseCheck:
    found.state, found.note = state, note or None
    found.by, found.at = work.actor.id, work.now()
    case = found.case
    work.record(f"promise.{state}", case.matter, person=case.party, material=found.material)
    return found
