"""The records keep the contract of the datasets, and agree with each other."""

import pytest

from servicehall.city import holdings
from servicehall.city.town import town
from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS


def everything(dataset):
    city = town()
    for subject in (*city.people, *city.companies, *city.institutions):
        for record in holdings.records(dataset, subject):
            yield subject, record


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_record_has_exactly_the_declared_fields_and_only_text(dataset):
    count = 0
    for _, record in everything(dataset):
        count += 1
        assert record.keys() == predicates.held(DATASETS[dataset])
        assert all(isinstance(value, str) and len(value) <= 500 for value in record.values())
    assert count >= {"civil.relief": 100, "staffing.institution": 20}.get(dataset, 300)


@pytest.mark.parametrize("dataset", DATASETS)
def test_whoever_has_a_record_is_among_the_subjects(dataset):
    named = holdings.subjects(dataset)
    assert len(named) == len(set(named))
    assert {subject for subject, _ in everything(dataset)} <= set(named)


@pytest.mark.parametrize("dataset", [*DATASETS, "no.such"])
@pytest.mark.parametrize("subject", ["", "11010119900307123X", "x" * 32, "'; DROP TABLE person"])
def test_nothing_is_known_of_strangers(dataset, subject):
    assert holdings.records(dataset, subject) == []


def test_an_unknown_dataset_holds_nothing():
    assert holdings.subjects("no.such") == []
    assert holdings.records("no.such", town().cast.wang.number) == []


def test_the_libraries_agree_about_marriages():
    for number, record in everything("civil.marriage"):
        (family,) = holdings.records("population.family", number)
        assert record["spouse_name"] == family["spouse_name"]
        assert (record["status"] == "已婚") == bool(record["certificate_number"])


def test_the_libraries_agree_about_children():
    for number, record in everything("population.family"):
        assert int(record["children_count"]) == len(
            list(filter(None, record["children"].split("；")))
        )
        for child in town().people[number].children:
            assert f"{child.name} {child.birth.isoformat()}" in record["children"]


def test_employers_count_whom_they_insure():
    counted = {}
    for subject, record in everything("social.insurance"):
        if subject in town().people and record["employer"]:
            counted[record["employer"]] = counted.get(record["employer"], 0) + 1
    for code, company in town().companies.items():
        (record,) = holdings.records("social.insurance", code)
        assert record["insured_count"] == str(counted.get(company.name, 0))


def test_some_are_not_trusted_and_children_have_no_credit():
    found = dict(everything("credit.record"))
    assert any(r["status"] == "失信被执行人" for r in found.values())
    child = next(p for p in town().people.values() if p.age < 18)
    assert holdings.records("credit.record", child.number) == []


def test_insurance_cards_do_not_show_the_phone():
    for number, record in everything("social.insurance"):
        if number in town().people:
            assert town().people[number].phone not in record["card_number"]
