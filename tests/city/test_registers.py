"""The registers of other departments: mostly right, wrong here and there, the same every time."""

import pytest

from servicehall.city import holdings, registers
from servicehall.city.people import AS_OF
from servicehall.city.registers import REGISTERS
from servicehall.city.town import town
from servicehall.kernel import codes
from servicehall.sharing.datasets import DATASETS


@pytest.fixture(scope="module", params=REGISTERS)
def register(request):
    """One register as a whole: its code, and the records of each subject."""
    everybody = registers.subjects(town(), request.param)
    return request.param, {s: registers.records(town(), request.param, s) for s in everybody}


def test_every_subject_has_a_record_of_the_declared_fields(register):
    dataset, held = register
    for found in held.values():
        assert found
        assert all(record.keys() == DATASETS[dataset].fields.keys() for record in found)


def test_it_is_the_same_when_asked_again(register):
    dataset, held = register
    assert held == {s: registers.records(town(), dataset, s) for s in held}


def test_there_are_slips_of_every_kind_and_not_many():
    slips = dict.fromkeys(("double", "empty", "stale", "dirty"), 0)
    for subject in registers.subjects(town(), "health.record"):
        found = registers.records(town(), "health.record", subject)
        slips["double"] += len(found) > 1
        slips["empty"] += not found[0]["address"]
        slips["stale"] += (AS_OF.year - int(found[0]["updated_on"][:4])) > 1
        slips["dirty"] += found[0]["sex"] in ("1", "2") or "-" not in found[0]["birth_date"]
    assert all(0 < many < 250 for many in slips.values()), slips


def test_the_demo_accounts_are_written_down_without_a_slip():
    cast = town().cast
    for somebody in (cast.wang, cast.li, cast.chen):
        (person,) = holdings.records("population.person", somebody.number)
        (record,) = registers.records(town(), "health.record", somebody.number)
        assert record["name"] == person["name"]
        assert record["birth_date"] == person["birth_date"]
    (tax,) = registers.records(town(), "tax.taxpayer", cast.restaurant.code)
    assert tax["legal_representative"] == cast.restaurant.representative.name


def test_strangers_are_nobody_of_the_city_and_no_company_pays_as_one():
    for dataset in ("civil.relief", "social.insured", "health.record"):
        for number in registers.strangers(dataset):
            assert codes.citizen_number(number, today=AS_OF) == number
            assert number not in town().people
    untaxed = town().companies.keys() - set(registers.subjects(town(), "tax.taxpayer"))
    assert 0 < len(untaxed) < 12
