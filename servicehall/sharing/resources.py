"""Resources (目录发布): the catalogue in force, and the declared resources put into it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import rfc8785
from sqlalchemy import select

from servicehall.identity import policy
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.models import Resource
from servicehall.sharing.terms import Dataset, to_body


def declare(work: UnitOfWork, datasets: Iterable[Dataset] = DATASETS.values()) -> int:
    """Publish every declared resource whose words are new, by digest; how many (随部署发布).

    One that its steward withdrew stays withdrawn until its words change.
    """
    policy.require(work.actor, "resource.load")
    known = {row.code: row for row in work.session.scalars(select(Resource))}
    made = 0
    for dataset in datasets:
        body = to_body(dataset)
        digest = sha256(rfc8785.dumps(body)).hexdigest()
        row = known.get(dataset.code)
        if row is not None and row.digest == digest:
            continue
        row = row or Resource(code=dataset.code)
        row.number, row.provider, row.body = dataset.number, dataset.provider, body
        row.state, row.origin, row.digest = "published", "declared", digest
        row.saved_at = row.published_at = work.now()
        row.saved_by = work.actor.id
        work.session.add(row)
        work.record("resource.published", dataset.code, digest=digest)
        made += 1
    return made


def published(work: UnitOfWork) -> list[Dataset]:
    """Every resource in force, by its resource code."""
    query = select(Resource).where(Resource.state == "published").order_by(Resource.number)
    return [row.dataset for row in work.session.scalars(query)]


def one(work: UnitOfWork, code: str) -> Resource:
    """The resource in force with this code. Raises NotFound."""
    found = work.session.scalar(select(Resource).filter_by(code=code, state="published"))
    if found is None:
        raise NotFound
    return found


def of_provider(work: UnitOfWork) -> Sequence[Resource]:
    """Every resource the actor's department answers for, drafts and withdrawn ones too."""
    policy.require(work.actor, "resource.edit")
    query = select(Resource).where(Resource.provider == work.actor.department)
    return work.session.scalars(query.order_by(Resource.number)).all()
