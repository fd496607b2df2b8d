"""Responding (反馈、申诉): what the department says to a card."""

from collections.abc import Sequence

from sqlalchemy import func, select

from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.monitoring.carding import step
from servicehall.monitoring.models import Card

LEAST = 5  # characters
STATES = {
    "raised": N_("待反馈"), "answered": N_("已反馈，待确认"), "appealed": N_("申诉中"),
    "withdrawn": N_("已撤牌"), "closed": N_("已办结"),
}  # fmt: skip
ACTS = {
    "raised": N_("发牌"), "answered": N_("部门反馈"), "appealed": N_("部门申诉"),
    "worsened": N_("逾期未反馈，升级"), "returned": N_("退回，请重新反馈"),
    "upheld": N_("申诉不成立，维持"), "withdrawn": N_("撤牌"), "closed": N_("确认办结"),
    "lifted": N_("已经办理，自动消除"),
}  # fmt: skip
STANDING = ("raised", "answered", "appealed")


def waiting(work: UnitOfWork) -> int:
    """How many cards wait for an answer of the actor's department; prompts are among them."""
    mine = Card.department == work.actor.department
    return work.session.scalar(select(func.count()).where(mine, Card.state == "raised")) or 0


def own(work: UnitOfWork) -> Sequence[Card]:
    """Cards of the actor's department that stand, the gravest first."""
    policy.require(work.actor, "card.answer")
    mine = Card.department == work.actor.department
    query = select(Card).where(mine, Card.state.in_(STANDING))
    return work.session.scalars(query.order_by(Card.grade.desc(), Card.due_on, Card.id)).all()


def ended(work: UnitOfWork, most: int = 50) -> Sequence[Card]:
    """Cards of the actor's department that ended lately."""
    policy.require(work.actor, "card.answer")
    mine = Card.department == work.actor.department
    query = select(Card).where(mine, Card.state.not_in(STANDING))
    return work.session.scalars(query.order_by(Card.ended_at.desc()).limit(most)).all()


def of_desk(work: UnitOfWork, key: str) -> Card:
    """A card of the actor's department. Raises NotFound, also for another's."""
    policy.require(work.actor, "card.answer")
    found = by_key(work, key)
    if found.department != work.actor.department:
        raise NotFound
    return found


def by_key(work: UnitOfWork, key: str) -> Card:
    """Raises NotFound."""
    found = work.session.scalar(select(Card).where(Card.key == key))
    if found is None:
        raise NotFound
    return found


def answer(work: UnitOfWork, card: Card, words: str) -> None:
    """Say what happened and what was done about it (反馈). Raises Invalid, Conflict."""
    _say(work, card, "answered", words)


def appeal(work: UnitOfWork, card: Card, words: str) -> None:
    """Say why the card should be withdrawn (申诉). Raises Invalid, Conflict."""
    _say(work, card, "appealed", words)


def _say(work: UnitOfWork, card: Card, state: str, words: str) -> None:
    policy.require(work.actor, "card.answer")
    policy.require_department(work.actor, frozenset({card.department}))
    said = held(work, card, words, "raised")
    card.state = state
    step(work, card, state, said)


def held(work: UnitOfWork, card: Card, words: str, *states: str) -> str:
    """Hold *card* while it is in one of *states*; what is said about it. Raises Invalid, Conflict."""
    work.hold(card)
    if card.state not in states:
        raise Conflict(N_("这张监察牌的状态已经改变，请刷新页面"))
    said = words.strip()
    if len(said) < LEAST:
        raise Invalid(N_("请写明情况和理由（至少 5 个字）"), field="words")
    return said[:1000]
