"""Institutions have codes of public bodies that pass the checks, and heads of their own."""

from servicehall.city.institutions import NAMES
from servicehall.city.town import town
from servicehall.kernel import codes


def test_every_institution_is_there_once():
    held = town().institutions
    assert sorted(one.name for one in held.values()) == sorted(NAMES)
    assert all(code.startswith("12") and codes.uscc(code) == code for code in held)
    assert len({one.head.number for one in held.values()}) == len(held)
    assert not held.keys() & town().companies.keys()
