"""Promises and papers that come later: who may, and until when; each fault is told."""

from servicehall.standard import commitments
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Item, Limit

AROUND = Surroundings({}, {})


def broken(item: Item, **changes: object) -> list[str]:
    altered = item.model_copy(update=changes)
    return [found.rule for rule in commitments.RULES for found in rule(altered, AROUND)]


def named(items_read: dict[str, Item], name: str) -> Item:
    return items_read[name]


def test_the_shipped_items_are_in_order(items_read: dict[str, Item]) -> None:
    assert [name for name, item in items_read.items() if broken(item)] == []
    assert any(item.commitment for item in items_read.values())
    assert any(item.risk for item in items_read.values())


def test_who_promises_is_told_everything(items_read: dict[str, Item]) -> None:
    item = named(items_read, "fire-inspection")
    assert broken(item, commitment=None) == ["commitment.letter"]
    proven = tuple(m for m in item.materials if m not in commitments.promises(item))
    assert broken(item, materials=proven) == ["commitment.papers"]


def test_no_promise_where_too_much_hangs_on_it(items_read: dict[str, Item]) -> None:
    item = named(items_read, "fire-inspection")
    many = len(commitments.promises(item))
    assert broken(item, risk=("life_health",)) == ["commitment.excluded"] * many


def test_what_comes_later_comes_before_the_decision(items_read: dict[str, Item]) -> None:
    item = named(items_read, "labor-dispatch")
    assert broken(item, promised=Limit(days=2)) == ["deferral.days"]
    later = next(m for m in item.materials if m.needed == "deferrable")
    for change, rule in (
        ({"supply_days": 0}, "deferral.days"),
        ({"needed": "required"}, "deferral.needed"),
    ):
        assert broken(item, materials=(later.model_copy(update=change),)) == [rule]
