"""Rectifying (差评整改): a bad rating is answered at once, and mended or explained in writing.

Who handled the case answers for it (谁办理谁负责, 国办发〔2019〕51号). How long is local; one working
day to answer and fifteen to mend are 演示数据.
"""

import secrets
from collections.abc import Sequence

from sqlalchemy import func, select

from servicehall.cases.models import Case
from servicehall.feedback.models import Rating, Rectification
from servicehall.identity import policy
from servicehall.kernel import workdays
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox

BAD = frozenset({1, 2})  # 不满意, 非常不满意
ANSWER_DAYS, MEND_DAYS = 1, 15  # working days
LEAST = 5  # characters
PENDING = ("open", "answered")
STATES = {
    "open": N_("待回应"), "answered": N_("已回应，待整改"), "mended": N_("已整改"),
    "explained": N_("已说明"),
}  # fmt: skip


def open_for(work: UnitOfWork, case: Case, rating: Rating) -> Rectification:
    """A bad rating was given: the department that decided has to answer it."""
    today = work.today()
    row = Rectification(
        key=secrets.token_urlsafe(12), case_id=case.id, rating_id=rating.id,
        department=case.department, opened_at=work.now(), state="open",
        answer_by=workdays.due(work.session, today, ANSWER_DAYS),
        mend_by=workdays.due(work.session, today, MEND_DAYS),
        answer=None, answered_at=None, result=None, ended_at=None,
    )  # fmt: skip
    work.session.add(row)
    return row


def of(work: UnitOfWork, case: Case) -> Rectification | None:
    """What is done about the bad rating of *case*, if it got one."""
    return work.session.scalar(select(Rectification).where(Rectification.case_id == case.id))


def waiting(work: UnitOfWork) -> int:
    """How many bad ratings wait for the actor's department."""
    mine = Rectification.department == work.actor.department
    query = select(func.count()).where(mine, Rectification.state.in_(PENDING))
    return work.session.scalar(query) or 0


def to_do(work: UnitOfWork) -> Sequence[Rectification]:
    """Bad ratings of the actor's department that are not mended, the soonest due first."""
    policy.require(work.actor, "rating.answer")
    mine = Rectification.department == work.actor.department
    query = select(Rectification).where(mine, Rectification.state.in_(PENDING))
    return work.session.scalars(query.order_by(Rectification.mend_by, Rectification.id)).all()


def done(work: UnitOfWork, most: int = 50) -> Sequence[Rectification]:
    """What was mended or explained lately, newest first."""
    policy.require(work.actor, "rating.answer")
    mine = Rectification.department == work.actor.department
    query = select(Rectification).where(mine, Rectification.state.not_in(PENDING))
    return work.session.scalars(query.order_by(Rectification.ended_at.desc()).limit(most)).all()


def of_desk(work: UnitOfWork, key: str) -> Rectification:
    """One that lies with the actor's department. Raises NotFound, also for another's."""
    policy.require(work.actor, "rating.answer")
    found = work.session.scalar(select(Rectification).where(Rectification.key == key))
    if found is None or found.department != work.actor.department:
        raise NotFound
    return found


def look(work: UnitOfWork, row: Rectification) -> None:
    """Put on record that the actor read what the party wrote (查看留痕)."""
    work.record("rating.viewed", row.case.matter, person=row.case.party)


def answer(work: UnitOfWork, row: Rectification, words: str) -> None:
    """Tell the party what will be done (回应). Raises Invalid, or Conflict once it was answered."""
    said = _held(work, row, words, "answer")
    if row.state != "open":
        raise Conflict(N_("这条差评已经回应过了"))
    row.state, row.answer, row.answered_at, row.by = "answered", said, work.now(), work.actor.id
    _tell(work, row, "rating.answered", N_("您对办件 %(number)s 的评价，部门已回应"))


def mend(work: UnitOfWork, row: Rectification, words: str, *, mended: bool) -> None:
    """What was mended (整改), or why there is nothing to mend (说明), in writing; ends it.

    Raises Invalid, or Conflict before it was answered or once it has ended.
    """
    said = _held(work, row, words, "result")
    if row.state != "answered":
        raise Conflict(
            N_("请先回应，再填写整改结果") if row.state == "open" else N_("这条差评已经处理完了")
        )
    row.state, row.result = "mended" if mended else "explained", said
    row.ended_at, row.by = work.now(), work.actor.id
    _tell(
        work,
        row,
        f"rating.{row.state}",
        N_("您对办件 %(number)s 的评价，部门已处理完毕，请查看结果"),
    )


def _held(work: UnitOfWork, row: Rectification, words: str, field: str) -> str:
    policy.require(work.actor, "rating.answer")
    policy.require_department(work.actor, frozenset({row.department}))
    work.hold(row)
    said = words.strip()
    if len(said) < LEAST:
        raise Invalid(N_("请写明情况（至少 5 个字），当事人会看到"), field=field)
    return said[:1000]


def _tell(work: UnitOfWork, row: Rectification, act: str, text: str) -> None:
    work.record(act, row.case.matter, person=row.case.party)
    outbox.post(work, row.case.party, row.case.matter, text, number=row.case.number)
