"""Degrees and insurance fit the lives they belong to."""

from datetime import date

import pytest

from servicehall.city import careers, organizations
from servicehall.city.people import AS_OF, Maternity
from servicehall.city.town import chance


@pytest.fixture(scope="module")
def city():
    maternity = Maternity(chance(5))
    for age in range(99):
        for _ in range(6):
            maternity.born(maternity.chance.choice("男女"), age)
    adults = [p for p in maternity.everyone if 25 <= p.age <= 64] * 2
    companies = organizations.found(chance(5), adults)
    lives = careers.lives(chance(5), maternity.everyone, companies)
    return {p.number: p for p in maternity.everyone}, companies, lives


def test_only_grown_ups_have_careers(city):
    people, _, lives = city
    assert set(lives) == {n for n, p in people.items() if p.age >= 18}


def test_nurses_studied_nursing_and_work_at_clinics(city):
    people, _, lives = city
    nurses = [(n, life) for n, life in lives.items() if life.registered]
    assert len(nurses) >= 40
    for number, life in nurses:
        assert life.degree.major.startswith("护理")
        assert life.insurance.employer.trade.code == "clinic"
        assert life.degree.graduated.year - people[number].birth.year in (21, 22)


def test_insurance_is_one_of_three_and_fits_the_age(city):
    people, companies, lives = city
    open_ones = {c.code for c in companies if c.status == "存续"}
    states = set()
    for number, life in lives.items():
        if life.insurance is None:
            continue
        states.add(life.insurance.status)
        assert (life.insurance.status == careers.INSURED) == (life.insurance.employer is not None)
        assert (life.insurance.status == careers.RETIRED) == (people[number].age >= 60)
        assert 0 <= life.insurance.months <= 12 * (AS_OF.year - people[number].birth.year - 17)
        if life.insurance.employer:
            assert life.insurance.employer.code in open_ones
    assert states == {careers.INSURED, careers.STOPPED, careers.RETIRED}


def test_degrees_are_finished_before_today(city):
    _, _, lives = city
    assert all(life.degree.graduated < AS_OF for life in lives.values() if life.degree)


def test_months_paid_are_counted_from_the_first_month(city):
    _, companies, _ = city
    assert careers.working(companies[0], date(2025, 1, 1)).months == 12
    assert careers.working(companies[0], date(2026, 1, 1)).months == 0
