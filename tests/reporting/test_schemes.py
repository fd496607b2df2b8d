"""Schemes: every state has a code or a reason why it has none, never both."""

import pytest

from servicehall.cases.states import State
from servicehall.reporting.schemes import CONSTRUCTION, GUANGDONG, SCHEMES, ZHEJIANG, Scheme


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: s.name)
def test_every_state_is_mapped_or_says_why_not(scheme: Scheme) -> None:
    assert set(scheme.codes) | set(scheme.without) == set(State)
    assert not set(scheme.codes) & set(scheme.without)
    assert all(scheme.without.values())
    assert all(code.isdigit() for code in scheme.codes.values())
    for state in State:
        assert bool(scheme.code(state)) is (state in scheme.codes)


def test_codes_of_the_reference() -> None:
    assert ZHEJIANG.code(State.SUSPENDED) == "11"
    assert CONSTRUCTION.code(State.NOT_NEEDED) == "4"
    assert GUANGDONG.code(State.REFUSED) == "0"
