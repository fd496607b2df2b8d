"""A bundle as its items say it now: papers once, stages in order."""

from collections.abc import Iterator

import pytest

from servicehall.catalogue import publishing, together
from servicehall.kernel.database import Database
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.standard.bundles import Bundles
from servicehall.standard.schema import Item
from tests.catalogue.conftest import StillClock
from tests.standard.test_bundles import bundle


@pytest.fixture
def opened(database: Database, items: list[Item]) -> Iterator[UnitOfWork]:
    """A list with a bundle of its first two items, the second after the first."""
    first, second = items[0].code, items[1].code
    made = bundle({"item": first}, {"item": second, "after": [first]})
    adapters = {Bundles: Bundles(opening=made)}
    with UnitOfWork(database, SYSTEM, StillClock(), adapters) as work:
        publishing.publish(work, items)
        yield work


def test_a_paper_two_items_ask_for_is_listed_once(opened: UnitOfWork, items: list[Item]) -> None:
    whole = together.whole(opened, "opening")
    assert [[stop.entry.code for stop in stage] for stage in whole.stages] == [
        [items[0].code], [items[1].code],
    ]  # fmt: skip
    asked = [m for item in items[:2] for m in item.materials]
    assert whole.asked_before == len(asked)
    assert len(whole.papers) == len({m.name for m in asked})
    assert {p.material.name for p in whole.spared} | {p.material.name for p in whole.brought} == {
        m.name for m in asked
    }
    assert [one.slug for one in together.every(opened)] == ["opening"]


def test_an_unknown_bundle_and_one_with_a_cancelled_item_are_not_there(
    opened: UnitOfWork, items: list[Item]
) -> None:
    with pytest.raises(NotFound):
        together.whole(opened, "moon")
    publishing.mark(opened, items[1].code, state="cancelled", reason="test")
    with pytest.raises(NotFound):
        together.whole(opened, "opening")
