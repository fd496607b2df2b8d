"""Bundles: an order that can be walked, members that can be applied for, the longest way's days."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.declarations import Misdeclared
from servicehall.standard import bundles
from servicehall.standard.bundles import Bundle
from servicehall.standard.schema import Item, Limit

ROOT = Path(__file__).parents[2]


def bundle(*members: dict[str, Any]) -> Bundle:
    told = {"name": "开店", "name_en": "Open", "summary": "开", "summary_en": "Open a shop"}
    return Bundle.model_validate(
        {"slug": "opening", "lead": "1199", "lead_name": "局", **told,
         "bases": [{"law": "通知", "article": "第一条"}], "members": list(members)},
        strict=False,
    )  # fmt: skip


def promising(item: Item, days: int, unit: str = "working_day") -> Item:
    return item.model_copy(update={"promised": Limit(days=days, unit=unit)})


def test_the_shipped_bundles_name_items_of_the_hall(items_read: dict[str, Item]) -> None:
    read = bundles.read(ROOT / "items" / "bundles")
    assert len(read) >= 3
    assert list(bundles.faults(read, items_read)) == []


def test_what_needs_nothing_is_done_side_by_side() -> None:
    both = bundle({"item": "a"}, {"item": "b"}, {"item": "c", "after": ["a", "b"]})
    assert [[m.item for m in stage] for stage in both.stages()] == [["a", "b"], ["c"]]


def test_a_circle_and_a_stranger_are_told(items_read: dict[str, Item]) -> None:
    circle = bundle({"item": "a", "after": ["b"]}, {"item": "b", "after": ["a"]})
    with pytest.raises(ValueError, match="a, b"):
        circle.stages()
    told = list(bundles.faults({"opening": circle}, items_read))
    assert len(told) == 3
    assert all(line.startswith("bundles/opening.yaml: ") for line in told)


def test_the_whole_promises_its_longest_way(items: list[Item]) -> None:
    known = {
        "a": promising(items[0], 5), "b": promising(items[1], 2), "c": promising(items[2], 3),
    }  # fmt: skip
    way = bundle({"item": "a"}, {"item": "b"}, {"item": "c", "after": ["b"]})
    assert bundles.days(way, known) == 5
    assert bundles.days(way, {**known, "b": promising(items[1], 4)}) == 7
    spared = bundle({"item": "a", "needed": False}, {"item": "b"}, {"item": "c", "after": ["b"]})
    assert bundles.days(spared, known) == 5
    assert bundles.days(way, {**known, "c": promising(items[2], 3, "natural_day")}) is None


def test_answers_choose_the_items() -> None:
    asks = {"questions": [{"code": "sign", "label": "招牌", "kind": "yes_no"}]}
    made = bundle(
        {"item": "a"}, {"item": "b", "needed": False, "rule": "sign == 'yes'"},
        {"item": "c", "needed": False},
    )  # fmt: skip
    made = Bundle.model_validate({**made.model_dump(mode="json"), **asks}, strict=False)
    for said, codes in (
        ({}, ["a"]), ({"sign": "yes"}, ["a", "b"]), ({"sign": "no", "c": "yes"}, ["a", "c"]),
        ({"sign": ""}, ["a"]),
    ):  # fmt: skip
        assert [member.item for member in bundles.chosen(made, said)] == codes


def test_a_rule_that_cannot_be_read_or_asks_nobody_is_told(items_read: dict[str, Item]) -> None:
    known = next(item.code for item in items_read.values() if item.applicable)
    for rule in ("sign == 'yes'", "facts.a.b == '是'", "sign =="):
        made = bundle({"item": known}, {"item": known, "needed": False, "rule": rule})
        assert [
            told for told in bundles.faults({"opening": made}, items_read) if bundles.RULE in told
        ]


def test_the_longest_way_of_what_is_taken_is_told(items: list[Item]) -> None:
    named = {code: items[n].model_copy(update={"code": code}) for n, code in enumerate("abc")}
    known = {
        "a": promising(named["a"], 5),
        "b": promising(named["b"], 2),
        "c": promising(named["c"], 9),
    }
    way = bundle({"item": "a"}, {"item": "b", "after": ["a"]}, {"item": "c", "needed": False})
    legs = bundles.critical(way, known, way.members[:2])
    assert legs is not None
    assert [(leg.item.code, leg.days) for leg in legs] == [("a", 5), ("b", 2)]
    assert bundles.critical(way, known, way.members) == [bundles.Leg(known["c"], 9)]


@given(st.lists(st.sets(st.integers(0, 5)), min_size=2, max_size=6))
def test_every_order_is_walked_or_refused(after: list[set[int]]) -> None:
    made = bundle(*({"item": str(n), "after": [str(m) for m in s]} for n, s in enumerate(after)))
    try:
        stages = made.stages()
    except ValueError:
        return
    seen: set[str] = set()
    for stage in stages:
        assert all(set(member.after) <= seen for member in stage)
        seen |= {member.item for member in stage}
    assert len(seen) == len(after)


def test_a_bundle_is_called_like_its_file(tmp_path: Path) -> None:
    known = next((ROOT / "items" / "bundles").glob("*.yaml")).read_text("utf8")
    (tmp_path / "other.yaml").write_text(known, "utf8")
    with pytest.raises(Misdeclared, match="slug"):
        bundles.read(tmp_path)
