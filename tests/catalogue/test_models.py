"""The tables of the catalogue."""

import pytest
from sqlalchemy.exc import IntegrityError

from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.catalogue.publishing import publish, wording


def test_a_revision_gives_back_the_item_as_it_was(work, items):
    publish(work, items)
    for item in items:
        revision = work.session.query(ItemRevision).filter_by(code=item.code).one()
        assert revision.item == item
        assert revision.item is revision.item


def test_one_wording_of_one_code_is_kept_once(work, items):
    digest, body = wording(items[0])
    for _ in range(2):
        work.session.add(
            ItemRevision(code=items[0].code, digest=digest, body=body, published_at=work.now())
        )
    with pytest.raises(IntegrityError):
        work.session.flush()


def test_one_code_has_one_entry(work, items):
    publish(work, items)
    row = work.session.query(ItemEntry).first()
    columns = {c.key: getattr(row, c.key) for c in ItemEntry.__table__.columns if c.key != "id"}
    work.session.add(ItemEntry(**columns))
    with pytest.raises(IntegrityError):
        work.session.flush()
