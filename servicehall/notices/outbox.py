"""Outbox (发件箱): a notice is kept in the same transaction and carried once that is durable."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from servicehall.kernel.errors import HallError
from servicehall.kernel.work import UnitOfWork
from servicehall.notices.models import Notice
from servicehall.notices.notifier import Notifier


def post(work: UnitOfWork, party: str, matter: str, text: str, **params: Any) -> None:
    """Tell *party* about *matter*; *text* is marked with ``N_``."""
    work.session.add(
        Notice(
            party=party, matter=matter, text=text, params=params, at=work.now(), sent_at=None,
            read_at=None,
        )
    )  # fmt: skip


def carry(work: UnitOfWork, most: int = 100) -> int:
    """Carry what waits; what cannot be carried waits, behind what was tried less."""
    waiting = work.session.scalars(
        select(Notice).where(Notice.sent_at.is_(None)).order_by(Notice.tries, Notice.id).limit(most)
    ).all()
    carried = 0
    for notice in waiting:
        notice.tries += 1
        try:
            text = notice.text % notice.params
            work.use(Notifier).send(f"notice-{notice.id}", notice.party, text)
        except (HallError, KeyError, TypeError, ValueError):  # one bad notice stops no other
            continue
        notice.sent_at = work.now()
        carried += 1
    if waiting:
        work.record("notices.carried", "outbox", carried=carried, waiting=len(waiting) - carried)
    return carried


def inbox(work: UnitOfWork, most: int = 50) -> Sequence[Notice]:
    """The newest notices of the actor's party (我的消息)."""
    return work.session.scalars(
        select(Notice)
        .where(Notice.party == work.actor.party)
        .order_by(Notice.id.desc())
        .limit(most)
    ).all()


def unread(work: UnitOfWork) -> int:
    """How many notices the actor's party has not seen."""
    query = select(func.count()).select_from(Notice)
    query = query.where(Notice.party == work.actor.party, Notice.read_at.is_(None))
    return work.session.scalar(query) or 0


def read(work: UnitOfWork) -> None:
    """Everything in the inbox has been seen."""
    for notice in inbox(work):
        notice.read_at = notice.read_at or work.now()
    work.record("notices.read", work.actor.party, person=work.actor.party)
