"""The edition turns with every change of the published list, and with nothing else."""

from servicehall.catalogue import edition, publishing
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.schema import Item


def test_publishing_marking_and_nothing_else_turn_the_edition(
    work: UnitOfWork, items: list[Item]
) -> None:
    assert edition.number(work) == 0
    publishing.publish(work, items)
    first = edition.number(work)
    assert first > 0
    publishing.publish(work, items)
    assert edition.number(work) == first
    publishing.mark(work, items[0].code, state="suspended", reason="test")
    assert edition.number(work) > first
