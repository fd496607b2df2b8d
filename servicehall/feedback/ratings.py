"""Ratings (好差评): one a case, any grade, kept as given (GB/T 39734-2020)."""

from sqlalchemy import func, select

from servicehall.cases.models import Case
from servicehall.cases.states import ENDED, State
from servicehall.feedback import rectifying
from servicehall.feedback.models import Rating
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

GRADES = {
    5: N_("非常满意"),
    4: N_("满意"),
    3: N_("基本满意"),
    2: N_("不满意"),
    1: N_("非常不满意"),
}


def rate(work: UnitOfWork, case: Case, grade: int, words: str) -> Rating:
    """Rate a case that the office ended (评价), once. Raises Invalid or Conflict.

    A bad one (不满意, 非常不满意) is for the department to answer and to mend (``rectifying``).
    """
    policy.require_party(work.actor, case.party)
    if grade not in GRADES:
        raise Invalid(N_("请选择一个评价等级"), field="grade")
    if case.state not in ENDED - {State.WITHDRAWN}:
        raise Conflict(N_("办结之后才能评价"))
    if of(work, case):
        raise Conflict(N_("这件事已经评价过了，感谢您"))
    rating = Rating(case_id=case.id, grade=grade, words=words.strip()[:500], at=work.now())
    work.session.add(rating)
    if grade in rectifying.BAD:
        work.session.flush()
        rectifying.open_for(work, case, rating)
    work.record("case.rated", case.matter, person=case.party, grade=grade)
    return rating


def of(work: UnitOfWork, case: Case) -> Rating | None:
    """The rating of *case*, if it was given."""
    return work.session.scalar(select(Rating).where(Rating.case_id == case.id))


def counts(work: UnitOfWork) -> dict[int, int]:
    """How often each grade was given; every rating counts."""
    rows = work.session.execute(select(Rating.grade, func.count()).group_by(Rating.grade))
    given = dict(rows.all())
    return {grade: given.get(grade, 0) for grade in GRADES}
