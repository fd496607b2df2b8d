"""Homes, premises and vehicles have owners, and numbers of their own."""

from servicehall.city.people import AS_OF
from servicehall.city.town import town


def test_every_company_has_premises_and_every_owner_a_home():
    city = town()
    owners = {p.number for p in city.people.values() if p.owns_home}
    assert set(city.estates) == owners | set(city.companies)
    for number in owners:
        assert city.estates[number].address == city.people[number].residence
        assert city.estates[number].use == "住宅"


def test_unit_and_certificate_numbers_are_unique_and_well_formed():
    estates = list(town().estates.values())
    assert len({e.unit_number for e in estates}) == len(estates)
    assert len({e.certificate for e in estates}) == len(estates)
    assert {len(e.unit_number) for e in estates} == {28}


def test_vehicles_belong_to_grown_ups_and_carriers():
    city = town()
    plates = [car.plate for cars in city.vehicles.values() for car in cars]
    assert len(set(plates)) == len(plates) > 300
    for owner, cars in city.vehicles.items():
        if company := city.companies.get(owner):
            assert company.trade.code == "carrier"
            assert cars[0].owner == company.name
        else:
            assert 20 <= city.people[owner].age <= 70
        assert all(car.registered < AS_OF < car.inspection_until for car in cars)
