"""The ledger: the founded city until somebody enters a change; sealed, and only ever added to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicehall.city import holdings
from servicehall.city.ledger import FILE, FOLDER, Ledger
from servicehall.city.town import town
from tests.builders import NOON, NUMBER

PERSON = "population.person"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(tmp_path)
    yield opened
    opened.close()


def test_it_begins_with_the_city_as_founded(ledger: Ledger) -> None:
    for number in list(town().people)[:5]:
        assert ledger.records(PERSON, number) == holdings.records(PERSON, number)
    assert ledger.records(PERSON, NUMBER) == []


def test_an_entry_holds_from_now_on_and_the_last_one_wins(ledger: Ledger) -> None:
    number = town().cast.wang.number
    (before,) = ledger.records(PERSON, number)
    ledger.amend(PERSON, number, {"residence_address": "示范路 2 号"}, reason="迁移", at=NOON)
    ledger.amend(PERSON, number, {"residence_address": "示范路 3 号"}, reason="迁移", at=NOON)
    assert ledger.records(PERSON, number) == [{**before, "residence_address": "示范路 3 号"}]
    assert ledger.records("population.family", number)[0].keys() >= {"relation"}


def test_a_record_is_struck_and_entered_again(ledger: Ledger) -> None:
    number = town().cast.wang.number
    ledger.strike(PERSON, number, reason="注销", at=NOON)
    assert ledger.records(PERSON, number) == []
    ledger.amend(PERSON, number, {"name": "王雨桐"}, reason="恢复", at=NOON)
    assert ledger.records(PERSON, number) == [{"name": "王雨桐"}]


def test_who_had_no_record_gets_one(ledger: Ledger) -> None:
    ledger.amend(PERSON, NUMBER, {"name": "新居民"}, reason="登记", at=NOON)
    assert ledger.records(PERSON, NUMBER) == [{"name": "新居民"}]


def test_the_file_names_nobody(ledger: Ledger, tmp_path: Path) -> None:
    ledger.amend(PERSON, NUMBER, {"name": "新居民"}, reason="登记", at=NOON)
    ledger.close()
    for path in (tmp_path / FOLDER).glob(f"{FILE}*"):
        assert NUMBER.encode() not in path.read_bytes()
        assert "新居民".encode() not in path.read_bytes()
