"""Open data (开放数据): the whole published item list, one wording a line."""

import json
from collections.abc import Iterator

from sqlalchemy import select

from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.kernel.work import UnitOfWork


def lines(work: UnitOfWork) -> Iterator[str]:
    """JSON Lines of every item in use, in the order of codes, as it was published."""
    query = (
        select(ItemRevision.body)
        .join(ItemEntry, ItemEntry.current_id == ItemRevision.id)
        .where(ItemEntry.state == "in_use")
        .order_by(ItemEntry.code)
    )
    for body in work.session.scalars(query):
        yield json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n"
