"""The papers of a matter; everybody gets the same sealed bytes."""

from datetime import timedelta

import pytest

from servicehall.documents import authoring, filing
from servicehall.kernel.errors import NotFound
from tests.documents.conftest import paper


def test_papers_come_in_the_order_written_and_only_with_their_matter(office):
    first, second = (authoring.write(office, paper(kind=k)) for k in ("acceptance", "grant"))
    authoring.write(office, paper(matter="m2"))
    assert filing.of(office, "m1") == [first, second]
    assert filing.one(office, "m1", second.key) is second
    with pytest.raises(NotFound):
        filing.one(office, "m2", second.key)


def test_the_first_file_made_is_the_one_everybody_gets(office, clock):
    document = authoring.write(office, paper())
    first = filing.pdf(office, document)
    clock.moment += timedelta(days=3)
    assert filing.pdf(office, document) == first
    assert first.startswith(b"%PDF-")
