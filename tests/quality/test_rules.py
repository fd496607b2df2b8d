"""Rules: every field they name is there on both sides and means the same."""

import pytest

from servicehall.quality.rules import FRESH_DAYS, RULES, STAMP
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.terms import CYCLES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.resource)
def test_both_sides_hold_what_is_compared(rule):
    resource, base = DATASETS[rule.resource], DATASETS[rule.base]
    for ours, theirs in rule.fields.items():
        assert resource.items[ours].element == base.items[theirs].element
    assert STAMP in resource.items
    if rule.covers:
        assert rule.covers[0] in base.items


def test_the_base_libraries_are_compared_with_whom_the_issue_names():
    met = {(rule.base.partition(".")[0], rule.resource.partition(".")[0]) for rule in RULES}
    assert met == {
        ("population", "civil"), ("population", "social"), ("population", "health"),
        ("legal", "tax"), ("legal", "staffing"),
    }  # fmt: skip
    assert FRESH_DAYS.keys() == CYCLES.keys()
