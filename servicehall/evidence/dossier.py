"""Dossier (证据文件): a case's exchanges in one file that anybody can check without the hall."""

from collections.abc import Sequence

import rfc8785
from sqlalchemy import select

from servicehall.evidence import hashtree
from servicehall.evidence.judging import TYPE, VERSION
from servicehall.evidence.models import Exchange, TimestampBatch
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.registries import grounds
from servicehall.registries.models import RegistryCall


def of_matter(work: UnitOfWork, matter: str) -> bytes:
    """The file of *matter*, canonical JSON; that it was taken is put on record.

    Raises NotFound where nothing is kept, Conflict while something waits for its timestamp.
    """
    ground = grounds.of(work, matter)
    rows = work.session.scalars(
        select(Exchange).join(RegistryCall)
        .where(RegistryCall.ground_id == ground.id, Exchange.dropped_at.is_(None))
        .order_by(Exchange.id)
    ).all()  # fmt: skip
    if not rows:
        raise NotFound
    if any(row.batch_id is None for row in rows):
        raise Conflict(N_("刚查到的数据还没有加盖时间戳，请一分钟后再下载"))
    work.record("evidence.exported", matter, person=ground.party, number=len(rows))
    return _file(work, rows)


def is_kept(work: UnitOfWork, matter: str) -> bool:
    """Whether there is a file of *matter* to take."""
    query = (
        select(Exchange.id).join(RegistryCall)
        .where(RegistryCall.ground_id == grounds.of(work, matter).id, Exchange.dropped_at.is_(None))
        .limit(1)
    )  # fmt: skip
    return work.session.scalar(query) is not None


def _file(work: UnitOfWork, rows: Sequence[Exchange]) -> bytes:
    batches = {row.batch_id: row.batch for row in rows if row.batch}
    leaves = {number: _leaves(work, batch) for number, batch in batches.items()}
    order = list(batches)
    return rfc8785.dumps(
        {
            "type": TYPE,
            "version": VERSION,
            "exchanges": [
                {
                    "request": row.request, "response": row.response,
                    "batch": order.index(row.batch_id), "place": row.place,
                    "path": [p.hex() for p in hashtree.path(leaves[row.batch_id], row.place or 0)],
                }
                for row in rows
            ],
            "batches": [
                {"size": b.size, "root": b.root, "token": b.token} for b in batches.values()
            ],
        }
    )  # fmt: skip


def _leaves(work: UnitOfWork, batch: TimestampBatch) -> list[bytes]:
    """The leaves of *batch* in their order."""
    query = select(Exchange.leaf).filter_by(batch_id=batch.id).order_by(Exchange.place)
    return [bytes.fromhex(text) for text in work.session.scalars(query)]
