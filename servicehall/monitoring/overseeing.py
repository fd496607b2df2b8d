"""Overseeing (监察处理): the supervisor confirms an answer, returns it, withdraws or upholds a card."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from servicehall.identity import policy
from servicehall.identity.models import Department
from servicehall.kernel import workdays
from servicehall.kernel.work import UnitOfWork
from servicehall.monitoring.carding import step
from servicehall.monitoring.models import Card
from servicehall.monitoring.responding import STANDING, by_key, held
from servicehall.monitoring.signals import ANSWER_DAYS, PROMPT, RED, YELLOW

PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """The cards of one department that stand, by grade, and how many ended."""

    department: str
    prompts: int
    yellow: int
    red: int
    ended: int


def cards(
    work: UnitOfWork, *, state: str = "", grade: int = 0, department: str = "", before: int = 0
) -> Sequence[Card]:
    """One page of cards, the newest first, before row *before* (0: the end)."""
    policy.require(work.actor, "card.judge")
    query = select(Card).order_by(Card.id.desc()).limit(PAGE)
    for column, wanted in ((Card.state, state), (Card.grade, grade), (Card.department, department)):
        if wanted:
            query = query.where(column == wanted)
    if before:
        query = query.where(Card.id < before)
    return work.session.scalars(query).all()


def of_board(work: UnitOfWork, key: str) -> Card:
    """Any card. Raises NotFound."""
    policy.require(work.actor, "card.judge")
    return by_key(work, key)


def to_judge(work: UnitOfWork) -> int:
    """How many answers and appeals wait for the supervisor."""
    policy.require(work.actor, "card.judge")
    waits = Card.state.in_(("answered", "appealed"))
    return work.session.scalar(select(func.count()).where(waits)) or 0


def departments(work: UnitOfWork) -> list[Row]:
    """The figures of every department that ever got a card."""
    policy.require(work.actor, "card.judge")
    stands = Card.state.in_(STANDING)
    query = (
        select(
            Department.name,
            func.count().filter(stands, Card.grade == PROMPT),
            func.count().filter(stands, Card.grade == YELLOW),
            func.count().filter(stands, Card.grade == RED),
            func.count().filter(~stands),
        )
        .join(Card, Card.department == Department.code)
        .group_by(Department.name)
        .order_by(Department.name)
    )
    return [Row(*row) for row in work.session.execute(query).all()]


def close(work: UnitOfWork, card: Card, words: str) -> None:
    """The answer is enough (确认办结). Raises Invalid, Conflict."""
    _judge(work, card, "closed", words, "answered")


def withdraw(work: UnitOfWork, card: Card, words: str) -> None:
    """The card was wrong (撤牌): an appeal holds, or nobody is to blame. Raises Invalid, Conflict."""
    _judge(work, card, "withdrawn", words, *STANDING)


def uphold(work: UnitOfWork, card: Card, words: str) -> None:
    """The appeal does not hold (维持): to be answered anew. Raises Invalid, Conflict."""
    _judge(work, card, "upheld", words, "appealed")


def send_back(work: UnitOfWork, card: Card, words: str) -> None:
    """The answer is not enough (退回): to be answered anew. Raises Invalid, Conflict."""
    _judge(work, card, "returned", words, "answered")


def _judge(work: UnitOfWork, card: Card, act: str, words: str, *states: str) -> None:
    policy.require(work.actor, "card.judge")
    said = held(work, card, words, *states)
    if act in ("closed", "withdrawn"):
        card.state, card.ended_at = act, work.now()
    else:
        card.state = "raised"
        card.due_on = workdays.due(work.session, work.today(), ANSWER_DAYS)
    step(work, card, act, said)
