"""Yes or no in place of the value: computed by the registry, in full years and to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.predicates import PREDICATES

TODAY = date(2026, 3, 2)


def told(dataset, record, *fields, today=TODAY):
    return predicates.told(dataset, record, fields, today=today)


@pytest.mark.parametrize(
    ("born", "today", "said"),
    [
        ("2008-03-02", TODAY, "是"), ("2008-03-03", TODAY, "否"), ("2008-03-01", TODAY, "是"),
        ("2004-02-29", date(2022, 2, 28), "否"), ("2004-02-29", date(2022, 3, 1), "是"),
    ],
)  # fmt: skip
def test_who_is_of_age(born, today, said):
    assert told("population.person", {"birth_date": born}, "adult", today=today) == {"adult": said}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000))
def test_nobody_grows_younger(born, days):
    def adult(day):
        return told("population.person", {"birth_date": born.isoformat()}, "adult", today=day)

    first = adult(born + timedelta(days=days))
    later = adult(born + timedelta(days=days + 1))
    assert (first["adult"], later["adult"]) != ("是", "否")


@pytest.mark.parametrize(
    ("dataset", "record", "field", "said"),
    [
        ("population.person", {"residence_address": "示范省示范市示范区1号"}, "resident", "是"),
        ("population.person", {"household_address": "示范省示范市示范区1号"}, "local", "是"),
        ("population.person", {"household_address": "示范省邻市1号"}, "local", "否"),
        ("population.person", {"status": "死亡"}, "living", "否"),
        ("legal.organization", {"status": "存续"}, "active", "是"),
        ("legal.organization", {"status": "注销"}, "active", "否"),
        ("credit.record", {"status": "失信被执行人"}, "trusted", "否"),
        ("civil.marriage", {"status": "离异"}, "single", "是"),
        ("civil.marriage", {"status": "已婚"}, "single", "否"),
        ("social.insurance", {"status": "停保"}, "insured", "否"),
    ],
)
def test_each_says_what_its_name_says(dataset, record, field, said):
    assert told(dataset, record, field) == {field: said}


def test_what_is_not_held_is_neither_yes_nor_no():
    assert told("population.person", {"name": "王"}, "adult", "name", "sex") == {"name": "王"}
    assert told("population.person", {"birth_date": ""}, "adult") == {}


def test_every_yes_or_no_field_has_a_rule_on_a_field_that_is_held():
    declared = {
        (d.code, name)
        for d in DATASETS.values()
        for name, item in d.items.items()
        if item.element.values == (predicates.YES, predicates.NO)
    }
    ruled = {(code, name) for code, rules in PREDICATES.items() for name in rules}
    assert declared == ruled
    for code, rules in PREDICATES.items():
        assert {rule.of for rule in rules.values()} <= DATASETS[code].fields.keys() - rules.keys()


def test_everybody_is_asked_for_yes_or_no_only() -> None:
    people = DATASETS["population.person"]
    assert predicates.is_rule(people, ["number", "aged_80", "living"])
    for fields in (
        ["number"],
        ["aged_80"],
        ["number", "aged_80", "name"],
        ["number", "birth_date"],
    ):
        assert not predicates.is_rule(people, fields)
    told = {"number": "1", "aged_80": "是", "living": "是"}
    assert predicates.holds("population.person", told)
    assert not predicates.holds("population.person", {**told, "living": "否"})
