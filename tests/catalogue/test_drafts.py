"""Drafts by themselves; the way of two persons is walked in tests/cases/test_approving.py."""

import pytest

from servicehall.catalogue import drafts, publishing
from servicehall.kernel.declarations import Misdeclared
from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.work import Actor

AUTHOR = Actor("one", "甲", frozenset({"item_admin"}))


def test_a_draft_begins_with_the_wording_in_force_and_may_be_wrong(work, items):
    publishing.publish(work, items)
    work.actor = AUTHOR
    draft = drafts.begin(work, items[0].code)
    assert drafts.declared(work, draft) == items[0]
    assert not drafts.is_behind(work, draft)
    drafts.save(work, draft, {"name": 1}, version=draft.version)
    with pytest.raises(Misdeclared) as raised:
        drafts.declared(work, draft)
    assert {"name", "code"} <= {fault.field for fault in raised.value.faults}
    assert drafts.unfinished(work, items[0].code) is draft
    assert list(drafts.pending(work)) == [draft]
    assert [r.code for r in drafts.revisions(work, items[0].code)] == [items[0].code]


def test_nothing_to_begin_with(work, items):
    publishing.publish(work, items)
    with pytest.raises(Forbidden):  # the system publishes files, it writes nothing
        drafts.begin(work, items[0].code)
    work.actor = AUTHOR
    with pytest.raises(NotFound):
        drafts.begin(work, "9" * 31)
