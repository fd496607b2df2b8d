"""Companies have codes that pass both checks, capital their trade demands, heads of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.city import organizations
from servicehall.city.people import AS_OF, Maternity
from servicehall.city.town import chance
from servicehall.kernel import codes


def passes_both_checks(code):
    inner = code[8:17]
    return codes.uscc(code) == code and codes.organization_check(inner[:8]) == inner[8]


@given(st.integers(0, 999_999))
def test_codes_pass_both_checks(serial):
    assert passes_both_checks(organizations.code_of(serial))
    assert passes_both_checks(organizations.public_code("11", serial))
    assert passes_both_checks(organizations.public_code("12", serial))


@pytest.fixture(scope="module")
def companies():
    maternity = Maternity(chance(3))
    adults = [maternity.born("男", 30) for _ in range(400)]
    return organizations.found(chance(3), adults)


def test_there_are_three_hundred_each_with_its_own_name_and_head(companies):
    assert len(companies) >= 300
    assert len({c.code for c in companies}) == len(companies)
    assert len({c.name for c in companies}) == len(companies)
    assert len({c.representative.number for c in companies}) == len(companies)
    assert all(c.code.startswith("91990101MA") for c in companies)
    assert all(c.established < AS_OF for c in companies)


def test_labor_dispatch_has_the_capital_that_the_law_demands(companies):
    capitals = [c.capital for c in companies if c.trade.code == "dispatch"]
    assert len(capitals) >= 10
    assert min(capitals) >= 2_000_000
