"""Publishing: idempotent by content, immutable, on record."""

import pytest
from sqlalchemy import select

from servicehall.catalogue.items import current
from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.catalogue.publishing import mark, publish, rebuild, wording
from servicehall.feeds import importing
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Invalid, NotFound
from tests.catalogue.conftest import ROOT


def acts(work):
    return work.session.execute(select(AuditEntry.act, AuditEntry.detail)).all()


def test_publishing_again_changes_nothing(begin, items):
    with begin() as work:
        assert publish(work, items) == len(items)
        work.commit()
        assert [act for act, _ in acts(work)] == ["item.published"] * len(items)
    with begin() as work:
        assert publish(work, items) == 0
        assert not work.unfinished


def test_a_new_wording_is_a_new_revision_and_the_old_one_stays(begin, items):
    item = items[0]
    with begin() as work:
        publish(work, items)
        work.commit()
        first = current(work, item.code).id
    changed = item.model_copy(update={"summary": "新的说法"})
    with begin() as work:
        assert publish(work, [changed]) == 1
        work.commit()
        assert current(work, item.code).item == changed
        assert work.session.get(ItemRevision, first).item == item
    with begin() as work:
        assert publish(work, [item]) == 1  # back to the first wording: no third revision
        work.commit()
        assert current(work, item.code).id == first
        assert work.session.query(ItemRevision).filter_by(code=item.code).count() == 2


def test_an_import_is_one_act_with_its_count(work, items):
    feed = importing.read_feed(ROOT / "items" / "guangdong-2021.jsonl", "guangdong")
    every = len(items) + 1500
    assert publish(work, [*items, *feed.items]) == every
    work.commit()
    assert acts(work)[-1] == ("items.imported", {"count": 1500})
    assert len(acts(work)) == len(items) + 1
    assert work.session.query(ItemEntry).count() == every


def test_the_digest_is_of_the_canonical_wording(items):
    digest, body = wording(items[0])
    assert len(digest) == 64
    assert wording(type(items[0]).model_validate(body, strict=False)) == (digest, body)


def test_the_same_code_twice_is_refused(work, items):
    with pytest.raises(Invalid):
        publish(work, [items[0], items[0]])


def test_a_cancelled_item_is_no_longer_there(work, items):
    publish(work, items)
    mark(work, items[0].code, state="cancelled", reason="取消")
    with pytest.raises(NotFound):
        current(work, items[0].code)


def test_entries_are_rebuilt_from_their_wordings(work, items):
    publish(work, items)
    assert rebuild(work) == 0
    work.session.query(ItemEntry).filter_by(code=items[3].code).update({"summary": "stale"})
    assert rebuild(work) == 1
    assert rebuild(work) == 0
