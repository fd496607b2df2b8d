"""Exchanges (证据自检): what registries said is kept whole, and every timestamp holds (fsck)."""

import base64
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select

from servicehall.evidence import hashtree
from servicehall.evidence.models import Exchange, TimestampBatch
from servicehall.kernel.errors import HallError
from servicehall.kernel.work import UnitOfWork
from servicehall.registries import protocol
from servicehall.registries.models import RegistryCall
from servicehall.signing import timestamps
from servicehall.signing.stamper import Stamper


def breaches(work: UnitOfWork) -> Iterator[str]:
    """Each answer that is not kept, or not as it was, and each timestamp that does not hold."""
    yield from _missing(work)
    for number in work.session.scalars(select(Exchange.id).order_by(Exchange.id)).all():
        try:
            row = work.session.get_one(Exchange, number)
        except (InvalidTag, ValueError):
            yield f"exchange row {number} cannot be read: it was not written by this hall"
            continue
        if row.dropped_at is None and not _is_whole(row):
            yield f"exchange of call {row.call.key} is not what was asked and answered"
    anchors = work.use(Stamper).anchors()
    for batch in work.session.scalars(select(TimestampBatch).order_by(TimestampBatch.id)):
        if told := _wrong(work, batch, anchors):
            yield f"timestamp batch {batch.id}: {told}"


def _missing(work: UnitOfWork) -> Iterator[str]:
    """Calls that were answered and have no exchange; older ones were made before any was kept."""
    first = select(func.min(Exchange.call_id)).scalar_subquery()
    query = (
        select(RegistryCall.key).outerjoin(Exchange, Exchange.call_id == RegistryCall.id)
        .where(RegistryCall.response_hash != "", Exchange.id.is_(None), RegistryCall.id > first)
    )  # fmt: skip
    yield from (
        f"call {key} was answered and nothing is kept" for key in work.session.scalars(query)
    )


def _is_whole(row: Exchange) -> bool:
    request, response = base64.b64decode(row.request or ""), (row.response or "").encode()
    told = (protocol.digest(protocol.body_of(request)), protocol.digest(response))
    kept = hashtree.leaf(request, response).hex()
    return told == (row.call.request_hash, row.call.response_hash) and kept == row.leaf


def _wrong(work: UnitOfWork, batch: TimestampBatch, anchors: tuple[bytes, ...]) -> str:
    """What is wrong with *batch*, if anything."""
    query = select(Exchange.leaf).filter_by(batch_id=batch.id).order_by(Exchange.place)
    leaves = [bytes.fromhex(text) for text in work.session.scalars(query)]
    root = hashtree.root(leaves)
    if (len(leaves), root.hex()) != (batch.size, batch.root):
        return "it does not hold the exchanges it was made over"
    try:
        timestamps.verified(base64.b64decode(batch.token), root, anchors)
    except HallError as error:
        return str(error)
    return ""
