"""Carding (发牌): a finding becomes a card once; what nobody answers becomes graver (the worker)."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from servicehall.kernel import serials, workdays
from servicehall.kernel.work import UnitOfWork
from servicehall.monitoring import detecting
from servicehall.monitoring.detecting import Finding
from servicehall.monitoring.models import Card, CardStep, Watch
from servicehall.monitoring.signals import ANSWER_DAYS, PROMPT, RED, SIGNALS

EVERY = timedelta(minutes=10)  # between two rounds
MOST = 100


def watch(work: UnitOfWork) -> bool:
    """One round, if it is time: cards for what the record and the dates say, and what becomes of
    those that stand. Whether there may be more to do at once."""
    progress = work.session.get(Watch, 1)
    if progress and work.now() - progress.at < EVERY:
        return False
    progress = _held(work, progress)
    found, progress.entry = detecting.by_record(work, progress.entry)
    found += detecting.by_date(work)
    for finding in found:
        raise_card(work, finding)
    done = len(found) + _lift(work) + _worsen(work)
    if len(found) < detecting.MOST:  # otherwise there may be more, and the next round comes at once
        progress.at = work.now()
    work.record("cards.watched", "monitoring", done=done)
    return done > 0


def raise_card(work: UnitOfWork, finding: Finding) -> Card:
    """Put a card before the department that must answer; a prompt asks for no answer."""
    signal, today = SIGNALS[finding.signal], work.today()
    serial = serials.take(work.session, f"card:{today:%Y%m%d}")
    asks = signal.grade != PROMPT
    card = Card(
        key=secrets.token_urlsafe(12), number=f"JC{today:%Y%m%d}{serial:06}", signal=signal.id,
        occasion=finding.occasion, grade=signal.grade, case_number=finding.case.number or "",
        item_name=finding.case.item_name, department=finding.department, raised_at=work.now(),
        due_on=workdays.due(work.session, today, ANSWER_DAYS) if asks else None,
        state="raised", ended_at=None,
    )  # fmt: skip
    work.session.add(card)
    step(work, card, "raised")
    return card


def step(work: UnitOfWork, card: Card, act: str, words: str = "") -> None:
    """Write down what was done about *card*, here and on the record."""
    card.steps.append(CardStep(at=work.now(), by=work.actor.id, act=act, words=words))
    work.record(f"card.{act}", card.number, signal=card.signal, grade=card.grade)


def _held(work: UnitOfWork, progress: Watch | None) -> Watch:
    """The one row that says how far the watching has come, so that one worker watches at a time."""
    if progress is None:
        progress = Watch(id=1, entry=0, at=work.now() - EVERY)
        work.session.add(progress)
        work.session.flush()
    work.hold(progress)
    return progress


def _lift(work: UnitOfWork) -> int:
    """Prompts end by themselves once the step was done."""
    past = detecting.past_prompts(work)
    for card in past:
        card.state, card.ended_at = "closed", work.now()
        step(work, card, "lifted")
    return len(past)


def _worsen(work: UnitOfWork) -> int:
    """A card nobody answered in time becomes one grade graver, and is due anew; red stays red."""
    late = select(Card).where(Card.state == "raised", Card.due_on < work.today()).limit(MOST)
    cards = work.session.scalars(late).all()
    for card in cards:
        card.grade = min(card.grade + 1, RED)
        card.due_on = workdays.due(work.session, work.today(), ANSWER_DAYS)
        step(work, card, "worsened")
    return len(cards)
