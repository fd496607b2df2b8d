"""Retaining (留存): every answered question is kept as it was, as long as a decision can be fought."""

import base64
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from servicehall.evidence import hashtree
from servicehall.evidence.models import Exchange
from servicehall.kernel.work import UnitOfWork
from servicehall.registries.connector import Answer
from servicehall.registries.models import Ground, RegistryCall

# A court takes no suit later than five years after the act (行政诉讼法 第46条).
KEEP = timedelta(days=5 * 366)
AT_ONCE = 200


def keep(work: UnitOfWork, calls: Sequence[RegistryCall], answers: Sequence[Answer]) -> None:
    """Keep question and signed answer beside each call; a registry that was silent said nothing.

    In the transaction that puts the outcome of the calls on record.
    """
    work.session.add_all(
        Exchange(
            call_id=call.id, call=call, request=base64.b64encode(answer.sent).decode(),
            response=answer.said, leaf=hashtree.leaf(answer.sent, answer.said.encode()).hex(),
            kept_at=work.now(), dropped_at=None, batch_id=None, place=None,
        )
        for call, answer in zip(calls, answers, strict=True)
        if answer.said
    )  # fmt: skip


def drop(work: UnitOfWork) -> bool:
    """Forget the originals of grounds that closed long enough ago; hashes and timestamps stay."""
    over = (
        select(Exchange).join(RegistryCall).join(Ground)
        .where(Exchange.dropped_at.is_(None), Ground.closed_at < work.now() - KEEP)
        .order_by(Exchange.id).limit(AT_ONCE)
    )  # fmt: skip
    rows = work.session.scalars(over).all()
    for row in rows:
        row.request, row.response, row.dropped_at = None, None, work.now()
    if rows:
        work.record("evidence.dropped", str(rows[-1].id), number=len(rows))
    return bool(rows)
