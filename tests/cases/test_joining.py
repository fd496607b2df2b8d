"""Joining: what opinions come to by each rule, for every order in which they may be given."""

from itertools import product
from types import SimpleNamespace

import pytest

from servicehall.cases import joining
from servicehall.standard.parts import Joining

SAID = list(product((None, True, False), repeat=3))


def case(rule: Joining, said: tuple[bool | None, ...]) -> SimpleNamespace:
    reviews = [SimpleNamespace(agrees=agrees, waived_at=None) for agrees in said]
    return SimpleNamespace(item=SimpleNamespace(joining=rule), reviews=reviews)


@pytest.mark.parametrize("said", SAID)
def test_each_rule_says_what_it_is_named_for(said: tuple[bool | None, ...]) -> None:
    done = None not in said
    refused = False in said
    everyone = joining.outcome(case(Joining(), said))
    assert everyone == ("open" if not done else "refused" if refused else "agreed")
    first = joining.outcome(case(Joining(rule="first_refusal"), said))
    assert first == ("refused" if refused else "agreed" if done else "open")
    two = joining.outcome(case(Joining(rule="quorum", quorum=2), said))
    yes, no = said.count(True), said.count(False)
    assert two == ("agreed" if yes >= 2 else "refused" if no >= 2 else "open")
    assert len(joining.awaited(case(Joining(), said))) == said.count(None)


def test_what_needs_no_opinion_is_agreed() -> None:
    assert joining.outcome(case(Joining(), ())) == "agreed"
