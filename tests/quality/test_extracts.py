"""Extracts: pseudonyms and the fields asked for leave the registers, and nothing else does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicehall.city import holdings
from servicehall.city.ledger import Ledger
from servicehall.city.town import town
from servicehall.quality.adapters.absent import AbsentExtracts
from servicehall.quality.extracts import Extracts
from tests.builders import NOON

PERSON = "population.person"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(tmp_path)
    yield opened
    opened.close()


def test_nobody_is_named_and_no_field_more_is_given(ledger: Ledger) -> None:
    extracts: Extracts = ledger
    held = dict(extracts.held(PERSON, ["name", "sex"]))
    assert len(held) == len(town().people)
    assert not held.keys() & town().people.keys()
    assert all(one.keys() == {"name", "sex"} for records in held.values() for one in records)


def test_one_subject_has_one_pseudonym_in_every_register(ledger: Ledger) -> None:
    number = town().cast.wang.number
    people, health = (dict(ledger.held(d, ["name"])) for d in (PERSON, "health.record"))
    name = ledger.pseudonym(number)
    assert people[name] == health[name]
    assert ledger.whose(name) == number
    assert ledger.whose("0" * 32) is None


def test_what_was_amended_is_compared_as_it_is_now(ledger: Ledger) -> None:
    number = next(n for n in holdings.subjects("health.record"))
    ledger.amend("health.record", number, {"name": "新名字"}, reason="更正", at=NOON)
    assert dict(ledger.held("health.record", ["name"]))[ledger.pseudonym(number)][0] == {
        "name": "新名字"
    }
    ledger.strike("health.record", number, reason="注销", at=NOON)
    assert ledger.pseudonym(number) not in dict(ledger.held("health.record", ["name"]))


def test_another_city_has_other_pseudonyms(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger.open(tmp_path / "other")
    number = town().cast.wang.number
    assert ledger.pseudonym(number) != other.pseudonym(number)
    other.close()


def test_where_none_is_connected_there_is_nothing_to_compare() -> None:
    extracts: Extracts = AbsentExtracts()  # servicehall.quality.adapters.absent AbsentExtracts
    assert extracts.as_of() is None
    assert list(extracts.held(PERSON, ["name"])) == []
