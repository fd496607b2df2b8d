"""Conflicts (数据冲突): the department that answers for a register corrects, explains or passes on."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from servicehall.identity import policy
from servicehall.kernel import workdays
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.quality.contrasting import ANSWER_DAYS
from servicehall.quality.models import DataConflict, Measure
from servicehall.sharing.datasets import DATASETS

MOST = 500
STATES: Final = {
    "open": N_("待核查"), "corrected": N_("已更正"), "explained": N_("已说明"),
    "resolved": N_("已消除"),
}  # fmt: skip


def to_answer(work: UnitOfWork, most: int = 200) -> Sequence[DataConflict]:
    """What waits for the actor's department, the soonest due first."""
    policy.require(work.actor, "quality.settle")
    query = select(DataConflict).filter_by(owner=work.actor.department, state="open")
    ordered = query.order_by(DataConflict.due_on, DataConflict.id)
    return work.session.scalars(ordered.limit(most)).all()


def waiting(work: UnitOfWork) -> int:
    """How many conflicts wait for the actor's department."""
    query = select(func.count()).select_from(DataConflict)
    mine = query.filter_by(owner=work.actor.department, state="open")
    return work.session.scalar(mine) or 0


def answered(work: UnitOfWork, most: int = 50) -> Sequence[DataConflict]:
    """What the actor's department answered, or was found resolved, newest first."""
    policy.require(work.actor, "quality.settle")
    query = select(DataConflict).where(
        DataConflict.owner == work.actor.department, DataConflict.state != "open"
    )
    return work.session.scalars(query.order_by(DataConflict.answered_at.desc()).limit(most)).all()


def of_desk(work: UnitOfWork, key: str) -> DataConflict:
    """A conflict that lies with the actor's department. Raises NotFound, also for another's."""
    policy.require(work.actor, "quality.settle")
    found = work.session.scalar(select(DataConflict).filter_by(key=key))
    if found is None or found.owner != work.actor.department:
        raise NotFound
    return found


def look(work: UnitOfWork, conflict: DataConflict) -> None:
    """Put on record that the actor looked at its values (查看留痕)."""
    work.record("quality.viewed", conflict.key, resource=conflict.resource)


def settle(work: UnitOfWork, conflict: DataConflict, *, corrected: bool, answer: str) -> None:
    """The register was corrected (已更正), or it stands and why (已说明).

    What is said to be corrected and is not is found again by the next comparison. Raises Invalid
    without words, Conflict once it is answered.
    """
    words = _answering(work, conflict, answer)
    conflict.state, conflict.slot = ("corrected" if corrected else "explained"), None
    conflict.answer, conflict.answered_at = words, work.now()
    conflict.answered_by = work.actor.id
    work.record("quality.settled", conflict.key, state=conflict.state, resource=conflict.resource)


def pass_on(work: UnitOfWork, conflict: DataConflict, *, reason: str) -> None:
    """The register is right and the base library wrong (转基础库核查): its department answers now.

    Its ten working days begin today. Raises Conflict where it already lies there.
    """
    words = _answering(work, conflict, reason)
    base = DATASETS[conflict.base].provider
    if conflict.owner == base:
        raise Conflict(N_("这件冲突已经转到基础库的部门，请更正或说明"))
    conflict.owner, conflict.passed = base, words
    conflict.due_on = workdays.due(work.session, work.today(), ANSWER_DAYS)
    work.record("quality.passed_on", conflict.key, resource=conflict.resource, base=conflict.base)


def latest(work: UnitOfWork) -> dict[str, Measure]:
    """Resource → its figures at the last comparison."""
    newest = select(func.max(Measure.id)).group_by(Measure.resource)
    query = select(Measure).where(Measure.id.in_(newest)).order_by(Measure.resource)
    return {row.resource: row for row in work.session.scalars(query)}


def history(work: UnitOfWork, resource: str, most: int = 12) -> Sequence[Measure]:
    """The figures of *resource* at the last comparisons, oldest first."""
    query = select(Measure).filter_by(resource=resource).order_by(Measure.id.desc())
    return work.session.scalars(query.limit(most)).all()[::-1]


def standing(work: UnitOfWork) -> dict[str, int]:
    """Resource → how many of its conflicts are still open."""
    counted = select(DataConflict.resource, func.count()).filter_by(state="open")
    return dict(work.session.execute(counted.group_by(DataConflict.resource)).all())


def _answering(work: UnitOfWork, conflict: DataConflict, text: str) -> str:
    of_desk(work, conflict.key)
    work.hold(conflict)
    words = " ".join(text.split())
    if conflict.state != "open":
        raise Conflict(N_("这件冲突已经答复或已经消除"))
    if len(words) < 5:
        raise Invalid(N_("请写明核查情况和理由（至少 5 个字）"), field="answer")
    if len(words) > MOST:
        raise Invalid(N_("请不要超过 %(most)d 个字"), field="answer", most=MOST)
    return words
