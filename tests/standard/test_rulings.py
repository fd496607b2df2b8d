"""Decision rules: three-valued on verified facts alone; what a person must see is no matter for them."""

import pytest

from servicehall.sharing.datasets import DATASETS
from servicehall.standard import rulings
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Automatic, Item

AROUND = Surroundings({}, {code: one.fields.keys() for code, one in DATASETS.items()})
FACT = "social.insurance.insured"


def automatic(rule: str, **more: object) -> Automatic:
    told = {"code": "one", "name": "一", "name_en": "One", "rule": rule}
    basis = {"law": "法", "article": "第一条"}
    return Automatic.model_validate({"rules": [{**told, "basis": basis}], **more}, strict=False)


@pytest.mark.parametrize(
    ("facts", "outcome"), [({FACT: "是"}, "met"), ({FACT: "否"}, "unmet"), ({}, "open")]
)
def test_a_rule_is_met_unmet_or_open(facts: dict[str, str], outcome: str) -> None:
    made = automatic(f"facts.{FACT} == '是'")
    (verdict,) = rulings.judged(made, facts)
    assert (verdict.outcome, verdict.facts) == (outcome, (FACT,))
    assert rulings.rests_on(made) == {FACT}


def broken(item: Item, made: Automatic, **changes: object) -> list[str]:
    altered = item.model_copy(update={"automatic": made, **changes})
    return [found.rule for rule in rulings.RULES for found in rule(altered, AROUND)]


def test_the_shipped_rules_are_in_order(items_read: dict[str, Item]) -> None:
    ruled = [item for item in items_read.values() if item.automatic]
    assert len(ruled) >= 2
    for item in ruled:
        assert broken(item, item.automatic) == []  # type: ignore[arg-type]


def test_each_way_to_go_wrong_is_told(items_read: dict[str, Item]) -> None:
    item = next(one for one in items_read.values() if one.short_name == "异地看病备案")
    good = f"facts.{FACT} == '是'"
    assert broken(item, automatic("facts.")) == ["automatic.compiles"]
    for rule in (
        "kind == 'own'",
        f"kind == 'own' && facts.{FACT} == '是'",
        "facts.a.b == '是'",
        "1 == 1",
    ):
        assert broken(item, automatic(rule)) == ["automatic.facts"]
    assert broken(item, automatic(good, unless=["moon"])) == ["automatic.unless"]
    fee = next(one.fee for one in items_read.values() if one.fee)
    assert broken(item, automatic(good), fee=fee) == ["automatic.alone"]
    paper = item.materials[0].model_copy(update={"exempt": None})
    assert broken(item, automatic(good), materials=(paper,)) == ["automatic.papers"]


def test_what_is_offered_unasked_needs_rules_and_yes_or_no(items_read: dict[str, Item]) -> None:
    item = next(one for one in items_read.values() if one.offer)
    assert item.offer is not None
    bare = item.model_copy(update={"automatic": None})
    assert [found.rule for found in rulings.offered(bare, AROUND)] == ["offer.automatic"]
    full = Surroundings({}, AROUND.datasets, {item.offer.dataset: ["living"]})
    assert [found.rule for found in rulings.offered(item, full)] == ["offer.fields"]
