"""Batching (批量时间戳): one timestamp a minute covers every exchange kept since the last."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from servicehall.evidence import hashtree
from servicehall.evidence.models import Exchange, TimestampBatch
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

PAUSE = timedelta(seconds=60)
MOST = 1024


@dataclass(frozen=True, slots=True)
class Waiting:
    """Exchanges without a timestamp: their numbers, and the root over their leaves."""

    numbers: tuple[int, ...]
    root: bytes


def due(work: UnitOfWork) -> Waiting | None:
    """What is to be stamped now: all that waits, once the oldest has for a minute or many do."""
    query = (
        select(Exchange.id, Exchange.leaf, Exchange.kept_at)
        .where(Exchange.batch_id.is_(None)).order_by(Exchange.id).limit(MOST)
    )  # fmt: skip
    rows = work.session.execute(query).all()
    if not rows or (len(rows) < MOST and work.now() - rows[0].kept_at < PAUSE):
        return None
    leaves = [bytes.fromhex(row.leaf) for row in rows]
    return Waiting(tuple(row.id for row in rows), hashtree.root(leaves))


def stamped(work: UnitOfWork, waiting: Waiting, token: bytes) -> TimestampBatch:
    """Put *token* on record as the timestamp of what was *waiting*.

    Raises Conflict where another worker was quicker; nothing is lost, this token is not needed.
    """
    batch = TimestampBatch(
        at=work.now(), size=len(waiting.numbers), root=waiting.root.hex(),
        token=base64.b64encode(token).decode(),
    )  # fmt: skip
    work.session.add(batch)
    work.session.flush()  # from here on writers wait for each other
    rows = _free(work, waiting)
    if len(rows) != len(waiting.numbers):
        raise Conflict(N_("这一批已经加盖了时间戳"))
    for place, row in enumerate(rows):
        row.batch_id, row.place = batch.id, place
    work.record("evidence.stamped", str(batch.id), number=batch.size, root=batch.root)
    return batch


def _free(work: UnitOfWork, waiting: Waiting) -> Sequence[Exchange]:
    query = select(Exchange).where(
        Exchange.id.in_(waiting.numbers), Exchange.batch_id.is_(None)
    )  # fmt: skip
    return work.session.scalars(query.order_by(Exchange.id).with_for_update(of=Exchange)).all()
