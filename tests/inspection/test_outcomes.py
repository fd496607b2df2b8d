"""What comes out exists, and each word on its face has a source."""

import pytest

from servicehall.standard.schema import Need
from tests.inspection.test_checks import broken


def with_result(item, **change):
    return broken(item, result=item.result.model_copy(update=change))


@pytest.fixture
def nurse(items_read):
    return items_read["nurse-registration"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"license_type": "none-such"}, "result.type"),
        ({"license_type": ""}, "result.type"),
        ({"license_type": "", "renews": True}, "result.renews"),
        ({"name": "注册批复"}, "result.kind"),
        ({"kind": "decision"}, "result.kind"),
        ({"kind": "benefit"}, "result.benefit"),
        ({"carries": {"name": "registry:population.person.ethnicity"}}, "result.carries"),
        ({"carries": {"name": "registry:civil.marriage.status"}}, "result.carries"),
        ({"carries": {"name": "answer:nothing"}}, "result.carries"),
        ({"carries": {"name": "literal:"}}, "result.carries"),
        ({"carries": {"name": "elsewhere:x"}}, "result.carries"),
    ],
)
def test_a_rule_catches_its_fault(nurse, change, rule):
    assert rule in with_result(nurse, **change)


def test_a_field_of_two_subjects_is_ambiguous(nurse):
    agent = Need(dataset="population.person", fields=("name",), purpose="核对", subject="agent")
    assert broken(nurse, needs=(*nurse.needs, agent)) == {"result.carries"}


def test_there_is_a_result(nurse):
    assert broken(nurse, result=None) == {"result.present"}


def test_a_benefit_has_an_amount_or_asks_for_it(items_read):
    assert with_result(items_read["elderly-allowance"], benefit_fen=0) == {"result.benefit"}
    asked = items_read["housing-fund-withdrawal"]
    assert with_result(asked, benefit_question="account") == {"result.benefit"}
